/**
 * `npm run train:models`: makes both models from nothing but the pinned Python packages. Downloads nothing: it takes the first Python that has
 * them, of .build/models/python, $PYTHON and python3 (3.11 or newer).
 *   --fetch-packages     makes .build/models/python and fetches the pinned packages into it, where no Python has them
 *   --only cross|bi      one of the two
 *   --steps N            steps of the model that is kept, else as the shipped one was trained; less is quicker and worse
 *   --spread-steps N     steps of the three runs that differ in the seed alone; 0 leaves them out. As many as the kept model has: it is the first of them
 *   --pairs N            different training pairs, else as many as the shipped model had
 *
 * While a model is trained, stdout has a line of JSON every 250 steps: step, loss, pairs a second. So this command can be the job of a scenario.
 * Scratch files go to .build/models; the models to servers/reference/models. The same seeds give the same pairs everywhere; weights
 * may differ in their last digits between machines.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packageRoot } from '../../model/package-root.js';
import { describeMachine } from './machine.js';
import { findPython, readPins } from './python.js';
import type { FinishedScores, TrainingFacts } from './training-facts.js';

const options = parseArgs({
  options: {
    only: { type: 'string' },
    steps: { type: 'string' },
    'spread-steps': { type: 'string', default: '1200' },
    pairs: { type: 'string' },
    'fetch-packages': { type: 'boolean', default: false },
  },
}).values;

const root = packageRoot();
const recipe = join(root, 'servers/reference/models/recipe');
const built = join(root, 'dist/servers/reference/models/recipe');
const scratch = join(root, '.build/models');
const ownPython = join(scratch, 'python', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');

/** How the shipped models were trained. */
const shipped = { cross: { steps: '3500', pairs: '1000000' }, bi: { steps: '4500', pairs: '1200000' } } as const;

/** What is kept from training is told by the script that makes the pairs. */
const seeds = { train: '1', test: '2', calibration: '3' } as const;
const spreadSeeds = [1, 2, 3] as const;

const run = (what: string, command: string, ...args: string[]): string => start(what, command, args, 'pipe');
/** As `run`, but what it prints goes on to our own stdout. */
const show = (what: string, command: string, ...args: string[]): void => void start(what, command, args, 'inherit');

const start = (what: string, command: string, args: readonly string[], stdout: 'pipe' | 'inherit'): string => {
  process.stderr.write(`${what}…\n`);
  const done = spawnSync(command, args, { cwd: recipe, encoding: 'utf8', stdio: ['ignore', stdout, 'inherit'], maxBuffer: 1 << 26 });
  // Nothing is told of what went on to our own stdout.
  if (done.status === 0) return stdout === 'pipe' ? done.stdout : '';
  process.stderr.write(`${what} failed${done.error ? `: ${done.error.message}` : ''}.\n`);
  process.exit(3);
};
const node = (what: string, file: string, ...args: string[]): string => run(what, process.execPath, file, ...args);

const somePython = process.env['PYTHON'] ?? 'python3';

const preparePython = (): string => {
  const pins = readPins(join(recipe, 'requirements.txt'));
  const find = (): ReturnType<typeof findPython> => findPython([...(existsSync(ownPython) ? [ownPython] : []), somePython], pins);
  let found = find();
  if ('lacking' in found && options['fetch-packages']) {
    run('Making a Python environment', somePython, '-m', 'venv', join(scratch, 'python'));
    run('Fetching the pinned packages', ownPython, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', 'requirements.txt');
    found = find();
  }
  if ('python' in found) return found.python;
  process.stderr.write(`No Python has the packages that training needs: ${found.lacking}.\nhint: npm run train:models -- --fetch-packages fetches them into .build/models/python; or name a Python that has them by PYTHON.\n`);
  return process.exit(3);
};

const pairsFile = (name: keyof typeof seeds): string => join(scratch, `${name}.jsonl`);
const makePairs = (vocab: string, count: string): void => {
  const make = (name: keyof typeof seeds, count: string, split: string): string =>
    node(`Making ${count} pairs: ${name}`, join(root, 'dist/scripts/training-pairs.js'), '--seed', seeds[name], '--count', count, '--split', split, '--output', pairsFile(name));
  make('train', options.pairs ?? count, 'train');
  make('test', '30000', 'held-out');
  make('calibration', '12000', 'held-out');
  for (const name of ['train', 'test'] as const) node(`Tokenising: ${name}`, join(built, 'tokenise.js'), vocab, pairsFile(name), join(scratch, name));
};

/** What train.py tells. */
type Report = Pick<TrainingFacts, 'parameters' | 'seed' | 'steps' | 'batch' | 'pairs' | 'seconds'>;

const train = (kind: 'cross' | 'bi', vocab: string, seed: number, steps: string, name: string): Report => {
  const report = join(scratch, `${name}.json`);
  const data = [join(scratch, 'train'), vocab, join(scratch, `${name}.npz`), '--held-out', join(scratch, 'test'), '--report', report];
  show(`Training ${kind}, seed ${seed}, ${steps} steps`, python, 'train.py', kind, ...data, '--seed', String(seed), '--steps', steps);
  return JSON.parse(readFileSync(report, 'utf8')) as Report;
};

/** Families and operators that test pairs have and training pairs lack. */
const findHeldOut = (): string[] => {
  const names = (file: string): Set<string> => {
    const found = new Set<string>();
    for (const [, list = ''] of readFileSync(file, 'utf8').matchAll(/"operators":\[([^\]]*)\]/g)) for (const name of list.split(',')) found.add(name.replaceAll('"', ''));
    return found;
  };
  const seen = names(pairsFile('train'));
  return [...names(pairsFile('test'))].filter((name) => !seen.has(name)).sort();
};

