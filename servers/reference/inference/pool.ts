import { InferenceError } from './error.js';
import { tokensOf, type BatchResult, type EncodedText } from './types.js';
import type { WorkerProcess } from './worker-process.js';

/** Processes that take batches first in, first out, and are replaced when they die. */
export interface Pool {
  /** When `signal` aborts while the batch runs, its process is killed and replaced. */
  run(batch: EncodedText[], signal?: AbortSignal): Promise<BatchResult>;
  rssBytes(): number;
  readonly crashed: Promise<Error>;
  close(): Promise<void>;
}

export interface PoolOptions {
  workers: number;
  /** Length of a row: of a vector, or of a pair's logits. */
  hidden: number;
  /** Token ids must lie below it. */
  vocabSize: number;
  maxTokens: number;
  start: () => Promise<WorkerProcess>;
  log: (message: string) => void;
  /** Milliseconds of a steady clock. */
  nowMs?: () => number;
}

interface Waiting {
  batch: EncodedText[];
  signal: AbortSignal | undefined;
  resolve: (result: BatchResult) => void;
  reject: (error: Error) => void;
}

/** A process that keeps dying has a cause that another start does not cure. */
const maxRestarts = 3;
const restartWindowMs = 60_000;

/** Starts all processes at once; when one cannot start, the others are stopped and its error is thrown. */
export const startPool = async (options: PoolOptions): Promise<Pool> => {
  const { hidden, log } = options;
  const nowMs = options.nowMs ?? (() => performance.now());
  const live = new Set<WorkerProcess>();
  const idle: WorkerProcess[] = [];
  const queue: Waiting[] = [];
  const restartsMs: number[] = [];
  let busy = 0;
  let starting: Promise<void> = Promise.resolve();
  let ended: InferenceError | null = null;
  let onDrained: (() => void) | null = null;
  let reportCrash: (error: Error) => void = () => undefined;
  const crashed = new Promise<Error>((resolve) => (reportCrash = resolve));

  const refuseWaiting = (error: InferenceError): void => {
    for (const waiting of queue.splice(0)) waiting.reject(error);
  };

  const work = async (worker: WorkerProcess, { batch, signal, resolve, reject }: Waiting): Promise<void> => {
    busy += 1;
    const kill = (): void => {
      worker.kill();
    };
    signal?.addEventListener('abort', kill, { once: true });
    try {
      const { ids, lengths } = flatten(batch);
      const done = await worker.run(ids, lengths);
      // Copies, not views: a cached vector must not keep its whole batch alive.
      resolve({ vectors: batch.map((_, at) => done.vectors.slice(at * hidden, (at + 1) * hidden)), inferMs: done.inferMs });
    } catch (error) {
      // The news of its exit may still be on its way: no other batch may go to it.
      if (error instanceof InferenceError && error.code === 'worker-died') live.delete(worker);
      reject(error as Error);
    } finally {
      signal?.removeEventListener('abort', kill);
      busy -= 1;
      if (live.has(worker)) idle.push(worker);
      dispatch();
    }
  };

  const dispatch = (): void => {
    while (idle.length > 0 && queue.length > 0) {
      const worker = idle.pop();
      const waiting = queue.shift();
      if (worker && waiting) void work(worker, waiting);
    }
    if (busy === 0 && queue.length === 0) onDrained?.();
  };

  const giveUp = (reason: string): void => {
    if (ended) return;
    ended = new InferenceError('worker-died', reason, 'The log holds the last words of the processes; too little memory is the usual cause.');
    refuseWaiting(ended);
    reportCrash(ended);
    dispatch();
  };

  const replace = async (reason: string): Promise<void> => {
    const now = nowMs();
    while (restartsMs[0] !== undefined && now - restartsMs[0] > restartWindowMs) restartsMs.shift();
    if (restartsMs.length >= maxRestarts) {
      return giveUp(`inference processes died ${maxRestarts + 1} times within a minute; the last one ${reason}`);
    }
    restartsMs.push(now);
    log(`an inference process ${reason}; it is started again (${restartsMs.length} of ${maxRestarts} within a minute)`);
    try {
      await adopt();
    } catch (error) {
      giveUp(`an inference process ${reason} and could not be started again: ${(error as Error).message}`);
    }
  };

  /** While closing nobody is started again: with the last process goes what it would have done. */
  const abandonWithout = (): void => {
    if (!ended || live.size > 0) return;
    refuseWaiting(ended);
    dispatch();
  };

  const adopt = async (): Promise<void> => {
    const worker = await options.start();
    if (ended) {
      await worker.stop();
      return abandonWithout();
    }
    live.add(worker);
    idle.push(worker);
    void worker.exited.then((reason) => {
      live.delete(worker);
      const at = idle.indexOf(worker);
      if (at >= 0) idle.splice(at, 1);
      if (ended) abandonWithout();
      else starting = Promise.all([starting, replace(reason)]).then(() => undefined);
    });
    dispatch();
  };

  const stopAll = async (): Promise<void> => {
    await Promise.all([...live].map((worker) => worker.stop()));
  };

  const results = await Promise.allSettled(Array.from({ length: options.workers }, adopt));
  const failure = results.find((result) => result.status === 'rejected');
  if (failure) {
    ended = new InferenceError('closed', 'the inference did not start');
    await stopAll();
    throw failure.reason;
  }

  return {
    crashed,
    rssBytes: () => [...live].reduce((sum, worker) => sum + worker.rssBytes(), 0),
    run: (batch, signal) => {
      const wrong = findFault(batch, options);
      if (wrong) return Promise.reject(new InferenceError('batch-refused', wrong));
      if (batch.length === 0) return Promise.resolve({ vectors: [], inferMs: 0 });
      if (ended) return Promise.reject(ended);
      if (signal?.aborted === true) return Promise.reject(new InferenceError('run-failed', 'the inference was given up'));
      return new Promise((resolve, reject) => {
        queue.push({ batch, signal, resolve, reject });
        dispatch();
      });
    },
    close: async () => {
      if (!ended) {
        // Nothing new comes in; what was accepted is finished, and only then is anything stopped.
        const drained = new Promise<void>((resolve) => (onDrained = resolve));
        const accepted = queue.length > 0 || busy > 0;
        ended = new InferenceError('closed', 'the inference is being shut down');
        if (accepted) await drained;
      }
      await starting;
      await stopAll();
    },
  };
};

const flatten = (batch: EncodedText[]): { ids: Int32Array; lengths: Int32Array } => {
  const texts = batch.flatMap(({ ids, right }) => (right === undefined ? [ids] : [ids, right]));
  const ids = new Int32Array(batch.reduce((sum, text) => sum + tokensOf(text), 0));
  let to = 0;
  for (const text of texts) {
    ids.set(text, to);
    to += text.length;
  }
  return { ids, lengths: Int32Array.from(texts, (text) => text.length) };
};

/** The runtime would refuse these too, but with the whole batch and in words about tensors. */
const findFault = (batch: EncodedText[], limits: { vocabSize: number; maxTokens: number }): string | null => {
  for (const ids of batch.flatMap((text) => (text.right === undefined ? [text.ids] : [text.ids, text.right]))) {
    if (ids.length === 0) return 'a text of the batch has no tokens';
    if (ids.length > limits.maxTokens) return `a text of the batch has ${ids.length} tokens, the model takes ${limits.maxTokens}`;
    for (let at = 0; at < ids.length; at += 1) {
      const id = ids[at] ?? 0;
      if (id < 0 || id >= limits.vocabSize) return `token id ${id} is outside the vocabulary of ${limits.vocabSize}`;
    }
  }
  return null;
};
