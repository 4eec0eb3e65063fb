import { againstOf, fingerprintOf, unlikeFacts } from '../baseline.js';
import { factsText, parseGate, presetGates, unlikeOf, usualBaselineGates } from '../gate/index.js';
import type { Host } from '../host/index.js';
import type { Baseline } from '../model/baseline.js';
import { BenchError } from '../model/error.js';
import { picksStage } from '../model/gate-stage.js';
import { metrics, type GatePlan } from '../model/metric.js';
import { nearestWord } from '../model/nearest.js';
import type { PresetName } from '../model/preset.js';
import type { RunRecord } from '../model/record.js';
import { levelOf } from '../model/stage.js';
import { conclude } from '../pipeline.js';
import { baselinePath, readBaseline, readRecord } from '../record/index.js';
import { terminalTable } from '../report/index.js';
import { accept } from './accept.js';
import type { Io } from './io.js';

export interface GateFlags {
  baseline?: string;
  accept?: boolean;
  by?: string;
  gate: string[];
  preset?: PresetName;
  json?: boolean;
}

/** `gate`: judges saved runs again, or accepts them as a baseline. The worst exit code of all. */
export async function gate(paths: readonly string[], flags: GateFlags, host: Host, io: Io): Promise<number> {
  const records = paths.map((path) => readRecord(path, host.files));
  if (flags.accept === true) return accept(records, flags, host, io);
  const judged = records.map((record) => ({ record: withGates(record, flags), baseline: baselineFor(record, flags, host) }));
  let worst = 0;
  for (const { record: asked, baseline } of judged) {
    const record = baseline === null || asked.plan.gates.some(restsOnBaseline) ? asked : { ...asked, plan: { ...asked.plan, gates: [...asked.plan.gates, ...usualBaselineGates(asked.plan.load)] } };
    if (baseline !== null) checkFit(record, baseline, flags.baseline ?? baselinePath(record.plan.name));
    const others = judged.map((one) => one.record).filter((other) => other.id !== record.id && baseline !== null && poolsWith(record, other));
    const { analysis, verdict, files } = await conclude(record, ['en'], flags.json === true ? ['json'] : [], againstOf(record, baseline, others));
    if (flags.json === true) io.out(files.find((file) => file.name === 'result.json')?.content ?? '');
    else io.out(`${record.id}\n${terminalTable({ record, analysis, verdict }, 'en', { colour: io.colour, columns: io.columns })}\n\n`);
    const code = record.failure?.exitCode ?? verdict.exitCode;
    // A failed gate outranks "invalid": somebody must look at it first.
    worst = worst === 1 || code === 1 ? 1 : Math.max(worst, code);
  }
  return worst;
}

const restsOnBaseline = ({ baseline }: GatePlan): boolean => baseline !== undefined;

/** Runs of the same thing, whole, on the same machine: several of them say more than each alone. */
function poolsWith(record: RunRecord, other: RunRecord): boolean {
  return other.outcome === 'completed' && other.plan.name === record.plan.name && unlikeFacts(fingerprintOf(record), fingerprintOf(other)).length === 0;
}

/** The baseline that is named; else the run's own, or that of its scenario where there is one. */
function baselineFor(record: RunRecord, { baseline }: GateFlags, { files }: Host): Baseline | null {
  if (baseline !== undefined) return readBaseline(baseline, files);
  if (record.baseline !== undefined) return record.baseline;
  const usual = baselinePath(record.plan.name);
  return record.plan.gates.some(restsOnBaseline) && files.exists(usual) ? readBaseline(usual, files) : null;
}

/** The record with the gates that were asked for beside its own. */
function withGates(record: RunRecord, { gate: written, preset }: GateFlags): RunRecord {
  const own = written.map((text) => readGate(text, record));
  const before = [...record.plan.gates, ...own];
  const more = preset === undefined ? [] : presetGates(preset, record.plan.load);
  const gates = [...before, ...more.filter(({ id }) => !before.some((one) => one.id === id))];
  return { ...record, plan: { ...record.plan, gates } };
}

