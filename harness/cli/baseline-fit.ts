import { fingerprintOf, unlikeFacts } from '../baseline.js';
import { factLines, factNames, unlikeOf, usualBaselineGates } from '../gate/index.js';
import type { Host } from '../host/index.js';
import type { Unlike } from '../model/against.js';
import type { Baseline } from '../model/baseline.js';
import { BenchError } from '../model/error.js';
import { picksStage } from '../model/gate-stage.js';
import { metrics, restsOnBaseline, type GatePlan } from '../model/metric.js';
import { nearestWord } from '../model/nearest.js';
import type { Plan } from '../model/plan.js';
import type { RunRecord } from '../model/record.js';
import { levelOf, type Stage } from '../model/stage.js';
import { baselinePath, baselinesNear, readBaseline } from '../record/index.js';

/** The baseline that is named, or that of the scenario where gates rest on one and it stands in its usual place; null where there is none. Throws baseline-missing, and baseline-unfit for one of another scenario, with the nearest names. */
export function findBaseline(plan: Plan, named: string | undefined, { files }: Host): { baseline: Baseline; path: string } | null {
  const path = named ?? baselinePath(plan.name);
  if (named === undefined && !(plan.gates.some(restsOnBaseline) && files.exists(path))) return null;
  const baseline = readBaseline(path, files);
  const known = baselinesNear(path, plan.name, files);
  if (baseline.scenario !== plan.name) throw new BenchError('baseline-unfit', `The baseline ${path} is of the scenario ${baseline.scenario}, not of ${plan.name}.`, { hint: `The baseline of ${plan.name} stands in ${baselinePath(plan.name)}, where there is one.${known === '' ? '' : ` ${known}`}` });
  return { baseline, path };
}

/** A record as it is held against a baseline: where no gate rests on one, the usual ones are added. */
export function withUsualGates(record: RunRecord): RunRecord {
  const { plan } = record;
  return plan.gates.some(restsOnBaseline) ? record : { ...record, plan: { ...plan, gates: [...plan.gates, ...usualBaselineGates(plan.load)] } };
}

/** A baseline of another machine (where the policy refuses that), or without the stages that are asked about, judges nothing. */
export function checkFit(record: RunRecord, baseline: Baseline, path: string): void {
  const { plan, stages } = record;
  checkPlan(plan, baseline, path, unlikeFacts(baseline.fingerprint, fingerprintOf(record)), stages.map(({ stage }) => stage));
}

/** The same of a plan, with what is known to be unlike. */
export function checkPlan(plan: Plan, baseline: Baseline, path: string, unlike: readonly Unlike[], stages: readonly Stage[]): void {
  const refused = unlikeOf(unlike, plan.policy, 'refuse');
  if (refused.length > 0) throw new BenchError('baseline-unlike', `The baseline ${path} differs from this run in ${factNames(refused)}.`, { details: factLines(refused), hint: 'Accept a run of this plan, machine, engine and model (mgeo-bench gate RUN --accept), or say in policy.baseline what may differ, such as {model: accept, machine: advisory}.' });
  const measured = stages.filter(({ role }) => role === 'measure');
  const known = new Set(baseline.stages.flatMap(({ name, load }) => [name, load]));
  for (const gate of plan.gates.filter((one) => one.baseline !== undefined && metrics[one.metric]?.scope === 'stage')) {
    const picked = measured.filter((stage) => picksStage(gate, stage));
    if (picked.length > 0 && !picked.some((stage) => known.has(stage.name) || known.has(loadOf(stage)))) {
      const [first] = picked;
      throw noStage(gate, first, baseline.stages, `the baseline ${path}`, 'baseline-unfit');
    }
  }
}

const loadOf = ({ arrival }: Stage): string => `${levelOf(arrival).of}:${String(levelOf(arrival).value)}`;

/** A gate that fits no stage, with the names that there are and the nearest. `stage`: what it was meant for, where that is known. */
export function noStage({ id, selector }: GatePlan, stage: Stage | undefined, there: readonly { name: string; load: string }[], where: string, code: 'usage' | 'baseline-unfit'): BenchError {
  const [asked] = Object.entries(selector);
  const byName = asked?.[0] === 'stage';
  const names = [...new Set(there.map(({ name, load }) => (byName ? `stage:${name}` : load)))];
  const wanted = asked === undefined ? (stage === undefined ? '' : loadOf(stage)) : `${asked[0]}:${asked[1]}`;
  const near = nearestNumber(wanted, names) ?? nearestWord(wanted, names);
  const hint = names.length === 0 ? 'It has none at all.' : `There ${names.length === 1 ? 'is' : 'are'} ${names.slice(0, 8).join(', ')}${near === undefined ? '' : `; did you mean ${near}?`}`;
  return new BenchError(code, `The gate "${id}" fits no stage of ${where}.`, { hint });
}

/** `users:8` for `users:9`: the nearest by ratio of the kind that was asked for. */
function nearestNumber(wanted: string, names: readonly string[]): string | undefined {
  const [kind = '', text = ''] = wanted.split(':');
  const of = (name: string): number => Number(name.slice(kind.length + 1));
  const alike = Number(text) > 0 ? names.filter((name) => name.startsWith(`${kind}:`) && of(name) > 0) : [];
  return alike.toSorted((x, y) => Math.abs(Math.log(of(x) / Number(text))) - Math.abs(Math.log(of(y) / Number(text))))[0];
}

/** How the stages of a record are named and selected. */
export function stagesThere(stages: readonly Stage[]): { name: string; load: string }[] {
  return stages.filter(({ role }) => role === 'measure').map((stage) => ({ name: stage.name, load: loadOf(stage) }));
}
