/** Writes a dataset as JSONL to nowhere, on one thread. argv: how many pairs. */
import { createDataset, formatPairs, loadLexicon } from '../../harness/dataset/index.js';
import { createHost } from '../../harness/host/index.js';

export interface WrittenPairs {
  pairs: number;
  seconds: number;
  bytes: number;
  /** At 10 % and at 100 %. */
  rssMiB: [number, number];
}

const { files } = createHost();
const each = Math.floor(Number(process.argv[2] ?? '0') / 4);
const dataset = createDataset({ seed: 7, mix: { high: each, low: each, boundary: each, noisy: each, abnormal: 0 } }, loadLexicon(files, files.packageRoot));
const nowhere = files.writer('/dev/null');
const rssMiB = (): number => process.memoryUsage.rss() / 2 ** 20;
const sinceMs = performance.now();
let pairs = 0;
let bytes = 0;
let early = NaN;
for (const text of formatPairs(dataset, 'jsonl')) {
  await nowhere.write(text);
  bytes += text.length;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) pairs += 1;
  if (Number.isNaN(early) && pairs >= dataset.count / 10) early = rssMiB();
}
await nowhere.close();
const written: WrittenPairs = { pairs, bytes, seconds: (performance.now() - sinceMs) / 1000, rssMiB: [early, rssMiB()] };
process.stdout.write(`${JSON.stringify(written)}\n`);
