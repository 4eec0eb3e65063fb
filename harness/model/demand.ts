/** The highest rate that a plan asks of its engine, known before the run. */
import type { Plan } from './plan.js';

export interface Demand {
  /** What asks for it. */
  of: 'open' | 'search' | 'spike' | 'replay' | 'burst';
  /** Requests a second: the rate, the highest of the search, the peak of the spike, the busiest second of the replay, or the mean of the bursts. */
  rps: number;
  /** What is asked in any case: a search begins at its lowest rate, and need not get to the highest. */
  sureRps: number;
  /** Requests released together; null where it is no burst. */
  atOnce: number | null;
}

/** Null where the rate is the server's to say (closed and offline load). `momentsMs` are those of a replay's file; without them its mean counts. */
export function highestDemand({ load }: Pick<Plan, 'load'>, momentsMs?: Float64Array): Demand | null {
  if (load.search) return { of: 'search', rps: load.search.toRps, sureRps: load.search.fromRps, atOnce: null };
  const demands = load.stages.flatMap(({ arrival }): Omit<Demand, 'sureRps'>[] => {
    switch (arrival.kind) {
      case 'closed': case 'offline': case 'job': return [];
      case 'open': return [{ of: 'open', rps: arrival.rateRps, atOnce: null }];
      case 'spike': return [{ of: 'spike', rps: arrival.peakRps, atOnce: null }];
      case 'burst': return [{ of: 'burst', rps: arrival.requests / arrival.everyS, atOnce: arrival.requests }];
      case 'replay': return [{ of: 'replay', rps: momentsMs === undefined ? arrival.rateRps : busiestSecond(momentsMs, arrival.speed), atOnce: null }];
    }
  });
  const [highest] = demands.toSorted((x, y) => y.rps - x.rps || (y.atOnce ?? 0) - (x.atOnce ?? 0));
  return highest === undefined ? null : { ...highest, sureRps: highest.rps };
}

/** Most moments within any second, at that speed. */
function busiestSecond(momentsMs: Float64Array, speed: number): number {
  let most = 0;
  let from = 0;
  for (let to = 0; to < momentsMs.length; to += 1) {
    while ((momentsMs[to] as number) - (momentsMs[from] as number) >= 1000 * speed) from += 1;
    most = Math.max(most, to - from + 1);
  }
  return most;
}
