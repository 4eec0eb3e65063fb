/**
 * Faults planted with real processes, through the whole program: each has to end in its own reason, in result.json, in the report and in the exit code.
 * Faults that other tests plant the same way: a killed engine, a server that dies, that answers nothing or nonsense, an nvidia-smi that dies
 * (tests/e2e/wrong.test.ts); a serial server (tests/e2e/run.test.ts); what engines make of resets, closes and stalls (tests/load/).
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { RunRecord } from '../../harness/model/record.js';
import type { Result } from '../../harness/report/index.js';
import { assertGateFailed, cli, needs, readJson, scratch, shortRun, standInServer, start, type Ended, type Started } from '../e2e/cli.js';
import { burn, has, starve } from './starve.js';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Fault {
  /** Settings beside those of a stage of two users for three seconds. */
  over?: Record<string, unknown>;
  server?: string[];
  engine?: 'k6' | 'autocannon';
  env?: Record<string, string>;
  /** Begins when the stage does; what it returns ends it. */
  plant?: (run: Started) => Promise<() => void>;
}

/** One stage with the fault; result and record of the run. */
async function run(t: TestContext, { over = {}, server = ['--ms', '20'], engine = 'autocannon', env = {}, plant }: Fault): Promise<{ done: Ended; output: string; result: Result; record: RunRecord; report: string }> {
  const output = join(scratch(), 'run');
  const settings = { 'load.closed.users': [2], 'load.closed.duration': '3s', 'load.warmup': '500ms', 'answers.golden': 0, dataset: { seed: 7, mix: { high: 100, low: 100 } }, ...over };
  const started = start([...shortRun(output, settings), ...standInServer(...server), '--engine', engine], env);
  let undo = (): void => undefined;
  if (plant !== undefined) {
    await started.says('stage 1 of 1');
    undo = await plant(started);
    t.after(undo);
  }
  const done = await started.ended;
  undo();
  assert.deepEqual(done.left, []);
  const [result, record] = [readJson<Result>(output, 'result.json'), readJson<RunRecord>(output, 'run.json')];
  t.diagnostic(JSON.stringify(result.stages[0]?.validity.reasons.map(({ code, value, limit }) => [code, value, limit])));
  return { done, output, result, record, report: readFileSync(join(output, 'report.md'), 'utf8') };
}

