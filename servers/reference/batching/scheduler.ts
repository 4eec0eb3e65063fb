import { tokensOf, type BatchResult, type EncodedText } from '../inference/types.js';
import type { Clock } from './clock.js';
import { SchedulerError } from './error.js';
import type { BatchLimits, Policy } from './policy.js';

/** What became of one text. */
export interface Computed {
  vector: Float32Array;
  enqueuedAtMs: number;
  /** When its batch left for a worker. */
  dispatchedAtMs: number;
  doneAtMs: number;
  /** Texts in its batch. */
  batchSize: number;
}

/** A text on its way. */
export interface Ticket {
  readonly done: Promise<Computed>;
  /** Takes the text out of the queue, and rejects with `cancelled`, if it has not left for a worker yet. */
  cancel(reason: DropReason): void;
  /** Somebody else wants it too, until a later moment. */
  extendDeadline(deadlineAtMs: number): void;
}

/** One batch as it ended, for the metrics. */
export interface BatchReport {
  texts: number;
  /** Tokens of the texts themselves. */
  tokens: number;
  /** Longest × texts: what the model computed. */
  paddedTokens: number;
  /** Texts that waited when it left, its own among them. */
  waited: number;
  /** What the run itself took; null when it failed. */
  inferMs: number | null;
}

export interface SchedulerOptions {
  run: (batch: EncodedText[]) => Promise<BatchResult>;
  /** Batches that may run at once. */
  workers: number;
  policy: Policy;
  limits: BatchLimits;
  /**
   * Null: a batch leaves the moment a worker is free. Else it waits until as many texts are there as a batch may hold or the oldest has
   * waited this long, whichever comes first.
   */
  windowMs?: number | null;
  /** Texts that may wait. An empty queue takes any request, or a large one could never be served. */
  maxQueue: number;
  clock: Clock;
  onBatch?: (report: BatchReport) => void;
  /** Texts that left the queue without being computed. */
  onDrop?: (reason: DropReason, texts: number) => void;
}

/** Why a text left the queue uncomputed. `not-needed`: its request was answered without it. */
export const dropReasons = ['deadline', 'client-gone', 'not-needed', 'stopped'] as const;
export type DropReason = (typeof dropReasons)[number];

export interface Scheduler {
  /** Throws SchedulerError `queue-full` when this many more texts find no room. */
  admit(texts: number): void;
  enqueue(text: EncodedText, group: number, deadlineAtMs: number): Ticket;
  /** Texts that wait. */
  waiting(): number;
  /** Texts with a worker. */
  running(): number;
  /** How long the present queue would take at the pace of the last batches, in ms; 0 before the first batch. */
  backlogMs(): number;
  /** Rejects everything that waits with `stopped`; what runs goes on. */
  stop(): void;
}

interface Entry {
  text: EncodedText;
  tokens: number;
  group: number;
  deadlineAtMs: number;
  enqueuedAtMs: number;
  resolve: (computed: Computed) => void;
  reject: (error: Error) => void;
}

/** Weight of the newest batch in the running mean of milliseconds per text. */
const paceWeight = 0.2;

/**
 * One queue in front of the workers. Without a window a batch leaves the moment a worker is free and something waits: there is no
 * delay to tune, and at low load nothing is slower than without batching. Waiting texts are then shared out evenly when several
 * workers are idle, since two workers with half the texts each are done sooner than one with all of them; a window's batch stays whole.
 */
