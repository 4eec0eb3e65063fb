/**
 * Open load: request k of the schedule is due at its moment, and its latency counts from there, however late it was sent.
 *
 * Lateness has two causes, told apart by what the worker that sent it did before: it was free, so the generator's timer was late
 * (lag, the generator's fault); or it was still busy with an earlier request, so the whole pool was (a wait, the server's doing).
 * A request is settled when its row is there. Requests are handed to workers in the order of the schedule.
 */
import { workersOf, type Stage } from '../model/stage.js';
import { createBuckets } from './bucket.js';
import type { Ledger } from './ledger.js';
import { firstAtOrAfter } from './schedule.js';
import type { Window } from './window.js';

/** `startMs`: the zero of `schedule` on the engine's clock; `firstTicket`: the ticket of its first request. */
export function createOpenLedger(stage: Stage, schedule: Float64Array, startMs: number, firstTicket: number): Ledger {
  const workers = workersOf(stage.arrival);
  const fromMs = startMs + stage.warmupS * 1000;
  let toMs = fromMs + stage.durationS * 1000;
  const first = firstAtOrAfter(schedule, stage.warmupS * 1000);
  /** One behind the last request of the window. */
  let end = firstAtOrAfter(schedule, (stage.warmupS + stage.durationS) * 1000);
  const seen = new Uint8Array(schedule.length);
  const seenBefore = (index: number): number => seen.subarray(0, index).reduce((sum, one) => sum + one, 0);
  /** Requests due before the window's close whose row is not there yet. */
  let missing = end;
  const lastEndMs = new Float64Array(workers).fill(-Infinity);
  const lag = createBuckets();
  let waited = 0;
  let longestWaitMs = 0;
  let endedBefore = 0;
  let heldMs = 0;

  const indexOf = (ticket: number): number => ticket - firstTicket;
  const openStartsMs = (): number[] => {
    const open: number[] = [];
    for (let k = first; k < end; k += 1) if (seen[k] === 0) open.push(startMs + (schedule[k] as number));
    return open;
  };
  const window: Pick<Window, 'fromMs' | 'toMs' | 'closeAt' | 'settled' | 'openStartsMs'> = {
    fromMs,
    get toMs() {
      return toMs;
    },
    closeAt: (ms) => {
      if (ms >= toMs) return;
      toMs = Math.max(ms, fromMs);
      end = firstAtOrAfter(schedule, toMs - startMs);
      missing = end - seenBefore(end);
    },
    settled: () => missing === 0,
    openStartsMs,
  };
  return {
    window,
    lag,
    place: (row) => {
      const due = schedule[indexOf(row.ticket)];
      row.dueMs = due === undefined ? row.startMs : Math.min(startMs + due, row.startMs);
      row.latencyUs += Math.round((row.startMs - row.dueMs) * 1000);
    },
    book: (row) => {
      const index = indexOf(row.ticket);
      if (seen[index] === 0) {
        seen[index] = 1;
        if (index < end) missing -= 1;
      }
      if (row.endMs < fromMs) endedBefore += 1;
      const busyUntilMs = lastEndMs[row.user] as number;
      lastEndMs[row.user] = row.endMs;
      if (index < first) return 'before';
      // By the place in the schedule: sums of moments are rounded, and one at the very edge must not change sides.
      if (index >= end) return 'after';
      heldMs += row.endMs - row.dueMs;
      lag.add((row.startMs - Math.max(row.dueMs, Math.min(busyUntilMs, row.startMs))) * 1000);
      if (busyUntilMs > row.dueMs) {
        waited += 1;
        longestWaitMs = Math.max(longestWaitMs, busyUntilMs - row.dueMs);
      }
      return 'in';
    },
    thinkMeanMs: () => null,
    schedule: () => ({
      due: end - Math.min(first, end),
      // The rest of those without a row may be on the wire, one a worker.
      unsent: Math.max(0, openStartsMs().length - workers),
      waited,
      longestWaitMs,
      heldMs,
      openAtStart: Math.max(0, first - endedBefore),
    }),
  };
}
