/** What became of the pairs of an offline load, and how many were answered in each second. One addition a request; the rest after the stage. */
import type { Ending } from '../model/ending.js';
import type { PairCounts } from '../model/pair-counts.js';
import { pairsIn, type BodySet } from '../model/request.js';
import type { Stage } from '../model/stage.js';

export interface PairBook {
  /** A request that was sent in the window, by its ticket, and how it ended; `second` of the window, null when it ended behind it. */
  add(ticket: number, outcome: Ending, second: number | null): void;
  /** Absent of any other load. `seconds`: whole and begun ones of the window. */
  save(seconds: number): { pairs?: PairCounts };
}

/** A book for `stage`; one that is not offline keeps none. */
export function createPairBook({ arrival, durationS }: Stage, bodies: BodySet): PairBook {
  if (arrival.kind !== 'offline') return { add: () => undefined, save: () => ({}) };
  const times = new Uint8Array(arrival.requests);
  const bySecond = new Float64Array(Math.ceil(durationS));
  const count = { sent: 0, answered: 0, refused: 0, failed: 0, late: 0, again: 0 };
  return {
    add: (ticket, outcome, second) => {
      const pairs = pairsIn(bodies, ticket);
      if ((times[ticket] ?? 1) > 0) {
        count.again += pairs;
        return;
      }
      times[ticket] = 1;
      count.sent += pairs;
      if (second === null) count.late += pairs;
      else if (!outcome.completed) count.failed += pairs;
      else if (outcome.rejected) count.refused += pairs;
      else {
        count.answered += pairs;
        bySecond[second] = (bySecond[second] as number) + pairs;
      }
    },
    save: (seconds) => ({ pairs: { ...count, bySecond: Array.from(bySecond.subarray(0, seconds)) } }),
  };
}
