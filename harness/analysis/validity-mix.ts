/**
 * Were the parts of a mix driven at the same time? Mixes only.
 *
 *   parts-apart   share of a part's window that lies outside the time in which all parts were measured: suspect above 5 %, invalid above 50 %. Engines take
 *                 unlike times to start; a part whose engine died leaves the others alone
 */
import type { ValidityReason } from '../model/validity.js';
import { graded, limits, type ValidityInput } from './validity-limits.js';

/** At most one reason. */
export function mixReasons({ stage, parts, window }: ValidityInput): ValidityReason[] {
  const windowMs = stage.windowToMs - stage.windowFromMs;
  if (parts.length < 2 || windowMs <= 0) return [];
  const sharedMs = window.toMs - window.fromMs;
  return graded('parts-apart', 1 - sharedMs / windowMs, limits.apart, { sharedS: sharedMs / 1000, windowS: windowMs / 1000 });
}