/** The reason is there, and told in the report as in result.json. */
function assertTold({ result, report }: { result: Result; report: string }, code: string): Result['stages'][number]['validity']['reasons'][number] {
  const reason = result.stages[0]?.validity.reasons.find((one) => one.code === code);
  assert.ok(reason, `${code} is not among ${JSON.stringify(result.stages[0]?.validity)}`);
  // Markdown escapes some characters: the first words are enough.
  const words = /^[^*_|~<>[\]`#()]{12,}/.exec(reason.text)?.[0].slice(0, 40) ?? reason.text;
  assert.ok(report.includes(words), `the report does not say: ${words}`);
  return reason;
}

/** Exit 4, and the verdict is invalid. */
function assertInvalid({ done, result }: { done: Ended; result: Result }, code: string): void {
  assert.equal(result.stages[0]?.validity.status, 'invalid');
  assert.deepEqual([done.code, result.verdict.status], [4, 'invalid'], done.stdout);
  assert.ok(result.stages[0].validity.reasons.some((one) => one.code === code));
}

/** A doubt alone fails nothing; a crowded machine may have made more of it. */
function assertDoubted({ done, result }: { done: Ended; result: Result }): void {
  const [stage] = result.stages;
  if (stage?.validity.status === 'suspect') assert.equal(done.code, 0, done.stderr + done.stdout);
  else assert.equal(done.code, 4, done.stderr + done.stdout);
}

const hasK6 = async (): Promise<boolean> => (await cli(['k6', 'path'])).code === 0;
/** The engine's process, once it is there. */
async function pidOf(started: Started, word: string): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const [pid] = started.pids(word);
    if (pid !== undefined) return pid;
    await pause(20);
  }
  assert.fail(`${word} was never started`);
}

/** Waits until the engine is past its start and its warm-up. */
const inWindowMs = 1800;

test('a starved generator: INVALID, for its requests are sent late', { timeout: 60_000 }, async (t) => {
  if (!needs(t, has('taskset') && has('renice'), 'taskset or renice')) return;
  const told = await run(t, {
    over: { 'load.open': { rates: [200], arrivals: 'constant', duration: '3s' } },
    plant: async (started) => {
      const engine = await pidOf(started, 'autocannon');
      // Not its start: that would only take longer.
      await pause(1200);
      return starve(engine);
    },
  });
  const { text } = assertTold(told, 'lag');
  assert.match(text, /late/);
  assertInvalid(told, 'lag');
});

test('an engine that is paused for a second: INVALID, though no latency shows it', { timeout: 60_000 }, async (t) => {
  if (!needs(t, await hasK6(), 'k6 (mgeo-bench k6 install)')) return;
  const told = await run(t, {
    engine: 'k6',
    plant: async (started) => {
      const pid = await pidOf(started, 'k6 run');
      await pause(inWindowMs);
      process.kill(pid, 'SIGSTOP');
      setTimeout(() => process.kill(pid, 'SIGCONT'), 1000);
      return () => undefined;
    },
  });
  const { value } = assertTold(told, 'engine-paused');
  assert.ok((value ?? 0) > 0.15 && (value ?? 0) < 0.6, `a third of the window: ${String(value)}`);
  assertInvalid(told, 'engine-paused');
});

test('the wall clock steps by 40 ms: INVALID with k6, which measures on it', { timeout: 60_000 }, async (t) => {
  if (!needs(t, await hasK6(), 'k6 (mgeo-bench k6 install)')) return;
  const file = join(scratch(), 'step');
  const told = await run(t, {
    engine: 'k6',
    env: { NODE_OPTIONS: `--import=${fileURLToPath(new URL('../stand-ins/step-clock.js', import.meta.url))}`, MGEO_TEST_STEP_FILE: file, MGEO_TEST_STEP_MS: '40' },
    plant: async () => {
      await pause(inWindowMs);
      writeFileSync(file, '');
      return () => undefined;
    },
  });
  const { value } = assertTold(told, 'clock-step');
  assert.ok((value ?? 0) > 30 && (value ?? 0) <= 41, String(value));
  assertInvalid(told, 'clock-step');
});

test('a server that drops answers: the gate fails, and the percentiles are said to leave them out', { timeout: 60_000 }, async (t) => {
  const told = await run(t, { over: { 'load.closed.users': [4], 'load.timeout': '300ms', gates: { errors: ['rate<1%'] } }, server: ['--mode', 'hang', '--share', '0.05', '--ms', '10'] });
  const { value } = assertTold(told, 'timed-out');
  assert.ok((value ?? 0) > 0.02 && (value ?? 0) < 0.15, `about one in twenty: ${String(value)}`);
  const [stage] = told.result.stages;
  assert.equal(stage?.requests.timedOut, stage?.requests.failed);
  assertGateFailed(told.done, told.output);
});

test('a server that resets connections: counted, the gate fails, and the measurement is not blamed', { timeout: 60_000 }, async (t) => {
  const { done, output, result, record } = await run(t, { over: { 'load.closed.users': [4], 'answers.golden': 20, gates: { errors: ['rate<1%'] } }, server: ['--mode', 'resets', '--reset-share', '0.05', '--ms', '10'] });
  assertGateFailed(done, output);
  const [stage] = result.stages;
  assert.ok((stage?.errors.byKind['reset'] ?? 0) + (stage?.errors.byKind['closed'] ?? 0) === stage?.requests.failed && stage.requests.failed > 5, JSON.stringify(stage?.errors));
  // Server and engine count differently by just the resets, which got no answer.
  assert.ok(record.stages[0]?.counts.server !== null);
  const counts = ['rows-lost', 'dropped', 'unaccounted', 'server-count', 'censored'];
  assert.deepEqual(stage.validity.reasons.filter(({ code }) => counts.includes(code)), []);
});

test('neighbours that burn every core: SUSPECT, for the server had fewer than it seems', { timeout: 60_000 }, async (t) => {
  const told = await run(t, { over: { 'load.closed.duration': '3500ms' }, plant: () => Promise.resolve(burn(availableParallelism())) });
  const { value } = assertTold(told, 'neighbour');
  assert.ok((value ?? 0) > 0.3, `they used ${String(value)} of the machine`);
  assertDoubted(told);
});

test('an nvidia-smi that stalls: SUSPECT, for a peak may lie in the hole; latencies are not blamed', { timeout: 60_000 }, async (t) => {
  const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/(dist|\.build\/[^/]+)\/$/, '');
  const told = await run(t, { env: { PATH: `${root}tests/stand-ins/nvidia-smi:${process.env['PATH'] ?? ''}`, MGEO_SMI_FAULT: 'silent' } });
  const { value } = assertTold(told, 'gpu-gap');
  assert.ok((value ?? 0) > 0.1, String(value));
  assert.ok(told.record.gpu?.status === 'present' && told.record.gpu.gaps.length > 0);
  assertDoubted(told);
});
