/** Recovery and drift as every output shows them. */
import type { StageAnalysis } from '../model/analysis.js';
import type { Drift, Recovery } from '../model/shape-analysis.js';
import { count, dash, mib, ms, plain, seconds } from './number.js';
import { interval } from './stage-figure.js';
import type { Text } from './text/index.js';
import type { Sentence } from './text/text-code.js';
import { own } from './words.js';

const percentileName = ({ p }: Pick<Recovery, 'p'>): string => `p${plain(p)}`;

/** One sentence without a final stop; null for a stage that is no spike. */
export function recoverySentence({ recovery }: StageAnalysis, text: Text): string | null {
  if (recovery === null) return null;
  const t = text.shapes;
  if (recovery.kind === 'absent') return t.notJudged(own<Sentence>(text.codes.absence, recovery.why)?.({}) ?? recovery.why);
  const { value } = recovery;
  const [name, limit] = [percentileName(value), ms(value.limitMs)];
  if (!value.recovered) return t.notRecovered(name, limit, seconds(value.watchedS));
  if (!value.broken) return t.neverBroken(name, limit, seconds(value.watchedS));
  return value.time.value === 0 ? t.notBrokenAfter(name, limit) : t.recovered(name, limit, seconds(value.time.value), interval(value.time.low, value.time.high, seconds));
}

/** "1,240 ms", or that it has no bound. */
export function worstText({ worstMs }: Recovery, text: Text): string {
  return worstMs === null ? text.shapes.infinite : ms(worstMs);
}

/** Name of a quantity; a GPU by its uuid. */
export function quantityName({ of, source }: Drift, text: Text): string {
  const name = text.shapes.quantities[of];
  return source === '' ? name : `${name}${text.aside(source)}`;
}

const shower = (unit: Drift['unit']): ((value: number | null) => string) => (unit === 'MiB' ? mib : ms);

/** "12 MiB/h [8 MiB, 15 MiB]", or a dash. */
export function slopeText({ slope, unit }: Drift, text: Text): string {
  if (slope.kind === 'absent') return dash;
  const { value, low, high } = slope.value;
  return `${text.shapes.perHour(shower(unit)(value))} ${interval(low, high, shower(unit))}`;
}

/** Heads of the drift table after the stage's name. */
export function driftHead(confidence: string, { shapes: t }: Text): string[] {
  return [t.quantity, t.slope(confidence), t.median, t.change, t.matters, t.z, t.blocks, t.word];
}

/** Cells of one quantity. */
export function driftCells(drift: Drift, text: Text): string[] {
  const show = shower(drift.unit);
  return [quantityName(drift, text), slopeText(drift, text), show(drift.median), show(drift.change), show(drift.limit), plain(drift.z), count(drift.blocks), text.shapes.words[drift.word]];
}

/** What counts as a change that matters, for the note beside the table; the numbers are those of analysis/drift.ts. */
export const driftLimits = ['5%', '10 MiB'] as const;
