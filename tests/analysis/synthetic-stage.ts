/** One stage of a synthetic record: users on a virtual clock, each asks, waits, thinks, asks again. Its truth is known. */
import { histogramOf, saveHistogram } from '../../harness/model/histogram.js';
import { createRandom, mixSeed, type Random } from '../../harness/model/random.js';
import type { StageResult, Timeline } from '../../harness/model/record.js';
import type { Stage } from '../../harness/model/stage.js';

/** What a test may say of a stage. Nothing said: 10 s, no thinking, latencies around 20 ms, no errors, a healthy engine. */
export interface StageShape {
  users: number;
  name?: string;
  role?: Stage['role'];
  repeat?: number;
  /** Bounds of the think time, ms. */
  thinkMs?: readonly [number, number];
  /** Length of the window, s; with `latenciesUs` and without it, just as long as the users need for all of them. */
  durationS?: number;
  /** Mean of the generated latencies, ms (uniform within ±25 %). */
  latencyMs?: number;
  /** All latencies in the order of sending, µs, failed requests included; replaces the generated ones. */
  latenciesUs?: readonly number[];
  /** Failed requests by kind, spread evenly over the stage: `http-500`, `timeout`, `reset`, … */
  errors?: Readonly<Record<string, number>>;
  /** Requests whose end was never seen. */
  censored?: number;
  /** Share of each latency that the server reports, by phase: `{ queue: 0.1, infer: 0.6 }`. */
  phases?: Readonly<Record<string, number>>;
  /** Cores in use during the stage. */
  serverCores?: number;
  engineCores?: number;
  /** Last word: fields that replace those of the finished stage. */
  change?: (stage: StageResult) => Partial<StageResult>;
}

interface Sent { startUs: number; latencyUs: number }

/** The stage that opened its window at `windowFromMs`. */
export function buildStage(shape: StageShape, index: number, windowFromMs: number, seed: number): StageResult {
  const random = createRandom(mixSeed(seed, index));
  const think = shape.thinkMs ?? [0, 0];
  const { sent, thinkMeanMs, durationS, inFlightMean } = play(shape, random);
  const outcomes = outcomesOf(sent.length, shape.errors ?? {}, shape.censored ?? 0);
  const good = sent.filter((_, i) => outcomes[i] === 'ok');
  const failed = sent.filter((_, i) => outcomes[i] !== 'ok' && outcomes[i] !== 'censored');
  const failures = Object.values(shape.errors ?? {}).reduce((sum, n) => sum + n, 0);
  const longestUs = sent.reduce((most, one) => Math.max(most, one.latencyUs), 0);
  const statuses = statusesOf(good.length, shape.errors ?? {});
  // One request a user before the window; those whose end was never seen have no row, those that failed on the wire no answer.
  const rows = sent.length - (shape.censored ?? 0) + shape.users;
  const answered = Object.values(statuses).reduce((sum, n) => sum + n, 0) + shape.users;
  const result: StageResult = {
    stage: {
      index, name: shape.name ?? `${String(shape.users)} users`, role: shape.role ?? 'measure', arm: '', repeat: shape.repeat ?? 0,
      warmupS: 1, durationS, minRequests: null, arrival: { kind: 'closed', users: shape.users, thinkMs: [think[0], think[1]] },
    },
    engine: 'k6', status: 'completed', why: null,
    spawnedAtMs: windowFromMs - 1500, windowFromMs, windowToMs: windowFromMs + durationS * 1000,
    endedAtMs: windowFromMs + durationS * 1000 + longestUs / 1000,
    requests: {
      started: sent.length, completed: good.length, failed: failures, timedOut: shape.errors?.['timeout'] ?? 0,
      censored: shape.censored ?? 0, warmup: shape.users,
    },
    latency: saveHistogram(histogramOf(good.map((one) => one.latencyUs))),
    failedSumUs: failed.reduce((sum, one) => sum + one.latencyUs, 0),
    errors: { ...shape.errors },
    statuses,
    byClass: { high: { started: sent.length, completed: good.length, failed: failures, rejected: 0, checked: 0, flips: 0, p50Ms: null, p95Ms: null } },
    byAbnormalKind: {},
    answers: { checked: 100, flips: 0, moved: 0, maxDelta: 0 },
    serverTiming: Object.fromEntries(Object.entries(shape.phases ?? {}).map(([phase, share]) =>
      [phase, saveHistogram(histogramOf(good.map((one) => one.latencyUs * share)))])),
    batch: null, cache: null,
    timeline: timelineOf(sent, outcomes, durationS, shape.users),
    heatmap: heatmapOf(good, durationS),
    inFlightMean, thinkMeanMs,
    generator: {
      rows, counted: rows, dropped: 0, lagP50Ms: 0.05, lagP99Ms: 0.2,
      eventLoopUse: null, runQueueWait: 0.01, clockStepMs: 0.1, messages: [], exitCode: 0,
    },
    counts: { server: answered, engine: answered },
  };
  return { ...result, ...shape.change?.(result) };
}

