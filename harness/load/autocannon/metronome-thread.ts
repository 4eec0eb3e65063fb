/** The thread of metronome.ts: sleeps until the next moment, says so, sleeps again. */
import { performance } from 'node:perf_hooks';
import { parentPort, workerData } from 'node:worker_threads';
import { machineShiftMs } from './clock.js';
import type { MetronomeSettings } from './metronome.js';

/** Ticks are this far apart at least, ms: a message costs some microseconds on either side. */
const leastMs = 0.2;

const { dueMs, shiftMs } = workerData as MetronomeSettings;
/** This thread's own clock, as the moments are told. */
const aheadMs = machineShiftMs() - shiftMs;
const never = new Int32Array(new SharedArrayBuffer(4));

for (let next = 0; next < dueMs.length;) {
  const waitMs = (dueMs[next] as number) - (performance.now() + aheadMs);
  if (waitMs > 0 || next > 0) Atomics.wait(never, 0, 0, Math.max(leastMs, waitMs));
  const nowMs = performance.now() + aheadMs;
  const first = next;
  while (next < dueMs.length && (dueMs[next] as number) <= nowMs) next += 1;
  if (next > first) parentPort?.postMessage(null);
}
