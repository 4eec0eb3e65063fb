/**
 * What a visitor by the clock would wait, told from closed users alone.
 *
 * Closed users come when they are answered, so they are away exactly while the server is slow: of a stall that takes a tenth of the time each of them
 * sees one request ("coordinated omission"; Tene 2013). Percentiles over requests are means over arrivals that avoid the bad moments; here they are taken over
 * time instead (from one to the other is Palm's inversion: Baccelli & Brémaud 2003, §1.2). A visitor comes every τ ms, at t = 0, τ, 2τ, …, and waits
 *
 *   V(t) = max(L(t), H(t))
 *   L(t)   latency of the first request that any user began at or after t, and that was answered
 *   H(t)   where every user was waiting at t: the time until the first of them was answered; else 0
 *
 * While all wait nobody can come, so nobody tells of those moments. H fills them: a visitor is not answered before the first of those who came before it.
 * Where some user is not waiting (it thinks, or is between two requests) the next to begin speaks for the moment. Of answers in the order of arrival
 * the truth lies between H(t) and L(t) + the time until that request began; V is exact where a stall holds answers back and lets them all go at its
 * end, and too small by up to one answer where the server did no work meanwhile. Users who have fallen into step begin all at one moment: then the
 * time between two beginnings is as long as an answer, and V off by up to as much at the edges of a stall.
 *
 * With few users a request that is slow by itself cannot be told from a server that is stalled: with one they are the same. The analysis refuses
 * below ten users. τ is 1 ms, or more where the window would have more than 200,000 visitors: memory stays flat.
 */
import type { SavedHistogram } from '../model/histogram.js';
import type { Stage } from '../model/stage.js';
import { createBuckets } from './bucket.js';

const mostVisitors = 200_000;

export interface Visitors {
  /** One ended request, its moments in ms from the window's opening (it may begin before and end behind the window); `latencyUs` null where it failed. */
  add(user: number, startMs: number, endMs: number, latencyUs: number | null): void;
  /** One that never ended. */
  addOpen(startMs: number): void;
  /** Of visitors in [0, `windowMs`); those after the last thing that is known are left out. null where there is none, or no closed load. */
  save(windowMs: number): { everyMs: number; latency: SavedHistogram } | null;
}

/** Records nothing for a stage that is not closed: there a latency counts from the clock anyway. */
export function createVisitors({ arrival, durationS }: Stage): Visitors {
  if (arrival.kind !== 'closed') return { add: () => undefined, addOpen: () => undefined, save: () => null };
  const { users } = arrival;
  const everyMs = Math.max(1, (durationS * 1000) / mostVisitors);
  /** One more for what lies behind the window. */
  const size = Math.ceil((durationS * 1000) / everyMs) + 1;
  /** Between a visitor and the next: the first request begun and its latency, the first that ended. */
  const beganMs = new Float64Array(size).fill(Infinity);
  const beganBy = new Uint32Array(size);
  const latencies = new Uint32Array(size);
  const endedMs = new Float64Array(size).fill(Infinity);
  /** Requests in flight at a visitor, less those at the one before. */
  const change = new Int32Array(size);
  const slotOf = (ms: number): number => Math.min(size - 1, Math.floor(ms / everyMs));
  const open = (startMs: number): boolean => {
    const slot = startMs < 0 ? 0 : Math.floor(startMs / everyMs) + 1;
    if (slot >= size) return false;
    change[slot] = (change[slot] as number) + 1;
    return true;
  };
  return {
    add: (user, startMs, endMs, latencyUs) => {
      if (endMs < 0) return;
      if (latencyUs !== null && startMs >= 0) {
        const slot = slotOf(startMs);
        const firstMs = beganMs[slot] as number;
        // Of several that began together that of the first user: the order in which they are read must not matter.
        if (startMs < firstMs || (startMs === firstMs && user < (beganBy[slot] as number))) {
          beganMs[slot] = startMs;
          beganBy[slot] = user;
          latencies[slot] = latencyUs;
        }
      }
      const slot = slotOf(endMs);
      endedMs[slot] = Math.min(endedMs[slot] as number, endMs);
      if (open(startMs) && Math.floor(endMs / everyMs) + 1 < size) change[Math.floor(endMs / everyMs) + 1] = (change[Math.floor(endMs / everyMs) + 1] as number) - 1;
    },
    addOpen: open,
    save: (windowMs) => {
      const waiting = Int32Array.from(change);
      for (let slot = 1; slot < size; slot += 1) waiting[slot] = (waiting[slot] as number) + (waiting[slot - 1] as number);
      const waits = createBuckets();
      let nextLatencyUs: number | null = null;
      let nextEndMs = Infinity;
      // From the last to the first, so that what comes next is known.
      for (let slot = size - 1; slot >= 0; slot -= 1) {
        const atMs = slot * everyMs;
        if ((beganMs[slot] as number) < Infinity) nextLatencyUs = latencies[slot] as number;
        nextEndMs = Math.min(nextEndMs, endedMs[slot] as number);
        if (atMs >= windowMs) continue;
        const heldUs = (waiting[slot] as number) >= users && nextEndMs < Infinity ? (nextEndMs - atMs) * 1000 : null;
        if (nextLatencyUs === null && heldUs === null) continue;
        waits.add(Math.max(nextLatencyUs ?? 0, heldUs ?? 0));
      }
      return waits.n === 0 ? null : { everyMs, latency: waits.save() };
    },
  };
}
