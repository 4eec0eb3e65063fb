/** Makes pairs. argv: how many, and `write` (JSONL to nowhere, with the threads that `dataset make` takes), `write-alone` (on one thread) or `count` (what `dataset stats` counts of pairs that are made already). */
import { collectFigures, createDataset, createTokenCounter, loadLexicon, makeChunks, vocabularyPath, type Dataset } from '../../harness/dataset/index.js';
import { createHost } from '../../harness/host/index.js';
import type { AddressPair } from '../../harness/model/dataset.js';

export interface WorkedPairs {
  pairs: number;
  /** Of the work that is named alone: writing with making, counting without. */
  seconds: number;
  /** CPU time of all threads in that time. */
  cpuSeconds: number;
  /** Resident memory at 10 % and at 100 %. */
  rssMiB: [number, number];
}

const host = createHost();
const { files } = host;
const each = Math.floor(Number(process.argv[2] ?? '0') / 4);
const plan = { seed: 7, mix: { high: each, low: each, boundary: each, noisy: each, abnormal: 0 } };
const dataset = createDataset(plan, loadLexicon(files, files.packageRoot));
const rssMiB = (): number => process.memoryUsage.rss() / 2 ** 20;

const cpuSeconds = (since?: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
};

/** As `dataset make` does it: a chunk is made while the one before it is written. */
async function write(threads?: number): Promise<WorkedPairs> {
  const nowhere = files.writer('/dev/null');
  const sinceMs = performance.now();
  const since = process.cpuUsage();
  let pairs = 0;
  let early = NaN;
  let late = NaN;
  let written = Promise.resolve();
  for await (const chunk of makeChunks(plan, dataset, 'jsonl', host, threads)) {
    await written;
    written = nowhere.write(chunk.lines);
    ({ pairs } = chunk);
    if (Number.isNaN(early) && pairs >= dataset.count / 10) early = rssMiB();
    // Before the threads and their memory are gone.
    if (pairs === dataset.count) late = rssMiB();
  }
  await written;
  await nowhere.close();
  return { pairs, seconds: (performance.now() - sinceMs) / 1000, cpuSeconds: cpuSeconds(since), rssMiB: [early, late] };
}

/** Pairs that are made before the clock runs: few enough to stay in memory, many enough for the clock. */
const atOnce = 10_000;

function count({ count: all, pair }: Dataset): WorkedPairs {
  const figures = collectFigures(dataset, createTokenCounter(files.readText(`${files.packageRoot}/${vocabularyPath}`)));
  let pairs = 0;
  let seconds = 0;
  let usedSeconds = 0;
  let early = NaN;
  while (pairs < all) {
    const made: AddressPair[] = [];
    for (; made.length < atOnce && pairs < all; pairs += 1) made.push(pair(pairs));
    const sinceMs = performance.now();
    const since = process.cpuUsage();
    for (const one of made) figures.add(one);
    seconds += (performance.now() - sinceMs) / 1000;
    usedSeconds += cpuSeconds(since);
    if (Number.isNaN(early) && pairs >= all / 10) early = rssMiB();
  }
  figures.finish();
  return { pairs, seconds, cpuSeconds: usedSeconds, rssMiB: [early, rssMiB()] };
}

const work = process.argv[3];
process.stdout.write(`${JSON.stringify(work === 'count' ? count(dataset) : await write(work === 'write-alone' ? 0 : undefined))}\n`);
