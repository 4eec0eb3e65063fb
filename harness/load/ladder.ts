/**
 * Open load whose rate climbs, one engine process for all rungs, against a server that tells its own time: how late requests are sent,
 * and how far the told latency is from the server's, at each rate. It ends early once two rungs in a row are too late: what is above them only
 * costs time.
 */
import type { Context } from '../host/index.js';
import type { Calibration, CalibrationRung, ClosedCalibration } from '../model/calibration.js';
import { readHistogram, valueAtRank, type SavedHistogram } from '../model/histogram.js';
import { mixSeed } from '../model/random.js';
import { nearestRank } from '../model/rank.js';
import type { StageResult } from '../model/record.js';
import type { RequestPlan } from '../model/request.js';
import type { Stage } from '../model/stage.js';
import { createBuckets, type Buckets } from './bucket.js';
import type { DriveOptions, Engine } from './engine.js';
import { scheduleMs } from './schedule.js';
import { createPhaseTimes, type PhaseTimes } from './server-timing.js';

/** One rate and how long it is kept, s. */
export interface Rung {
  rateRps: number;
  durationS: number;
}

export interface LadderOptions {
  engine: Engine;
  /** Of a server that answers POST /similarity with a `total` in Server-Timing. */
  url: string;
  /** Ascending rates. */
  rungs: readonly Rung[];
  /** Load before the first rung, which opens the connections of all workers; its rate is the larger of the first rung's and what that takes. */
  warmupS: number;
  workers: number;
  /** Requests that are due at one moment, before the first rung; 0 = none. At most as many as workers. */
  burst: number;
  /** A rung of which more than one request in a hundred is sent later than this is too much, ms. */
  tooLateMs: number;
  seed: number;
  onSpawn: (pid: number) => void;
}

const timeoutS = 2;
/** Behind the last moment; a backlog that takes longer says enough. */
const drainS = 1;
const lateShare = 0.01;
/** Around the burst. */
const pauseMs = 150;
/** Parts before the rungs: warm-up, burst. */
const notRungs = 2;

const request: RequestPlan = {
  format: 'similarity', method: 'POST', path: '/similarity', headers: { 'content-type': 'application/json' }, body: '{"addr1":{{a}},"addr2":{{b}}}',
  keys: { left: 'addr1', right: 'addr2' }, scorePath: ['similarity'], scoreRange: [0, 1], threshold: 0.5,
};
const line = '{"addr1":"浙江省杭州市西湖区文一路1号","addr2":"杭州西湖文一路1号"}';

interface OpenRung extends Rung {
  due: number;
  late: number;
  lag: Buckets;
  client: Buckets;
  sent: Buckets;
  server: PhaseTimes;
}

/** Warm-up, one burst, rungs: moments in ms, and the number of the first request behind each part. */
function planLadder({ rungs, warmupS, workers, burst, seed }: Pick<LadderOptions, 'rungs' | 'warmupS' | 'workers' | 'burst' | 'seed'>): { momentsMs: Float64Array; ends: number[]; lengthS: number } {
  const warmRps = Math.max(rungs[0]?.rateRps ?? 1, (2 * workers) / warmupS);
  const parts = [[...scheduleMs({ process: 'constant', rateRps: warmRps }, warmupS * 1000, seed)]];
  let atMs = warmupS * 1000 + pauseMs;
  parts.push(Array.from({ length: burst }, () => atMs));
  if (burst > 0) atMs += pauseMs;
  rungs.forEach(({ rateRps, durationS }, index) => {
    const fromMs = atMs;
    parts.push([...scheduleMs({ process: 'poisson', rateRps }, durationS * 1000, mixSeed(seed, index + 1)).map((ms) => ms + fromMs)]);
    atMs += durationS * 1000;
  });
  let end = 0;
  return { momentsMs: Float64Array.from(parts.flat()), ends: parts.map((part) => (end += part.length)), lengthS: atMs / 1000 };
}