/** Each user starts somewhere in a cycle that began before the window, as in a stage that is warm. */
function play(shape: StageShape, random: Random): { sent: Sent[]; thinkMeanMs: number | null; durationS: number; inFlightMean: number } {
  const [least, most] = shape.thinkMs ?? [0, 0];
  const meanUs = (shape.latencyMs ?? 20) * 1000;
  const given = shape.latenciesUs;
  const thinkUs = (): number => (least + random.next() * (most - least)) * 1000;
  const drawUs = (): number => Math.round(meanUs * (0.75 + 0.5 * random.next()));
  const neededUs = given ? given.reduce((sum, one) => sum + one, 0) / shape.users + (given.length / shape.users) * ((least + most) / 2) * 1000 : 0;
  const durationS = shape.durationS ?? (given ? Math.max(neededUs / 1e6, 1e-3) : 10);
  const endUs = durationS * 1e6;
  const sent: Sent[] = [];
  let busyUs = 0;
  let thoughtUs = 0;
  for (let user = 0; user < shape.users; user += 1) {
    let nextGiven = user;
    const next = (): number => {
      const latencyUs = given ? (given[nextGiven] ?? 0) : drawUs();
      nextGiven += shape.users;
      return latencyUs;
    };
    let clockUs = 0;
    if (!given) {
      const firstUs = drawUs();
      clockUs = -Math.floor(random.next() * (firstUs + thinkUs()));
      busyUs += Math.max(0, Math.min(endUs, clockUs + firstUs));
      clockUs = Math.max(0, clockUs + firstUs + thinkUs());
    }
    while (given ? nextGiven < given.length : clockUs < endUs) {
      const latencyUs = next();
      sent.push({ startUs: clockUs, latencyUs });
      busyUs += given ? latencyUs : Math.max(0, Math.min(endUs, clockUs + latencyUs) - clockUs);
      const pauseUs = thinkUs();
      thoughtUs += pauseUs;
      clockUs += latencyUs + pauseUs;
    }
  }
  return { sent, durationS, thinkMeanMs: most > 0 && sent.length > 0 ? thoughtUs / sent.length / 1000 : null, inFlightMean: busyUs / endUs };
}

/** One outcome a request: errors spread evenly, the censored last. */
function outcomesOf(count: number, errors: Readonly<Record<string, number>>, censored: number): string[] {
  const outcomes = Array.from({ length: count }, (_, i): string => (i >= count - censored ? 'censored' : 'ok'));
  const kinds = Object.entries(errors).flatMap(([kind, n]) => Array.from({ length: n }, () => kind));
  if (kinds.length + censored > count) throw new RangeError(`${String(kinds.length + censored)} bad requests of ${String(count)}`);
  kinds.forEach((kind, i) => { outcomes[Math.floor((i * (count - censored)) / kinds.length)] = kind; });
  return outcomes;
}

function statusesOf(completed: number, errors: Readonly<Record<string, number>>): Record<string, number> {
  const statuses: Record<string, number> = completed > 0 ? { '200': completed } : {};
  for (const [kind, n] of Object.entries(errors)) {
    const status = /^http-(\d+)$/.exec(kind)?.[1];
    if (status !== undefined) statuses[status] = (statuses[status] ?? 0) + n;
  }
  return statuses;
}

function timelineOf(sent: readonly Sent[], outcomes: readonly string[], durationS: number, users: number): Timeline {
  const bins = Math.max(1, Math.ceil(durationS));
  const binOf = (one: Sent): number => Math.min(bins - 1, Math.floor(one.startUs / 1e6));
  const zeros = (): number[] => Array.from({ length: bins }, () => 0);
  const [started, completed, failed] = [zeros(), zeros(), zeros()];
  const latencies: number[][] = Array.from({ length: bins }, () => []);
  sent.forEach((one, i) => {
    const bin = binOf(one);
    started[bin]! += 1;
    if (outcomes[i] === 'ok') {
      completed[bin]! += 1;
      latencies[bin]!.push(one.latencyUs / 1000);
    } else if (outcomes[i] !== 'censored') failed[bin]! += 1;
  });
  for (const one of latencies) one.sort((x, y) => x - y);
  const at = (p: number): (number | null)[] => latencies.map((sorted) => sorted[Math.ceil(p * sorted.length) - 1] ?? null);
  return { t: started.map((_, i) => i), started, completed, failed, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99), inFlight: started.map(() => users) };
}

function heatmapOf(good: readonly Sent[], durationS: number): StageResult['heatmap'] {
  const edgesMs = Array.from({ length: 25 }, (_, i) => 2 ** (i / 2 - 2));
  const counts = Array.from({ length: Math.max(1, Math.ceil(durationS)) }, () => edgesMs.slice(1).map(() => 0));
  for (const one of good) {
    const column = Math.min(edgesMs.length - 2, Math.max(0, Math.floor(2 * (Math.log2(one.latencyUs / 1000) + 2))));
    counts[Math.min(counts.length - 1, Math.floor(one.startUs / 1e6))]![column]! += 1;
  }
  return { binS: 1, edgesMs, counts };
}
