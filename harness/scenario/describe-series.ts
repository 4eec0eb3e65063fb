import type { ComparisonDesign } from '../model/comparison.js';
import type { Plan } from '../model/plan.js';
import { formatDuration } from '../model/unit.js';
import { estimatePlan, type Assumptions } from './describe.js';

/** What several runs of a scenario come to, below the plan of the first. `assumed` holds for each. */
export function describeSeries(arms: readonly { name: string; settings: Record<string, string>; plan: Plan }[], design: ComparisonDesign, assumed?: Assumptions): string {
  const { pairs, mostPairs, budgetS, aa, confidence, equivalence, metric, by, worth } = design;
  const rounds = (n: number): string => String(n * arms.length);
  const loadS = (n: number): number => n * arms.reduce((sum, { plan }) => sum + estimatePlan(plan, assumed).loadS, 0);
  const job = arms.some(({ plan }) => plan.load.job !== undefined);
  // A job ends when it ends: of its load only the most that it may take is known.
  const load = (n: number): string => (job ? `at most ${formatDuration(loadS(n) * 1000)} of jobs` : `${formatDuration(loadS(n) * 1000)} of load`);
  const booted = arms.some(({ plan }) => plan.server.kind !== 'none') ? '; each boots its server anew' : '';
  const within = budgetS === undefined ? '' : `, within ${formatDuration(budgetS * 1000)}`;
  const upTo = mostPairs > pairs ? `; undecided at most ${rounds(mostPairs)}, ${load(mostPairs)}${within}` : '';
  return [
    ...(arms.length === 1 ? [] : [`arms      ${aa ? 'the scenario beside itself' : arms.map(({ name }) => name).join(' | ')}`]),
    `runs      ${rounds(pairs)}${arms.length === 1 ? '' : `, ${String(pairs)} of each arm, interleaved`}: ${load(pairs)}${upTo}${booted}`,
    ...(arms.length === 1 || arms.some(({ plan }) => plan.load.stages.some(({ drill }) => drill !== undefined)) ? [] : by === 'answers' ? ['decided   by the golden answers: which arm changes some'] : [`decided   by ${metric} of the ${job ? 'job' : 'last stage'}${by === 'replicas' ? `, worth it from ${String((worth ?? 1) * 100)} % of one on` : ''}, at ${String(confidence * 100)} % over all looks; within ${String(equivalence * 100)} % is equivalent`]),
  ].join('\n');
}