/** Climbs. Never rejects because of the engine or the server: what was seen until then is the result, and `result` says how the engine ended. */
export async function driveLadder(options: LadderOptions, ctx: Context): Promise<{ burst: Calibration['burst']; rungs: CalibrationRung[]; result: StageResult }> {
  const { engine, url, warmupS, workers, tooLateMs, seed, onSpawn } = options;
  const { momentsMs, ends, lengthS } = planLadder(options);
  const open = options.rungs.map((rung, index): OpenRung => ({
    ...rung, due: (ends[index + notRungs] as number) - (ends[index + notRungs - 1] as number), late: 0, lag: createBuckets(), client: createBuckets(), sent: createBuckets(), server: createPhaseTimes(),
  }));
  const burstLag = createBuckets();
  const stage: Stage = {
    index: 0, name: 'ladder', role: 'measure', arm: '', repeat: 0, warmupS, durationS: lengthS - warmupS, minRequests: null,
    arrival: { kind: 'replay', file: 'ladder', sha256: '', requests: momentsMs.length, speed: 1, rateRps: momentsMs.length / lengthS, inFlight: workers },
  };
  const enough = new AbortController();
  let forget: (() => void) | null = null;
  const result = await engine.drive({
    ...fixed(url, stage, seed, onSpawn, ctx),
    momentsMs,
    onRow: (row) => {
      forget ??= abortAfter((lengthS + drainS) * 1000, enough, ctx);
      const part = ends.findIndex((end) => row.ticket < end);
      if (part < 1 || row.status !== 200) return;
      const lagMs = row.startMs - row.dueMs;
      const at = part - notRungs;
      const rung = open[at];
      if (rung === undefined) return burstLag.add(lagMs * 1000);
      if (lagMs > tooLateMs) rung.late += 1;
      rung.lag.add(lagMs * 1000);
      rung.client.add(row.latencyUs);
      rung.sent.add(row.latencyUs - lagMs * 1000);
      rung.server.add(row.bytes, row.timingFrom, row.timingTo);
      if (at > 0 && tooMuch(rung) && tooMuch(open[at - 1] as OpenRung)) enough.abort(new Error('two rates in a row were too much'));
    },
  }, { ...ctx, onEvent: () => undefined, signal: AbortSignal.any([ctx.signal, enough.signal]) });
  (forget as (() => void) | null)?.();
  const burst = burstLag.percentile(99);
  return { result, rungs: open.filter((rung) => rung.lag.n > 0).map(rungOf), burst: burst === null ? null : { requests: burstLag.n, lagP99Ms: burst / 1000 } };
}

/** Users who do not think. Null where the engine failed. */
export async function driveClosed({ engine, url, users, warmupS, durationS, seed, onSpawn }: Pick<LadderOptions, 'engine' | 'url' | 'warmupS' | 'seed' | 'onSpawn'> & { users: number; durationS: number }, ctx: Context): Promise<{ figures: Omit<ClosedCalibration, 'engineCpuMs' | 'serverCpuMs'>; result: StageResult } | null> {
  const stage: Stage = { index: 0, name: 'closed', role: 'measure', arm: '', repeat: 0, warmupS, durationS, minRequests: null, arrival: { kind: 'closed', users, thinkMs: [0, 0] } };
  const result = await engine.drive(fixed(url, stage, seed, onSpawn, ctx), { ...ctx, onEvent: () => undefined });
  const [clientMs, serverMs] = [middle(result.latency), middle(result.serverTiming['total'])];
  const windowS = (result.windowToMs - result.windowFromMs) / 1000;
  if (result.status !== 'completed' || clientMs === null || serverMs === null || windowS <= 0) return null;
  const { completed } = result.requests;
  return { figures: { users, ended: completed, achievedRps: completed / windowS, clientMs, serverMs }, result };
}

function fixed(url: string, stage: Stage, seed: number, onSpawn: (pid: number) => void, { host: { files } }: Context): DriveOptions {
  const folder = files.scratchDir('calibration');
  files.writeText(`${folder}/bodies.txt`, `${line}\n`);
  return {
    stage, seed, onSpawn, golden: new Map(), tolerance: 0, logFile: `${folder}/engine.log`, serverGone: new AbortController().signal,
    target: { url, request, timeoutS }, bodies: { file: `${folder}/bodies.txt`, count: 1, expectations: [{ class: 'high', expect: 'answer' }] },
  };
}

/** Aborts after `ms`; the returned function forgets it. */
function abortAfter(ms: number, controller: AbortController, { host: { clock }, signal }: Context): () => void {
  const forget = new AbortController();
  void clock.sleep(ms, AbortSignal.any([signal, forget.signal])).then(() => { controller.abort(new Error('the backlog takes too long')); }, () => undefined);
  return () => { forget.abort(); };
}

function tooMuch({ late, due }: OpenRung): boolean {
  return late > Math.max(1, lateShare * due);
}

function rungOf({ rateRps, due, lag, client, sent, server }: OpenRung): CalibrationRung {
  const ms = (buckets: Buckets, p: number): number => (buckets.percentile(p) ?? 0) / 1000;
  return {
    rateRps, due, ended: lag.n,
    lagMs: { p50: ms(lag, 50), p99: ms(lag, 99) },
    clientMs: { p50: ms(client, 50), p95: ms(client, 95) },
    sentMs: { p50: ms(sent, 50), p95: ms(sent, 95) },
    serverMs: middle(server.save()['total']),
  };
}

function middle(saved: SavedHistogram | undefined): { p50: number; p95: number } | null {
  const histogram = saved === undefined ? null : readHistogram(saved);
  if (histogram === null || histogram.n === 0) return null;
  const at = (share: number): number => valueAtRank(histogram, nearestRank(share, histogram.n)) / 1000;
  return { p50: at(0.5), p95: at(0.95) };
}
