import type { RowFields } from '../../harness/load/row-text.js';
import type { RequestRow } from '../../harness/load/row.js';
import type { BodyExpectation, RequestPlan } from '../../harness/model/request.js';
import type { Stage } from '../../harness/model/stage.js';
import type { SpikeArrival } from '../../harness/model/stage-shapes.js';

export const requestPlan: RequestPlan = {
  format: 'similarity', method: 'POST', path: '/similarity', headers: { 'content-type': 'application/json' }, body: '{"addr1":{{a}},"addr2":{{b}}}',
  keys: { left: 'addr1', right: 'addr2' }, scorePath: ['similarity'], scoreRange: [0, 1], threshold: 0.5,
};

/** A measured stage of `users`, with what the test changes. */
export function stageOf(users: number, part: Partial<Omit<Stage, 'arrival'>> & { thinkMs?: [number, number] } = {}): Stage {
  const { thinkMs = [0, 0], ...rest } = part;
  return { index: 0, name: 's', role: 'measure', arm: '', repeat: 0, warmupS: 0, durationS: 1, minRequests: null, arrival: { kind: 'closed', users, thinkMs }, ...rest };
}

/** The same, ended by so many requests: whatever the machine gives it, it has them. */
export function countedStageOf(users: number, minRequests: number, part: { thinkMs?: [number, number] } = {}): Stage {
  return stageOf(users, { ...part, durationS: 50, minRequests });
}

/** A measured stage of open load. */
export function openStageOf(rateRps: number, part: Partial<Omit<Stage, 'arrival'>> & { process?: 'poisson' | 'constant'; inFlight?: number } = {}): Stage {
  const { process = 'poisson', inFlight = 100, ...rest } = part;
  return { ...stageOf(1, rest), arrival: { kind: 'open', rateRps, process, inFlight } };
}

/** A measured stage of bursts; its window holds them all. */
export function burstStageOf(requests: number, part: { everyS?: number; repeats?: number; warmupS?: number } = {}): Stage {
  const { everyS = 1, repeats = 1, warmupS = 0 } = part;
  return { ...stageOf(1, { warmupS, durationS: everyS * repeats }), arrival: { kind: 'burst', requests, everyS, repeats } };
}

export function expectAnswers(count: number, className = 'high'): BodyExpectation[] {
  return Array.from({ length: count }, () => ({ class: className, expect: 'answer' }));
}

/** A row as an engine would have sent it: answered with 0.75 unless the test says otherwise. */
export function rowOf(part: Partial<Omit<RowFields, 'latencyMs' | 'batch' | 'score' | 'degraded'>> & { degraded?: boolean; score?: number; scores?: number[]; startMs: number; endMs: number; latencyMs?: number; batch?: number }): RequestRow {
  const timing = new TextEncoder().encode(part.timing ?? '');
  return {
    user: part.user ?? 0, seq: part.seq ?? 0, ticket: part.ticket ?? 0, startMs: part.startMs, endMs: part.endMs, dueMs: part.startMs,
    latencyUs: Math.round((part.latencyMs ?? part.endMs - part.startMs) * 1000), pauseMs: part.pauseMs ?? 0, status: part.status ?? 200, fault: part.fault ?? '',
    score: part.score ?? (part.scores === undefined ? 0.75 : NaN), scores: part.scores ?? [], batch: part.batch ?? 0, cache: part.cache ?? '', degraded: part.degraded ?? false, bytes: timing, timingFrom: 0, timingTo: timing.length,
  };
}

/** A measured stage of a spike, constant gaps; 100 at a time, p95 of 100 ms, unless the test says otherwise. */
export function spikeStageOf(part: Partial<SpikeArrival> = {}, warmupS = 0): Stage {
  const arrival: SpikeArrival = { kind: 'spike', baseRps: 20, peakRps: 100, beforeS: 5, duringS: 2, afterS: 10, process: 'constant', inFlight: 100, within: { p: 95, limitMs: 100, from: 'scenario' }, windowS: 1, ...part };
  return { ...stageOf(1, { warmupS, durationS: arrival.beforeS + arrival.duringS + arrival.afterS }), arrival };
}

/** A measured stage that replays moments, all of them in its window. */
export function replayStageOf(momentsMs: Float64Array, speed = 1, inFlight = 100): Stage {
  const durationS = (Math.floor((momentsMs.at(-1) ?? 0) / speed) + 1) / 1000;
  return { ...stageOf(1, { durationS }), arrival: { kind: 'replay', file: 'a.csv', sha256: 'ab'.repeat(32), requests: momentsMs.length, speed, rateRps: momentsMs.length / durationS, inFlight } };
}

/** A measured stage of a lot of pairs, each sent once. */
export function offlineStageOf({ pairs, batch, inFlight }: { pairs: number; batch: number; inFlight: number }, part: { durationS?: number; warmupS?: number; index?: number } = {}): Stage {
  return { ...stageOf(1, { durationS: 60, ...part }), arrival: { kind: 'offline', pairs, requests: Math.ceil(pairs / batch), batch, inFlight } };
}
