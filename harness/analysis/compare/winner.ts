/**
 * Which arm is best by the deciding figure within the limits, and how sure that is: of the arms whose gates did not fail in most of their runs the one
 * with the best geometric mean, compared in pairs with the next best of them and with every other (paired-ratio.ts, word.ts). A better arm beyond its
 * limits is named beside it. Refuses (undefined) where arms were sent other traffic, where fewer than two have the figure, and where none is within its limits.
 * The best of several means is picked after looking, so its ratio to the next one leans to be too large; the interval shares its error among the arms.
 */
import type { ArmComparison, ArmSummary, ComparedMetric, ComparedRow, ComparisonDesign, Winner } from '../../model/comparison.js';
import type { ArmRounds } from './round.js';
import { moreIsBetter } from './word.js';

/** What speaks for one of several arms that are as good, the weightiest first. */
const beside: readonly ComparedMetric[] = ['simulatedMemory', 'vram', 'rss', 'p95'];

/** `comparisons` are those of the other arms against the first; `compare` compares the second of two arms with the first; `beyond`: arms whose gates failed in most of their runs. */
export function findWinner(
  { arms, summaries, comparisons, design, beyond = [] }: { arms: readonly ArmRounds[]; summaries: readonly ArmSummary[]; comparisons: readonly ArmComparison[]; design: Pick<ComparisonDesign, 'metric' | 'aa'>; beyond?: readonly string[] },
  compare: (first: ArmRounds, second: ArmRounds) => ArmComparison,
): Winner | undefined {
  const stage = comparisons.map(decidingRow).find((row) => row !== undefined)?.stage;
  if (stage === undefined || design.aa || comparisons.some(({ traffic }) => traffic.length > 0)) return undefined;
  const sign = moreIsBetter(design.metric) ? -1 : 1;
  const ranked = summaries
    .flatMap(({ arm, rows }) => {
      const row = rows.find((one) => one.stage === stage && one.metric === design.metric);
      const rounds = arms.find(({ name }) => name === arm);
      return row === undefined || rounds === undefined ? [] : [{ rounds, mean: row.mean }];
    })
    .sort((x, y) => sign * (x.mean - y.mean)).map(({ rounds }) => rounds);
  const [best, ...others] = ranked.filter(({ name }) => !beyond.includes(name));
  const [fastest] = ranked;
  if (best === undefined || fastest === undefined || ranked.length < 2) return undefined;
  const against = others.map((other) => compare(other, best));
  const row = against[0] && decidingRow(against[0]);
  const equals = against.filter((one) => decidingRow(one)?.word === 'equivalent');
  const alternative = alternativeOf(equals, stage);
  const ahead = fastest === best ? undefined : decidingRow(compare(best, fastest));
  return {
    arm: best.name, ...(others[0] === undefined ? {} : { next: others[0].name }), ratio: row?.ratio ?? null, word: row?.word ?? 'inconclusive',
    ...(fastest === best ? {} : { fastest: { arm: fastest.name, ratio: ahead?.ratio ?? null, word: ahead?.word ?? 'inconclusive' } }),
    ...(equals.length === 0 ? {} : { equals: equals.map(({ first }) => first) }), ...(alternative === undefined ? {} : { alternative }),
  };
}

/** Of comparisons of the winner with arms as good: the arm that is shown to take least memory (of the kind that tells most), else to have the lowest p95. */
function alternativeOf(equals: readonly ArmComparison[], stage: string | null): Winner['alternative'] {
  for (const metric of beside) {
    const better = equals.flatMap(({ first, rows }) => {
      const row = rows.find((one) => one.metric === metric && (one.stage === null || one.stage === stage));
      // The winner is the second arm: that it is worse speaks for the first.
      return row?.word !== 'worse' || row.first === null || row.second === null ? [] : [{ arm: first, metric, value: row.first, winner: row.second }];
    });
    const least = better.toSorted((x, y) => x.value - y.value)[0];
    if (least !== undefined) return least;
  }
  return undefined;
}

function decidingRow({ deciding, rows }: ArmComparison): ComparedRow | undefined {
  return deciding === null ? undefined : rows[deciding];
}
