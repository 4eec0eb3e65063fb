/** Which arm wins, by how much, at what memory, whether the answers hold, and why: in sentences. */
import { armsBeyondLimits } from '../../model/arm-limits.js';
import type { ArmComparison, ComparedMetric, ComparisonRecord, Winner } from '../../model/comparison.js';
import { count, inUnit, mib, percent, plain, ratioFigure } from '../number.js';
import { ratioInterval } from '../stage-figure.js';
import { figureOf } from './figure.js';
import { causeText } from './cause.js';
import { failuresText } from './limits.js';
import type { Text } from '../text/index.js';

/** The figures that stand for memory, the most telling first. */
const memories = ['simulatedMemory', 'vram', 'rss'] as const;

const decidingRow = ({ deciding, rows }: ArmComparison): ArmComparison['rows'][number] | undefined => (deciding === null ? undefined : rows[deciding]);

const timesText = (ratio: Winner['ratio']): string => `${ratioFigure(ratio?.value)} × ${ratioInterval(ratio)}`.trimEnd();

/** What this comparison comes to stands in the sentences of the winner. */
export function toldOfWinner({ first, second, deciding, rows }: ArmComparison, { winner }: ComparisonRecord): boolean {
  if (winner === undefined) return false;
  const word = deciding === null ? undefined : rows[deciding]?.word;
  if (second === winner.arm) return word === 'better' || winner.equals?.includes(first) === true;
  return second === winner.fastest?.arm || (first === winner.arm && winner.equals?.includes(second) === true);
}

/** Whether an arm is shown to win, and not only ahead by its mean. */
export function hasWinner(record: ComparisonRecord): boolean {
  const { winner } = record;
  if (winner === undefined) return false;
  const against = comparedWithFirst(record, winner);
  return winner.fastest !== undefined || (against === undefined ? winner.word !== 'inconclusive' : decidingRow(against)?.word === 'better' || winner.word === 'equivalent');
}

/** The winner against the first arm; undefined where it is the first, or the first is beyond its limits. */
function comparedWithFirst(record: ComparisonRecord, { arm }: Winner): ArmComparison | undefined {
  const against = record.comparisons.find(({ second }) => second === arm);
  return against === undefined || armsBeyondLimits(record).includes(against.first) ? undefined : against;
}

/** Empty where no arm can be named. */
export function winnerSentences(record: ComparisonRecord, text: Text): string[] {
  const { winner, comparisons } = record;
  const first = comparisons[0]?.first;
  if (winner === undefined || first === undefined) return [];
  const against = comparisons.find(({ second }) => second === winner.arm);
  const said = headline(winner, record, first, text);
  const bounded = winner.fastest !== undefined && winner.next !== undefined ? said.map((sentence, i) => (i === 0 ? text.compare.winner.within(sentence) : sentence)) : said;
  return [...aloneText(winner, record, text), ...bounded, ...[memoryText(against, text), answersText(record, winner, against, text), causeText(record, winner.arm, against?.first ?? winner.next, against === undefined ? winner.word === 'better' : decidingRow(against)?.word === 'better', text)].flatMap((sentence) => sentence ?? [])];
}

/** The arm that would win but for its gates. */
function aloneText({ arm, fastest }: Winner, record: ComparisonRecord, text: Text): string[] {
  if (fastest === undefined) return [];
  const { compare } = text;
  const failures = failuresText(record, fastest.arm, text);
  return failures === null ? [compare.gatesFailed(fastest.arm)] : [compare.winner.alone(compare.metric[record.design.metric], fastest.arm, timesText(fastest.ratio), arm, failures)];
}

/** Against the first arm and the next best one, and which arms are as good. */
function headline(winner: Winner, record: ComparisonRecord, first: string, text: Text): string[] {
  const t = text.compare.winner;
  const { arm, next, word, ratio, equals = [] } = winner;
  if (next === undefined) return [t.only(arm)];
  const against = comparedWithFirst(record, winner);
  const row = against === undefined ? undefined : decidingRow(against);
  const alike = equalsSentences(winner, `±${percent(record.design.equivalence)}`, text);
  if (against === undefined || row === undefined) {
    const told = word === 'better' ? t.firstWins(arm, ratioFigure(ratio?.value), ratioInterval(ratio), next) : arm === first && !equals.includes(next) ? t.noneBetter(arm) : t.bestMean(arm);
    return [told, ...(word === 'inconclusive' && arm !== first && ratio !== null ? [t.notBeforeNext(next, timesText(ratio))] : []), ...alike];
  }
  const figure = figureOf(against, text) ?? '';
  const told = row.word === 'better' ? t.wins(arm, figure, first) : equals.includes(first) ? t.bestMean(arm) : t.ahead(arm, figure, first);
  const second = next === first || ratio === null || equals.includes(next) ? [] : [word === 'better' ? t.beforeNext(next, timesText(ratio)) : t.notBeforeNext(next, timesText(ratio))];
  return [told, ...second, ...alike];
}

/** Arms that are as good, and the one among them that something else speaks for. */
function equalsSentences({ arm, next, ratio, equals = [], alternative }: Winner, band: string, text: Text): string[] {
  const { compare, compare: { winner: t } } = text;
  if (equals.length === 0) return [];
  const one = equals.length === 1;
  const names = equals.map((name) => compare.quoted(name)).join(text.enumeration);
  const figure = one && equals[0] === next && ratio !== null ? timesText(ratio) : '';
  return [t.asGood(names, one, arm, band, figure), ...(alternative === undefined ? [] : [t.alternative(alternative.arm, compare.metric[alternative.metric], figureIn(alternative.metric, alternative.value), figureIn(alternative.metric, alternative.winner))])];
}

const figureIn = (metric: ComparedMetric, value: number): string => inUnit(value, metric === 'p95' ? 'ms' : 'MiB');

/** Memory of the winner and of the first arm, the most telling kind that both have. */
export function memoryText(against: ArmComparison | undefined, text: Text): string | null {
  const row = memories.flatMap((metric) => against?.rows.find((one) => one.metric === metric) ?? [])[0];
  return row === undefined || against === undefined ? null : text.compare.winner.memory(against.second, text.compare.metric[row.metric], mib(row.second), mib(row.first), against.first);
}

/** Whether an arm's answers hold: under load, and beside those of the first; neither sides nor, beyond the tolerance, scores may move. */
export function answersText({ summaries, design: { tolerance } }: ComparisonRecord, { arm }: Pick<Winner, 'arm'>, against: ArmComparison | undefined, text: Text): string | null {
  const t = text.compare.winner;
  const load = summaries.find((summary) => summary.arm === arm)?.answers;
  const golden = against?.answers;
  const moved = load?.moved ?? 0;
  const parts = [
    ...(load === undefined ? [] : [t.underLoad(count(load.flips), count(load.checked)), ...(moved === 0 ? [] : [t.moved(count(moved), count(load.checked))])]),
    ...(golden === undefined || against === undefined ? [] : [t.golden(count(golden.flips), count(golden.asked), golden.maxDelta === 0 ? '0' : golden.maxDelta.toPrecision(2), against.first)]),
  ];
  if (parts.length === 0) return null;
  const told = parts.join(text.listSeparator);
  if ((load?.flips ?? 0) > 0 || (golden?.flips ?? 0) > 0) return t.holdNot(told);
  return tolerance !== undefined && (moved > 0 || (golden?.maxDelta ?? 0) > tolerance) ? t.holdSides(told, plain(tolerance)) : t.hold(told);
}
