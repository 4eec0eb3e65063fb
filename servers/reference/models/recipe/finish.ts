/**
 * Makes a model folder of what export.py wrote: calibrates the labels, measures both precisions as the server would run them, and
 * writes model.json and the model card README.md; the scores go to stdout as JSON.
 *
 *   node dist/servers/reference/models/recipe/finish.js cross|bi FOLDER CALIBRATION.jsonl TEST.jsonl FACTS.json
 *
 * FACTS.json holds what only the trainer knows: TrainingFacts of training-facts.ts; that of a shipped model is its training.json.
 */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashFile, loadModelFolder, type ModelCard } from '../../model/model-folder.js';
import { assess, type Assessment } from './assess.js';
import { calibrate, guess } from './calibrate.js';
import { writeCard } from './card.js';
import { readPairs } from './pairs-file.js';
import { scorePairs } from './score-pairs.js';
import type { FinishedScores, TrainingFacts } from './training-facts.js';

/** Tokens of one text; a pair has room for twice as many. */
const maxTextTokens = 96;

/** As network.py has it: what was learnt of the text, six sketches of 96, and what counts negatively. */
const vectorOfBi = { hidden: 96 + 6 * 96 + 64, negative: 64 };

const draftCard = async (kind: 'cross' | 'bi', folder: string, parameters: number): Promise<ModelCard> => {
  const every = {
    tokenizer: 'address' as const,
    sha256: await hashFile(join(folder, 'model.onnx')),
    int8Sha256: await hashFile(join(folder, 'model-int8.onnx')),
    fp16Sha256: await hashFile(join(folder, 'model-fp16.onnx')),
    vocabSha256: await hashFile(join(folder, 'vocab.txt')),
    origin: 'trained by this project on pairs of its own generator, and on nothing else: servers/reference/models/recipe',
    scoresMeaningful: true,
    parameters,
  };
  return kind === 'cross'
    ? { name: 'address-mini', kind: 'cross-encoder', ...every, maxTokens: 2 * maxTextTokens, layers: 3, hidden: 80 }
    : { name: 'address-mini-bi', kind: 'bi-encoder', pooling: 'mean', ...every, maxTokens: maxTextTokens, layers: 2, ...vectorOfBi };
};

const writeModelJson = (folder: string, card: ModelCard): void => writeFileSync(join(folder, 'model.json'), `${JSON.stringify(card, null, 2)}\n`);

const finish = async (kind: 'cross' | 'bi', folder: string, calibrationFile: string, testFile: string, factsFile: string): Promise<void> => {
  const facts = JSON.parse(readFileSync(factsFile, 'utf8')) as TrainingFacts;
  const draft = await draftCard(kind, folder, facts.parameters);
  writeModelJson(folder, draft);
  const model = await loadModelFolder(folder);
  const calibration = readPairs(calibrationFile);
  const labels = calibrate(draft.kind, await scorePairs(model, calibration), calibration.map(({ label }) => label));
  writeModelJson(folder, { ...draft, labels } as ModelCard);

  const test = readPairs(testFile);
  const fp32 = await scorePairs(model, test);
  const int8 = await scorePairs(await loadModelFolder(folder, 'int8'), test);
  const largestMove = fp32.reduce((most, score, index) => Math.max(most, ...score.raw.map((value, at) => Math.abs(value - (int8[index]?.raw[at] ?? NaN)))), 0);
  const bytes = { fp32: statSync(join(folder, 'model.onnx')).size, fp16: statSync(join(folder, 'model-fp16.onnx')).size, int8: statSync(join(folder, 'model-int8.onnx')).size };
  const flips = fp32.filter((score, index) => guess(score, labels) !== guess(int8[index] ?? score, labels)).length;
  const card = { name: draft.name, kind: draft.kind, labels, bytes, largestMove, flips, fp32: assess(test, fp32, labels), int8: assess(test, int8, labels), facts };
  writeFileSync(join(folder, 'README.md'), writeCard(card));
  const scoresOf = ({ auc, macroF1 }: Assessment): FinishedScores['fp32'] => ({ auc, macroF1 });
  const scores: FinishedScores = { fp32: scoresOf(card.fp32), int8: scoresOf(card.int8), flips };
  process.stdout.write(`${JSON.stringify(scores)}\n`);
  process.stderr.write(`${draft.name}: ${JSON.stringify({ labels, ...scores, largestMove, worst: card.fp32.byFamily.slice(0, 6) })}\n`);
};

const [, , kind, folder, calibration, test, facts] = process.argv;
if ((kind !== 'cross' && kind !== 'bi') || folder === undefined || calibration === undefined || test === undefined || facts === undefined) {
  process.stderr.write('usage: finish.js cross|bi FOLDER CALIBRATION.jsonl TEST.jsonl FACTS.json\n');
  process.exitCode = 2;
} else await finish(kind, folder, calibration, test, facts);
