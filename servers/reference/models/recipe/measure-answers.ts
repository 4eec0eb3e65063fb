/**
 * How right a model folder answers labelled pairs, and how fast, in one thread: `node dist/servers/reference/models/recipe/measure-answers.js FOLDER
 * PAIRS.jsonl… [--precision fp32|int8] [--passes N] [--block N]`. Pairs are those of `mgeo-bench dataset make`. Prints a line of JSON after each block:
 *
 *   pass, pairs      which time over all pairs, from 1; pairs scored so far in it
 *   right            share of them whose label is one of those expected
 *   auc              exact against not, where there is but one label
 *   block_s, pairs_s time of this block, s; pairs a second in it
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { precisions } from '../../inference/types.js';
import { loadModelFolder } from '../../model/model-folder.js';
import { guess } from './calibrate.js';
import { openScorer, type PairScore } from './score-pairs.js';
import { auc } from './yardstick.js';

const names = ['not', 'partial', 'exact'] as const;

interface DatasetPair {
  index: number;
  a: string;
  b: string;
  expected: readonly (typeof names)[number][];
}

const usage = 'usage: measure-answers.js FOLDER PAIRS.jsonl… [--precision fp32|int8] [--passes N] [--block N]\n';

/** Of all files together, in the order of their numbers: each block has pairs of every file. */
const readDataset = (files: readonly string[]): DatasetPair[] =>
  files.flatMap((file) => readFileSync(resolve(file), 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as DatasetPair)).sort((x, y) => x.index - y.index);

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

const measure = async (folder: string, files: readonly string[], precision: (typeof precisions)[number], passes: number, block: number): Promise<void> => {
  const model = await loadModelFolder(resolve(folder), precision);
  const { labels: rule } = model.info;
  if (rule === null) throw new Error(`${folder} has no rule for labels`);
  const score = await openScorer(model);
  const pairs = readDataset(files);
  process.stderr.write(`${model.info.name}, ${precision}: ${String(pairs.length)} pairs of ${String(files.length)} files\n`);
  for (let pass = 1; pass <= passes; pass += 1) {
    const seen: { pair: DatasetPair; score: PairScore }[] = [];
    for (let from = 0; from < pairs.length; from += block) {
      const part = pairs.slice(from, from + block);
      const startMs = performance.now();
      const scores = await score(part);
      const blockS = (performance.now() - startMs) / 1000;
      part.forEach((pair, at) => { seen.push({ pair, score: scores[at] as PairScore }); });
      const right = seen.filter(({ pair, score: one }) => pair.expected.includes(names[guess(one, rule) as 0 | 1 | 2])).length / seen.length;
      const ends = seen.filter(({ pair: { expected } }) => expected.length === 1 && expected[0] !== 'partial');
      const area = auc(ends.map(({ score: one }) => one.similarity), (index) => ends[index]?.pair.expected[0] === 'exact');
      process.stdout.write(`${JSON.stringify({ pass, pairs: seen.length, right: rounded(right, 5), auc: Number.isNaN(area) ? null : rounded(area, 5), block_s: rounded(blockS, 4), pairs_s: rounded(part.length / blockS, 1) })}\n`);
    }
  }
};

const { values, positionals: [folder, ...files] } = parseArgs({
  allowPositionals: true,
  options: { precision: { type: 'string', default: 'fp32' }, passes: { type: 'string', default: '1' }, block: { type: 'string', default: '500' } },
});
const precision = precisions.find((name) => name === values.precision);
const [passes, block] = [Number(values.passes), Number(values.block)];
if (folder === undefined || files.length === 0 || precision === undefined || !(Number.isInteger(passes) && passes > 0) || !(Number.isInteger(block) && block > 0)) {
  process.stderr.write(usage);
  process.exitCode = 2;
} else await measure(folder, files, precision, passes, block);
