import type { Host } from '../host/index.js';
import type { Plan } from '../model/plan.js';
import type { ArrivalMoments, ArrivalOptions } from '../model/stage-shapes.js';
import type { LoadOptions } from './argument.js';
import type { ParseGate } from './gates.js';
import { loadScenario } from './load.js';
import { planScenario } from './plan.js';

export type { LoadOptions } from './argument.js';
export { describePlan, estimatePlan, usualAssumptions, type Assumptions, type PlanEstimate } from './describe.js';
export { shippedScenarios } from './find.js';
export { readFitted } from './profile.js';
export type { ParseGate } from './gates.js';
export { scenarioJsonSchema } from './json-schema.js';
export { loadScenario, type LoadedScenario } from './load.js';
export { planScenario } from './plan.js';

/** A plan, and the values that came into it from `${NAME}`: they may be secrets, and belong in no file. */
export interface LoadedPlan {
  plan: Plan;
  /** Distinct, each of at least 4 characters; defaults do not count, nor what stands where only a number, a duration or a fixed word can. */
  fromEnvironment: string[];
  /** Of the file of `load.replay`, for the engines: the plan has their hash alone. */
  moments?: ArrivalMoments;
}

/** What the scenario's own stage cannot do, handed in. */
export interface PlanTools {
  parseGate: ParseGate;
  /** Reads a file of moments, and throws dataset-unusable where it cannot be used; needed for `load.replay` alone. */
  readArrivals?: (path: string, options: ArrivalOptions) => ArrivalMoments;
}

/** From a name or path to a plan. Throws scenario-not-found, scenario-invalid or (a file of moments) dataset-unusable; reads files and environment variables, starts nothing. */
export function loadPlan(source: string, options: LoadOptions, { parseGate, readArrivals }: PlanTools, host: Pick<Host, 'files' | 'machine'>): LoadedPlan {
  const { scenario, gates, fromEnvironment, profile } = loadScenario(source, options, parseGate, host);
  const { replay } = scenario.load;
  if (replay === undefined) return { plan: planScenario(scenario, gates, fromEnvironment, profile), fromEnvironment };
  if (readArrivals === undefined) throw new RangeError('load.replay needs readArrivals');
  const moments = readArrivals(replay.file, replay);
  return { plan: planScenario(scenario, gates, fromEnvironment, profile, moments), fromEnvironment, moments };
}
