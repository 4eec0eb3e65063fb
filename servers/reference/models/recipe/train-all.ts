/**
 * `npm run train:models`: makes both models from nothing but the pinned Python packages. Needs Python 3.11 or newer with venv.
 *   --only cross|bi      one of the two
 *   --steps N            steps of the model that is kept; less is quicker and worse
 *   --spread-steps N     steps of the runs with other seeds; 0 leaves them out
 *   --pairs N            different training pairs
 *   --no-packages        the packages are there already: nothing is fetched
 *
 * Scratch files go to .build/models; the models to servers/reference/models. The same seeds give the same pairs everywhere; weights
 * may differ in their last digits between machines.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packageRoot } from '../../model/package-root.js';
import type { TrainingFacts } from './card.js';

const options = parseArgs({
  options: {
    only: { type: 'string' },
    steps: { type: 'string', default: '6000' },
    'spread-steps': { type: 'string', default: '1200' },
    pairs: { type: 'string', default: '1500000' },
    'no-packages': { type: 'boolean', default: false },
  },
}).values;

const root = packageRoot();
const recipe = join(root, 'servers/reference/models/recipe');
const built = join(root, 'dist/servers/reference/models/recipe');
const scratch = join(root, '.build/models');
const python = join(scratch, 'python', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');

/** What is kept from training is told by the script that makes the pairs. */
const seeds = { train: '1', test: '2', calibration: '3' } as const;
const spreadSeeds = [1, 2, 3] as const;

const run = (what: string, command: string, ...args: string[]): string => {
  process.stderr.write(`${what}…\n`);
  const done = spawnSync(command, args, { cwd: recipe, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1 << 26 });
  if (done.status === 0) return done.stdout;
  process.stderr.write(`${what} failed${done.error ? `: ${done.error.message}` : ''}.\n`);
  process.exit(3);
};
const node = (what: string, file: string, ...args: string[]): string => run(what, process.execPath, file, ...args);

const preparePython = (): void => {
  if (options['no-packages'] || existsSync(python)) return;
  run('Making a Python environment', process.env['PYTHON'] ?? 'python3', '-m', 'venv', join(scratch, 'python'));
  run('Fetching the pinned packages', python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', 'requirements.txt');
};

const pairsFile = (name: keyof typeof seeds): string => join(scratch, `${name}.jsonl`);
const makePairs = (vocab: string): void => {
  const make = (name: keyof typeof seeds, count: string, split: string): string =>
    node(`Making ${count} pairs: ${name}`, join(root, 'dist/scripts/training-pairs.js'), '--seed', seeds[name], '--count', count, '--split', split, '--output', pairsFile(name));
  make('train', options.pairs, 'train');
  make('test', '30000', 'held-out');
  make('calibration', '12000', 'held-out');
  for (const name of ['train', 'test'] as const) node(`Tokenising: ${name}`, join(built, 'tokenise.js'), vocab, pairsFile(name), join(scratch, name));
};

interface Report extends Omit<TrainingFacts, 'heldOut' | 'spread' | 'speed'> {
  seconds: number;
  all: Omit<TrainingFacts['spread'][number], 'seed' | 'steps'>;
}

const train = (kind: 'cross' | 'bi', vocab: string, seed: number, steps: string, name: string): Report => {
  const report = join(scratch, `${name}.json`);
  const data = [join(scratch, 'train'), vocab, join(scratch, `${name}.npz`), '--held-out', join(scratch, 'test'), '--report', report];
  run(`Training ${kind}, seed ${seed}, ${steps} steps`, python, 'train.py', kind, ...data, '--seed', String(seed), '--steps', steps);
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

const makeModel = (kind: 'cross' | 'bi', name: string, vocab: string): void => {
  const folder = join(root, 'servers/reference/models', name);
  const own = train(kind, vocab, 1, options.steps, name);
  const spread = options['spread-steps'] === '0' ? [] : spreadSeeds.map((seed) => train(kind, vocab, seed, options['spread-steps'], `${name}-seed-${seed}`));
  mkdirSync(folder, { recursive: true });
  if (join(folder, 'vocab.txt') !== vocab) copyFileSync(vocab, join(folder, 'vocab.txt'));
  run('Writing ONNX', python, 'export.py', kind, join(scratch, `${name}.npz`), vocab, folder);
  const { parameters, seed, steps, batch, pairs } = own;
  const facts: TrainingFacts = { parameters, seed, steps, batch, pairs, heldOut: findHeldOut(), spread: spread.map((report) => ({ seed: report.seed, steps: report.steps, ...report.all })), speed: null };
  const factsFile = join(scratch, `${name}-facts.json`);
  writeFileSync(factsFile, JSON.stringify(facts));
  const finish = (what: string): string => node(what, join(built, 'finish.js'), kind, folder, pairsFile('calibration'), pairsFile('test'), factsFile);
  finish('Calibrating and measuring');
  const speed = JSON.parse(node('Measuring the speed', join(built, 'measure-pairs.js'), folder)) as { machine: string; rates: { batch: number; pairsRps: number }[] };
  facts.speed = { machine: speed.machine, pairsRps: speed.rates.map(({ batch: size, pairsRps }) => [size, pairsRps] as const), note: 'The best of five rounds.' };
  writeFileSync(factsFile, JSON.stringify(facts));
  finish('Writing the model card');
};

mkdirSync(scratch, { recursive: true });
preparePython();
const vocab = join(root, 'servers/reference/models/address-mini/vocab.txt');
mkdirSync(join(root, 'servers/reference/models/address-mini'), { recursive: true });
node('Writing the vocabulary', join(built, 'write-vocab.js'), vocab);
makePairs(vocab);
if (options.only !== 'bi') makeModel('cross', 'address-mini', vocab);
if (options.only !== 'cross') makeModel('bi', 'address-mini-bi', vocab);
