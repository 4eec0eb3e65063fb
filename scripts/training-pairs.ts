/**
 * Writes pairs to train or judge a matcher on, as JSONL: {a, b, label, class, family, operators, hard}; label 0 not, 1 partial, 2 exact.
 *
 *   node dist/scripts/training-pairs.js --seed 1 --count 2000000 --split train --output pairs.jsonl
 *
 * --split held-out gives districts and roads that `train` never shows. --without a,b leaves out families or operators; by default
 * `train` lacks some, so that held-out pairs have what was never seen; --without none leaves out nothing.
 */
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { createTrainingPairs, loadLexicon, splits, trainingOperatorNames, type TrainingPair } from '../harness/dataset/index.js';
import { createHost } from '../harness/host/index.js';

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(2);
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        seed: { type: 'string', default: '1' },
        count: { type: 'string', default: '1000000' },
        split: { type: 'string', default: 'train' },
        without: { type: 'string' },
        output: { type: 'string', short: 'o' },
      },
    }).values;
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}
const values = readArguments();

function whole(name: 'seed' | 'count'): number {
  const value = Number(values[name]);
  if (!Number.isInteger(value) || value < 0) fail(`--${name} ${values[name]}: expected a whole number`);
  return value;
}

const split = splits.find((each) => each === values.split) ?? fail(`--split ${values.split}: expected one of ${splits.join(', ')}`);
const without = values.without === 'none' ? [] : values.without?.split(',');
for (const name of without ?? []) if (!trainingOperatorNames.includes(name)) fail(`--without ${name}: expected one of ${trainingOperatorNames.join(', ')}`);
const output = values.output ?? fail('--output FILE is missing');

const quote = (text: string): string => (/["\\\u0000-\u001f\ud800-\udfff]/.test(text) ? JSON.stringify(text) : `"${text}"`);
const lineOf = ({ a, b, label, class: name, family, operators, hard }: TrainingPair): string =>
  `{"a":${quote(a)},"b":${quote(b)},"label":${String(label)},"class":"${name}","family":"${family}","operators":["${operators.join('","')}"],"hard":${String(hard)}}\n`;

const { files } = createHost();
const pairs = createTrainingPairs({ seed: whole('seed'), count: whole('count'), split, without }, loadLexicon(files, files.packageRoot));
const sinceMs = performance.now();
const stream = createWriteStream(output);
stream.on('error', (error) => fail(`--output ${output}: ${error.message}`));
let chunk = '';
for (let index = 0; index < pairs.count; index += 1) {
  chunk += lineOf(pairs.pair(index));
  if (chunk.length < 1 << 16) continue;
  if (!stream.write(chunk)) await once(stream, 'drain');
  chunk = '';
}
stream.end(chunk);
await once(stream, 'finish');
const seconds = (performance.now() - sinceMs) / 1000;
process.stderr.write(`${String(pairs.count)} pairs in ${seconds.toFixed(1)} s, ${Math.round(pairs.count / seconds).toLocaleString('en')} a second\n`);
