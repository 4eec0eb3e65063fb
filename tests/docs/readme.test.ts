import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { splitCommand } from '../../harness/scenario/command-line.js';
import { exitCodes } from '../../harness/model/error.js';
import { commandsOf, fencesOf, rowsOf } from './markdown.js';
import { pageAt, pagePaths } from './pages.js';
import { flagsIn, helps, mgeoBench, readMgeoBench } from './program.js';

const folder = mkdtempSync(join(tmpdir(), 'mgeo-bench-readme-'));
after(() => { rmSync(folder, { recursive: true, force: true }); });
let help: ReadonlyMap<string, string>;
before(async () => { help = await helps(folder); });

/** Commands that are too heavy for this test, and what runs them instead. */
const runElsewhere: Readonly<Record<string, { where: string; says: RegExp }>> = {
  'npm test': { where: '.ci/run', says: /^npm test$/m },
  'npm pack': { where: 'package.json', says: /"files": \[[^\]]*"dist\/harness"[^\]]*"scenarios"/ },
  'ONNXRUNTIME_NODE_INSTALL=skip npm install --save-dev ./mgeo-bench-0.1.0.tgz': { where: 'package.json', says: /"name": "mgeo-bench",\s*"version": "0\.1\.0"/ },
  'sh servers/torch/install.sh': { where: '.ci/run', says: /^ {2}sh servers\/torch\/install\.sh/m },
  'sh servers/torch/run.sh serve.py --port 8080': { where: 'tests/servers/torch/torch-server.ts', says: /serve\.py/ },
  'npx mgeo-bench k6 install': { where: 'tests/load/resolve.test.ts', says: /installK6\(/ },
};

