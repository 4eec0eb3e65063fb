import type { Host } from '../host/index.js';
import type { Plan } from '../model/plan.js';
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
}

/** From a name or path to a plan. Throws scenario-not-found or scenario-invalid; reads files and environment variables, starts nothing. */
export function loadPlan(source: string, options: LoadOptions, { parseGate }: { parseGate: ParseGate }, host: Pick<Host, 'files' | 'machine'>): LoadedPlan {
  const { scenario, gates, fromEnvironment, profile } = loadScenario(source, options, parseGate, host);
  return { plan: planScenario(scenario, gates, fromEnvironment, profile), fromEnvironment };
}