export const createScheduler = (options: SchedulerOptions): Scheduler => {
  const { run, workers, policy, limits, maxQueue, clock, onBatch, onDrop, windowMs = null } = options;
  let queue: Entry[] = [];
  let busy = 0;
  let runningTexts = 0;
  let msPerText = 0;
  let dispatchPlanned = false;
  let disarm: (() => void) | null = null;
  let windowIsWatched = false;

  const dropLate = (): void => {
    const nowMs = clock.nowMs();
    if (!queue.some((entry) => entry.deadlineAtMs <= nowMs)) return;
    const late = queue.filter((entry) => entry.deadlineAtMs <= nowMs);
    queue = queue.filter((entry) => entry.deadlineAtMs > nowMs);
    onDrop?.('deadline', late.length);
    for (const entry of late) entry.reject(new SchedulerError('deadline', 'the deadline passed before a worker was free'));
  };

  /** A worker may stay busy past every deadline, so a timer watches the queue too. */
  const watchDeadlines = (): void => {
    if (disarm !== null || queue.length === 0) return;
    const earliest = queue.reduce((least, entry) => Math.min(least, entry.deadlineAtMs), Infinity);
    if (earliest === Infinity) return;
    disarm = clock.after(Math.max(1, Math.ceil(earliest - clock.nowMs())), () => {
      disarm = null;
      dropLate();
      watchDeadlines();
    });
  };

  const runBatch = async (batch: Entry[], waited: number): Promise<void> => {
    const dispatchedAtMs = clock.nowMs();
    const tokens = batch.reduce((sum, entry) => sum + entry.tokens, 0);
    const paddedTokens = batch.length * batch.reduce((most, entry) => Math.max(most, entry.tokens), 0);
    let inferMs: number | null = null;
    try {
      const result = await run(batch.map((entry) => entry.text));
      if (result.vectors.length !== batch.length) {
        throw new Error(`the model gave ${result.vectors.length} vectors for ${batch.length} texts`);
      }
      inferMs = result.inferMs;
      const doneAtMs = clock.nowMs();
      const pace = (doneAtMs - dispatchedAtMs) / batch.length;
      msPerText = msPerText === 0 ? pace : msPerText + paceWeight * (pace - msPerText);
      batch.forEach((entry, index) => {
        const vector = result.vectors[index];
        if (vector === undefined) return;
        entry.resolve({ vector, enqueuedAtMs: entry.enqueuedAtMs, dispatchedAtMs, doneAtMs, batchSize: batch.length });
      });
    } catch (error) {
      const reason = error instanceof Error ? error : new Error(String(error));
      for (const entry of batch) entry.reject(reason);
    }
    busy -= 1;
    runningTexts -= batch.length;
    onBatch?.({ texts: batch.length, tokens, paddedTokens, waited, inferMs });
    dispatch();
  };

  /** How long the window of the oldest text stays open; 0 = its batch may leave. */
  const openForMs = (): number => {
    const oldest = queue[0];
    if (windowMs === null || oldest === undefined || queue.length >= limits.maxBatch) return 0;
    return Math.max(0, oldest.enqueuedAtMs + windowMs - clock.nowMs());
  };

  const watchWindow = (): void => {
    // What waits here has a window that was open a moment ago. It may have closed since: a timer can come a fraction of a millisecond early.
    if (windowMs === null || windowIsWatched || busy === workers || queue.length === 0) return;
    windowIsWatched = true;
    clock.after(Math.max(1, Math.ceil(openForMs())), () => {
      windowIsWatched = false;
      dispatch();
    });
  };

  const dispatch = (): void => {
    dispatchPlanned = false;
    dropLate();
    while (busy < workers && queue.length > 0 && openForMs() === 0) {
      const evenShare = windowMs === null ? Math.ceil(queue.length / (workers - busy)) : Infinity;
      const waited = queue.length;
      const chosen = policy(queue, { ...limits, maxBatch: Math.min(limits.maxBatch, evenShare) });
      const taken = new Set(chosen);
      const batch = queue.filter((_, index) => taken.has(index));
      queue = queue.filter((_, index) => !taken.has(index));
      busy += 1;
      runningTexts += batch.length;
      void runBatch(batch, waited);
    }
    watchDeadlines();
    watchWindow();
  };

  return {
    admit: (texts) => {
      if (queue.length > 0 && queue.length + texts > maxQueue) {
        throw new SchedulerError('queue-full', `${queue.length} texts wait already, ${maxQueue} may`);
      }
    },
    enqueue: (text, group, deadlineAtMs) => {
      const { promise, resolve, reject } = withResolvers();
      const entry: Entry = { text, tokens: tokensOf(text), group, deadlineAtMs, enqueuedAtMs: clock.nowMs(), resolve, reject };
      queue.push(entry);
      if (!dispatchPlanned) {
        // After the current tick, so that the texts of one request are seen together.
        dispatchPlanned = true;
        queueMicrotask(dispatch);
      }
      return {
        done: promise,
        cancel: (reason) => {
          const index = queue.indexOf(entry);
          if (index < 0) return;
          queue.splice(index, 1);
          onDrop?.(reason, 1);
          entry.reject(new SchedulerError('cancelled', 'nobody waits for the answer any more'));
        },
        extendDeadline: (laterMs) => {
          entry.deadlineAtMs = Math.max(entry.deadlineAtMs, laterMs);
        },
      };
    },
    waiting: () => queue.length,
    running: () => runningTexts,
    backlogMs: () => (queue.length * msPerText) / workers,
    stop: () => {
      const stopped = queue;
      queue = [];
      if (stopped.length > 0) onDrop?.('stopped', stopped.length);
      for (const entry of stopped) entry.reject(new SchedulerError('stopped', 'the server is stopping'));
    },
  };
};

const withResolvers = (): {
  promise: Promise<Computed>;
  resolve: (computed: Computed) => void;
  reject: (error: Error) => void;
} => {
  let resolve: (computed: Computed) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<Computed>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
};
