/**
 * On which side of the threshold each golden answer lies: what a release must not change unnoticed.
 *
 *   1 at or above it, 0 below, - wrong or missing; in the order of asking
 *   flips = positions in which two runs differ; an answer that is missing on one side alone has flipped too
 *
 * Refuses (null) where no golden pair was asked, or another number of them. Assumes the same pairs: the same plan asks them in the same order.
 */
import { sameFrom } from '../../model/label-rule.js';
import type { RunRecord } from '../../model/record.js';

/** One letter an answer; null where nothing was asked. */
export function answerSides({ probe, plan, server }: RunRecord): string | null {
  if (probe?.status !== 'done' || probe.golden === undefined || probe.golden.length === 0) return null;
  const threshold = sameFrom(plan.request, server?.health);
  return probe.golden.map(({ score }) => (score === null ? '-' : score >= threshold ? '1' : '0')).join('');
}

/** How many of the answers changed sides; null where they are not answers to the same questions. */
export function flipsBetween(before: string | null | undefined, now: string | null | undefined): { flips: number; checked: number } | null {
  if (!before || !now || before.length !== now.length) return null;
  const letters = [...now];
  return { flips: letters.filter((letter, i) => letter !== before[i]).length, checked: letters.length };
}