/** The benchmark of the harness takes minutes: the page's flags must be its own, and its shortest part must run. */
async function benchSelf(command: string): Promise<void> {
  const source = pageAt('scripts/bench-self.ts');
  for (const [flag] of command.replace(/\s+#.*$/, '').matchAll(/--[a-z][a-z-]*/g)) assert.ok(source.includes(`${flag} `), `${command}: ${flag}`);
  if (benched) return;
  benched = true;
  const program = fileURLToPath(new URL('../../scripts/bench-self.js', import.meta.url));
  const ended = spawnSync(process.execPath, [program, '--short', '--only', 'report'], { encoding: 'utf8' });
  assert.equal(ended.status, 0, ended.stderr);
  assert.match(ended.stdout, /Report of a large run/);
}
let benched = false;

/** Arguments of mgeo-bench in a command of a page; null where it is something else. */
function argumentsOf(command: string): string[] | null {
  const words = splitCommand(command.replace(/\s+#.*$/, '')) ?? [];
  if (words[0] === 'npx' && words[1] === 'mgeo-bench') return words.slice(2);
  if (words[0] !== 'npm' || words[1] !== 'start') return null;
  assert.ok(words.length === 2 || words[2] === '--', `${command}: npm keeps flags to itself without --`);
  return ['run', ...words.slice(3)];
}

/** Flags of `run` that `plan` has not, and how many words each takes. */
const onlyOfRun: Readonly<Record<string, number>> = { '-o': 1, '--output': 1, '--lang': 1, '--progress': 1, '--json': 0 };

/** The plan of a run: everything is read and checked, nothing is started. */
function asPlan(run: readonly string[]): string[] {
  const words: string[] = ['plan'];
  for (let i = 1; i < run.length; i += 1) {
    const word = run[i] as string;
    const more = onlyOfRun[word];
    if (more === undefined) words.push(word);
    else i += more;
  }
  return words;
}

/** The same command, cheap. Paths are those of the test's own folder, where earlier commands left their files. */
function cheap(words: readonly string[]): string[] {
  if (words[0] === 'run') return words.includes('simulated') ? [...words, '--set', 'load.closed.duration=2s', '--progress', 'none'] : asPlan(words);
  if (words[0] === 'serve') return [...words, '--help'];
  // tests/validity/calibration.test.ts has it measure.
  if (words[0] === 'doctor') return [...words, '--no-calibration'];
  return [...words];
}

/** Verbs that start other programs; all others are run in one process. */
const startsPrograms: ReadonlySet<string> = new Set(['serve', 'doctor', 'k6']);

async function execute(command: string): Promise<void> {
  const elsewhere = runElsewhere[command];
  if (elsewhere !== undefined) {
    assert.match(pageAt(elsewhere.where), elsewhere.says, `${command} should be run by ${elsewhere.where}`);
    return;
  }
  if (command.startsWith('npm run bench:self')) {
    await benchSelf(command);
    return;
  }
  const words = argumentsOf(command);
  assert.ok(words !== null, `nobody runs this command: ${command}`);
  const [verb = ''] = words;
  assert.ok(help.has(verb), `${command}: no such command`);
  const known = flagsIn(help.get(verb) ?? '');
  for (const word of words.filter((each) => each.startsWith('--'))) assert.ok(known.has(word.replace(/=.*/, '')), `${command}: ${verb} has no flag ${word}`);
  const ended = await (startsPrograms.has(verb) ? mgeoBench : readMgeoBench)(cheap(words), folder);
  const missing = words[0] === 'k6' && ended.code === exitCodes.environment;
  assert.ok(ended.code === 0 || missing, `${command} ended with ${String(ended.code)}\n${ended.stderr}`);
  assert.ok((ended.stdout + ended.stderr).length > 0, `${command} says nothing`);
}

test('both READMEs hold the same code', () => {
  assert.deepEqual(fencesOf(pageAt('README.zh-CN.md')), fencesOf(pageAt('README.md')));
  assert.ok(commandsOf(pageAt('README.md')).length >= 10);
});

test('both READMEs are short, and have the same sections and tables', () => {
  const shape = (path: string): number[] => [pageAt(path).split('\n').filter((line) => line.startsWith('## ')).length, rowsOf(pageAt(path)).length, pageAt(path).split('\n').filter((line) => line.startsWith('- ')).length];
  assert.deepEqual(shape('README.zh-CN.md'), shape('README.md'));
  for (const path of ['README.md', 'README.zh-CN.md']) assert.ok(pageAt(path).split('\n').length <= 150, path);
});

for (const path of ['README.md', ...pagePaths().filter((each) => each.startsWith('docs/'))]) {
  const commands = commandsOf(pageAt(path));
  if (commands.length === 0) continue;
  test(`every command of ${path} works`, { timeout: 120_000 }, async () => {
    // In order: `report my-run` reads what `run … --output my-run` wrote.
    for (const command of commands) await execute(command);
  });
}

test('`npm start` is `mgeo-bench run`, prepared first', () => {
  const { scripts } = JSON.parse(pageAt('package.json')) as { scripts: Record<string, string> };
  assert.equal(scripts['start'], 'node --max-semi-space-size=4 dist/harness/cli/main.js run');
  assert.match(readFileSync(new URL('../../harness/cli/main.js', import.meta.url), 'utf8'), /^#!\/usr\/bin\/env -S node --max-semi-space-size=4\n/, 'npx starts it the same way');
  assert.equal(scripts['prestart'], 'node scripts/prepare.mjs');
  assert.equal(scripts['pretest'], 'node scripts/prepare.mjs');
});

test('the CI job of the README is YAML, and its command works', async () => {
  const [block] = fencesOf(pageAt('README.md')).filter(({ text }) => text.startsWith('jobs:'));
  const { jobs } = parse(block?.text ?? '') as { jobs: { bench: { steps: { run?: string; uses?: string; with?: { path?: string } }[] } } };
  const runs = jobs.bench.steps.flatMap(({ run }) => (run === undefined ? [] : [run]));
  assert.equal(runs[0], 'npm ci');
  writeFileSync(join(folder, 'bench.yaml'), 'extends: quick\ngates: { latency: ["p(95)<800ms"] }\n');
  await execute(runs[1] ?? '');
  const words = argumentsOf(runs[1] ?? '') ?? [];
  assert.equal(words[words.indexOf('--output') + 1], jobs.bench.steps.find(({ uses }) => uses?.startsWith('actions/upload-artifact') === true)?.with?.path);
});

const everyExitCode = Object.values(exitCodes).sort((a, b) => a - b);

test('the exit codes of docs/gating.md are all there', () => {
  const written = rowsOf(pageAt('docs/gating.md')).flatMap(([code = '']) => (/^\d+(?:[,、 ]+\d+)?$/.test(code) ? code.split(/[,、 ]+/).map(Number) : []));
  assert.deepEqual(written.sort((a, b) => a - b), everyExitCode);
});

test('both READMEs name every exit code', () => {
  for (const path of ['README.md', 'README.zh-CN.md']) {
    const line = pageAt(path).split('\n').find((each) => each.includes('docs/gating.md#exit-codes')) ?? '';
    assert.deepEqual([...line.matchAll(/`(\d+)`/g)].map(([, code]) => Number(code)).sort((a, b) => a - b), everyExitCode);
  }
});
