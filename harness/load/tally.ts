/** Counts of the window: by outcome, status, class, abnormal kind, and answers against their golden score. */
import type { StageResult } from '../model/record.js';
import type { BodySet, RequestPlan } from '../model/request.js';
import type { Outcome } from './judge-answer.js';
import type { RequestRow } from './row.js';
import { createSentCounter } from './sent.js';

type ClassCounts = Omit<StageResult['byClass'][string], 'p50Ms' | 'p95Ms'>;

export interface Tally {
  /** Index of the body's class, for the latency store. */
  classIndex(body: number): number;
  /** Adds a request that started in the window. */
  add(row: Readonly<RequestRow>, body: number, outcome: Outcome): void;
  classes: readonly string[];
  byClass: readonly ClassCounts[];
  save(): Pick<StageResult, 'errors' | 'statuses' | 'byAbnormalKind' | 'answers' | 'batch' | 'cache' | 'sent'> & { completed: number; failed: number; timedOut: number; failedSumUs: number };
}

export interface TallyOptions {
  bodies: BodySet;
  golden: ReadonlyMap<number, number>;
  tolerance: number;
  request: RequestPlan;
}

export function createTally({ bodies, golden, tolerance, request }: TallyOptions): Tally {
  const classes = [...new Set(bodies.expectations.map((body) => body.class))];
  const indexOf = new Map(classes.map((name, index) => [name, index]));
  const classOf = Uint8Array.from(bodies.expectations, (body) => indexOf.get(body.class) ?? 0);
  const goldenOf = new Float64Array(bodies.count).fill(NaN);
  for (const [body, score] of golden) goldenOf[body] = score;
  const byClass = classes.map((): ClassCounts => ({ started: 0, completed: 0, failed: 0, rejected: 0, checked: 0, flips: 0 }));
  const sent = createSentCounter(bodies);
  const byAbnormalKind: StageResult['byAbnormalKind'] = {};
  const errors: Record<string, number> = {};
  const statuses = new Uint32Array(1000);
  const total = { completed: 0, failed: 0, timedOut: 0, failedSumUs: 0 };
  const answers = { checked: 0, flips: 0, moved: 0, maxDelta: 0 };
  const batch = { n: 0, sum: 0, max: 0 };
  const cache = { hit: 0, partial: 0, miss: 0 };

  const compare = (score: number, body: number, counts: ClassCounts): void => {
    const before = goldenOf[body] as number;
    if (Number.isNaN(before) || Number.isNaN(score)) return;
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

  return {
    classes,
    byClass,
    classIndex: (body) => classOf[body] as number,
    add: (row, body, outcome) => {
      const counts = byClass[classOf[body] as number] as ClassCounts;
      counts.started += 1;
      sent.add(body);
      if (row.status > 0 && row.status < 1000) statuses[row.status] = (statuses[row.status] as number) + 1;
      const kind = bodies.expectations[body]?.kind;
      if (kind !== undefined) addKind(byAbnormalKind, kind, row.status, outcome);
      if (!outcome.completed) {
        counts.failed += 1;
        total.failed += 1;
        total.failedSumUs += row.latencyUs;
        if (outcome.kind === 'timeout') total.timedOut += 1;
        errors[outcome.kind] = (errors[outcome.kind] ?? 0) + 1;
        return;
      }
      counts.completed += 1;
      total.completed += 1;
      if (outcome.rejected) counts.rejected += 1;
      else compare(row.score, body, counts);
      if (row.batch > 0) {
        batch.n += 1;
        batch.sum += row.batch;
        batch.max = Math.max(batch.max, row.batch);
      }
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
