/**
 * Scores by class in bins of one width: 1, 2 or 5 · 10ⁿ, about thirty between the smallest and the largest score. `low` and `high` are the 10th and 90th
 * percentile (nearest rank), shown without intervals. Refuses where nothing was scored.
 */
import type { Finding } from '../../model/analysis.js';
import type { ScoreDistribution } from '../../model/answer-quality.js';
import { allClasses } from '../../model/dataset.js';
import { median, nearestRank } from '../../model/rank.js';

const wantedBins = 30;

/** `range` bounds the bins where all scores are alike. */
export function scoreDistribution(scored: readonly { class: string; score: number }[], [least, most]: readonly [number, number]): Finding<ScoreDistribution> {
  if (scored.length === 0) return { kind: 'absent', why: 'not-checked' };
  const values = scored.map(({ score }) => score);
  const width = Math.max(...values) - Math.min(...values);
  const step = niceStep((width > 0 ? width : (most - least) / 2) / wantedBins);
  const from = Math.floor(Math.min(...values) / step);
  const to = Math.max(from + 1, Math.ceil(Math.max(...values) / step));
  // Edges written out and read back: 3 · 0.1 must be 0.3.
  const edges = Array.from({ length: to - from + 1 }, (_, i) => Number(((from + i) * step).toPrecision(12)));
  // In one order whatever was asked first, so that a class has its place and colour in every report.
  const rank = (name: string): number => (allClasses as readonly string[]).indexOf(name) >>> 0;
  const names = [...new Set(scored.map((one) => one.class))].sort((x, y) => rank(x) - rank(y) || (x < y ? -1 : 1));
  return {
    kind: 'found',
    value: {
      edges,
      classes: names.map((name) => {
        const own = scored.filter((one) => one.class === name).map(({ score }) => score).sort((x, y) => x - y);
        const counts = edges.slice(1).map(() => 0);
        for (const score of own) {
          const at = Math.min(counts.length - 1, Math.max(0, Math.floor(score / step + 1e-9) - from));
          counts[at] = (counts[at] ?? 0) + 1;
        }
        const at = (p: number): number => own[nearestRank(p, own.length) - 1] ?? 0;
        return { name, n: own.length, counts, low: at(0.1), median: median(own), high: at(0.9) };
      }),
    },
  };
}

function niceStep(wanted: number): number {
  const power = 10 ** Math.floor(Math.log10(wanted));
  const step = [1, 2, 5, 10].find((digit) => digit * power >= wanted * 0.999) ?? 10;
  return Number((step * power).toPrecision(12));
}
