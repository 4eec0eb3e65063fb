/** The deciding figure of two arms in words. */
import type { ArmComparison } from '../../model/comparison.js';
import { count, ratioFigure } from '../number.js';
import { ratioInterval } from '../stage-figure.js';
import type { Text } from '../text/index.js';
import { stageOf } from './rows.js';

/** "throughput 1.3 × [1.2, 1.4] at “8 users”, 5 pairs"; null where there is none. */
export function figureOf({ rows, deciding }: ArmComparison, text: Text): string | null {
  const row = deciding === null ? undefined : rows[deciding];
  if (row === undefined || row.ratio === null) return null;
  const { compare } = text;
  const pairs = compare.pairCount(count(row.pairs.length), row.pairs.length === 1);
  const range = ratioInterval(row.ratio);
  return row.stage === null ? compare.figureRun(compare.metric[row.metric], ratioFigure(row.ratio.value), range, pairs) : compare.figure(compare.metric[row.metric], ratioFigure(row.ratio.value), range, stageOf(row, text), pairs);
}
