/** The comment on a pull request of one run. */
import type { Check } from '../../model/verdict.js';
import { baselineFigure, checkFigure, checkName, measuredFigure, restsOnBaseline, stageName } from '../check-figure.js';
import { jobOf } from '../job-figure.js';
import { code, inline } from '../markdown-text.js';
import { count } from '../number.js';
import type { Language, ReportInput } from '../report-input.js';
import { stagePairs, statusSymbol, valueOf } from '../stage-figure.js';
import { textOf, type Text } from '../text/index.js';
import { verdictSentence } from '../verdict-sentence.js';
import { bars, clipped, renderComment, type Comment } from './comment.js';

const urgency: Readonly<Record<Check['status'], number>> = { fail: 0, invalid: 1, inconclusive: 2, skipped: 3, pass: 4 };

/** By stage where there are several, else by second of the only one; of a job the first of its figures. */
function lines(input: ReportInput, text: Text): string[] {
  const job = jobOf(input);
  if (job !== null) {
    const [figure] = job.job.metrics;
    return figure === undefined ? [] : [bars(figure.name, figure.v, '')];
  }
  const pairs = stagePairs(input.record, input.analysis, text);
  const [only] = pairs;
  if (pairs.length === 1 && only !== undefined) {
    const { completed, p95Ms } = only.result.timeline;
    return [bars(text.ci.throughputOverTime, completed, 'req/s'), bars(text.ci.p95OverTime, p95Ms, 'ms')];
  }
  return [bars(text.ci.throughputByStage, pairs.map(({ stage }) => stage.achievedRps), 'req/s'), bars(text.ci.p95ByStage, pairs.map(({ stage }) => valueOf(stage.latencyMs.p95)), 'ms')];
}

/** Those that need somebody first; what rests on a baseline has a column for it. */
function gates(input: ReportInput, text: Text): Comment['table'] {
  const { checks } = input.verdict;
  const g = text.gates;
  const held = checks.some(restsOnBaseline);
  const short = (word: string): string => clipped(word, 200);
  const cells = (check: Check): string[] => [
    `${statusSymbol[check.status]} ${text.status[check.status]}`, `${code(short(checkName(check, input.record)))}${check.level === 'warn' ? text.aside(text.level.warn) : ''}`, inline(short(stageName(check, input.record, text))),
    inline(measuredFigure(check, input.record)), inline(checkFigure(check, input.record).limit), ...(held ? [inline(baselineFigure(check, input.record, text))] : []),
  ];
  return {
    title: text.ci.gates(count(checks.filter(({ status }) => status === 'pass').length), count(checks.length)),
    head: [g.status, g.expression, g.stage, g.measured, g.limit, ...(held ? [text.baseline.column] : [])],
    rows: [...checks].sort((a, b) => urgency[a.status] - urgency[b.status]).map(cells), words: [1, 2],
  };
}

/** The whole comment, with a final newline. */
export function renderPullRequest(input: ReportInput, language: Language): string {
  const { record, verdict } = input;
  const text = textOf(language);
  return renderComment({ name: record.plan.name, id: record.id, status: verdict.status, sentence: verdictSentence(verdict, record, language), lines: lines(input, text), table: gates(input, text) }, text);
}
