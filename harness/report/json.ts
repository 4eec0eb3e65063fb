/** result.json: the run for programs, by the contract in result-schema.ts. Sentences are English; numbers are not rounded. */
import type { Analysis, StageAnalysis } from '../model/analysis.js';
import type { RunRecord, StageResult } from '../model/record.js';
import { isSimulatedServer, simulatedMemoryPeakMiB } from '../model/simulated-server.js';
import { answersResult } from './answers-json.js';
import { calibrationResult } from './calibration-json.js';
import { conformanceResult } from './conformance-json.js';
import { capacityResult } from './capacity-json.js';
import { measuredFigure } from './check-figure.js';
import { jobResult } from './job-json.js';
import { lotResult } from './offline-json.js';
import type { ReportInput } from './report-input.js';
import type { Result } from './result-schema.js';
import { uslResult } from './scale-json.js';
import { allPairs, valueOf, windowS } from './stage-figure.js';
import { probeWhy, searchSentence } from './search-figure.js';
import { sentResult } from './sent-json.js';
import { outageResult } from './drill-json.js';
import { driftResult, recoveryResult } from './shapes-json.js';
import { textOf } from './text/index.js';
import { verdictSentence } from './verdict-sentence.js';
import { checkWords, findingWords, gpuAbsenceWords, validityWords } from './words.js';

/** A number that JSON can hold, or null: NaN and infinities are not numbers that were measured. */
function finite(value: number | null | undefined): number | null {
  return value === null || value === undefined || !Number.isFinite(value) ? null : value;
}

function stageGpus(stage: StageAnalysis, { record, analysis }: ReportInput): Result['stages'][number]['gpus'] {
  const { gpu } = record;
  if (gpu?.status !== 'present') return { absent: gpuAbsenceWords(textOf('en'), record) ?? 'not measured' };
  const whole = analysis.gpus.kind === 'found' ? analysis.gpus.value : [];
  return gpu.gpus.map((device) => {
    const run = whole.find((one) => one.uuid === device.uuid);
    const here = stage.gpus.find((one) => one.uuid === device.uuid);
    return {
      uuid: device.uuid,
      utilization: finite(here?.utilization),
      memoryMiB: { baseline: finite(run?.baselineMiB), loaded: finite(run?.loadedMiB), peak: finite(here?.peakMiB), delta: finite(here?.deltaMiB) },
      scope: device.scope,
      source: gpu.source,
      intervalMs: gpu.intervalMs,
    };
  });
}

/** Answered pairs a second: abnormal requests are bodies, not pairs. */
function pairsPerS(result: StageResult, { offline }: StageAnalysis): number | null {
  if (offline !== undefined) return offline.pairsPerS;
  const seconds = windowS(result);
  const abnormal = result.byClass['abnormal']?.completed ?? 0;
  return seconds > 0 ? (result.requests.completed - abnormal) / seconds : null;
}

function scheduleOf({ schedule, generator }: StageResult, { offered }: StageAnalysis): Result['stages'][number]['schedule'] {
  if (!schedule || offered === null) return null;
  const { waited, longestWaitMs, unsent } = schedule;
  return { lagMs: { p50: finite(generator.lagP50Ms), p99: finite(generator.lagP99Ms) }, waited, longestWaitMs, unsent, openAtStart: offered.openAtStart, openAtEnd: offered.openAtEnd, unstable: offered.unstable };
}

function visitorsOf({ visitors }: StageAnalysis): Result['stages'][number]['visitorsMs'] {
  if (visitors.kind === 'absent') return null;
  const { everyMs, p50Ms, p95Ms, p99Ms, maxMs } = visitors.value;
  return { every: everyMs, p50: p50Ms, p95: p95Ms, p99: p99Ms, max: maxMs };
}

