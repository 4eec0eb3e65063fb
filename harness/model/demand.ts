/** The highest rate that a plan asks of its engine, or that its users could make, known before the run. */
import type { Plan } from './plan.js';

export interface Demand {
  /** What asks for it. */
  of: 'open' | 'search' | 'spike' | 'replay' | 'burst' | 'closed';
  /** Requests a second: the rate, the highest of the search, the peak of the spike, the busiest second of the replay, the mean of the bursts, or what users could make. */
  rps: number;
  /** What is asked in any case: a search begins at its lowest rate, and need not get to the highest; users may be held back to any rate, 0. */
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

/**
 * What the users of a plan could make where every answer came at once: N / mean pause, the highest of its stages. A server that takes its time makes it less, so nobody knows
 * beforehand that it comes to this. Null where no users pause: of those without a pause nothing bounds the rate but the server.
 */
export function possibleDemand({ load }: Pick<Plan, 'load'>): Demand | null {
  const rates = load.stages.flatMap(({ arrival }) => (arrival.kind === 'closed' && arrival.thinkMs[1] > 0 ? [(2000 * arrival.users) / (arrival.thinkMs[0] + arrival.thinkMs[1])] : []));
  return rates.length === 0 ? null : { of: 'closed', rps: Math.max(...rates), sureRps: 0, atOnce: null };
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
