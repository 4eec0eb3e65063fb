/**
 * Folds the rows of one stage as they stream: every engine's rows go through here, so a number means the same whoever drove the
 * load. While load runs it only counts and keeps, in memory that does not grow with the number of requests; what needs sorting is done by `finish`, after
 * the stage, or in pieces of about 10 ms where a stage is long.
 */
import type { RecentLatency } from '../model/event.js';
import { mergeHistograms, saveHistogram, valueAtRank, type Histogram } from '../model/histogram.js';
import { nearestRank } from '../model/rank.js';
import type { StageResult } from '../model/record.js';
import { longestThinkMs, workersOf, type Stage } from '../model/stage.js';
import { createBuckets, type Buckets } from './bucket.js';
import { createClosedLedger } from './closed-ledger.js';
import { createDueRecorder } from './due-windows.js';
import { createExactCounts } from './exact-counts.js';
import { createJudge } from './judge-answer.js';
import type { Ledger } from './ledger.js';
import { createOfflineLedger } from './offline-ledger.js';
import { createOpenLedger } from './open-ledger.js';
import { createPairBook } from './pair-book.js';
import type { RequestRow } from './row.js';
import { createSeconds } from './seconds.js';
import { createPhaseTimes } from './server-timing.js';
import { createTally, type TallyOptions } from './tally.js';
import { createVisitors } from './visitors.js';

export interface CollectOptions extends TallyOptions {
  stage: Stage;
  /** When the load began, on the engine's clock. */
  startMs: number;
  /** Of an open load, ms since `startMs`; null or absent for closed load. */
  schedule?: Float64Array | null;
  /** Of the run. */
  seed: number;
  /** The ticket of the stage's first request (0 when absent). */
  firstTicket?: number;
  onRow?: (row: Readonly<RequestRow>) => void;
}

/** What a stage brought, without what only the driver of the engine knows. */
export interface Collected {
  measured: Pick<StageResult, 'requests' | 'latency' | 'failedSumUs' | 'errors' | 'statuses' | 'byClass' | 'byAbnormalKind' | 'answers' | 'serverTiming' | 'batch' | 'cache' | 'degraded' | 'sent' | 'timeline' | 'heatmap' | 'inFlightMean' | 'thinkMeanMs' | 'schedule' | 'dueWindows' | 'visitors' | 'pairs'>;
  rows: number;
  /** Rows that the users' own numbering says there should be. */
  numbered: number;
  /** HTTP answers over the engine's whole life. */
  answered: number;
  lagP50Ms: number | null;
  lagP99Ms: number | null;
  /** Engine clock: window opened, closed, last window request ended. */
  fromMs: number;
  toMs: number;
  lastEndMs: number;
}

export interface Collector {
  window: Ledger['window'];
  /** The row's `dueMs` is set, and its latency made to count from there. */
  add(row: RequestRow): void;
  /** End of the latest request seen, on the engine's clock. */
  latestMs(): number;
  /** For the progress display: window requests so far and their p95, and what has been answered since it was last asked. */
  live(): { completed: number; failed: number; p95Ms: number | null; recent: RecentLatency };
  finish(): Collected;
}

