/**
 * Wakes the event loop at the moments of a schedule, to about a tenth of a millisecond. Node's own timers count whole milliseconds and come half a
 * millisecond late on average; a thread that sleeps on a futex does not, and costs next to nothing.
 */
import { Worker } from 'node:worker_threads';
import { machineShiftMs } from './clock.js';

/** What the thread (metronome-thread.ts) is given. */
export interface MetronomeSettings {
  /** Ascending moments in shared memory, on the clock of its maker. */
  dueMs: Float64Array;
  /** To be added to them for the machine's monotonic clock. */
  shiftMs: number;
}

/**
 * Calls `tick` soon after each moment; once for several that lie together. `dueMs` are moments on a clock that is ahead of `performance.now()` by
 * `aheadMs`. An error of the thread ends the process.
 */
export function startMetronome(dueMs: Float64Array, aheadMs: number, tick: () => void): void {
  const shared = new Float64Array(new SharedArrayBuffer(dueMs.byteLength));
  shared.set(dueMs);
  const settings: MetronomeSettings = { dueMs: shared, shiftMs: machineShiftMs() - aheadMs };
  const thread = new Worker(new URL('./metronome-thread.js', import.meta.url), { workerData: settings });
  thread.on('message', tick);
}
