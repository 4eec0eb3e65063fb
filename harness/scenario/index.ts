import type { Host } from '../host/index.js';
import type { ComparisonDesign } from '../model/comparison.js';
import type { Plan } from '../model/plan.js';
import type { ArrivalMoments } from '../model/stage-shapes.js';
import type { LoadOptions } from './argument.js';
import { aaDesignOf, designOf } from './design.js';
import { loadArms, type PlanTools } from './load.js';
import { planScenario } from './plan.js';

export type { LoadOptions } from './argument.js';
export { describePlan } from './describe.js';
export { estimatePlan, usualAssumptions, type Assumptions, type PlanEstimate } from './estimate.js';
export { labelled } from './columns.js';
export { planText } from './text/index.js';
export { describeSeries } from './describe-series.js';
export { shippedScenarios } from './find.js';
export { readFitted } from './profile.js';
export type { ParseGate } from './gates.js';
export { scenarioJsonSchema } from './json-schema.js';
export { loadArms, type LoadedScenario, type PlanTools } from './load.js';
export { questionHash, questionSettings } from './question.js';
export { planScenario } from './plan.js';

/** A plan, and the values that came into it from `${NAME}`: they may be secrets, and belong in no file. */
export interface LoadedPlan {
  plan: Plan;
  /** Distinct, each of at least 4 characters; defaults do not count, nor what stands where only a number, a duration or a fixed word can. */
  fromEnvironment: string[];
  /** Of the file of `load.replay`, for the engines: the plan has their hash alone. */
  moments?: ArrivalMoments;
  /** Every arm of the matrix with its plan; the one arm, nameless, where there is no matrix. `plan` and `moments` are those of the first. */
  arms: LoadedArm[];
  /** How the arms are run and compared, or the plan repeated; null where it is run once. */
  design: ComparisonDesign | null;
}

export interface LoadedArm {
  name: string;
  settings: Record<string, string>;
  plan: Plan;
  moments?: ArrivalMoments;
}

/** From a name or path to a plan. Throws scenario-not-found, scenario-invalid or (a file of moments) dataset-unusable; reads files and environment variables, starts nothing. */
export function loadPlan(source: string, options: LoadOptions, tools: PlanTools, host: Pick<Host, 'files' | 'machine'>): LoadedPlan {
  const loaded = loadArms(source, options, tools, host);
  const arms = loaded.map(({ arm, scenario, gates, fromEnvironment, profile, moments }): LoadedArm => ({
    ...arm, plan: planScenario(scenario, gates, fromEnvironment, profile, moments), ...(moments === undefined ? {} : { moments }),
  }));
  const [first] = loaded;
  const [arm] = arms;
  if (first === undefined || arm === undefined) throw new RangeError('a scenario has an arm');
  const one = { plan: arm.plan, fromEnvironment: first.fromEnvironment, ...(arm.moments === undefined ? {} : { moments: arm.moments }) };
  if (options.aa === true) return { ...one, arms: ['A', 'A again'].map((name) => ({ ...arm, name, settings: {} })), design: aaDesignOf(first.scenario) };
  return { ...one, arms, design: designOf(first.scenario, arms) };
}
