/** A gate on a baseline: whether the baseline may be used, and what the change says. */
import type { Against, Unlike } from '../model/against.js';
import type { Measured } from '../model/analysis.js';
import type { Change } from '../model/baseline.js';
import { decideChange } from '../model/decide.js';
import type { LikenessPolicy } from '../model/likeness.js';
import type { GatePlan } from '../model/metric.js';
import type { Plan } from '../model/plan.js';
import type { Check } from '../model/verdict.js';

/** What gates on a baseline are judged by. */
export interface Held {
  against: Against | null;
  policy: Plan['policy'];
}

type Judged = Pick<Check, 'status' | 'reason' | 'limit' | 'level'> & Partial<Pick<Check, 'baseline'>>;

/** Everything of a check that its baseline decides. */
export function changeCheck(gate: GatePlan, { change }: Measured, stage: Readonly<Record<string, string>>, { against, policy }: Held): Judged {
  const unlike = against?.unlike ?? [];
  const undecided = (code: string, params: Record<string, string | number> = {}): Judged => ({ status: 'inconclusive', limit: null, level: gate.level, reason: { code, params: { ...stage, ...params } } });
  if (change === undefined || change.kind === 'absent') return undecided(change?.why === 'no-baseline' ? 'no-baseline' : 'baseline-lacks');
  const doubtful = unlikeOf(unlike, policy, 'advisory');
  const { value } = change;
  const status = decideChange(value, gate.operator);
  const params = { ...stage, confidence: policy.confidence, runs: value.runs, baselineRuns: value.baseline.runs, ...factParams(doubtful) };
  const code = status === 'pass' ? 'change-within' : status === 'fail' ? 'change-beyond' : value.low === null || value.high === null ? 'change-unbounded' : value.noise === 'assumed' ? 'change-few-runs' : 'change-straddles';
  const { factor, offset } = gate.baseline ?? { factor: 1, offset: 0 };
  return {
    status, limit: factor * value.baseline.value + offset, level: doubtful.length > 0 ? 'warn' : gate.level,
    reason: { code, params: code === 'change-few-runs' ? { ...params, needed: runsNeeded(value, policy) } : params }, baseline: shownChange(value),
  };
}

/** The facts for which nothing may be judged by the baseline; null where there is none. */
export function refusal({ against, policy }: Held): Record<string, string> | null {
  const refused = unlikeOf(against?.unlike ?? [], policy, 'refuse');
  return refused.length === 0 ? null : factParams(refused);
}

/** Runs that the baseline should have, the runs on this side being what they are. */
function runsNeeded({ runs }: Change, { minRuns = 5 }: Plan['policy']): number {
  return Math.max(1, minRuns + 1 - runs);
}

function shownChange({ baseline, of, value, low, high }: Change): NonNullable<Check['baseline']> {
  return { ...baseline, change: { of, value, low, high } };
}

/** The facts that the policy treats so; what it does not name is refused. */
export function unlikeOf(unlike: readonly Unlike[], policy: Pick<Plan['policy'], 'baseline'>, asked: LikenessPolicy): Unlike[] {
  return unlike.filter(({ fact }) => (policy.baseline?.[fact] ?? 'refuse') === asked);
}

/** One entry a fact, which the report puts into words. */
const factParams = (unlike: readonly Unlike[]): Record<string, string> => Object.fromEntries(unlike.map(({ fact, there, here }) => [`fact:${fact}`, `${there} → ${here}`]));

/** `machine (Xeon, 2 cores → EPYC, 4 cores)`. */
export function factsText(unlike: readonly Unlike[]): string {
  return unlike.map(({ fact, there, here }) => `${fact} (${there} → ${here})`).join(', ');
}
