/**
 * `npm test`: lint, walls, generated files, and every test under dist/tests. Ends with the ten files that took longest, each skipped test with
 * its reason, and `N passed, N failed, N skipped`. `npm test -- WORD…` runs only the test files whose path holds one of the words; `--whole`
 * (npm run test:conformance) has the suites of conformance wait for slow clients and open 10,000 connections. The tests of tests/docker need
 * an engine and run only by name: npm run test:docker.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { run } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const words = process.argv.slice(2).filter((word) => word !== '--whole');
if (process.argv.includes('--whole')) process.env.MGEO_CONFORMANCE = 'whole';
/** Test files by the file that runs them together. */
const holds = new Map();
const totals = { passed: 0, failed: 0, skipped: [], tookMs: new Map() };

const files = filesBelow(join(root, 'dist/tests')).filter((file) => file.endsWith('.test.js') && (words.length === 0 ? !file.includes('/tests/docker/') : words.some((word) => file.includes(word))));
/** These measure, or judge by time-outs: one at a time, so that they do not disturb each other. */
const measuring = /\/tests\/(conformance|docker|stand-ins|validity)\/|\/tests\/load\/(autocannon\/(autocannon|dispatch|metronome)|job\/drive|k6\/k6)\.test/;
/** These start programs or a browser, and mostly wait for them. */
const starting = /\/tests\/(browser|docs|e2e|host|server|servers|telemetry)\/|\/tests\/(load\/counting|probe\/conformance\/planted)\.test/;
/** Of those, the ones that take longest, longest first: the last to begin is then a short one. */
const long = ['e2e/shipped-scenarios', 'e2e/run', 'e2e/wrong', 'e2e/shapes', 'e2e/search', 'docs/readme', 'e2e/compare', 'browser/report', 'e2e/own-data'];
const alone = files.filter((file) => measuring.test(file));
const waiting = files.filter((file) => !measuring.test(file) && starting.test(file)).sort((x, y) => placeOf(x) - placeOf(y));

if (words.length === 0) {
  // The other tests need no k6: its build has what they leave of the cores.
  const k6 = installK6();
  await Promise.all([
    (async () => {
      await check('lint', ['node_modules/eslint/bin/eslint.js', '.']);
      await check('walls', ['node_modules/dependency-cruiser/bin/dependency-cruise.mjs', '--config', '.dependency-cruiser.cjs', 'harness', 'servers']);
      await check('generated schemas are fresh', ['dist/scripts/write-schema.js', '--check']);
    })(),
    runFiles(together(files.filter((file) => !alone.includes(file) && !waiting.includes(file))), 2),
  ]);
  await Promise.all([k6, systemInstalled()]);
} else await runFiles(files.filter((file) => !alone.includes(file) && !waiting.includes(file)), 2);
// First: what these measure of the machine in quiet (its calibration of the day) serves the others.
await runFiles(alone, 1);
await runFiles(waiting, 4);

