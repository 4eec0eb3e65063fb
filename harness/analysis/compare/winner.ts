/**
 * Which arm is best by the deciding figure, and how sure that is: the arm with the best geometric mean, compared in pairs with the first arm and with
 * the next best one (paired-ratio.ts, word.ts). Refuses (undefined) where arms were sent other traffic, or fewer than two have the figure.
 * The best of several means is picked after looking, so its ratio to the next one leans to be too large; the interval shares its error among the arms.
 */
import type { ArmComparison, ArmSummary, ComparisonDesign, Winner } from '../../model/comparison.js';
import type { ArmRounds } from './round.js';
import { moreIsBetter } from './word.js';

/** `comparisons` are those of the other arms against the first; `compare` compares the second of two arms with the first. */
export function findWinner(
  { arms, summaries, comparisons, design }: { arms: readonly ArmRounds[]; summaries: readonly ArmSummary[]; comparisons: readonly ArmComparison[]; design: Pick<ComparisonDesign, 'metric' | 'aa'> },
  compare: (first: ArmRounds, second: ArmRounds) => ArmComparison,
): Winner | undefined {
  const deciding = comparisons.map((comparison) => (comparison.deciding === null ? undefined : comparison.rows[comparison.deciding]));
  const stage = deciding.find((row) => row !== undefined)?.stage;
  if (stage === undefined || design.aa || comparisons.some(({ traffic }) => traffic.length > 0)) return undefined;
  const sign = moreIsBetter(design.metric) ? -1 : 1;
  const ranked = summaries
    .flatMap(({ arm, rows }) => { const row = rows.find((one) => one.stage === stage && one.metric === design.metric); return row === undefined ? [] : [{ arm, mean: row.mean }]; })
    .sort((x, y) => sign * (x.mean - y.mean));
  const roundsOf = (name: string | undefined): ArmRounds | undefined => arms.find((arm) => arm.name === name);
  const [best, next] = [roundsOf(ranked[0]?.arm), roundsOf(ranked[1]?.arm)];
  if (best === undefined || next === undefined) return undefined;
  const against = compare(next, best);
  const row = against.deciding === null ? undefined : against.rows[against.deciding];
  return { arm: best.name, next: next.name, ratio: row?.ratio ?? null, word: row?.word ?? 'inconclusive' };
}
