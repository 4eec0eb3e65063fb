import type { ComparisonDesign } from '../model/comparison.js';
import type { Plan } from '../model/plan.js';
import { formatDuration } from '../model/unit.js';
import { keyPlaceAt, type Located, type Problem } from './located.js';

/** Load that a run drives whatever the server does, s: warm-up and window of every stage that ends by the clock. Parts of a mix go on at the same time. */
function leastLoadS({ load: { stages } }: Plan): number {
  const lengths = stages.map(({ arrival, warmupS, durationS, minRequests }) => (arrival.kind === 'offline' || arrival.kind === 'job' || minRequests !== null ? 0 : warmupS + durationS));
  if (stages.some(({ mixed }) => mixed === true)) return stages.some(({ arrival }) => arrival.kind === 'offline') ? 0 : Math.max(...lengths);
  return lengths.reduce((sum, lengthS) => sum + lengthS, 0);
}

/** A budget in which the pairs of the first look cannot be made: without them nothing is known, so they are made in any case. */
export function checkBudget(root: Located, plans: readonly Plan[], { pairs, budgetS }: Pick<ComparisonDesign, 'pairs' | 'budgetS'>): Problem[] {
  if (budgetS === undefined) return [];
  const neededS = pairs * plans.reduce((sum, plan) => sum + leastLoadS(plan), 0);
  if (budgetS >= neededS) return [];
  return [{
    place: keyPlaceAt(root, ['compare'], 'budget'), path: 'compare.budget',
    sentence: `${formatDuration(budgetS * 1000)} are too short for an interval: the first ${String(pairs)} pairs alone take ${formatDuration(neededS * 1000)} of load; give budget: ${String(Math.ceil(neededS))}s and the time that booting takes, or fewer pairs, which say less`,
  }];
}