function stageOf(result: StageResult, stage: StageAnalysis, input: ReportInput): Result['stages'][number] {
  const { latencyMs: l } = stage;
  const { started, completed, failed, timedOut, censored } = result.requests;
  return {
    index: stage.index,
    name: stage.name,
    arm: result.stage.arm,
    role: result.stage.role,
    ...(result.stage.mixed === true ? { mixed: true } : {}),
    arrival: result.stage.arrival,
    durationS: windowS(result),
    requests: { started, completed, failed, timedOut, censored },
    offeredRps: finite(stage.offered?.scheduledRps),
    achievedRps: finite(stage.achievedRps),
    schedule: scheduleOf(result, stage),
    pairsPerS: pairsPerS(result, stage),
    latencyMs: { n: l.n, mean: finite(l.mean), p50: finite(valueOf(l.p50)), p90: finite(valueOf(l.p90)), p95: finite(valueOf(l.p95)), p99: finite(valueOf(l.p99)), p999: finite(valueOf(l.p999)), max: finite(l.max) },
    visitorsMs: visitorsOf(stage),
    errors: { rate: finite(valueOf(stage.errorRate)), byKind: result.errors },
    statuses: result.statuses,
    answers: { checked: stage.answers.checked, flips: stage.answers.flips, maxDelta: finite(stage.answers.maxDelta), ...(result.degraded === undefined ? {} : { degraded: result.degraded }) },
    serverTimingMs: Object.fromEntries(Object.entries(stage.serverTimingMs).map(([phase, { p50, p95 }]) => [phase, { p50, p95 }])),
    batch: result.batch === null ? null : { mean: result.batch.mean, max: result.batch.max },
    cpu: stage.cpu,
    rssPeakMiB: stage.rssPeakMiB,
    gpus: stageGpus(stage, input),
    sent: sentResult(result.sent),
    recovery: recoveryResult(stage),
    ...outageResult(stage),
    drift: driftResult(stage),
    ...lotResult(stage),
    ...jobResult(result, stage.job),
    validity: { status: stage.validity.status, reasons: stage.validity.reasons.map((reason) => ({ code: reason.code, text: validityWords(textOf('en'), reason), value: finite(reason.value), limit: finite(reason.limit) })) },
  };
}

function runOf(record: RunRecord, analysis: Analysis): Result['run'] {
  const { server, environment, gpu } = record;
  return {
    id: record.id,
    scenario: record.plan.name,
    startedAt: record.startedAt,
    durationS: record.durationS,
    seed: record.plan.seed,
    planHash: record.plan.hash,
    ...(record.plan.record.history === false ? { history: false as const } : {}),
    engine: record.engine === null ? null : { name: record.engine.name, version: record.engine.version },
    calibration: calibrationResult({ record, analysis }),
    server: { kind: record.plan.server.kind, ...(server?.model ? { model: server.model } : {}), ...(server?.modelSha256 ? { modelSha256: server.modelSha256 } : {}), ...(server?.container ? { image: server.container.image, imageDigest: server.container.digest ?? server.container.imageId } : {}), ...(isSimulatedServer(server) ? { simulated: { memoryPeakMiB: finite(simulatedMemoryPeakMiB(record.series)) } } : {}) },
    machine: { cpu: environment.cpu, cores: environment.cores, memoryMiB: environment.memoryMiB, gpus: gpu?.status === 'present' ? gpu.gpus.map(({ uuid, name, memoryMiB, driver }) => ({ uuid, name, memoryMiB, driver })) : [] },
  };
}

function searchOf(input: ReportInput): Pick<Result['analysis'], 'search'> {
  const { record, analysis } = input;
  if (record.search === undefined || analysis.search === undefined) return {};
  const { end, probes } = record.search;
  const { cliff, judged, sent, tookS } = analysis.search;
  const text = textOf('en');
  return {
    search: {
      end: end?.kind ?? null, lowRps: end?.lowRps ?? null, highRps: end?.highRps ?? null, confirmed: end?.confirmed ?? 0, sentence: searchSentence(input, text), cliff, judged, sent, tookS,
      probes: probes.map((probe) => ({ stage: probe.stage, rateRps: probe.rateRps, purpose: probe.purpose, state: probe.state, due: probe.due, durationS: probe.durationS, why: probeWhy(probe, text), code: probe.reason.code })),
    },
  };
}

/** The result as a value; `files` names what is written beside it. */
export function resultOf(input: ReportInput, files: Result['files']): Result {
  const { record, analysis, verdict } = input;
  const text = textOf('en');
  return {
    schema: 'mgeo-bench/result/1',
    run: runOf(record, analysis),
    verdict: { status: verdict.status, sentence: verdictSentence(verdict, record, 'en'), exitCode: verdict.exitCode },
    checks: verdict.checks.map((check) => ({
      id: check.id, expression: check.expression, metric: check.metric, stage: check.stage, actual: finite(check.actual), low: finite(check.low), high: finite(check.high), limit: check.limit, unit: check.unit, level: check.level, status: check.status, ...(check.baseline === undefined ? {} : { baseline: check.baseline }),
      message: `${checkWords(text, check)} (${measuredFigure(check, record)})`,
    })),
    stages: allPairs(record, analysis).map(({ result, stage }) => stageOf(result, stage, input)),
    ...conformanceResult(record),
    analysis: { answers: answersResult(analysis.answers), usl: uslResult(analysis.scale), capacity: capacityResult(analysis.capacity), ...searchOf(input), findings: analysis.insights.map((insight) => ({ id: insight.id, severity: insight.severity, evidence: insight.evidence, ...findingWords(text, insight, record.series) })) },
    files,
  };
}

/** The file's text, with a final newline. */
export function renderJson(result: Result): string {
  return `${JSON.stringify(result, null, 2)}\n`;
}
