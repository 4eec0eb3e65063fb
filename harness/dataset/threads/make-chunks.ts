import type { Host, Thread } from '../../host/index.js';
import type { DatasetPlan } from '../../model/dataset.js';
import type { Dataset } from '../create.js';
import { formatHeader, formatPages, type PairFormat } from '../format.js';
import type { Lines, MakerOrder } from './maker.js';

/** Whole lines, and how many pairs there are up to their end. */
export interface Chunk {
  lines: string | Uint8Array;
  pairs: number;
}

/** Fewer pairs are made before a thread has read the lexicon and its code is warm. */
const fewestForThreads = 200_000;
/** Each thread holds a lexicon, and one writer takes no more than so many give. */
const mostThreads = 4;
/** Pairs of one chunk of a thread: some milliseconds of work, some 300 kB. */
const chunkPairs = 500;
/** Chunks that are asked for or wait to be taken, for each thread: none idles while one is slow, and memory stays flat. */
const chunksAhead = 4;

/**
 * The dataset as lines in the order of its pairs, made by as many threads as the machine has cores where there are many pairs; the bytes
 * are the same, since a pair depends on its number alone. Pairs of the user's own are read by this thread.
 * @param dataset made of `plan`
 * @param threads how many, else what fits the machine and the count; 0 = this thread alone
 */
export async function* makeChunks(plan: DatasetPlan, dataset: Dataset, format: PairFormat, host: Host, threads = threadsFor(plan, dataset, host.machine.cores)): AsyncGenerator<Chunk> {
  const header = formatHeader(format);
  if (header !== '') yield { lines: header, pairs: 0 };
  if (threads > 0) yield* chunksOfThreads(plan, dataset.count, format, host, threads);
  else for (const { text, pairs } of formatPages(dataset, format)) yield { lines: text, pairs };
}

/** On one core threads would only take turns. */
const threadsFor = (plan: DatasetPlan, { count }: Dataset, cores: number): number =>
  plan.own !== undefined || count < fewestForThreads || cores < 2 ? 0 : Math.min(cores, mostThreads);

async function* chunksOfThreads(plan: DatasetPlan, count: number, format: PairFormat, host: Host, wanted: number): AsyncGenerator<Chunk> {
  const order: MakerOrder = { plan, format };
  const threads = Array.from({ length: wanted }, () => host.threads.start('harness/dataset/threads/maker.js', order));
  const asked: { pairs: number; lines: Promise<Uint8Array> }[] = [];
  let next = 0;
  const ask = (thread: Thread): void => {
    if (next >= count) return;
    const question: Lines = { first: next, end: Math.min(next + chunkPairs, count) };
    const lines = thread.ask(question);
    // Heard when its turn comes; until then it is nobody's.
    lines.catch(() => undefined);
    next = question.end;
    asked.push({ pairs: next, lines });
  };
  try {
    for (let ahead = 0; ahead < chunksAhead; ahead += 1) for (const thread of threads) ask(thread);
    for (let oldest = asked.shift(); oldest !== undefined; oldest = asked.shift()) {
      const lines = await oldest.lines;
      ask(threads.reduce((least, thread) => (thread.waiting() < least.waiting() ? thread : least)));
      yield { lines, pairs: oldest.pairs };
    }
  } finally {
    await Promise.all(threads.map((thread) => thread.stop()));
  }
}
