/** How many replicas a target rate takes: what is assumed, and what comes of it. */
import { z } from 'zod';

/** What a capacity plan assumes. */
export const capacityPlanSchema = z.object({
  /** Rates to plan for, requests a second in the busiest hour; empty = round rates near what one replica bears. */
  targetsRps: z.array(z.number().positive()),
  /** The target grows by this share before replicas are added, 0 and more. */
  growth: z.number().min(0),
  /** Share of what a replica bears that is kept free, 0..1. */
  headroom: z.number().min(0).lt(1),
  /** Mean load of a replica as a share of that of the busiest, 0..1: 1 = the balancer shares out evenly. */
  balance: z.number().gt(0).max(1),
  /** Replicas that may fail with the rest still bearing the target. */
  spare: z.number().int().min(0),
});
export type CapacityPlan = z.infer<typeof capacityPlanSchema>;

/** Where a scenario says nothing: three tenths of a replica are kept free, and one replica may fail. */
export const usualCapacityPlan: CapacityPlan = { targetsRps: [], growth: 0, headroom: 0.3, balance: 0.9, spare: 1 };

/** The highest rate that one server was shown to bear, requests a second. */
export interface HeldRate {
  /** search: of `load.search`; rates: of stages of open load. */
  from: 'search' | 'rates';
  /** It met every gate: the lower bound of what the server bears. */
  lowRps: number;
  /** The lowest rate above it that was shown not to; null where none was. */
  highRps: number | null;
  /** Stages it rests on, and how many of them are suspect. */
  stages: number[];
  suspect: number;
}

/** What one target takes. */
export interface ReplicaRow {
  targetRps: number;
  /** Whether the plan named it; the others are round rates around. */
  asked: boolean;
  /** The target grown, requests a second. */
  peakRps: number;
  replicas: number;
  /** Were one replica to bear all but `highRps`: the fewest that can be right; null where the upper bound is not known. */
  fewest: number | null;
  /** Load of the busiest replica at that peak as a share of `lowRps`: with all replicas, and with the spare ones lost (null where none is spare). */
  load: number;
  loadAfterLoss: number | null;
}

export interface Capacity {
  held: HeldRate;
  plan: CapacityPlan;
  /** Requests a second that one replica is given at most on average: lowRps · balance · (1 − headroom). */
  perReplicaRps: number;
  /** Ascending by target. */
  rows: ReplicaRow[];
  /** Share of the answers in those stages that came from the server's cache; null where it does not say. */
  cacheShare: number | null;
}
