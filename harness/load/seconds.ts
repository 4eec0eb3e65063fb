/**
 * Second by second through the window, and the heat map. `started` counts by start moment; `completed`, `failed`, the percentiles
 * and the heat map go by end moment and take in requests that started in the warm-up, so the first second has no dip that the
 * server did not have. The last second may be cut short by the window's end.
 */
import type { StageResult, Timeline } from '../model/record.js';
import { createSecondLatencies } from './second-latencies.js';

export interface Seconds {
  /** One ended request, moments in ms since the window opened; the part of it inside the window counts as in flight. */
  add(startMs: number, endMs: number, windowMs: number, completed: boolean): void;
  /** One request that never ended, open until the window's close. */
  addOpen(startMs: number, windowMs: number): void;
  /** One successful answer that ended in that second. */
  addLatency(latencyUs: number, second: number): void;
  /** The second of the window in which `endMs` falls, or null outside it. */
  secondOf(endMs: number, windowMs: number): number | null;
  save(windowMs: number): { timeline: Timeline; heatmap: StageResult['heatmap']; inFlightMean: number | null };
}

/** `longestMs`: the longest the window can be. */
export function createSeconds(longestMs: number): Seconds {
  const size = Math.ceil(longestMs / 1000);
  const started = new Float64Array(size);
  const completed = new Float64Array(size);
  const failed = new Float64Array(size);
  /** Milliseconds of requests in flight, by second. */
  const busyMs = new Float64Array(size);
  const latencies = createSecondLatencies(size);
  const bump = (column: Float64Array, ms: number): void => {
    const second = Math.floor(ms / 1000);
    if (second >= 0 && second < size) column[second] = (column[second] as number) + 1;
  };
  const occupy = (fromMs: number, toMs: number): void => {
    const to = Math.min(toMs, longestMs);
    for (let at = Math.max(fromMs, 0); at < to;) {
      const second = Math.floor(at / 1000);
      const until = Math.min(to, (second + 1) * 1000);
      busyMs[second] = (busyMs[second] as number) + until - at;
      at = until;
    }
  };
  return {
    addLatency: latencies.add,
    secondOf: (endMs, windowMs) => (endMs >= 0 && endMs < windowMs ? Math.floor(endMs / 1000) : null),
    add: (startMs, endMs, windowMs, wasCompleted) => {
      bump(started, startMs);
      if (endMs < windowMs) bump(wasCompleted ? completed : failed, endMs);
      occupy(startMs, Math.min(endMs, windowMs));
    },
    addOpen: (startMs, windowMs) => {
      bump(started, startMs);
      occupy(startMs, windowMs);
    },
    save: (windowMs) => {
      // A window of whole seconds on a float clock may be longer by a rounding error.
      const count = Math.ceil(windowMs / 1000 - 1e-6);
      const { percentilesMs, heatmap } = latencies.save(count);
      const column = (values: Float64Array): number[] => Array.from(values.subarray(0, count));
      const busy = column(busyMs);
      return {
        timeline: {
          t: Array.from({ length: count }, (_, second) => second),
          started: column(started),
          completed: column(completed),
          failed: column(failed),
          p50Ms: percentilesMs.p50,
          p95Ms: percentilesMs.p95,
          p99Ms: percentilesMs.p99,
          inFlight: busy.map((ms, second) => ms / (Math.min(windowMs, (second + 1) * 1000) - second * 1000)),
        },
        heatmap,
        inFlightMean: windowMs > 0 ? busy.reduce((sum, ms) => sum + ms, 0) / windowMs : null,
      };
    },
  };
}
