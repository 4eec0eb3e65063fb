/**
 * The simulated engine: a queue on a virtual clock, without network or process. Exact expectations follow.
 *
 *   closed   constant service, no think time, c servers, N users: throughput X = min(N / S, c / S); one server for each user and
 *            USL terms: X(N) = N / (S·(1 + σ(N−1) + κN(N−1))) (Gunther 1993)
 *   open     Poisson arrivals at λ, one server, ρ = λS < 1: mean latency S/(1 − ρ) with exponential service (M/M/1), and
 *            S + ρS/(2(1 − ρ)) with constant service (M/D/1; Kleinrock 1975, §3.2 and §5.6)
 *
 *   offline  constant service, c servers, k in flight: P pairs of batches of b take ⌈⌈P/b⌉ / min(k, c)⌉ · b·S where all batches are full: a batch takes as long
 *            as its pairs one after the other, so batching gains nothing
 *
 * Its rows go through the same fold as those of the real engines. First come, first served; a request's service time is fixed
 * when its service begins, by the number then in service.
 */
import type { Context } from '../host/index.js';
import type { ServerPlan } from '../model/plan.js';
import { createRandom, mixSeed } from '../model/random.js';
import type { StageResult } from '../model/record.js';
import { pairsIn } from '../model/request.js';
import { workersOf } from '../model/stage.js';
import { createCollector } from './collect.js';
import type { DriveOptions, Engine } from './engine.js';
import { createMoments } from './moments.js';
import { createPace, firstPauseMs, type Pace } from './pace.js';
import { emptyResult, stageResult, type Drive } from './result.js';
import type { RequestRow } from './row.js';
import { stageSchedule } from './schedule.js';

export type SimulatedServer = Extract<ServerPlan, { kind: 'simulated' }>;

/** The virtual clock of one run: stages follow each other on it. */
export function createSimulated(server: SimulatedServer, why: string): Engine {
  let freeFromMs = 0;
  let breathedAtMs = -Infinity;
  return {
    name: 'simulated',
    version: '1',
    why,
    drive: async (options, ctx) => {
      const { clock } = ctx.host;
      // By time, and over all stages: many short ones in a row would hold the event loop as long as one long one.
      const breathe = async (): Promise<void> => {
        if (clock.nowMs() - breathedAtMs < longestHoldMs) return;
        await clock.sleep(0);
        breathedAtMs = clock.nowMs();
      };
      await breathe();
      const spawnedAtMs = Math.max(freeFromMs, ctx.sinceStartMs());
      const result = await simulate(server, options, { spawnedAtMs, breathe }, ctx);
      freeFromMs = result.endedAtMs;
      return result;
    },
  };
}

/** Computing goes on for about this long at most before timers and signals have their turn. */
const longestHoldMs = 20;
/** Virtual events between two looks at the clock. */
const eventsPerLook = 64;

interface Turn {
  spawnedAtMs: number;
  /** Lets the event loop turn when its time has come. */
  breathe(): Promise<void>;
}

