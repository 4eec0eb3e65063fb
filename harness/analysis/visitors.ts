/**
 * What a visitor by the clock would wait beside what closed users saw: percentiles over time instead of over requests.
 *
 * The waits are told by the load room (harness/load/visitors.ts has the formula, its reference and what it assumes). Neighbouring visitors meet
 * the same stall, so they are no independent sample and no interval is given.
 * Refuses: `not-closed` (there the latency itself counts from the clock), `not-measured` (no answer, or a record of before there was the figure) and
 * `too-few-users` below ten: then all may wait on requests that are slow by themselves, which looks like a stall.
 */
import type { Finding, VisitorWaits } from '../model/analysis.js';
import { readHistogram } from '../model/histogram.js';
import type { StageResult } from '../model/record.js';
import { percentileUs } from './percentile.js';

export const leastUsers = 10;

/** Of one stage. */
export function findVisitors({ stage: { arrival }, visitors }: StageResult): Finding<VisitorWaits> {
  if (arrival.kind !== 'closed') return { kind: 'absent', why: 'not-closed' };
  if (visitors === undefined) return { kind: 'absent', why: 'not-measured' };
  if (arrival.users < leastUsers) return { kind: 'absent', why: 'too-few-users', needed: leastUsers };
  const waits = readHistogram(visitors.latency);
  const ms = (p: number): number => (percentileUs(waits, p) ?? 0) / 1000;
  return { kind: 'found', value: { n: waits.n, everyMs: visitors.everyMs, p50Ms: ms(0.5), p95Ms: ms(0.95), p99Ms: ms(0.99), maxMs: ms(1) } };
}
