import type { Host } from '../host/index.js';
import type { ComparisonDesign } from '../model/comparison.js';
import type { Plan } from '../model/plan.js';
import type { LoadOptions } from './argument.js';
import type { ParseGate } from './gates.js';
import { aaDesignOf, designOf } from './design.js';
import { loadArms } from './load.js';
import { planScenario } from './plan.js';

export type { LoadOptions } from './argument.js';
export { describePlan, estimatePlan, usualAssumptions, type Assumptions, type PlanEstimate } from './describe.js';
export { describeSeries } from './describe-series.js';
export { shippedScenarios } from './find.js';
export { readFitted } from './profile.js';
export type { ParseGate } from './gates.js';
export { scenarioJsonSchema } from './json-schema.js';
export { loadArms, loadScenario, type LoadedScenario } from './load.js';
export { planScenario } from './plan.js';

/** A plan, and the values that came into it from `${NAME}`: they may be secrets, and belong in no file. */
export interface LoadedPlan {
  plan: Plan;
  /** Distinct, each of at least 4 characters; defaults do not count, nor what stands where only a number, a duration or a fixed word can. */
  fromEnvironment: string[];
  /** Every arm of the matrix with its plan; the one arm, nameless, where there is no matrix. `plan` is that of the first. */
  arms: { name: string; settings: Record<string, string>; plan: Plan }[];
  /** How the arms are run and compared, or the plan repeated; null where it is run once. */
  design: ComparisonDesign | null;
}

/** From a name or path to a plan. Throws scenario-not-found or scenario-invalid; reads files and environment variables, starts nothing. */
export function loadPlan(source: string, options: LoadOptions, { parseGate }: { parseGate: ParseGate }, host: Pick<Host, 'files' | 'machine'>): LoadedPlan {
  const loaded = loadArms(source, options, parseGate, host);
  const arms = loaded.map(({ arm, scenario, gates, fromEnvironment, profile }) => ({ ...arm, plan: planScenario(scenario, gates, fromEnvironment, profile) }));
  const [first] = loaded;
  const [plan] = arms;
  if (first === undefined || plan === undefined) throw new RangeError('a scenario has an arm');
  if (options.aa === true) {
    return { plan: plan.plan, fromEnvironment: first.fromEnvironment, arms: ['A', 'A again'].map((name) => ({ name, settings: {}, plan: plan.plan })), design: aaDesignOf(first.scenario) };
  }
  return { plan: plan.plan, fromEnvironment: first.fromEnvironment, arms, design: designOf(first.scenario, arms.length) };
}
