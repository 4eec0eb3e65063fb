/**
 * Was every pair sent once, and were all answered in time? Offline load only.
 *
 *   sent-again     pairs that were sent more than once: invalid; another lot was measured than was asked
 *   unsent-pairs   the window closed in good order, and pairs of the lot are in none of the counts: invalid; the generator left them out
 *   not-all-pairs  the time was over before every pair had its answer: suspect; pairs/s holds for those that had one, how long all take is not known
 */
import type { ValidityReason } from '../model/validity.js';
import { reason, type ValidityInput } from './validity-limits.js';

/** Reasons from the lot, in a fixed order. */
export function offlineReasons({ stage, offline }: ValidityInput): ValidityReason[] {
  const { pairs } = stage;
  if (offline === null || pairs === undefined) return [];
  const { answered, missing, limitS, ranOut } = offline;
  const closedInTime = stage.windowToMs - stage.windowFromMs < limitS * 1000 - 1;
  const left = ranOut && closedInTime && stage.requests.censored === 0 && pairs.late === 0;
  return [
    ...(pairs.again > 0 ? [reason('sent-again', 'invalid', pairs.again, 0, { pairs: offline.pairs })] : []),
    ...(left ? [reason('unsent-pairs', 'invalid', missing, 0, { pairs: offline.pairs })] : []),
    ...(ranOut && !left ? [reason('not-all-pairs', 'suspect', missing, 0, { answered, pairs: offline.pairs, limitS })] : []),
  ];
}
