/** Counts of the window: by outcome, status, class, abnormal kind, and answers against their golden score. Of requests with several pairs, classes and answers are counted by pair. */
import type { StageResult } from '../model/record.js';
import { pairsIn, type BodySet, type RequestPlan } from '../model/request.js';
import { scoresOf, type Outcome } from './judge-answer.js';
import type { RequestRow } from './row.js';
import { createSentCounter } from './sent.js';

type ClassCounts = Omit<StageResult['byClass'][string], 'p50Ms' | 'p95Ms'>;

export interface Tally {
  /** Index of the body's class, for the latency store; 0 of a body with several pairs, whose latency is no class's. */
  classIndex(body: number): number;
  /** Adds a request that started in the window. */
  add(row: Readonly<RequestRow>, body: number, outcome: Outcome): void;
  classes: readonly string[];
  byClass: readonly ClassCounts[];
  save(): Pick<StageResult, 'errors' | 'statuses' | 'byAbnormalKind' | 'answers' | 'batch' | 'cache' | 'degraded' | 'sent'> & { completed: number; failed: number; timedOut: number; failedSumUs: number };
}

export interface TallyOptions {
  bodies: BodySet;
  golden: ReadonlyMap<number, number>;
  tolerance: number;
  request: RequestPlan;
}

/** Empty counts over these bodies. `golden`: score by body; an answer under load that is further from it than `tolerance` has moved. */
export function createTally({ bodies, golden, tolerance, request }: TallyOptions): Tally {
  const { pairsEach } = bodies;
  const classes = [...new Set(bodies.expectations.map((body) => body.class))];
  const indexOf = new Map(classes.map((name, index) => [name, index]));
  const classOf = Uint8Array.from(bodies.expectations, (body) => indexOf.get(body.class) ?? 0);
  const goldenOf = new Float64Array(bodies.expectations.length).fill(NaN);
  for (const [pair, score] of golden) goldenOf[pair] = score;
  const byClass = classes.map((): ClassCounts => ({ started: 0, completed: 0, failed: 0, rejected: 0, checked: 0, flips: 0 }));
  const sent = createSentCounter(bodies);
  const byAbnormalKind: StageResult['byAbnormalKind'] = {};
  const errors: Record<string, number> = {};
  const statuses = new Uint32Array(1000);
  const total = { completed: 0, failed: 0, timedOut: 0, failedSumUs: 0 };
  const answers = { checked: 0, flips: 0, moved: 0, maxDelta: 0 };
  const batch = { n: 0, sum: 0, max: 0 };
  let degraded = 0;
  const cache = { hit: 0, partial: 0, miss: 0 };

  const compare = (score: number, pair: number): void => {
    const before = goldenOf[pair] as number;
    if (Number.isNaN(before) || Number.isNaN(score)) return;
    const counts = byClass[classOf[pair] as number] as ClassCounts;
    const delta = Math.abs(score - before);
    answers.checked += 1;
    counts.checked += 1;
    if (delta > tolerance) answers.moved += 1;
    if (delta > answers.maxDelta) answers.maxDelta = delta;
    if (score >= request.threshold !== before >= request.threshold) {
      answers.flips += 1;
      counts.flips += 1;
    }
  };
  const addPair = (pair: number, outcome: Outcome): void => {
    const counts = byClass[classOf[pair] as number] as ClassCounts;
    counts.started += 1;
    sent.add(pair);
    if (!outcome.completed) counts.failed += 1;
    else {
      counts.completed += 1;
      if (outcome.rejected) counts.rejected += 1;
    }
  };
  const addPairs = (row: Readonly<RequestRow>, body: number, each: number, outcome: Outcome): void => {
    const scores = scoresOf(row);
    const pairs = pairsIn(bodies, body);
    for (let i = 0; i < pairs; i += 1) {
      addPair(body * each + i, outcome);
      if (outcome.completed && !outcome.rejected) compare(scores[i] as number, body * each + i);
    }
  };

  return {
    classes,
    byClass,
    classIndex: (body) => (pairsEach === undefined ? (classOf[body] as number) : 0),
    add: (row, body, outcome) => {
      if (pairsEach === undefined) addPair(body, outcome);
      else addPairs(row, body, pairsEach, outcome);
      if (row.status > 0 && row.status < 1000) statuses[row.status] = (statuses[row.status] as number) + 1;
      const kind = pairsEach === undefined ? bodies.expectations[body]?.kind : undefined;
      if (kind !== undefined) addKind(byAbnormalKind, kind, row.status, outcome);
      if (!outcome.completed) {
        total.failed += 1;
        total.failedSumUs += row.latencyUs;
        if (outcome.kind === 'timeout') total.timedOut += 1;
        errors[outcome.kind] = (errors[outcome.kind] ?? 0) + 1;
        return;
      }
      total.completed += 1;
      if (pairsEach === undefined && !outcome.rejected) compare(row.score, body);
      if (row.batch > 0) {
        batch.n += 1;
        batch.sum += row.batch;
        batch.max = Math.max(batch.max, row.batch);
      }
      if (row.degraded) degraded += 1;
      if (row.cache === 'h') cache.hit += 1;
      else if (row.cache === 'p') cache.partial += 1;
      else if (row.cache === 'm') cache.miss += 1;
    },
    save: () => ({
      ...total,
      errors,
      statuses: Object.fromEntries(Array.from(statuses.entries()).filter(([, n]) => n > 0).map(([status, n]) => [String(status), n])),
      byAbnormalKind,
      answers: { ...answers, maxDelta: answers.checked === 0 ? null : answers.maxDelta },
      batch: batch.n === 0 ? null : { n: batch.n, mean: batch.sum / batch.n, max: batch.max },
      cache: cache.hit + cache.partial + cache.miss === 0 ? null : cache,
      degraded,
      ...sent.save(),
    }),
  };
}

function addKind(kinds: StageResult['byAbnormalKind'], kind: string, status: number, outcome: Outcome): void {
  const counts = (kinds[kind] ??= { started: 0, asExpected: 0, statuses: {}, timedOut: 0 });
  counts.started += 1;
  if (outcome.completed) counts.asExpected += 1;
  else if (outcome.kind === 'timeout') counts.timedOut = (counts.timedOut ?? 0) + 1;
  const name = String(status);
  counts.statuses[name] = (counts.statuses[name] ?? 0) + 1;
}
