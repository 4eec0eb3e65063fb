import { basename } from 'node:path';
import type { DatasetPlan } from '../model/dataset.js';
import type { JobPlan } from '../model/job.js';
import { likenessFacts } from '../model/likeness.js';
import type { GatePlan } from '../model/metric.js';
import { labelledMix, scaleMix } from '../model/mix.js';
import type { Plan, ServerPlan } from '../model/plan.js';
import type { RequestPlan } from '../model/request.js';
import { similaritySchema, type Scenario } from '../model/scenario.js';
import { capacityPlanOf } from '../model/scenario-capacity.js';
import { durationMs, shareOf, thinkMsOf } from '../model/scenario-value.js';
import { workersFor, type Stage } from '../model/stage.js';
import type { ArrivalMoments } from '../model/stage-shapes.js';
import { splitCommand } from './command-line.js';
import { mixStages } from './mix.js';
import { batches, batchPlanOf, offlineStage, withPairsFor } from './offline.js';
import { planHash } from './plan-hash.js';
import { repeatPlanOf, type FoundProfile } from './profile.js';
import { searchPlan } from './search.js';
import { referencePlan, restartPlan } from './server-plan.js';
import { drillStages, replayStages, soakStages, spikeStages } from './shapes.js';
import { readBody, scorePathOf } from './template.js';

const seconds = (text: string): number => durationMs(text) / 1000;

/**
 * Scenario -> Plan: every default applied, every list expanded, numbers only. Pure; the scenario has been checked by loadArms.
 * `fromEnvironment` are values the hash must not depend on, `moments` those of the file of `load.replay`.
 */
export function planScenario(scenario: Scenario, gates: readonly GatePlan[], fromEnvironment: readonly string[], profile?: FoundProfile, moments?: ArrivalMoments): Plan {
  const { question, load, telemetry, answers, policy } = scenario;
  const server = serverPlan(scenario.server);
  const plan: Omit<Plan, 'hash'> = {
    schema: 'mgeo-bench/plan/1',
    name: scenario.name,
    question: typeof question === 'string' ? { en: question, 'zh-CN': question } : question,
    seed: scenario.dataset.seed,
    server,
    request: requestPlan(scenario.request, batches(load)),
    dataset: datasetPlan(withPairsFor(load, scenario.dataset), profile),
    load: {
      engine: server.kind === 'simulated' ? 'simulated' : load.engine,
      timeoutS: seconds(load.timeout),
      ...(load.search ? { stages: [], search: searchPlan(load.search, seconds(load.warmup), gates) } : { stages: stagesOf(load, gates, moments, batchPlanOf(scenario.request) !== null) }),
      ...(load.job ? { job: jobPlan(load.job) } : {}),
      ...(load.conformance ? { conformance: { connections: load.conformance.connections, patienceS: seconds(load.conformance.patience) } } : {}),
      onEngineFailure: load.onEngineFailure,
    },
    telemetry: { gpu: telemetry.gpu, intervalMs: durationMs(telemetry.interval) },
    answers,
    gates: [...gates],
    ...capacityPlanOf(scenario.capacity),
    policy: { confidence: shareOf(policy.confidence), inconclusive: policy.inconclusive, strict: policy.strict, ...baselinePolicy(policy) },
    record: recordPlan(scenario.record),
  };
  return { ...plan, hash: planHash(plan, fromEnvironment) };
}

/** Only what is written: a plan that says nothing of baselines keeps its hash. */
function baselinePolicy({ minRuns, baseline }: Scenario['policy']): Pick<Plan['policy'], 'minRuns' | 'baseline'> {
  const each = typeof baseline === 'string' ? Object.fromEntries(likenessFacts.map((fact) => [fact, baseline])) : baseline;
  return { ...(minRuns === undefined ? {} : { minRuns }), ...(each === undefined ? {} : { baseline: each }) };
}

function serverPlan(written: Scenario['server']): ServerPlan {
  return written === undefined ? { kind: 'none' } : namedServer(written);
}

