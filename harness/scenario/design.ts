import type { ComparisonDesign } from '../model/comparison.js';
import type { Scenario } from '../model/scenario.js';
import { durationMs, shareOf } from '../model/scenario-value.js';
import { replicasOf } from './replicas-check.js';

/** At most so many times are the pairs looked at; each look costs confidence. */
const mostLooks = 3;
/** With a budget, time is meant to be the bound. */
const usualMost = 3;

/** What is asked of the arms, where it is not which is better. */
function questionOf(compare: Scenario['compare'], arms: readonly { name: string }[]): Pick<ComparisonDesign, 'by' | 'replicas' | 'worth'> {
  if (compare?.by === 'answers') return { by: 'answers' };
  return compare?.by === 'replicas' ? { by: 'replicas', replicas: arms.map(({ name }) => replicasOf(name) ?? 1), worth: shareOf(compare.worth) } : {};
}

/** How the arms are run and judged; null where one arm is run once, which is an ordinary run. */
export function designOf({ compare, repeat, policy, load }: Pick<Scenario, 'compare' | 'repeat' | 'policy' | 'load'>, arms: readonly { name: string }[]): ComparisonDesign | null {
  if (arms.length === 1 && repeat === 1) return null;
  const pairs = compare?.pairs ?? repeat;
  return { ...designFor({ pairs, mostPairs: compare?.mostPairs ?? (compare?.budget === undefined ? pairs : usualMost * pairs), budget: compare?.budget, metric: compare?.metric ?? usualMetric(load) }, { confidence: shareOf(policy.confidence), equivalence: shareOf(policy.equivalence) }), ...questionOf(compare, arms) };
}

/** A scenario beside itself: whatever differs is noise. */
export function aaDesignOf({ compare, policy, load }: Pick<Scenario, 'compare' | 'policy' | 'load'>): ComparisonDesign {
  const pairs = compare?.pairs ?? 5;
  return { ...designFor({ pairs, mostPairs: compare?.mostPairs ?? usualMost * pairs, budget: compare?.budget, metric: compare?.metric ?? usualMetric(load) }, { confidence: shareOf(policy.confidence), equivalence: shareOf(policy.equivalence) }), aa: true };
}

/** What decides where nobody says. */
function usualMetric({ job, offline, mix }: Scenario['load']): ComparisonDesign['metric'] {
  if ((offline ?? Object.values(mix ?? {}).at(-1)?.offline) !== undefined) return 'pairs';
  return job === undefined ? 'rps' : 'time';
}

function designFor({ pairs, mostPairs, metric, budget }: Pick<ComparisonDesign, 'pairs' | 'mostPairs' | 'metric'> & { budget: string | undefined }, policy: Pick<ComparisonDesign, 'confidence' | 'equivalence'>): ComparisonDesign {
  return { order: 'abba', aa: false, pairs, mostPairs: Math.max(pairs, mostPairs), looks: mostPairs > pairs ? mostLooks : 1, ...(budget === undefined ? {} : { budgetS: durationMs(budget) / 1000 }), ...policy, metric };
}
