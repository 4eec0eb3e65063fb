/** Whether the server keeps up with the rates that were asked of it (open load). */
import { growthRps } from '../backlog.js';
import { usableStages } from '../peak.js';
import { failedShare, insight, type Rule } from './rule.js';

/** Failures above this share of the requests are no keeping up. */
const mostFailed = 0.01;

/** Arrivals exceed service: the lowest rate at which the backlog grew through the whole window. */
export const unstable: Rule = ({ stages }) => {
  const [first] = stages.filter(({ analysis }) => analysis.offered?.unstable === true).toSorted((a, b) => a.analysis.level.value - b.analysis.level.value);
  if (!first?.analysis.offered) return null;
  const { offered } = first.analysis;
  return insight('unstable', 'bad', first.analysis, { rateRps: offered.askedRps, endedRps: offered.endedRps, growthRps: growthRps(offered, first.result), openAtStart: offered.openAtStart, openAtEnd: offered.openAtEnd });
};

/** Every rate that was asked was kept up with: the highest of them. */
export const keepsUp: Rule = ({ stages, search }) => {
  // That the found rate is kept up with is what a search means; whether there is a higher one, it knows.
  if (search !== undefined) return null;
  const open = stages.filter(({ analysis }) => analysis.level.of === 'rate');
  if (open.length === 0 || open.some(({ result, analysis }) => analysis.offered?.unstable !== false || failedShare(result) > mostFailed || result.requests.censored > 0)) return null;
  const top = usableStages(open.map(({ analysis }) => analysis)).at(-1);
  if (!top?.offered || top.latencyMs.p95.kind === 'absent') return null;
  return insight('keeps-up', 'good', top, { endedRps: top.offered.endedRps, p95Ms: top.latencyMs.p95.value.value });
};
