import type { RunRecord } from './record.js';
import { probeStage } from './search-stage.js';
import { nextProbe } from './search-step.js';
import type { SearchRecord } from './search.js';
import type { Stage } from './stage.js';

/** The stage that comes after those in the record, as planned or as a search has it from what it heard; null when the load has ended. `search`: its log so far, with its end. */
export function nextStage({ plan, stages, search }: Pick<RunRecord, 'plan' | 'stages' | 'search'>): { stage: Stage | null; search?: SearchRecord } {
  if (plan.load.search === undefined) return { stage: plan.load.stages[stages.length] ?? null };
  const log = search ?? { probes: [], end: null };
  const step = nextProbe(plan.load.search, log.probes);
  if (step.kind === 'end') return { stage: null, search: { ...log, end: step.end } };
  return { stage: probeStage(plan.load.search, step.probe, stages.map(({ stage }) => stage)), search: log };
}

/**
 * The ticket that the next stage begins with. Stages begin at different places of the order: what one has put into the server's cache must
 * not carry the next. How many probes a search will have nobody knows, so each goes on where the one before stopped.
 */
export function firstTicket({ plan, stages }: Pick<RunRecord, 'plan' | 'stages'>, bodies: number): number {
  if (plan.load.search === undefined) return placeAt(stages.length, plan, bodies);
  return stages.reduce((sum, { generator }) => sum + generator.rows, 0) % bodies;
}

/** The same of a stage by its place in the plan: the parts of a mix begin before any has ended. */
export function placeOf({ index }: Pick<Stage, 'index'>, plan: Pick<RunRecord['plan'], 'load'>, bodies: number): number {
  return placeAt(index, plan, bodies);
}

function placeAt(stage: number, { load }: Pick<RunRecord['plan'], 'load'>, bodies: number): number {
  return Math.floor((stage * bodies) / load.stages.length);
}
