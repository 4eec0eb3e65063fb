import { performance } from 'node:perf_hooks';

/** What a child of several is told, once: when the load begins, on the machine's monotonic clock. */
export interface BeginMessage {
  startMs: number;
}

/**
 * What to add to `performance.now()`, which counts from the start of its own process, to get the machine's monotonic clock, which is the same in all
 * processes, ms. Both are read from that one clock, so the sum does not drift.
 */
export function machineShiftMs(): number {
  return Number(process.hrtime.bigint()) / 1e6 - performance.now();
}