function namedServer({ reference, process, compose, url, ready, readyTimeout, simulated }: NonNullable<Scenario['server']>): ServerPlan {
  if (process) {
    const { command, env } = process;
    return { kind: 'process', command: wordsOf(command), url: process.url, ready: process.ready, cwd: process.cwd ?? null, env: textsOf(env), ...restartPlan(process.restart), readyTimeoutS: seconds(process.readyTimeout) };
  }
  if (compose) {
    const { file, service, profile, port } = compose;
    return { kind: 'compose', file: file ?? null, service, profile: profile ?? null, port, ready: compose.ready, readyTimeoutS: seconds(compose.readyTimeout) };
  }
  if (url !== undefined) return { kind: 'url', url, ready: ready ?? null, readyTimeoutS: seconds(readyTimeout) };
  if (simulated) {
    const { parallel, service, sigma, kappa, exponential, errors } = simulated;
    return { kind: 'simulated', parallel, serviceMs: durationMs(service), sigma, kappa, exponential, errorShare: shareOf(errors) };
  }
  if (!reference) throw new RangeError('a checked scenario has a server of one kind');
  return referencePlan(reference);
}

function wordsOf(command: string | readonly string[]): string[] {
  return typeof command === 'string' ? (splitCommand(command) ?? []) : [...command];
}

function jobPlan({ command, cwd, env, timeout }: NonNullable<Scenario['load']['job']>): JobPlan {
  return { command: wordsOf(command), cwd: cwd ?? null, env: textsOf(env), timeoutS: seconds(timeout) };
}

function textsOf(map: Record<string, string | number | boolean>): Record<string, string> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, String(value)]));
}

const json = { 'content-type': 'application/json' };

/** `withBatch`: something is sent by the batch endpoint. To a plan that sends nothing there it is no part of the question. */
function requestPlan(written: Scenario['request'], withBatch: boolean): RequestPlan {
  const batch = withBatch ? batchPlanOf(written) : null;
  return { ...singlePlan(written), ...(batch === null ? {} : { batch }) };
}

function singlePlan(written: Scenario['request']): RequestPlan {
  const { similarity, template } = typeof written === 'string' ? { similarity: similaritySchema.parse({}), template: undefined } : written;
  if (template) {
    const read = readBody(template.body);
    if ('error' in read) throw new RangeError('a checked scenario has a body that can be read');
    const given = Object.fromEntries(Object.entries(textsOf(template.headers)).map(([name, value]) => [name.toLowerCase(), value]));
    return {
      format: 'template', method: 'POST', path: template.path, headers: { ...json, ...given }, body: read.body,
      keys: template.keys ?? read.keys ?? { left: '', right: '' },
      scorePath: scorePathOf(template.score), ...(template.label === undefined ? {} : { labelPath: scorePathOf(template.label) }),
      scoreRange: template.range, ...thresholdOf(template.threshold, 0.5),
    };
  }
  if (!similarity) throw new RangeError('a checked scenario has a request of one kind');
  return {
    format: 'similarity', method: 'POST', path: similarity.path, headers: json, body: '{"addr1":{{a}},"addr2":{{b}}}',
    keys: { left: 'addr1', right: 'addr2' }, scorePath: ['similarity'], labelPath: ['label'], scoreRange: similarity.range, ...thresholdOf(similarity.threshold, 0.9),
  };
}

/** `fallback` counts where neither the scenario nor the server names a threshold. */
const thresholdOf = (written: number | undefined, fallback: number): Pick<RequestPlan, 'threshold' | 'thresholdFrom'> =>
  written === undefined ? { threshold: fallback, thresholdFrom: 'default' } : { threshold: written, thresholdFrom: 'scenario' };

/** Pairs of the user's own are counted when they are read. */
function datasetPlan(written: Scenario['dataset'], found: FoundProfile | undefined): DatasetPlan {
  const { file, seed, pairs, format, columns, header, encoding, labels, strict } = written;
  if (file === undefined) return inventedPlan(written, found);
  const said = Object.fromEntries(Object.entries({ format, columns, header, encoding, labels }).filter(([, value]) => value !== undefined));
  return { seed, mix: { high: 0, low: 0, boundary: 0, noisy: 0, abnormal: 0 }, own: { file: basename(file), path: file, strict: strict ?? false, pairs: pairs ?? null, ...said } };
}

