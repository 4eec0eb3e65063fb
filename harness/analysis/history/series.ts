/**
 * One series of a history: its changes, each with the medians on either side.
 *
 * Ratio figures are cut on the logarithm: their scatter from run to run is a share of them. Shares (errors) are cut as they are. A change
 * below `leastHistoryRatio`, or `leastHistoryShare` of a share, is not told, however sure it is.
 */
import { median } from '../../model/rank.js';
import type { ChangePoint, HistoryMetric, HistoryRun, HistorySeries } from '../../model/history.js';
import { historyMetrics, leastHistoryRatio, leastHistoryShare } from '../../model/history.js';
import { findCuts } from './e-divisive.js';

/** Whether two levels differ by enough. */
function differ(metric: HistoryMetric, before: number, after: number): boolean {
  if (historyMetrics[metric].unit === 'share' || before <= 0 || after <= 0) return Math.abs(after - before) >= leastHistoryShare;
  return Math.abs(Math.log(after / before)) >= Math.log1p(leastHistoryRatio);
}

/** The changes of `values`, which `runs` measured, in order of time. */
export function findChanges(metric: HistoryMetric, values: readonly number[], runs: readonly Pick<HistoryRun, 'id' | 'startedAt' | 'model' | 'planHash'>[]): HistorySeries['changes'] {
  const { unit, better } = historyMetrics[metric];
  const positive = values.every((value) => value > 0) && unit !== 'share';
  const middle = (from: number, to: number): number => median(values.slice(from, to));
  const found = findCuts(positive ? values.map(Math.log) : values, (from, at, to) => differ(metric, middle(from, at), middle(at, to)));
  if (found.kind === 'absent') return found;
  const cuts = [...found.value];
  // What was two steps may have become one level once the rest was cut away: such a cut goes.
  for (let i = 0; i < cuts.length;) {
    const [from, at, to] = [cuts[i - 1]?.at ?? 0, cuts[i]?.at ?? 0, cuts[i + 1]?.at ?? values.length];
    if (differ(metric, middle(from, at), middle(at, to))) i += 1;
    else {
      cuts.splice(i, 1);
      i = 0;
    }
  }
  return { kind: 'found', value: cuts.map(({ at, p }, i): ChangePoint => {
    const before = middle(cuts[i - 1]?.at ?? 0, at);
    const after = middle(at, cuts[i + 1]?.at ?? values.length);
    const [last, first] = [runs[at - 1], runs[at]];
    return {
      at, run: first?.id ?? '', startedAt: first?.startedAt ?? '', before, after, p,
      ratio: unit === 'share' || before <= 0 ? null : after / before,
      word: (after > before) === (better === 'more') ? 'better' : 'worse',
      with: [...(first?.model === last?.model ? [] : ['model'] as const), ...(first?.planHash === last?.planHash ? [] : ['plan'] as const)],
    };
  }) };
}
