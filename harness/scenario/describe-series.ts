import type { ComparisonDesign } from '../model/comparison.js';
import type { Language } from '../model/language.js';
import type { Plan } from '../model/plan.js';
import { formatDuration } from '../model/unit.js';
import { labelled } from './columns.js';
import { estimatePlan, type Assumptions } from './estimate.js';
import { planText } from './text/index.js';

/** What several runs of a scenario come to, below the plan of the first. `assumed` holds for each. */
export function describeSeries(arms: readonly { name: string; settings: Record<string, string>; plan: Plan }[], design: ComparisonDesign, assumed?: Assumptions, language: Language = 'en'): string {
  const { label, series: text } = planText(language);
  const { pairs, mostPairs, budgetS, aa, confidence, equivalence, metric, by, worth } = design;
  const rounds = (n: number): string => String(n * arms.length);
  const loadS = (n: number): number => n * arms.reduce((sum, { plan }) => sum + estimatePlan(plan, assumed).loadS, 0);
  const job = arms.some(({ plan }) => plan.load.job !== undefined);
  // A job ends when it ends: of its load only the most that it may take is known.
  const load = (n: number): string => (job ? text.ofJobs : text.ofLoad)(formatDuration(loadS(n) * 1000));
  const booted = arms.some(({ plan }) => plan.server.kind !== 'none') ? text.booted : '';
  const upTo = mostPairs > pairs ? text.undecided(rounds(mostPairs), load(mostPairs), budgetS === undefined ? null : formatDuration(budgetS * 1000)) : '';
  const percent = (share: number): string => String(share * 100);
  const decided = by === 'answers' ? text.byAnswers : text.by(metric, job, by === 'replicas' ? percent(worth ?? 1) : null, percent(confidence), percent(equivalence));
  return [
    ...(arms.length === 1 ? [] : [labelled(label.arms, aa ? text.itself : arms.map(({ name }) => name).join(' | '))]),
    labelled(label.runs, `${text.runs(rounds(pairs), arms.length === 1 ? null : String(pairs), load(pairs))}${upTo}${booted}`),
    ...(arms.length === 1 || arms.some(({ plan }) => plan.load.stages.some(({ drill }) => drill !== undefined)) ? [] : [labelled(label.decided, decided)]),
  ].join('\n');
}
