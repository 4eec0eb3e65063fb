import type { Check } from '../model/verdict.js';

/** The check whose number stands in the sentence. */
export type Headline = Record<string, string | number | null>;

/** How far a value is from its limit, as a share of the larger of the two: 0 = on it. Infinite failures are farthest. */
function distanceOf(check: Check): number {
  if (check.actual === null || check.limit === null) return Infinity;
  const scale = Math.max(Math.abs(check.limit), Math.abs(check.actual));
  return scale === 0 ? 0 : Math.abs(check.actual - check.limit) / scale;
}

/** A count that had to be exactly so, and is, says less than a limit that was nearly reached. */
const exact = (check: Check): boolean => /==|!=/.test(check.expression);

/** Among passed checks the one nearest to its limit: the first that would break. */
export function nearestToLimit(checks: readonly Check[]): Check | undefined {
  const measured = checks.filter((check) => check.actual !== null);
  const telling = measured.some((check) => !exact(check)) ? measured.filter((check) => !exact(check)) : measured;
  return [...telling].sort((a, b) => distanceOf(a) - distanceOf(b))[0] ?? checks[0];
}

const gravest = ['wrong-answers', 'oracle-failed', 'no-answer', 'abnormal-died', 'abnormal-5xx', 'abnormal-no-answer', 'conformance-must', 'search-lowest-fails', 'any'] as const;

/** Among failed checks the one farthest beyond; answers that are wrong or missing come before any number, then what abnormal requests did. */
export function farthestBeyond(checks: readonly Check[]): Check | undefined {
  const rank = (check: Check): number => gravest.findIndex((code) => code === check.reason.code || code === 'any');
  return [...checks].sort((a, b) => rank(a) - rank(b) || (distanceOf(b) > distanceOf(a) ? 1 : distanceOf(b) < distanceOf(a) ? -1 : 0))[0];
}

/** The numbers of one check by name. */
export function numbersOf(check: Check): Headline {
  const { stage } = check.reason.params;
  return {
    check: check.id, expression: check.expression, metric: check.metric, stage: stage ?? null,
    actual: check.actual, low: check.low, high: check.high, limit: check.limit, unit: check.unit, reason: check.reason.code,
  };
}
