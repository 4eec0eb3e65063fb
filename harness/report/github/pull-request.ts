/**
 * The comment on a pull request: one sentence, a line of bars, and the gates, folded. Its first line is a mark by which the next run finds its own
 * comment and replaces it.
 */
import type { Check } from '../../model/verdict.js';
import { checkFigure, checkName, measuredFigure, stageName } from '../check-figure.js';
import { jobOf } from '../job-figure.js';
import { code, inline, table } from '../markdown-text.js';
import { count, plain } from '../number.js';
import type { Language, ReportInput } from '../report-input.js';
import { sparkline } from '../sparkline.js';
import { stagePairs, statusSymbol, valueOf } from '../stage-figure.js';
import { textOf, type Text } from '../text/index.js';
import { verdictSentence } from '../verdict-sentence.js';

/** GitHub refuses a comment of more characters. */
const mostCharacters = 65_536;
const widest = 60;
const longest = 2000;

const urgency: Readonly<Record<Check['status'], number>> = { fail: 0, invalid: 1, inconclusive: 2, skipped: 3, pass: 4 };

/** Means of so many neighbours that the line is not too wide; a gap is a gap. */
function binned(values: readonly (number | null)[]): (number | null)[] {
  const size = Math.ceil(values.length / widest);
  return Array.from({ length: Math.ceil(values.length / size) || 0 }, (_, i) => {
    const bin = values.slice(i * size, (i + 1) * size).filter((value) => value !== null);
    return bin.length === 0 ? null : bin.reduce((sum, value) => sum + value, 0) / bin.length;
  });
}

function bars(name: string, values: readonly (number | null)[], unit: string): string {
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return '';
  const span = `${plain(Math.min(...known))}–${plain(Math.max(...known))}${unit === '' ? '' : ` ${unit}`}`;
  return `${inline(name)} \`${sparkline(binned(values))}\` ${span}`;
}

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

function clipped(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most).replace(/\p{Surrogate}$/u, '')}…`;
}

function checkRow(check: Check, { record }: ReportInput, text: Text): string {
  const short = (word: string): string => clipped(word, 200);
  return [`${statusSymbol[check.status]} ${text.status[check.status]}`, `${code(short(checkName(check, record)))}${check.level === 'warn' ? text.aside(text.level.warn) : ''}`, inline(short(stageName(check, record, text))), inline(measuredFigure(check, record)), inline(checkFigure(check, record).limit)].join(' | ');
}

/** Those that need somebody first, and only as many as there is room for. */
function gates(input: ReportInput, text: Text, room: number): string[] {
  const { checks } = input.verdict;
  if (checks.length === 0) return [];
  const g = text.gates;
  const rows: string[] = [];
  let left = room;
  for (const check of [...checks].sort((a, b) => urgency[a.status] - urgency[b.status])) {
    const row = checkRow(check, input, text);
    left -= row.length + 6;
    if (left < 0) break;
    rows.push(row);
  }
  const passed = checks.filter(({ status }) => status === 'pass').length;
  const more = checks.length - rows.length;
  return [
    `<details><summary>${text.ci.gates(count(passed), count(checks.length))}</summary>`,
    table([g.status, g.expression, g.stage, g.measured, g.limit], rows.map((row) => [row]), [1, 2]),
    ...(more === 0 ? [] : [text.ci.more(count(more))]),
    '</details>',
  ];
}

/** The whole comment, with a final newline. */
export function renderPullRequest(input: ReportInput, language: Language): string {
  const { record, verdict } = input;
  const text = textOf(language);
  const name = clipped(record.plan.name, 200);
  const head = [
    `<!-- mgeo-bench ${name.replace(/[^\p{L}\p{N}._]+/gu, '-')} -->`,
    `### ${statusSymbol[verdict.status]} ${inline(name)}${text.colon}${text.verdictWord[verdict.status]}`,
    inline(clipped(verdictSentence(verdict, record, language), longest)),
    ...lines(input, text).filter((line) => line !== '').map((line) => clipped(line, longest)),
  ];
  const tail = text.ci.runLine(code(clipped(record.id, 200)));
  const room = mostCharacters - 2000 - [...head, tail].join('\n\n').length;
  return `${[...head, ...gates(input, text, room), tail].join('\n\n')}\n`;
}