for (const [file, ms] of [...totals.tookMs].sort(([, x], [, y]) => y - x).slice(0, 10)) console.log(`slow: ${(ms / 1000).toFixed(1)} s ${relative(join(root, 'dist'), file)}`);
for (const { name, reason } of totals.skipped) console.log(`skipped: ${name}: ${reason}`);
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped.length} skipped`);
process.exit(totals.failed === 0 ? 0 : 1);

async function check(name, args) {
  const { status, said } = await ended(process.execPath, args);
  count(status === 0, name);
  if (status !== 0) console.log(said);
}

/** Runs a program to its end, which tells how it ended and what it said. */
function ended(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => { said += text; });
    child.once('error', (error) => resolve({ status: null, said: String(error) }));
    child.once('close', (status) => resolve({ status, said }));
    options.onStart?.(child);
  });
}

/** .ci/run installs a browser and torch meanwhile: the file that it names holds the exit code once that is over. */
async function systemInstalled() {
  const file = process.env.MGEO_TEST_AFTER;
  if (file === undefined) return;
  while (!existsSync(file) || readFileSync(file, 'utf8') === '') await new Promise((resolve) => setTimeout(resolve, 200));
  const done = readFileSync(file, 'utf8').trim() === '0';
  count(done, 'system packages');
  if (!done) console.log(readFileSync(`${file}.log`, 'utf8'));
}

/** Tests drive a real k6: built once into the cache where Go is there; without Go they are skipped (or fail, with CI=true). */
async function installK6() {
  const cli = join(root, 'dist/harness/cli/main.js');
  const has = (command, args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;
  if (has(process.execPath, [cli, 'k6', 'path']) || !has('go', ['version'])) return;
  console.log('building k6 beside the first tests…');
  const { status, said } = await ended(process.execPath, [cli, 'k6', 'install'], { onStart: ({ pid }) => setPriority(pid, 10) });
  if (status !== 0) console.log(said);
}

function count(passed, name) {
  if (passed) totals.passed += 1;
  else totals.failed += 1;
  console.log(`${passed ? 'ok  ' : 'FAIL'} ${name}`);
}

/**
 * Most tests take less time than to load what they test: files are put together, some fifteen a process. Left alone are those that prepare something
 * before every test of their process, or change what a process has only one of.
 */
function together(list) {
  const folder = join(root, 'dist/tests/.together');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const own = /^(?:before|beforeEach|afterEach)\(|\bmock\b|\bprocess\.(?:env|argv|chdir|exit|exitCode|on|once)\b|\bglobalThis\b/m;
  const [single, joined] = [[], []];
  for (const file of list) (own.test(readFileSync(file, 'utf8')) ? single : joined).push(file);
  const groups = Array.from({ length: Math.ceil(joined.length / 15) }, () => []);
  for (const [i, file] of joined.entries()) groups[i % groups.length].push(file);
  for (const [i, group] of groups.entries()) {
    const entry = join(folder, `${i}.mjs`);
    writeFileSync(entry, group.map((file) => `import ${JSON.stringify(relative(folder, file))};\n`).join(''));
    holds.set(entry, group);
  }
  return [...holds.keys(), ...single];
}

async function runFiles(list, concurrency) {
  if (list.length === 0) return;
  const perFile = new Map();
  const finished = (file) => {
    const seen = perFile.get(file) ?? nothing();
    totals.tookMs.set(file, seen.ms);
    console.log(`${seen.failed === 0 ? 'ok  ' : 'FAIL'} ${relative(join(root, 'dist'), file)}: ${seen.passed} passed${seen.failed ? `, ${seen.failed} failed` : ''}${seen.skipped ? `, ${seen.skipped} skipped` : ''} in ${(seen.ms / 1000).toFixed(1)} s`);
  };
  let last;
  for await (const event of run({ files: list, concurrency, timeout: 300_000 })) {
    if (event.type === 'test:stderr' && process.env.TEST_STDERR) process.stderr.write(event.data.message);
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue;
    const { name, file = name, details, skip, todo, nesting } = event.data;
    const seen = perFile.get(file) ?? nothing();
    perFile.set(file, seen);
    if (nesting === 0) seen.ms += details?.duration_ms ?? 0;
    // Suites only group; the tests in them are counted.
    if (details?.type === 'suite') continue;
    if (last !== undefined && last !== file && concurrency === 1) finished(last);
    last = file;
    if (skip !== undefined || todo !== undefined) {
      seen.skipped += 1;
      totals.skipped.push({ name, reason: typeof skip === 'string' ? skip : 'no reason given' });
    } else if (event.type === 'test:pass') {
      seen.passed += 1;
      totals.passed += 1;
    } else {
      seen.failed += 1;
      totals.failed += 1;
      const error = details?.error;
      console.log(`FAIL ${relative(join(root, 'dist'), file)}: ${name}\n${error?.cause?.stack ?? error?.stack ?? String(error)}`);
    }
  }
  if (concurrency === 1) finished(last);
  else for (const file of list.flatMap((entry) => holds.get(entry) ?? [entry])) finished(file);
  // One that ends its process takes those behind it with it.
  for (const file of list.flatMap((entry) => holds.get(entry) ?? [])) if (!perFile.has(file)) count(false, `${relative(join(root, 'dist'), file)}: none of its tests was run`);
}

/** Where a file stands in `long`; behind it where it does not. */
function placeOf(file) {
  const place = long.findIndex((name) => file.endsWith(`/${name}.test.js`));
  return place < 0 ? long.length : place;
}

function nothing() {
  return { passed: 0, failed: 0, skipped: 0, ms: 0 };
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)])).sort();
}
