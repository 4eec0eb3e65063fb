/**
 * Replicas for a target rate, some of which may fail.
 *
 *   n = ⌈ peak · (1 + growth) / (C · balance · (1 − headroom)) ⌉ + spare
 *
 * C: what one replica bears, requests a second, a lower bound (held-rate.ts). balance: mean load of a replica over that of the busiest,
 * so that the busiest of n meets peak/(n · balance). headroom: the share of C that stays free. spare: replicas that may be missing while the
 * others still bear the peak with that headroom ("N + 1" for one).
 *
 * Reference: shared rule of capacity planning for stateless replicas behind a balancer; N + M redundancy as in Beyer et al. (2016), Site
 * Reliability Engineering, ch. 18 ("intent-based capacity planning"); headroom on the busiest server as in Gunther (2007), Guerrilla Capacity Planning, ch. 1.
 * Assumes that n replicas bear n times what one does: the same machine each, nothing shared between them that fills up first (balancer,
 * network, a GPU, a cache that each has to fill for itself), and traffic like that which was measured.
 * Refuses (RangeError): rates that are not above 0, and assumptions outside of what model/capacity.ts allows.
 */
import type { CapacityPlan, ReplicaRow } from '../../model/capacity.js';

type Assumed = Omit<CapacityPlan, 'targetsRps'>;

/** The formula; `bornRps` is C. A quotient that comes out a rounding error above a whole number is not pushed up. */
export function replicasFor(targetRps: number, bornRps: number, assumed: Assumed): number {
  const { growth, spare } = assumed;
  if (!(targetRps > 0)) throw new RangeError(`a target of ${String(targetRps)} requests a second`);
  const needed = (targetRps * (1 + growth)) / perReplica(bornRps, assumed);
  return Math.max(1, Math.ceil(needed * (1 - 1e-12))) + spare;
}

/** C · balance · (1 − headroom): what a replica is given on average at most. */
export function perReplica(bornRps: number, { growth, headroom, balance, spare }: Assumed): number {
  const sound = bornRps > 0 && growth >= 0 && headroom >= 0 && headroom < 1 && balance > 0 && balance <= 1 && Number.isInteger(spare) && spare >= 0;
  if (!sound) throw new RangeError(`replicas of ${String(bornRps)} requests a second with ${JSON.stringify({ growth, headroom, balance, spare })}`);
  return bornRps * balance * (1 - headroom);
}

/** One target, planned with the lower bound of C, and with the upper one where it is known. */
export function replicaRow(targetRps: number, asked: boolean, { lowRps, highRps }: { lowRps: number; highRps: number | null }, assumed: Assumed): ReplicaRow {
  const replicas = replicasFor(targetRps, lowRps, assumed);
  const peakRps = targetRps * (1 + assumed.growth);
  const loadOf = (n: number): number => peakRps / (n * assumed.balance * lowRps);
  return {
    targetRps, asked, peakRps, replicas,
    // A rate that was shown to fail is no capacity, not even by rounding.
    fewest: highRps === null ? null : replicasFor(targetRps, highRps * (1 - 1e-9), assumed),
    load: loadOf(replicas), loadAfterLoss: assumed.spare === 0 ? null : loadOf(replicas - assumed.spare),
  };
}
