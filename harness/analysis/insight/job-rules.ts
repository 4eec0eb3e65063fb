/** What a job's lines tell besides their figures. */
import { insight, worst, type Rule, type RuleInput } from './rule.js';

const jobsOf = ({ stages }: RuleInput) => stages.flatMap(({ result, analysis }) => (result.job === undefined ? [] : [{ job: result.job, analysis }]));

/** A figure that was NaN or infinite: the one in which it was most often so. */
export const figureNotFinite: Rule = (input) => {
  const figures = jobsOf(input).flatMap(({ job, analysis }) => job.metrics.map((metric) => ({ metric, analysis })));
  const most = worst(figures, ({ metric }) => metric.notFinite);
  return most ? insight('figure-not-finite', 'bad', most.analysis, { name: most.metric.name, count: most.metric.notFinite, n: most.metric.n + most.metric.notFinite }) : null;
};

/** Lines that begin as a JSON object and are none. */
export const linesMalformed: Rule = (input) => {
  const most = worst(jobsOf(input), ({ job }) => job.lines.malformed);
  return most ? insight('lines-malformed', 'warn', most.analysis, { count: most.job.lines.malformed, json: most.job.lines.json, tooLong: most.job.lines.tooLong }) : null;
};

/** A job that ran and told no figure. */
export const jobSilent: Rule = (input) => {
  const silent = jobsOf(input).find(({ job }) => job.metrics.length === 0 && job.exitCode === 0);
  return silent ? insight('job-silent', 'info', silent.analysis, { lines: silent.job.lines.total }) : null;
};
