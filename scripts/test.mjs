/**
 * `npm test`: lint, walls, generated files, then every test under dist/tests. Ends with `N passed, N failed, N skipped`;
 * each skipped test with its reason. `npm test -- WORD…` runs only the test files whose path holds one of the words; `--whole` (npm run
 * test:conformance) has the suites of conformance wait for slow clients and open 10,000 connections.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { run } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const words = process.argv.slice(2).filter((word) => word !== '--whole');
if (process.argv.includes('--whole')) process.env.MGEO_CONFORMANCE = 'whole';
const totals = { passed: 0, failed: 0, skipped: [] };

if (words.length === 0) {
  installK6();
  check('lint', ['node_modules/eslint/bin/eslint.js', '.']);
  check('walls', ['node_modules/dependency-cruiser/bin/dependency-cruise.mjs', '--config', '.dependency-cruiser.cjs', 'harness', 'servers']);
  check('generated schemas are fresh', ['dist/scripts/write-schema.js', '--check']);
}

const files = filesBelow(join(root, 'dist/tests')).filter((file) => file.endsWith('.test.js') && (words.length === 0 || words.some((word) => file.includes(word))));
/** These measure, or judge by time-outs: one at a time, so that they do not disturb each other. */
const measuring = /\/tests\/(conformance|load|stand-ins|validity)\//;
/** These start programs or a browser, and mostly wait for them. */
const starting = /\/tests\/(browser|docs|e2e|host|server|servers|telemetry)\//;
const alone = files.filter((file) => measuring.test(file));
const waiting = files.filter((file) => !measuring.test(file) && starting.test(file));
await runFiles(files.filter((file) => !alone.includes(file) && !waiting.includes(file)), 2);
await runFiles(waiting, 4);
await runFiles(alone, 1);

for (const { name, reason } of totals.skipped) console.log(`skipped: ${name}: ${reason}`);
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped.length} skipped`);
process.exit(totals.failed === 0 ? 0 : 1);

function check(name, args) {
  const done = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  count(done.status === 0, name);
  if (done.status !== 0) console.log(done.stdout + done.stderr);
}

/** Tests drive a real k6: built once into the cache where Go is there; without Go they are skipped (or fail, with CI=true). */
function installK6() {
  const cli = join(root, 'dist/harness/cli/main.js');
  const has = (command, args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;
  if (has(process.execPath, [cli, 'k6', 'path']) || !has('go', ['version'])) return;
  spawnSync(process.execPath, [cli, 'k6', 'install'], { stdio: 'inherit' });
}

function count(passed, name) {
  if (passed) totals.passed += 1;
  else totals.failed += 1;
  console.log(`${passed ? 'ok  ' : 'FAIL'} ${name}`);
}

async function runFiles(list, concurrency) {
  if (list.length === 0) return;
  const perFile = new Map();
  const finished = (file) => {
    const seen = perFile.get(file) ?? nothing();
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
  else for (const file of list) finished(file);
}

function nothing() {
  return { passed: 0, failed: 0, skipped: 0, ms: 0 };
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)])).sort();
}
