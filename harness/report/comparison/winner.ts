/** Which arm wins, by how much, at what memory, whether the answers hold, and why: in sentences. */
import type { ArmComparison, ComparisonRecord, Winner, Work } from '../../model/comparison.js';
import { count, mib, percent, plain, ratioFigure } from '../number.js';
import { ratioInterval } from '../stage-figure.js';
import { figureOf } from './figure.js';
import type { Text } from '../text/index.js';

/** The figures that stand for memory, the most telling first. */
const memories = ['simulatedMemory', 'vram', 'rss'] as const;

const decidingRow = ({ deciding, rows }: ArmComparison): ArmComparison['rows'][number] | undefined => (deciding === null ? undefined : rows[deciding]);

/** What this comparison comes to stands in the sentences of the winner. */
export function toldOfWinner(comparison: ArmComparison, { winner }: ComparisonRecord): boolean {
  return winner !== undefined && comparison.second === winner.arm && decidingRow(comparison)?.word === 'better';
}

/** Whether an arm is shown to win, and not only ahead by its mean. */
export function hasWinner({ winner, comparisons }: ComparisonRecord): boolean {
  if (winner === undefined) return false;
  const against = comparisons.find(({ second }) => second === winner.arm);
  return against === undefined ? winner.word === 'better' : decidingRow(against)?.word === 'better';
}

/** Empty where no arm can be named. */
export function winnerSentences(record: ComparisonRecord, text: Text): string[] {
  const { winner, comparisons } = record;
  const first = comparisons[0]?.first;
  if (winner === undefined || first === undefined) return [];
  const against = comparisons.find(({ second }) => second === winner.arm);
  return [headline(winner, against, first, text), ...[againstNext(winner, first, text), memoryText(against, text), answersText(record, winner, against, text), whyText(record, winner, against, text)].flatMap((sentence) => sentence ?? [])];
}

/** Said of the first arm: that no other is better. */
function headline({ arm, next, word, ratio }: Winner, against: ArmComparison | undefined, first: string, text: Text): string {
  const t = text.compare.winner;
  const row = against === undefined ? undefined : decidingRow(against);
  if (against === undefined || row === undefined) return word === 'better' ? t.firstWins(first, ratioFigure(ratio?.value), ratioInterval(ratio), next) : t.noneBetter(first);
  const figure = figureOf(against, text) ?? '';
  return row.word === 'better' ? t.wins(arm, figure, first) : t.ahead(arm, figure, first);
}

/** Against the next best, where that is not the first arm. */
function againstNext({ arm, next, ratio, word }: Winner, first: string, text: Text): string | null {
  if (next === first || arm === first || ratio === null) return null;
  const t = text.compare.winner;
  const figure = `${ratioFigure(ratio.value)} × ${ratioInterval(ratio)}`.trimEnd();
  return word === 'better' ? t.beforeNext(next, figure) : t.notBeforeNext(next, figure);
}

/** Memory of the winner and of the first arm, the most telling kind that both have. */
export function memoryText(against: ArmComparison | undefined, text: Text): string | null {
  const row = memories.flatMap((metric) => against?.rows.find((one) => one.metric === metric) ?? [])[0];
  return row === undefined || against === undefined ? null : text.compare.winner.memory(text.compare.metric[row.metric], mib(row.second), mib(row.first), against.first);
}

/** Whether an arm's answers hold: under load, and beside those of the first. */
export function answersText({ summaries }: ComparisonRecord, { arm }: Pick<Winner, 'arm'>, against: ArmComparison | undefined, text: Text): string | null {
  const t = text.compare.winner;
  const load = summaries.find((summary) => summary.arm === arm)?.answers;
  const golden = against?.answers;
  const parts = [
    ...(load === undefined ? [] : [t.underLoad(count(load.flips), count(load.checked))]),
    ...(golden === undefined || against === undefined ? [] : [t.golden(count(golden.flips), count(golden.asked), golden.maxDelta === 0 ? '0' : golden.maxDelta.toPrecision(2), against.first)]),
  ];
  if (parts.length === 0) return null;
  const hold = (load?.flips ?? 0) === 0 && (golden?.flips ?? 0) === 0;
  return (hold ? t.hold : t.holdNot)(parts.join(text.listSeparator));
}

/** The figures of work that both arms tell. */
export function whyText({ summaries }: ComparisonRecord, { arm, next }: Pick<Winner, 'arm' | 'next'>, against: ArmComparison | undefined, text: Text): string | null {
  const t = text.compare.winner;
  const other = against?.first ?? next;
  const [mine, theirs] = [arm, other].map((name) => summaries.find((summary) => summary.arm === name)?.work);
  if (mine === undefined || theirs === undefined) return null;
  const pair = (key: Exclude<keyof Work, 'normaliseMs'>, show: (value: number | null) => string, say: (mine: string, theirs: string) => string): string[] => (mine[key] === null || theirs[key] === null ? [] : [say(show(mine[key]), show(theirs[key]))]);
  const told = [...pair('batchTexts', plain, t.batch), ...pair('queueMs', plain, t.queue), ...pair('inferMs', plain, t.infer), ...pair('padding', percent, t.padding)];
  return told.length === 0 ? null : t.why(other, told.join(text.listSeparator));
}