async function simulate(server: SimulatedServer, options: DriveOptions, { spawnedAtMs, breathe }: Turn, ctx: Context): Promise<StageResult> {
  const { stage, target, bodies } = options;
  const users = workersOf(stage.arrival);
  const schedule = stageSchedule(stage, target.timeoutS, options.seed, options.momentsMs);
  const drive: Drive = {
    stage, engine: 'simulated', status: 'completed', why: null, spawnedAtMs, toRunMs: spawnedAtMs, counted: 0, dropped: 0, loopLag: null, eventLoopUse: null,
    clockStepMs: 0, messages: [], exitCode: null,
  };
  if (ctx.signal.aborted) return emptyResult({ ...drive, status: 'interrupted', why: 'The run was interrupted.' }, spawnedAtMs);

  const collector = createCollector({ ...options, request: target.request, startMs: 0, schedule });
  const seed = mixSeed(options.seed, stage.index);
  const dice = createRandom(mixSeed(seed, users));
  const { arrival } = stage;
  const requests = arrival.kind === 'offline' ? arrival.requests : null;
  const paces = arrival.kind === 'closed' ? Array.from({ length: users }, (_, user) => createPace(seed, user, arrival.thinkMs)) : null;
  const seqs = new Uint32Array(users);
  const begunMs = new Float64Array(users);
  const tickets = new Float64Array(users);
  /** Requests of the schedule that a worker has taken. */
  let taken = 0;
  // One event a user: it begins a request, or its service ends.
  const moments = createMoments(users);
  const served = new Uint8Array(users);
  /** Users who wait, oldest first: a ring, for no more than all of them can wait. */
  const queue = new Uint32Array(users);
  let oldest = 0;
  let waiting = 0;
  let inService = 0;
  let ticket = options.firstTicket ?? 0;
  const row: RequestRow = { user: 0, seq: 0, ticket: 0, startMs: 0, endMs: 0, dueMs: 0, latencyUs: 0, pauseMs: 0, status: 0, fault: '', score: NaN, scores: [], batch: 0, cache: '', degraded: false, bytes: new Uint8Array(0), timingFrom: 0, timingTo: 0 };

  const serve = (user: number, nowMs: number): void => {
    inService += 1;
    const slowdown = 1 + server.sigma * (inService - 1) + server.kappa * inService * (inService - 1);
    const serviceMs = pairsIn(bodies, (tickets[user] as number) % bodies.count) * server.serviceMs * slowdown * (server.exponential ? -Math.log(1 - dice.next()) : 1);
    served[user] = 1;
    moments.set(user, nowMs + serviceMs);
  };
  const answer = (user: number, nowMs: number): void => {
    const body = (tickets[user] as number) % bodies.count;
    const refuses = bodies.pairsEach === undefined && bodies.expectations[body]?.expect === 'reject';
    const fails = server.errorShare > 0 && dice.chance(server.errorShare);
    row.user = user;
    row.seq = seqs[user] as number;
    row.ticket = tickets[user] as number;
    row.startMs = begunMs[user] as number;
    row.endMs = nowMs;
    row.latencyUs = Math.round((nowMs - row.startMs) * 1000);
    row.pauseMs = paces === null ? 0 : (paces[user] as Pace).next(false);
    row.status = fails ? 503 : refuses ? 400 : 200;
    const scoreOf = (pair: number): number => options.golden.get(pair) ?? target.request.scoreRange[1];
    const { pairsEach } = bodies;
    row.scores = row.status !== 200 || pairsEach === undefined ? [] : Array.from({ length: pairsIn(bodies, body) }, (_, i) => scoreOf(body * pairsEach + i));
    row.score = row.status === 200 && pairsEach === undefined ? scoreOf(body) : NaN;
    const { pauseMs } = row;
    collector.add(row);
    seqs[user] = (seqs[user] as number) + 1;
    if (schedule === null) moments.set(user, nowMs + pauseMs);
    else take(user, schedule, nowMs);
  };
  /** The worker takes the next request of the schedule and waits for its moment; one that has passed begins at once. */
  const take = (user: number, due: Float64Array, nowMs: number): void => {
    tickets[user] = ticket;
    moments.set(user, taken < due.length ? Math.max(nowMs, due[taken] as number) : Infinity);
    ticket += 1;
    taken += 1;
  };

  for (let user = 0; user < users; user += 1) {
    if (schedule === null) moments.set(user, firstPauseMs({ seed, users, warmupS: stage.warmupS, requests }, user));
    else take(user, schedule, 0);
  }
  for (let events = 1; ; events += 1) {
    const user = moments.next();
    const nowMs = moments.at(user);
    if (nowMs >= collector.window.toMs && collector.window.settled()) break;
    if (served[user] === 1) {
      served[user] = 0;
      inService -= 1;
      answer(user, nowMs);
      if (waiting > 0) {
        serve(queue[oldest] as number, nowMs);
        oldest = (oldest + 1) % users;
        waiting -= 1;
      }
    } else if (schedule === null && ticket >= (requests ?? Infinity)) {
      // All there was has been sent.
      moments.set(user, Infinity);
    } else {
      begunMs[user] = nowMs;
      if (schedule === null) {
        tickets[user] = ticket;
        ticket += 1;
      }
      if (inService < server.parallel) serve(user, nowMs);
      else {
        moments.set(user, Infinity);
        queue[(oldest + waiting) % users] = user;
        waiting += 1;
      }
    }
    if (events % eventsPerLook === 0) {
      await breathe();
      if (ctx.signal.aborted) {
        drive.status = 'interrupted';
        drive.why = 'The run was interrupted.';
        collector.window.closeAt(nowMs);
        break;
      }
    }
  }
  const collected = collector.finish();
  return stageResult({ ...drive, counted: collected.rows }, collected);
}
