/** The deciding figure of two arms in words. */
import type { ArmComparison } from '../../model/comparison.js';
import { count, plain } from '../number.js';
import { interval } from '../stage-figure.js';
import type { Text } from '../text/index.js';
import { stageOf } from './rows.js';

/** "throughput 1.3 × [1.2, 1.4] at “8 users”, 5 pairs"; null where there is none. */
export function figureOf({ rows, deciding }: ArmComparison, text: Text): string | null {
  const row = deciding === null ? undefined : rows[deciding];
  if (row === undefined || row.ratio === null) return null;
  const { compare } = text;
  const pairs = compare.pairCount(count(row.pairs.length), row.pairs.length === 1);
  const range = interval(row.ratio.low, row.ratio.high);
  return row.stage === null ? compare.figureRun(compare.metric[row.metric], plain(row.ratio.value), range, pairs) : compare.figure(compare.metric[row.metric], plain(row.ratio.value), range, stageOf(row, text), pairs);
}
