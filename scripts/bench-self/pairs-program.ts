/** Makes pairs on one thread. argv: how many pairs, and `write` (JSONL to nowhere) or `count` (what `dataset stats` counts of pairs that are made already). */
import { collectFigures, createDataset, createTokenCounter, formatPairs, loadLexicon, vocabularyPath, type Dataset } from '../../harness/dataset/index.js';
import { createHost } from '../../harness/host/index.js';
import type { AddressPair } from '../../harness/model/dataset.js';

export interface WorkedPairs {
  pairs: number;
  /** Of the work that is named alone: writing with making, counting without. */
  seconds: number;
  /** Resident memory at 10 % and at 100 %. */
  rssMiB: [number, number];
}

const { files } = createHost();
const each = Math.floor(Number(process.argv[2] ?? '0') / 4);
const dataset = createDataset({ seed: 7, mix: { high: each, low: each, boundary: each, noisy: each, abnormal: 0 } }, loadLexicon(files, files.packageRoot));
const rssMiB = (): number => process.memoryUsage.rss() / 2 ** 20;

async function write({ count }: Dataset): Promise<WorkedPairs> {
  const nowhere = files.writer('/dev/null');
  const sinceMs = performance.now();
  let pairs = 0;
  let early = NaN;
  for (const text of formatPairs(dataset, 'jsonl')) {
    await nowhere.write(text);
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) pairs += 1;
    if (Number.isNaN(early) && pairs >= count / 10) early = rssMiB();
  }
  await nowhere.close();
  return { pairs, seconds: (performance.now() - sinceMs) / 1000, rssMiB: [early, rssMiB()] };
}

/** Pairs that are made before the clock runs: few enough to stay in memory, many enough for the clock. */
const atOnce = 10_000;

function count({ count: all, pair }: Dataset): WorkedPairs {
  const figures = collectFigures(dataset, createTokenCounter(files.readText(`${files.packageRoot}/${vocabularyPath}`)));
  let pairs = 0;
  let seconds = 0;
  let early = NaN;
  while (pairs < all) {
    const made: AddressPair[] = [];
    for (; made.length < atOnce && pairs < all; pairs += 1) made.push(pair(pairs));
    const sinceMs = performance.now();
    for (const one of made) figures.add(one);
    seconds += (performance.now() - sinceMs) / 1000;
    if (Number.isNaN(early) && pairs >= all / 10) early = rssMiB();
  }
  figures.finish();
  return { pairs, seconds, rssMiB: [early, rssMiB()] };
}

process.stdout.write(`${JSON.stringify(process.argv[3] === 'count' ? count(dataset) : await write(dataset))}\n`);
