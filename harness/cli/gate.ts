import { againstOf, fingerprintOf, unlikeFacts } from '../baseline.js';
import { parseGate, presetGates } from '../gate/index.js';
import type { Host } from '../host/index.js';
import { BenchError } from '../model/error.js';
import { picksStage } from '../model/gate-stage.js';
import { metrics, type GatePlan } from '../model/metric.js';
import type { PresetName } from '../model/preset.js';
import type { RunRecord } from '../model/record.js';
import { conclude } from '../pipeline.js';
import { readRecord } from '../record/index.js';
import { reportFormats, terminalTable } from '../report/index.js';
import { accept } from './accept.js';
import { checkFit, findBaseline, noStage, stagesThere, withUsualGates } from './baseline-fit.js';
import { inGithubActions, tellGithub } from './github.js';
import type { Io } from './io.js';
import { folderOf } from './run-folder.js';

export interface GateFlags {
  baseline?: string;
  accept?: boolean;
  by?: string;
  gate?: string[];
  preset?: PresetName;
  /** An undecided verdict ends with 4; with `accept` a suspect run is refused. */
  strict?: boolean;
  json?: boolean;
}

/** `gate`: judges saved runs again, or accepts them as a baseline. The worst exit code of all. */
export async function gate(paths: readonly string[], flags: GateFlags, host: Host, io: Io): Promise<number> {
  const records = paths.map((path) => readRecord(path, host.files));
  if (flags.accept === true) return accept(records, flags, host, io);
  const asked = records.map((record) => withGates(record, flags));
  // Everything that is wrong with a baseline is told before anything is judged.
  const held = asked.map((record) => heldAgainst(record, flags.baseline, host));
  let worst = 0;
  for (const [i, { record, baseline }] of held.entries()) {
    const others = baseline === null ? [] : asked.filter((other) => other.id !== record.id && poolsWith(record, other));
    const { analysis, verdict, files } = await conclude(record, ['en'], [...(flags.json === true ? reportFormats : []), ...(inGithubActions(host) ? ['github'] as const : [])], againstOf(record, baseline, others));
    if (flags.json === true) io.out(files.find((file) => file.name === 'result.json')?.content ?? '');
    else io.out(`${record.id}\n${terminalTable({ record, analysis, verdict }, io.language ?? 'en', { colour: io.colour, columns: io.columns })}\n\n`);
    tellGithub(files, paths.length > 1 ? {} : { verdict: verdict.status, folder: folderOf(paths[i] ?? '') }, 'en', host, io);
    const code = record.failure?.exitCode ?? verdict.exitCode;
    // A failed gate outranks "invalid": somebody must look at it first.
    worst = worst === 1 || code === 1 ? 1 : Math.max(worst, code);
  }
  return worst;
}

/** A record and what it is held against: the file that is named, else what the run itself was held against, else the usual place. */
export function heldAgainst(record: RunRecord, named: string | undefined, host: Host): { record: RunRecord; baseline: RunRecord['baseline'] | null } {
  if (named === undefined && record.baseline !== undefined) return { record, baseline: record.baseline };
  const found = findBaseline(record.plan, named, host);
  if (found === null) return { record, baseline: null };
  const asked = withUsualGates(record);
  checkFit(asked, found.baseline, found.path);
  return { record: asked, baseline: found.baseline };
}

/** Runs of the same thing, whole, on the same machine: several of them say more than each alone. */
function poolsWith(record: RunRecord, other: RunRecord): boolean {
  return other.outcome === 'completed' && other.plan.name === record.plan.name && unlikeFacts(fingerprintOf(record), fingerprintOf(other)).length === 0;
}

/** The record with the gates that were asked for beside its own, and as strict as was asked. */
function withGates(record: RunRecord, { gate: written = [], preset, strict }: GateFlags): RunRecord {
  const more = [...written.map((text) => readGate(text, record)), ...(preset === undefined ? [] : presetGates(preset, record.plan.load))];
  const gates = [...record.plan.gates, ...more];
  const policy = strict === true ? { ...record.plan.policy, strict } : record.plan.policy;
  return { ...record, plan: { ...record.plan, policy, gates: gates.filter(({ id }, i) => gates.findIndex((one) => one.id === id) === i) } };
}

/** `latency{users:8}: p(95)<300ms`; one that fits no stage of the run is a mistake, for its silence would be taken for a pass. */
function readGate(text: string, record: RunRecord): GatePlan {
  const form = /^\s*([^:{]+(?:\{[^}]*\})?)\s*:\s*(.+)$/s.exec(text);
  if (!form) throw new BenchError('usage', `"${text}" is no gate.`, { hint: 'Give a metric and an expression: --gate "latency: p(95)<800ms".' });
  const read = parseGate(form[1] ?? '', form[2] ?? '', 'error');
  if ('error' in read) throw new BenchError('usage', `The gate "${text}" cannot be read: ${read.error}.`, { hint: read.hint?.replace(/^./, (letter) => letter.toUpperCase()) ?? 'docs/gating.md has the grammar.' });
  const stages = record.stages.map(({ stage }) => stage);
  if (metrics[read.gate.metric]?.scope === 'stage' && !stages.some((stage) => picksStage(read.gate, stage))) throw noStage(read.gate, undefined, stagesThere(stages), 'the run', 'usage');
  return read.gate;
}
