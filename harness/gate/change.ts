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
export function refusal({ against, policy }: Held): Record<string, string | number> | null {
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

/** What the report puts into words: of each fact what either side has, part by part (`there:machine:cores`), or the settings that differ. */
function factParams(unlike: readonly Unlike[]): Record<string, string | number> {
  return Object.fromEntries(unlike.flatMap((one): [string, string | number][] => {
    const { changes, more } = settingsOf(one);
    if (changes.length > 0) return [[`settings:${one.fact}`, changes.join('; ')], ...(more > 0 ? [[`more:${one.fact}`, more] satisfies [string, number]] : [])];
    return (['there', 'here'] as const).flatMap((side) => Object.entries(one.parts[side]).map(([part, value]): [string, string | number] => [`${side}:${one.fact}:${part}`, value]));
  }));
}

const names: Readonly<Record<Unlike['fact'], string>> = { machine: 'the machine', driver: 'the GPU or its driver', engine: 'the load engine', model: 'the model', plan: 'the plan' };

/** `the machine, the plan`. */
export function factNames(unlike: readonly Unlike[]): string {
  return unlike.map(({ fact }) => names[fact]).join(', ');
}

/** A line for each: `the machine: Xeon, 2 cores, 8 GiB → EPYC, 4 cores, 16 GiB`; of a plan one for each setting that differs: `the plan: load.stages[0].arrival.users: 8 → 16`. */
export function factLines(unlike: readonly Unlike[]): string[] {
  return unlike.flatMap((one) => [
    ...changesOf(one).map((change) => `${names[one.fact]}: ${change}`),
    ...(one.fact === 'plan' && one.settings === undefined ? ['the plan: the baseline does not say what it asked (it is of version 1): accept one anew, and the settings are named'] : []),
  ]);
}

/** Settings that are named; more would hide the rest. */
const mostSettings = 8;
const longestValue = 60;

function settingsOf({ settings = [] }: Unlike): { changes: string[]; more: number } {
  const value = (text: string | null): string => (text === null ? '—' : text.length > longestValue ? `${text.slice(0, longestValue)}…` : text);
  return { changes: settings.slice(0, mostSettings).map((one) => `${one.path}: ${value(one.there)} → ${value(one.here)}`), more: Math.max(0, settings.length - mostSettings) };
}

function changesOf(one: Unlike): string[] {
  const { changes, more } = settingsOf(one);
  return changes.length === 0 ? [`${one.there} → ${one.here}`] : [...changes, ...(more > 0 ? [`${String(more)} more settings`] : [])];
}
