/** The metrics of the whole run that a gate can ask for: vram, rss, answers. Rules and refusals: measure.ts. */
import type { Analysis, Estimate, Finding, GpuMemory } from '../model/analysis.js';
import type { AnswerAnalysis } from '../model/answer-quality.js';
import type { GatePlan } from '../model/metric.js';
import { stoppingConfidence } from '../model/early-stopping.js';
import type { RunRecord, StageResult } from '../model/record.js';
import { levelOf } from '../model/stage.js';
import type { AnalysedStage } from './analysed-stage.js';
import { aucInterval, leastForAuc } from './answer-quality/auc.js';
import { answersUnderLoad } from './answers.js';
import { observed, shareFinding } from './interval.js';
import type { Reading } from './measure-stage.js';
import { rssPeakMiB } from './resources.js';

export interface RunInput {
  record: RunRecord;
  /** Measured stages. */
  stages: readonly AnalysedStage[];
  gpus: Analysis['gpus'];
  answers: AnswerAnalysis;
}

/** A gate of run scope. What rests on the stages is valid when at least one of them is; what was asked before the load always is. */
export function measureRun({ record, stages, gpus, answers }: RunInput, gate: GatePlan): Reading {
  const name = gate.aggregation.kind === 'named' ? gate.aggregation.name : '';
  const { confidence } = record.plan.policy;
  const valid = stages.some(({ analysis }) => analysis.validity.status !== 'invalid');
  if (gate.metric === 'capacity') return { value: capacityReading(record), valid };
  if (gate.metric === 'vram') return { ...vramReading({ gpus, stages }, gate, name, confidence), valid };
  if (gate.metric === 'rss') {
    const peak = measuredRssPeakMiB(record, stages);
    return { ...read(peak, 1, confidence, 'not-measured'), valid };
  }
  // How many answers changed sides is seen beside a baseline alone: baseline/index.ts.
  if (name === 'baselineFlips') return { value: { kind: 'absent', why: 'no-baseline' }, valid: true };
  if (name === 'oracleFailures') return { ...oracleReading(record, confidence), valid: true };
  if (name === 'auc') return { value: aucReading(record, answers, confidence), valid: true };
  if (name === 'f1') return { value: answers.quality.kind === 'absent' ? answers.quality : answers.quality.value.macroF1, valid: true };
  if (name === 'probe_pass_rate') return { ...probeReading(answers, confidence), valid: true };
  return { ...answersReading(stages.map(({ result }) => result), name, confidence), valid };
}

/** Memory that a run asks about: the job's where there is one, else the server's. */
export function measuredRssPeakMiB({ plan, series }: Pick<RunRecord, 'plan' | 'series'>, stages: readonly AnalysedStage[]): number | null {
  if (plan.load.job === undefined) return rssPeakMiB(series, 'server', -Infinity, Infinity);
  return stages.find(({ analysis }) => analysis.job !== undefined)?.analysis.job?.rssPeakMiB ?? null;
}

/** The highest rate that passed is the lower bound, once confirmed; below the lowest that failed lies the upper one. */
function capacityReading({ search, plan, stages }: RunRecord): Finding<Estimate> {
  const end = search?.end;
  if (!end || end.lowRps === null) return { kind: 'absent', why: end ? 'no-rate-passed' : 'no-search' };
  const confirmed = end.confirmed >= (plan.load.search?.confirm ?? 1);
  const n = stages.filter(({ stage }) => levelOf(stage.arrival).value === end.lowRps).reduce((sum, { requests }) => sum + requests.started, 0);
  // A rate that was shown to fail is no capacity, not even by rounding.
  const high = end.highRps === null ? null : end.highRps * (1 - 1e-9);
  return { kind: 'found', value: { value: end.lowRps, low: confirmed ? end.lowRps : null, high, confidence: stoppingConfidence, method: 'early-stopping', n } };
}

function read(value: number | null, n: number, confidence: number, why: string): Reading {
  return { value: value === null ? { kind: 'absent', why } : { kind: 'found', value: observed(value, n, confidence) } };
}

/** The worst of the selected GPUs (`gpu:0` or `gpu:<uuid>`), never their sum. One that vanished bounds nothing above. */
function vramReading({ gpus, stages }: Pick<RunInput, 'gpus' | 'stages'>, gate: GatePlan, name: string, confidence: number): Reading {
  if (gpus.kind === 'absent') return { value: gpus };
  const wanted = gate.selector['gpu'];
  const selected = gpus.value.filter((gpu) => wanted === undefined || wanted === gpu.uuid || wanted === String(gpu.index));
  if (selected.length === 0) return { value: { kind: 'absent', why: 'no-gpu' } };
  const figure = (gpu: GpuMemory): number | null => (name === 'delta' ? gpu.deltaMiB : gpu.peakMiB);
  const values = selected.map(figure).filter((value) => value !== null);
  // A GPU that could not be read may be the one that is full: then nothing is said.
  if (values.length < selected.length) return { value: { kind: 'absent', why: 'not-measured' } };
  const reading = read(Math.max(...values), selected.reduce((sum, gpu) => sum + gpu.samples, 0), confidence, 'not-measured');
  const uuids = new Set(selected.map(({ uuid }) => uuid));
  const unseen = stages.filter(({ result, analysis }) => result.requests.started > 0 && analysis.gpus.some(({ uuid, peakMiB }) => uuids.has(uuid) && peakMiB === null)).length;
  return unseen === 0 || reading.value.kind === 'absent' ? reading : { value: { kind: 'found', value: { ...reading.value.value, high: null } }, unseen };
}

function answersReading(stages: readonly StageResult[], name: string, confidence: number): Reading {
  const answers = answersUnderLoad(stages);
  if (answers.kind === 'absent') return { value: answers };
  const { checked, flips, maxDelta } = answers.value;
  if (name === 'flipRate') return { value: shareFinding(flips, checked, confidence) };
  return read(name === 'flips' ? flips : maxDelta, checked, confidence, 'not-checked');
}

function oracleReading({ probe }: RunRecord, confidence: number): Reading {
  if (probe === null || probe.status === 'skipped') return { value: { kind: 'absent', why: 'not-checked' } };
  const judged = probe.oracles.filter((oracle) => oracle.status !== 'skipped');
  const failed = judged.filter((oracle) => oracle.status === 'fail').length;
  return read(judged.length === 0 ? null : failed, judged.length, confidence, 'not-checked');
}

/** High against low. A record from before golden answers were kept has the AUC and the number of pairs, halves of which are taken for the sides. */
function aucReading({ probe }: RunRecord, answers: AnswerAnalysis, confidence: number): Finding<Estimate> {
  if (probe?.status !== 'done') return { kind: 'absent', why: 'not-checked' };
  if (!probe.meaningful) return { kind: 'absent', why: 'scores-meaningless' };
  if (probe.golden !== undefined || probe.auc === null) return answers.aucs.highLow;
  const n = probe.oracles.find((oracle) => oracle.id === 'auc')?.n ?? 0;
  if (n < 2 * leastForAuc) return { kind: 'absent', why: 'too-few-pairs', needed: 2 * leastForAuc };
  return { kind: 'found', value: { value: probe.auc, ...aucInterval(probe.auc, n / 2, n / 2, confidence), confidence, method: 'newcombe', n } };
}

function probeReading({ probes }: AnswerAnalysis, confidence: number): Reading {
  if (probes.kind === 'absent') return { value: probes };
  return read(probes.value.passed / probes.value.n, probes.value.n, confidence, 'no-probes');
}
