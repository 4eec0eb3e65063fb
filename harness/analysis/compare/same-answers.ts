/**
 * Do two arms answer alike? Of the golden pairs that both were asked at concurrency 1, before any load: answers whose side of the threshold, or label
 * where both give one, differs (flips), the largest difference of two scores, and the pairs that one of them alone answered (lost, gained).
 *
 * Assumes the same pairs under the same numbers: arms that were to be sent other traffic are not compared. Refuses (null) where no pair has both scores.
 */
import type { ArmAnswers } from '../../model/comparison.js';
import { sameFrom } from '../../model/label-rule.js';
import type { RunRecord } from '../../model/record.js';

/** A run's golden answers by number of the pair. */
export type GoldenScores = ReadonlyMap<number, { score: number; said: string }>;

/** Score and what it says of each golden pair that was answered. */
export function goldenScores({ probe, plan, server }: RunRecord): GoldenScores {
  if (probe?.status !== 'done') return new Map();
  const threshold = sameFrom(plan.request, server?.health);
  return new Map((probe.golden ?? []).flatMap(({ index, score, label }) => (score === null ? [] : [[index, { score, said: label ?? (score >= threshold ? 'same' : 'other') }]])));
}

/** The second run's answers against the first's. */
export function sameAnswers(first: GoldenScores, second: GoldenScores): ArmAnswers | null {
  let [asked, flips, maxDelta] = [0, 0, 0];
  for (const [index, { score, said }] of first) {
    const other = second.get(index);
    if (other === undefined) continue;
    asked += 1;
    if (other.said !== said) flips += 1;
    maxDelta = Math.max(maxDelta, Math.abs(other.score - score));
  }
  return asked === 0 ? null : { asked, flips, maxDelta, ...(first.size > asked ? { lost: first.size - asked } : {}), ...(second.size > asked ? { gained: second.size - asked } : {}) };
}
