/** A comparison's numbers as cells: the same for page, Markdown and terminal. */
import type { ArmComparison, ArmSummary, ComparedRow, ComparisonRecord } from '../../model/comparison.js';
import { formatDuration } from '../../model/unit.js';
import { count, differenceFigure, percent, plain, ratioFigure } from '../number.js';
import { intervalAround, ratioInterval, shownName } from '../stage-figure.js';
import type { Text } from '../text/index.js';

/** The stage as it is read, or that a figure is of the whole run. */
export const stageOf = ({ stage }: { stage: string | null }, text: Text): string => (stage === null ? text.compare.ofRun : shownName(text, stage));

/** Names of the columns of `ratioCells`. */
export function ratioHead({ first, second }: ArmComparison, text: Text): string[] {
  const { head } = text.compare;
  return [head.stage, head.metric, first, second, head.ratio, head.interval, head.detectable, head.pairs, head.word];
}

/** What is left of a division of floats is no difference. */
function detectableText(share: number | null): string {
  const text = differenceFigure(share !== null && share < 1e-6 ? 0 : share);
  return /^\d/.test(text) ? `±${text}` : text;
}

/** One figure of one stage: both sides, their ratio, its interval and the word. */
export function ratioCells(row: ComparedRow, text: Text): string[] {
  const { compare } = text;
  const why = row.why === null ? '' : text.aside(compare.why[row.why]);
  const note = row.otherThroughput ? text.aside(compare.otherThroughput) : '';
  const withUnit = (value: number | null): string => (value === null ? plain(null) : `${plain(value)} ${row.unit}`);
  return [
    stageOf(row, text), compare.metric[row.metric], withUnit(row.first), withUnit(row.second), ratioFigure(row.ratio?.value), ratioInterval(row.ratio),
    detectableText(row.detectable), count(row.pairs.length), row.why === 'traffic' ? compare.why.traffic : `${compare.word[row.word]}${why}${note}`,
  ];
}

/** Names of the columns of `summaryCells`. */
export function summaryHead(text: Text): string[] {
  const { head } = text.compare;
  return [head.arm, head.stage, head.metric, head.runs, head.mean, head.interval, head.values];
}

/** A row for each figure of an arm by itself. */
export function summaryCells(summary: ArmSummary, text: Text): string[][] {
  return summary.rows.map((row) => [
    summary.arm, stageOf(row, text), text.compare.metric[row.metric], count(row.values.length), `${plain(row.mean)} ${row.unit}`, intervalAround(row.mean, row.low, row.high), row.values.map((value) => plain(value)).join(' · '),
  ]);
}

/** The confidence of one interval: looks and arms share the error (harness/analysis/compare/index.ts). */
export function confidenceText({ design, comparisons }: ComparisonRecord): string {
  return percent(1 - (1 - design.confidence) / (design.looks * Math.max(1, comparisons.length)));
}

/** The minimum detectable effect of the figures that decide; nothing where no pair tells, or no figure decides but the answers. */
function detects({ comparisons, design }: ComparisonRecord, { compare }: Text): string[] {
  if (design.by === 'answers') return [];
  const shares = comparisons.flatMap(({ rows, deciding }) => (deciding === null ? [] : (rows[deciding]?.detectable ?? []))).sort((a, b) => a - b);
  const [least, most] = [shares[0], shares.at(-1)];
  if (least === undefined || most === undefined) return [];
  const [from, to] = [detectableText(least), detectableText(most)];
  return [compare.detects(from, from === to ? null : to)];
}

/** How it was compared, and what it could have shown. */
export function designSentence(record: ComparisonRecord, text: Text): string {
  const { design, comparisons, summaries, looks } = record;
  const { compare } = text;
  const n = comparisons[0]?.pairs ?? summaries[0]?.rounds ?? 0;
  const said = compare.designText(compare.order[design.order], compare.pairCount(count(n), n === 1), compare.looks(count(looks), looks === 1), confidenceText(record), `±${percent(design.equivalence)}`);
  return [said, ...detects(record, text), ...(record.budgetSpent === true ? [compare.budget(formatDuration((design.budgetS ?? 0) * 1000))] : [])].join(text.sentenceSpace);
}
