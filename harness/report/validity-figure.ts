import type { ValidityCode } from '../model/validity.js';
import { count, ms, percent, plain, rps, type Raw } from './number.js';

/** What a reason's value and limit are: shares, times, counts; the two Little ratios have their limit as a distance from 1. */
const kinds: Readonly<Record<ValidityCode, 'share' | 'ms' | 'count' | 'ratio' | 'rps' | 'none'>> = {
  'not-started': 'none', 'engine-failed': 'none', 'server-failed': 'none', 'job-failed': 'none', 'interrupted': 'none', 'no-requests': 'count', 'no-answer': 'count', 'too-few': 'count', 'little-in-flight': 'ratio', 'little-users': 'ratio',
  'rows-lost': 'share', 'dropped': 'share', 'unaccounted': 'share', 'server-count': 'share', 'generator-cpu': 'share', 'event-loop': 'share', 'lag': 'ms', 'run-queue': 'share', 'engine-share': 'ms', 'censored': 'share', 'unstable': 'rps', 'pool': 'share', 'unsent': 'share', 'parts-apart': 'share', 'sent-again': 'count', 'unsent-pairs': 'count', 'not-all-pairs': 'count', 'not-steady': 'share', 'drifting': 'share', 'clock-step': 'ms', 'engine-paused': 'share', 'calibration': 'rps', 'neighbour': 'share', 'others': 'share', 'steal': 'share', 'throttled': 'share', 'timed-out': 'share', 'gpu-gap': 'share', 'engine-messages': 'count', 'engine-exit': 'count',
};

/** Value and limit of a validity reason in the unit of its code. */
export function validityFigure({ code, value, limit }: { code: string; value: Raw; limit: Raw }): { value: string; limit: string } {
  const kind = Object.hasOwn(kinds, code) ? kinds[code as ValidityCode] : 'none';
  if (kind === 'share') return { value: percent(value), limit: percent(limit) };
  if (kind === 'ms') return { value: ms(value), limit: ms(limit) };
  if (kind === 'rps') return { value: rps(value), limit: rps(limit) };
  if (kind === 'count') return { value: count(value), limit: count(limit) };
  return { value: plain(value), limit: kind === 'ratio' && typeof limit === 'number' ? `1 ± ${percent(limit)}` : plain(limit) };
}
