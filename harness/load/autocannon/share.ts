/**
 * A load shared by several children, because one JavaScript thread sends about 5,000 requests a second and no more.
 *
 * Child i of n has the users (or workers) and the requests of the schedule whose number leaves i when it is divided by n. So every moment of the one
 * schedule is some child's, none is two's; a request keeps its ticket, its moment and therefore its body; users keep their number, and with it
 * their pauses and first moments. Every n-th request of a Poisson schedule is a child's, all of them together are the schedule.
 *
 * What differs from one child: a request waits when all workers of its own child are busy, though another's may be free (it is counted as a wait); and
 * closed users draw bodies from their child's tickets, so a child that is ahead of the others is also ahead in the order of the bodies.
 */
import type { Arrival } from '../../model/stage.js';
import { workersOf } from '../../model/stage.js';

/** Which child of how many. */
export interface Share {
  index: number;
  of: number;
}

/** What one child can send a second, and still be on time with. */
export const oneChildRps = 5000;
/** Beyond that the harness, which reads all rows on one thread, is the limit. */
const mostChildren = 8;

/**
 * Requests a second that a load may come to, at most. A closed load says so only with the time of an answer that meets no other, `aloneMs`: N users
 * cannot do more than N/(answer + pause). 0 where that is unknown. Bursts count as none: their requests are all due at once, whatever their rate.
 */
export function mostRps(arrival: Arrival, aloneMs: number | undefined): number {
  switch (arrival.kind) {
    case 'open':
    case 'replay': return arrival.rateRps;
    case 'spike': return arrival.peakRps;
    case 'burst':
    case 'job': return 0;
    // Of a batch nobody knows beforehand how long it takes; that it takes longer than one pair makes one thread enough.
    case 'offline': return aloneMs === undefined || arrival.batch > 1 ? 0 : (arrival.inFlight * 1000) / Math.max(1e-3, aloneMs);
    case 'closed': return aloneMs === undefined ? 0 : (arrival.users * 1000) / Math.max(1e-3, aloneMs + (arrival.thinkMs[0] + arrival.thinkMs[1]) / 2);
  }
}

/** Children for a load: one for each 5,000 requests a second, but no more than cores, workers, or eight. */
export function childrenFor(arrival: Arrival, cores: number, aloneMs: number | undefined): number {
  return Math.max(1, Math.min(Math.ceil(mostRps(arrival, aloneMs) / oneChildRps), cores, workersOf(arrival), mostChildren));
}

/** How many of `count` things, numbered from 0, are the child's. */
export function sizeOf({ index, of }: Share, count: number): number {
  return Math.max(0, Math.ceil((count - index) / of));
}

/** The number that the child's i-th thing has among all. */
export function numberOf({ index, of }: Share, i: number): number {
  return index + i * of;
}

/** The child's part of ascending moments, ascending too. */
export function momentsOf(share: Share, moments: Float64Array): Float64Array {
  return share.of === 1 ? moments : Float64Array.from({ length: sizeOf(share, moments.length) }, (_, i) => moments[numberOf(share, i)] as number);
}