/** Counts by class; with `pairs`, the mix in proportion. */
function inventedPlan({ seed, mix: written, pairs, hard, profile: name, repeats }: Scenario['dataset'], found: FoundProfile | undefined): DatasetPlan {
  const labels = found?.mixOpen === true ? found.fitted.labels : null;
  const mix = labels === null ? (pairs === undefined ? written : scaleMix(written, pairs)) : labelledMix(labels, pairs ?? sumOf(written));
  const plan = { seed, mix, hard: { high: shareOf(hard.high), low: shareOf(hard.low) } };
  if (found !== undefined) return { ...plan, profile: { kind: 'fitted', file: found.file, fitted: found.fitted } };
  if (name === 'long' || name === 'unique') return { ...plan, profile: { kind: name } };
  return { ...plan, profile: name === 'duplicates' ? { kind: name, repeats: repeatPlanOf(repeats, sumOf(mix) - mix.abnormal) } : { kind: 'typical' } };
}

const sumOf = (mix: DatasetPlan['mix']): number => Object.values(mix).reduce((sum, count) => sum + count, 0);

/**
 * One stage for each number of users, each rate or each size of burst, in the order written; the same number again is a repeat of it. `moments` are those
 * of a replay, which cannot be planned without; a search plans no stage, and must not be asked. `canBatch`: the wire format has a batch endpoint.
 */
export function stagesOf(load: Scenario['load'], gates: readonly GatePlan[], moments?: ArrivalMoments, canBatch = true): Stage[] {
  const { warmup, closed, open, burst, spike, soak, replay, drill, offline, mix, job, conformance } = load;
  if (mix) return mixStages(load, (part) => stagesOf(part, gates, moments, canBatch));
  if (job) return [jobStage(seconds(job.timeout))];
  if (conformance) return [];
  if (offline) return [offlineStage(offline, canBatch)];
  if (spike) return spikeStages(spike, warmup, gates);
  if (soak) return soakStages(soak, warmup);
  if (drill) return drillStages(drill, warmup);
  if (replay && moments) return replayStages(replay, warmup, moments);
  if (burst) return burstStages(burst, seconds(warmup));
  if (open) return openStages(open, seconds(warmup));
  if (!closed) throw new RangeError('a checked scenario has a load of one kind');
  const { think, requests } = closed;
  const users = typeof closed.users === 'number' ? [closed.users] : closed.users;
  const durationS = seconds(closed.duration ?? (requests === undefined ? '20s' : '10m'));
  return users.map((count, index) => {
    const repeat = users.slice(0, index).filter((earlier) => earlier === count).length;
    const name = `${String(count)} ${count === 1 ? 'user' : 'users'}`;
    return {
      index, name: repeat === 0 ? name : `${name}, again ${String(repeat)}`, role: 'measure', arm: '', repeat,
      warmupS: seconds(warmup), durationS, minRequests: requests ?? null,
      arrival: { kind: 'closed', users: count, thinkMs: thinkMsOf(think) },
    };
  });
}

function openStages({ rates, arrivals, duration, inFlight }: NonNullable<Scenario['load']['open']>, warmupS: number): Stage[] {
  return [rates].flat().map((rateRps, index, all) => ({
    ...scheduledStage(`${String(rateRps)}/s`, index, all), warmupS, durationS: seconds(duration),
    arrival: { kind: 'open', rateRps, process: arrivals, inFlight: inFlight ?? workersFor(2 * rateRps) },
  }));
}

function burstStages({ requests, every, repeats }: NonNullable<Scenario['load']['burst']>, warmupS: number): Stage[] {
  const everyS = seconds(every);
  return [requests].flat().map((size, index, all) => ({
    ...scheduledStage(`burst of ${String(size)}`, index, all), warmupS, durationS: everyS * repeats,
    arrival: { kind: 'burst', requests: size, everyS, repeats },
  }));
}

/** One command, from its start to its end. */
function jobStage(timeoutS: number): Stage {
  return { index: 0, name: 'job', role: 'measure', arm: '', repeat: 0, minRequests: null, warmupS: 0, durationS: timeoutS, arrival: { kind: 'job', timeoutS } };
}

/** What stages with a schedule share; the same size again is a repeat of it. */
function scheduledStage(name: string, index: number, all: readonly number[]): Pick<Stage, 'index' | 'name' | 'role' | 'arm' | 'repeat' | 'minRequests'> {
  const repeat = all.slice(0, index).filter((earlier) => earlier === all[index]).length;
  return { index, name: repeat === 0 ? name : `${name}, again ${String(repeat)}`, role: 'measure', arm: '', repeat, minRequests: null };
}

/** That a run counts in a history is what everybody expects: only that it does not is written down. */
function recordPlan({ history, ...kept }: Scenario['record']): Plan['record'] {
  return history ? kept : { ...kept, history };
}