/** Collects the rows of one stage as the engine writes them; nothing is computed that can wait until `finish`. */
export function createCollector(options: CollectOptions): Collector {
  const { stage, bodies, onRow } = options;
  const workers = workersOf(stage.arrival);
  const ledger = ledgerOf(options);
  const { window } = ledger;
  const tally = createTally(options);
  const latencies = tally.classes.map(() => createExactCounts());
  const seconds = createSeconds(stage.durationS * 1000);
  const judge = createJudge(bodies, options.request);
  const pairs = createPairBook(stage, bodies);
  /** The window closes when so many requests have ended in it. */
  const endsAfter = stage.arrival.kind === 'offline' ? stage.arrival.requests : stage.minRequests;
  const byDue = createDueRecorder(stage);
  const visitors = createVisitors(stage);
  const phases = createPhaseTimes();
  const live = createBuckets();
  const recent = createBuckets();
  const seen = new Float64Array(workers);
  const count = { rows: 0, answered: 0, warmup: 0, ended: 0, completed: 0, failed: 0 };
  let lastEndMs = window.fromMs;
  let latestMs = options.startMs;

  return {
    window,
    add: (row) => {
      if (row.user >= workers) return;
      ledger.place(row);
      onRow?.(row);
      count.rows += 1;
      seen[row.user] = Math.max(seen[row.user] as number, row.seq + 1);
      if (row.status > 0) count.answered += 1;
      latestMs = Math.max(latestMs, row.endMs);
      const place = ledger.book(row);
      const body = row.ticket % bodies.count;
      const outcome = judge(row, body);
      visitors.add(row.user, row.startMs - window.fromMs, row.endMs - window.fromMs, outcome.completed ? row.latencyUs : null);
      if (place === 'after') return;
      const inWindow = place === 'in';

      const windowMs = window.toMs - window.fromMs;
      const endMs = row.endMs - window.fromMs;
      // Of the window, also where rounding puts it a hair beside it.
      const dueMs = inWindow ? Math.min(Math.max(0, row.dueMs - window.fromMs), windowMs - 1e-3) : row.dueMs - window.fromMs;
      seconds.add(dueMs, endMs, windowMs, outcome.completed);
      const second = seconds.secondOf(endMs, windowMs);
      if (outcome.completed && second !== null) seconds.addLatency(row.latencyUs, second);
      if (outcome.completed && inWindow) latencies[tally.classIndex(body)]?.add(row.latencyUs);
      if (!inWindow) {
        count.warmup += 1;
        return;
      }
      tally.add(row, body, outcome);
      pairs.add(row.ticket, outcome, second);
      byDue.add(dueMs, outcome.completed ? row.latencyUs : null);
      lastEndMs = Math.max(lastEndMs, row.endMs);
      count.ended += 1;
      if (outcome.completed) {
        count.completed += 1;
        live.add(row.latencyUs);
        recent.add(row.latencyUs);
        phases.add(row.bytes, row.timingFrom, row.timingTo);
      } else count.failed += 1;
      if (endsAfter !== null && count.ended === endsAfter) window.closeAt(latestMs);
    },
    latestMs: () => latestMs,
    live: () => {
      const at = (buckets: Buckets, p: number): number | null => {
        const us = buckets.percentile(p);
        return us === null ? null : us / 1000;
      };
      const latest = { p50Ms: at(recent, 50), p95Ms: at(recent, 95), p99Ms: at(recent, 99) };
      recent.clear();
      return { completed: count.completed, failed: count.failed, p95Ms: at(live, 95), recent: latest };
    },
    finish: () => {
      const open = window.openStartsMs();
      const windowMs = window.toMs - window.fromMs;
      for (const startMs of open) {
        seconds.addOpen(startMs - window.fromMs, windowMs);
        byDue.add(startMs - window.fromMs, null);
        visitors.addOpen(startMs - window.fromMs);
      }
      const dueWindows = byDue.save(windowMs);
      const histograms = latencies.map((one) => one.histogram());
      const byClock = visitors.save(windowMs);
      const { completed, failed, timedOut, failedSumUs, ...counts } = tally.save();
      const lagMs = (p: number): number | null => {
        const us = ledger.lag.percentile(p);
        return us === null ? null : us / 1000;
      };
      return {
        measured: {
          requests: { started: count.ended + open.length, completed, failed, timedOut, censored: open.length, warmup: count.warmup },
          latency: saveHistogram(mergeHistograms(histograms)),
          failedSumUs,
          ...counts,
          byClass: Object.fromEntries(tally.classes.map((name, index) => [name, { ...tally.byClass[index] as (typeof tally.byClass)[number], ...middle(bodies.pairsEach === undefined ? histograms[index] : undefined) }])),
          serverTiming: phases.save(),
          ...seconds.save(windowMs),
          thinkMeanMs: ledger.thinkMeanMs(),
          schedule: ledger.schedule(),
          ...(dueWindows === null ? {} : { dueWindows }),
          ...(byClock === null ? {} : { visitors: byClock }),
          ...pairs.save(Math.ceil(windowMs / 1000 - 1e-6)),
        },
        rows: count.rows,
        numbered: seen.reduce((sum, n) => sum + n, 0),
        answered: count.answered,
        lagP50Ms: lagMs(50),
        lagP99Ms: lagMs(99),
        fromMs: window.fromMs,
        toMs: window.toMs,
        lastEndMs,
      };
    },
  };
}

function ledgerOf({ stage, schedule, startMs, firstTicket, seed }: CollectOptions): Ledger {
  if (schedule) return createOpenLedger(stage, schedule, startMs, firstTicket ?? 0);
  if (stage.arrival.kind === 'offline') return createOfflineLedger(stage, stage.arrival.requests, startMs);
  return createClosedLedger(stage, longestThinkMs(stage.arrival) > 0, startMs, seed);
}

function middle(histogram: Histogram | undefined): { p50Ms: number | null; p95Ms: number | null } {
  const at = (share: number): number | null => (histogram === undefined || histogram.n === 0 ? null : valueAtRank(histogram, nearestRank(share, histogram.n)) / 1000);
  return { p50Ms: at(0.5), p95Ms: at(0.95) };
}
