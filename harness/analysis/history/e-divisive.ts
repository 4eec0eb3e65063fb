/**
 * Where a series of runs changes: E-divisive, hierarchical bisection by energy distance with a permutation test.
 *
 *   the cut of the greatest Q (energy-split.ts) is tested against the greatest Q of the same values in random orders:
 *   p = (1 + number of orders whose Q is as great) / (1 + orders); where p ≤ 0.005 the segment is cut, and both parts are looked at again
 *
 * Reference: Matteson & James (2014), J. Am. Stat. Assoc. 109:334; used on series of benchmarks by Daly et al. (2020), ICPE '20, who like
 * us let the second part reach to the end of the segment. The test ends early once it cannot become significant any more (Besag &
 * Clifford 1991), which spares nearly all orders where nothing changed. The orders are seeded: the same runs give the same points.
 *
 * Assumes that the runs between two changes are independent of each other and of one distribution: of a slow drift it makes steps, and of
 * neighbours that are alike too many. It finds levels, not spikes: no segment is shorter than five runs, so the newest change is seen five
 * runs late, and it is no gate. It is blind to a change that is a small part of the scatter between runs.
 * Refuses fewer than twelve runs: of ten, no order of the values is rarer than the level of the test.
 */
import type { Finding } from '../../model/estimate.js';
import { leastHistoryLevel, leastHistoryRuns } from '../../model/history.js';
import { createRandom, mixSeed } from '../../model/random.js';
import { bestSplit, rankValues } from './energy-split.js';

const level = 0.005;
const orders = 499;
const seed = 20140101;

export interface Cut {
  /** Place of the first value of what came after. */
  at: number;
  p: number;
}

/** The cuts of a series in its order. `worthTelling`: whether the values from `from` to `at` and those up to `to` differ by enough to be told apart. */
export function findCuts(series: readonly number[], worthTelling: (from: number, at: number, to: number) => boolean): Finding<Cut[]> {
  if (series.length < leastHistoryRuns) return { kind: 'absent', why: 'too-few', needed: leastHistoryRuns };
  const cuts: Cut[] = [];
  const open: [from: number, to: number][] = [[0, series.length]];
  for (let segment = open.pop(); segment !== undefined; segment = open.pop()) {
    const [from, to] = segment;
    const cut = testSegment(series.slice(from, to), from);
    if (cut === null || !worthTelling(from, from + cut.at, to)) continue;
    cuts.push({ at: from + cut.at, p: cut.p });
    open.push([from, from + cut.at], [from + cut.at, to]);
  }
  return { kind: 'found', value: cuts.sort((a, b) => a.at - b.at) };
}

/** The best cut of a segment if it is significant, else null. */
function testSegment(values: readonly number[], stream: number): Cut | null {
  const ranked = rankValues(values);
  const order = Uint32Array.from(values, (_, i) => i);
  const found = bestSplit(ranked, order, leastHistoryLevel);
  if (found === null || found.q <= 0) return null;
  const random = createRandom(mixSeed(seed, stream * 65_536 + values.length));
  const most = Math.floor(level * (orders + 1)) - 1;
  let asGreat = 0;
  for (let i = 0; i < orders; i += 1) {
    for (let last = order.length - 1; last > 0; last -= 1) {
      const other = random.below(last + 1);
      const item = order[last] as number;
      order[last] = order[other] as number;
      order[other] = item;
    }
    if ((bestSplit(ranked, order, leastHistoryLevel)?.q ?? 0) >= found.q) asGreat += 1;
    if (asGreat > most) return null;
  }
  return { at: found.at, p: (1 + asGreat) / (1 + orders) };
}
