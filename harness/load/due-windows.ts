/**
 * A spike, or a drill, by the moments at which its requests were due: windows of whole seconds, counted from the step down (of a drill from the beginning), each with the percentile that
 * must hold again. By moments of ending (as the timeline goes) a backlog that drains would look slow long after its last request came.
 * Failed and unended requests count as +∞.
 */
import type { DueWindows } from '../model/record.js';
import type { Stage } from '../model/stage.js';
import { createLatencyStore } from './latency-store.js';

export interface DueRecorder {
  /** One request of the window; `dueMs` from the window's opening, `latencyUs` null where it failed. */
  add(dueMs: number, latencyUs: number | null): void;
  save(windowMs: number): DueWindows | null;
}

/** Records nothing for a stage that is neither a spike nor a drill. */
export function createDueRecorder({ arrival, drill }: Stage): DueRecorder {
  const looked = arrival.kind === 'spike' ? arrival : drill;
  if (looked === undefined) return { add: () => undefined, save: () => null };
  const { within, windowS } = looked;
  const stepDownMs = arrival.kind === 'spike' ? (arrival.beforeS + arrival.duringS) * 1000 : 0;
  /** The step down of a spike lies on an edge; the first window may begin before the stage's own. */
  const ahead = Math.ceil(stepDownMs / 1000 / windowS);
  const indexOf = (dueMs: number): number => Math.floor((dueMs - stepDownMs) / 1000 / windowS) + ahead;
  const store = createLatencyStore();
  const failed: number[] = [];
  return {
    add: (dueMs, latencyUs) => {
      const index = indexOf(dueMs);
      if (latencyUs === null) failed[index] = (failed[index] ?? 0) + 1;
      else store.add(latencyUs, index);
    },
    save: (windowMs) => {
      const count = Math.max(0, indexOf(windowMs - 1e-3) + 1);
      const sorted = store.byGroup(count);
      const limitUs = within === null ? Infinity : within.limitMs * 1000;
      const failures = sorted.map((_, i) => failed[i] ?? 0);
      return {
        windowS,
        fromS: sorted.map((_, i) => stepDownMs / 1000 + (i - ahead) * windowS),
        due: sorted.map((values, i) => values.length + (failures[i] as number)),
        beyond: sorted.map((values, i) => values.reduce((sum, us) => sum + (us > limitUs ? 1 : 0), failures[i] as number)),
        quantileMs: sorted.map((values, i) => {
          const rank = Math.max(1, Math.ceil(((within?.p ?? 95) / 100) * (values.length + (failures[i] as number)) - 1e-9));
          return rank > values.length ? null : (values[rank - 1] as number) / 1000;
        }),
      };
    },
  };
}