const exportModel = (kind: 'cross' | 'bi', name: string, vocab: string, folder: string): void => {
  mkdirSync(folder, { recursive: true });
  if (join(folder, 'vocab.txt') !== vocab) copyFileSync(vocab, join(folder, 'vocab.txt'));
  run(`Writing ONNX: ${name}`, python, 'export.py', kind, join(scratch, `${name}.npz`), vocab, folder);
  run(`Halving the weights: ${name}`, python, 'halve.py', join(folder, 'model.onnx'), join(folder, 'model-fp16.onnx'));
};

/** Calibrates and measures a folder that export.py wrote; writes its training.json, its model.json and its card. */
const finish = (what: string, kind: 'cross' | 'bi', folder: string, facts: TrainingFacts): FinishedScores => {
  const factsFile = join(folder, 'training.json');
  writeFileSync(factsFile, `${JSON.stringify(facts, null, 2)}\n`);
  return JSON.parse(node(what, join(built, 'finish.js'), kind, folder, pairsFile('calibration'), pairsFile('test'), factsFile)) as FinishedScores;
};

const factsOf = ({ parameters, seed, steps, batch, pairs, seconds }: Report): TrainingFacts =>
  ({ parameters, seed, steps, batch, pairs, seconds, recipeSeconds: null, machine: describeMachine(), heldOut: findHeldOut(), spread: [], speed: null });

/** One run of the spread: trained, exported and measured as the kept model is, in a folder that nobody keeps. */
const trySeed = (kind: 'cross' | 'bi', name: string, vocab: string, seed: number): TrainingFacts['spread'][number] => {
  const own = `${name}-seed-${String(seed)}`;
  const report = train(kind, vocab, seed, options['spread-steps'], own);
  exportModel(kind, own, vocab, join(scratch, own));
  return { seed, steps: report.steps, ...finish(`Measuring seed ${String(seed)}`, kind, join(scratch, own), factsOf(report)) };
};

const keptSeed = 1;

const makeModel = (kind: 'cross' | 'bi', name: string, vocab: string): void => {
  const sinceMs = performance.now();
  makePairs(vocab, shipped[kind].pairs);
  const folder = join(root, 'servers/reference/models', name);
  const facts = factsOf(train(kind, vocab, keptSeed, options.steps ?? shipped[kind].steps, name));
  exportModel(kind, name, vocab, folder);
  const kept = finish('Calibrating and measuring', kind, folder, facts);
  const isKept = (seed: number): boolean => seed === keptSeed && options['spread-steps'] === String(facts.steps);
  facts.spread = options['spread-steps'] === '0' ? [] : spreadSeeds.map((seed) => (isKept(seed) ? { seed, steps: facts.steps, ...kept } : trySeed(kind, name, vocab, seed)));
  const speed = JSON.parse(node('Measuring the speed', join(built, 'measure-pairs.js'), folder)) as { machine: string; rates: { batch: number; pairsRps: number }[] };
  facts.speed = { machine: speed.machine, pairsRps: speed.rates.map(({ batch: size, pairsRps }) => [size, pairsRps] as const), note: 'The best of five rounds.' };
  facts.recipeSeconds = Math.round((performance.now() - sinceMs) / 1000);
  finish('Writing the model card', kind, folder, facts);
};

const python = preparePython();
mkdirSync(scratch, { recursive: true });
const vocab = join(root, 'servers/reference/models/address-mini/vocab.txt');
mkdirSync(join(root, 'servers/reference/models/address-mini'), { recursive: true });
node('Writing the vocabulary', join(built, 'write-vocab.js'), vocab);
if (options.only !== 'bi') makeModel('cross', 'address-mini', vocab);
if (options.only !== 'cross') makeModel('bi', 'address-mini-bi', vocab);