/** `latency{users:8}: p(95)<300ms`; one that fits no stage of the run is a mistake, for its silence would be taken for a pass. */
function readGate(text: string, record: RunRecord): GatePlan {
  const form = /^\s*([^:{]+(?:\{[^}]*\})?)\s*:\s*(.+)$/s.exec(text);
  if (!form) throw new BenchError('usage', `"${text}" is no gate.`, { hint: 'Give a metric and an expression: --gate "latency: p(95)<800ms".' });
  const read = parseGate(form[1] ?? '', form[2] ?? '', 'error');
  if ('error' in read) throw new BenchError('usage', `The gate "${text}" cannot be read: ${read.error}.`, { hint: read.hint ?? 'docs/gating.md has the grammar.' });
  const stages = record.stages.map(({ stage }) => stage);
  if (metrics[read.gate.metric]?.scope === 'stage' && !stages.some((stage) => picksStage(read.gate, stage))) throw unmatched(read.gate, stages.filter(({ role }) => role === 'measure'), 'the run', 'usage');
  return read.gate;
}

function unmatched({ id, selector }: GatePlan, stages: readonly RunRecord['stages'][number]['stage'][], where: string, code: 'usage' | 'baseline-unfit'): BenchError {
  const [[asked, value] = ['stage', '']] = Object.entries(selector);
  const names = stages.map((stage) => (asked === 'stage' ? `stage:${stage.name}` : `${levelOf(stage.arrival).of}:${String(levelOf(stage.arrival).value)}`));
  return noStage(id, `${asked}:${value}`, [...new Set(names)], where, code);
}

function noStage(id: string, asked: string, names: readonly string[], where: string, code: 'usage' | 'baseline-unfit'): BenchError {
  const near = nearestWord(asked, names);
  const known = names.length === 0 ? 'It has none at all.' : `There ${names.length === 1 ? 'is' : 'are'} ${names.slice(0, 8).join(', ')}${near === undefined ? '' : `; did you mean ${near}?`}`;
  return new BenchError(code, `The gate "${id}" fits no stage of ${where}.`, { hint: known });
}

/** A baseline of another scenario, of another machine (where the policy refuses that), or without the stages that are asked about, judges nothing. */
export function checkFit(record: Pick<RunRecord, 'plan' | 'stages' | 'environment' | 'engine' | 'server' | 'gpu'>, baseline: Baseline, path: string): void {
  const { plan } = record;
  if (baseline.scenario !== plan.name) throw new BenchError('baseline-unfit', `The baseline ${path} is of the scenario ${baseline.scenario}, not of ${plan.name}.`, { hint: `The baseline of ${plan.name} stands in ${baselinePath(plan.name)}, where there is one.` });
  const refused = unlikeOf(unlikeFacts(baseline.fingerprint, fingerprintOf(record as RunRecord)), plan.policy, 'refuse');
  if (refused.length > 0) throw new BenchError('baseline-unlike', `The baseline ${path} was made on something else: ${factsText(refused)}.`, { hint: 'Accept a run of this machine, engine and model (mgeo-bench gate RUN --accept), or say in policy.baseline what may differ, such as {model: accept, machine: advisory}.' });
  checkStages(record, baseline, path);
}

function checkStages({ plan, stages }: Pick<RunRecord, 'plan' | 'stages'>, baseline: Baseline, path: string): void {
  const measured = stages.map(({ stage }) => stage).filter(({ role }) => role === 'measure');
  const loads = new Set(baseline.stages.flatMap(({ name, load }) => [name, load]));
  for (const gate of plan.gates.filter((one) => restsOnBaseline(one) && metrics[one.metric]?.scope === 'stage')) {
    const picked = measured.filter((stage) => picksStage(gate, stage));
    const known = (stage: (typeof measured)[number]): boolean => loads.has(stage.name) || loads.has(`${levelOf(stage.arrival).of}:${String(levelOf(stage.arrival).value)}`);
    if (picked.length > 0 && !picked.some(known)) throw noStage(gate.id, Object.entries(gate.selector).map(([key, value]) => `${key}:${value}`)[0] ?? picked[0]?.name ?? '', baseline.stages.map(({ name, load }) => (gate.selector['stage'] === undefined ? load : `stage:${name}`)), `the baseline ${path}`, 'baseline-unfit');
  }
}
