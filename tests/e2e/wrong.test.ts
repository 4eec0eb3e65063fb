/** When it goes wrong: one sentence, a hint, the right exit code, nothing left running, nothing measured lost. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import type { RunRecord } from '../../harness/model/record.js';
import { answersOf, assertGateFailed, assertPassed, cli, readJson, scratch, shortRun, standInServer, start, type Ended } from './cli.js';

/** What every failure owes its reader. */
function tidy(done: Ended, code: number, ...says: RegExp[]): void {
  assert.equal(done.code, code, `exit ${String(done.code)}\n${done.stderr}${done.stdout}`);
  assert.deepEqual(done.left, [], 'processes were left running');
  assert.ok(!/\n\s+at .*:\d+:\d+/.test(done.stderr), `a stack trace:\n${done.stderr}`);
  for (const pattern of says) assert.match(done.stderr + done.stdout, pattern);
}

const hint = /^hint: .+/m;
/** Events instead of lines: the moment that a test waits for is one of the run, not of a clock. */
const events = ['--progress', 'json'];
/** A stage that ends with so many requests, however long they take. */
const byCount = (requests: number): Record<string, unknown> => ({ 'load.closed.requests': requests, 'load.closed.duration': '10m' });

test('no such scenario, no such flag, no such verb', async () => {
  tidy(await cli(['run', 'quik']), 2, /quik/, /quick/, hint);
  tidy(await cli(['run', 'quick', '--engin', 'k6']), 2, /--engin/);
  tidy(await cli(['rum']), 2, /run/);
  tidy(await cli(['report', 'no/such/run']), 2, /no\/such\/run/, hint);
});

test('the output folder is not empty: nothing is started, nothing overwritten', async () => {
  const dir = scratch();
  writeFileSync(join(dir, 'old.txt'), 'old');
  tidy(await cli(shortRun(dir)), 2, /not empty/, hint);
});

test('the output folder cannot be written', async () => {
  tidy(await cli(shortRun('/proc/no/run')), 3, /\/proc\/no/, hint);
});

test('the disk fills up: the answer is still told, what could be written is there', async () => {
  const output = join(scratch(), 'run');
  const run = start([...shortRun(output, { 'load.closed.users': [2] }), ...standInServer('--ms', '10')]);
  await run.says('stage 1 of 1');
  // A folder in the place of a file cannot be written, for root neither: as good as a full disk at that moment.
  mkdirSync(join(output, 'report.html'));
  const done = await run.ended;
  tidy(done, 3, /report\.html is a folder/, hint);
  assert.match(done.stdout, /2 users/);
  assert.ok(done.stdout.includes(`${output}/report.md`) && !done.stdout.includes(`${output}/report.html`), 'only what was written is named');
  for (const name of ['run.json', 'result.json', 'junit.xml', 'report.md']) assert.ok(existsSync(join(output, name)), name);
});

test('the port is taken', async () => {
  const other = createServer((_, response) => response.end());
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  tidy(await cli([...shortRun(join(scratch(), 'run')), '--set', `server.reference.port=${String(port)}`]), 3, new RegExp(String(port)), hint);
  other.closeAllConnections();
  other.close();
});

test('the server is not there, never ready, or crashes at boot', async () => {
  const server = (command: string[], over: object = {}): string[] => ['--set', `server=${JSON.stringify({ process: { command, url: 'http://127.0.0.1:{port}', ready: '/ready', readyTimeout: '1s', ...over } })}`];
  tidy(await cli([...shortRun(join(scratch(), 'a')), '--set', 'server={url: "http://127.0.0.1:9"}']), 3, /127\.0\.0\.1:9/, hint);
  tidy(await cli([...shortRun(join(scratch(), 'b')), ...server(['sleep', '30'])]), 3, /not ready after 1 s/, hint);
  const output = join(scratch(), 'c');
  tidy(await cli([...shortRun(output), ...server(['sh', '-c', 'echo cannot open weights >&2; exit 9'])]), 3, /exit code 9/, /cannot open weights/, hint);
  assert.ok(existsSync(join(output, 'report.html')), 'even then there is a report');
});

test('the server crashes mid-stage: what was measured before is kept', async () => {
  const output = join(scratch(), 'run');
  // The second stage lasts at least 20 s, however quick the machine: its one user asks 2,000 times, 10 ms each.
  const run = start([...shortRun(output, { 'load.closed.users': [40, 1], ...byCount(2_000) }), ...standInServer('--ms', '10'), ...events]);
  await run.happens(answersOf(1));
  for (const pid of run.pids('known-latency-server')) process.kill(pid, 'SIGKILL');
  tidy(await run.ended, 3, /The server ended by SIGKILL/, hint);
  const record = readJson<RunRecord>(output, 'run.json');
  assert.deepEqual(record.stages.map(({ status }) => status), ['completed', 'server-failed']);
  assert.ok((record.stages[0]?.requests.completed ?? 0) >= 1_000 && (record.stages[1]?.requests.completed ?? 0) > 0);
});

test('answers that are no scores fail: HTML, wrong JSON, NaN, out of range, silence', async () => {
  for (const [mode, word] of [['html', /html/i], ['bad-json', /not-json|JSON/], ['nan', /not-a-number|number/], ['out-of-range', /out-of-range|range/], ['hang', /timeout|time-?out/i]] as const) {
    const output = join(scratch(), mode);
    const done = await cli([...shortRun(output, { 'load.timeout': '300ms' }), ...standInServer('--mode', mode, '--ms', '5')]);
    assertGateFailed(done, output);
    tidy(done, done.code ?? NaN);
    assert.match(JSON.stringify(readJson(output, 'result.json')) + done.stdout, word, mode);
  }
});

test('a server that is fast but wrong under load fails', async () => {
  const output = join(scratch(), 'run');
  const done = await cli([...shortRun(output, { gates: { answers: ['flips==0'] } }), ...standInServer('--mode', 'wrong-score', '--ms', '5')]);
  assertGateFailed(done, output);
  tidy(done, done.code ?? NaN, /flips/);
  const [, loaded] = readJson<RunRecord>(output, 'run.json').stages;
  assert.ok((loaded?.answers.flips ?? 0) > 0);
});

test('k6 is asked for and not there', async () => {
  const empty = scratch();
  // Node alone on the PATH: no k6, and no Go to build it with.
  tidy(await cli([...shortRun(join(scratch(), 'run')), '--engine', 'k6'], { PATH: empty, MGEO_BENCH_CACHE: empty }), 3, /k6/, hint);
});

test('the engine is killed mid-stage: the stage is marked, the run goes on', async () => {
  const output = join(scratch(), 'run');
  // The first stage would last at least 20 s: its one user asks 2,000 times, 10 ms each.
  const run = start([...shortRun(output, { 'load.closed.users': [1, 40], ...byCount(2_000) }), ...standInServer('--ms', '10'), ...events]);
  await run.happens(answersOf(0));
  for (const pid of run.pids('autocannon')) process.kill(pid, 'SIGKILL');
  tidy(await run.ended, 4, /engine|autocannon/i);
  const record = readJson<RunRecord>(output, 'run.json');
  assert.deepEqual(record.stages.map(({ status }) => status), ['engine-failed', 'completed']);
  assert.ok((record.stages[0]?.requests.completed ?? 0) > 0, 'what was measured is kept');
});

test('the engine is killed mid-stage, and the plan says stop: the run ends there, in one sentence', async () => {
  const output = join(scratch(), 'run');
  const run = start([...shortRun(output, { 'load.closed.duration': '60s', 'load.onEngineFailure': 'stop' }), ...standInServer('--ms', '10'), ...events]);
  await run.happens(answersOf(0));
  for (const pid of run.pids('autocannon')) process.kill(pid, 'SIGKILL');
  tidy(await run.ended, 3, hint);
  const record = readJson<RunRecord>(output, 'run.json');
  assert.deepEqual(record.stages.map(({ status }) => status), ['engine-failed']);
  assert.deepEqual([record.outcome, record.failure?.code], ['failed', 'engine-failed']);
  assert.ok((record.stages[0]?.requests.completed ?? 0) > 0 && existsSync(join(output, 'report.html')), 'what was measured is kept');
});

test('nvidia-smi dies or talks garbage: the run is not disturbed, gaps are gaps', async () => {
  const root = new URL('../../', import.meta.url).pathname.replace(/(dist|\.build\/[^/]+)\/$/, '');
  const runWith = async (fault: string): Promise<RunRecord> => {
    const output = join(scratch(), fault);
    const done = await cli([...shortRun(output, { 'load.closed.users': [4], 'answers.golden': 5 }), ...standInServer('--ms', '40')], { PATH: `${root}tests/stand-ins/nvidia-smi:${process.env['PATH'] ?? ''}`, MGEO_SMI_FAULT: fault });
    assertPassed(done, output);
    tidy(done, done.code ?? NaN);
    return readJson<RunRecord>(output, 'run.json');
  };
  const ofGpus = ({ series }: RunRecord): RunRecord['series'] => series.filter(({ source }) => source.startsWith('gpu:'));

  const died = await runWith('dies-after-3');
  assert.ok(died.gpu?.status === 'present' && died.gpu.restarts > 0, JSON.stringify(died.gpu));
  assert.ok(died.gpu.gaps.some(({ why }) => why.includes('GPU is lost')), JSON.stringify(died.gpu.gaps));
  assert.ok(ofGpus(died).length > 0);
  for (const { source, metric, v } of ofGpus(died)) assert.ok(v.includes(null) && v.some((value) => value !== null), `${source} ${metric}: ${JSON.stringify(v)}`);

  const garbage = await runWith('garbage');
  assert.ok(garbage.gpu?.status === 'present' && garbage.gpu.restarts === 0 && garbage.gpu.samples >= 2, JSON.stringify(garbage.gpu));
  assert.deepEqual([...new Set(ofGpus(garbage).map(({ source }) => source))], garbage.gpu.gpus.map(({ uuid }) => `gpu:${uuid}`));

  const none = await runWith('no-driver');
  assert.ok(none.gpu?.status === 'absent' && none.gpu.code === 'no-driver' && none.gpu.why.includes('NVIDIA driver'), JSON.stringify(none.gpu));
  assert.deepEqual(ofGpus(none), []);
});

/** That a run which would have gone on for a minute and more was over long before; that it takes five seconds at most is measured alone (tests/validity/interruption.test.ts). */
function assertCutShort({ afterSignalMs }: Ended): void {
  assert.ok(afterSignalMs < 30_000, `${String(Math.round(afterSignalMs))} ms`);
}

const phases: [string, string][] = [['prepare', 'calibrating autocannon'], ['boot', 'waiting for the server to be ready'], ['probe', 'asking golden answers']];
for (const [phase, words] of phases) {
  test(`Ctrl-C during ${phase}: over long before its end, the report is written, exit 130`, async () => {
    const output = join(scratch(), 'run');
    // Without the figures of the day the engine is calibrated first.
    const run = start([...shortRun(output, { 'load.closed.duration': '2m', 'answers.golden': phase === 'probe' ? 600 : 60 }), ...(phase === 'boot' ? [] : standInServer('--ms', '10'))], phase === 'prepare' ? { MGEO_BENCH_CACHE: scratch() } : {});
    await run.says(words);
    run.signal('SIGINT');
    const done = await run.ended;
    tidy(done, 130, /Interrupted/);
    assertCutShort(done);
    const record = readJson<RunRecord>(output, 'run.json');
    assert.deepEqual([record.outcome, record.stages], ['aborted', []]);
    assert.ok(existsSync(join(output, 'report.html')));
  });
}

test('Ctrl-C during load: what was measured until then is kept, the report is written, exit 130', async () => {
  const output = join(scratch(), 'run');
  // The second stage would last a minute at least: its one user asks 6,000 times, 10 ms each.
  const run = start([...shortRun(output, { 'load.closed.users': [40, 1], ...byCount(6_000) }), ...standInServer('--ms', '10'), ...events]);
  await run.happens(answersOf(1));
  run.signal('SIGINT');
  const done = await run.ended;
  tidy(done, 130, /Interrupted/);
  assertCutShort(done);
  const record = readJson<RunRecord>(output, 'run.json');
  assert.equal(record.outcome, 'aborted');
  assert.deepEqual(record.stages.map(({ status }) => status), ['completed', 'interrupted']);
  assert.ok((record.stages[1]?.requests.completed ?? 0) > 0);
  assert.ok(existsSync(join(output, 'report.html')));
});

test('a Ctrl-C that comes twice, as npm hands it on, is one: the report is written all the same', async () => {
  const output = join(scratch(), 'run');
  const run = start([...shortRun(output, { 'load.closed.duration': '2m' }), ...standInServer('--ms', '10')]);
  await run.says('stage 1 of 2');
  run.signal('SIGINT');
  await run.says('stopping');
  run.signal('SIGINT');
  tidy(await run.ended, 130, /Interrupted/);
  assert.ok(existsSync(join(output, 'report.html')));
});

test('Ctrl-C while the pairs are made: nothing was started yet, exit 130', async () => {
  const output = join(scratch(), 'run');
  const run = start([...shortRun(output, { 'load.closed.duration': '2m', dataset: { seed: 7, mix: { high: 150_000, low: 150_000 } } }), ...standInServer('--ms', '10')]);
  await run.says('making the address pairs');
  run.signal('SIGINT');
  const done = await run.ended;
  tidy(done, 130, /Interrupted/);
  assertCutShort(done);
  const { outcome, dataset, server } = readJson<RunRecord>(output, 'run.json');
  assert.deepEqual([outcome, dataset, server], ['aborted', null, null], 'they were not made to the end');
});

test('Ctrl-C while the report is written: it is written, exit 130', async () => {
  const output = join(scratch(), 'run');
  const run = start([...shortRun(output, { 'load.closed.users': [2] }), ...standInServer('--ms', '10')]);
  await run.says('writing the report');
  run.signal('SIGINT');
  tidy(await run.ended, 130, /Interrupted/, /2 users/);
  assert.equal(readJson<RunRecord>(output, 'run.json').outcome, 'completed');
  assert.ok(existsSync(join(output, 'report.html')));
});

test('a server that takes no notice of SIGTERM is ended all the same, and the run with it', async () => {
  const output = join(scratch(), 'run');
  const done = await cli([...shortRun(output, { 'load.closed.users': [2] }), ...standInServer('--ms', '10', '--deaf', 'on')]);
  assertPassed(done, output);
  assert.deepEqual(done.left, []);
  assert.equal(readJson<RunRecord>(output, 'run.json').outcome, 'completed');
});

test('SIGTERM exits 143', async () => {
  const run = start([...shortRun(join(scratch(), 'run')), ...standInServer('--ms', '10')]);
  await run.says('stage 1 of 2');
  run.signal('SIGTERM');
  tidy(await run.ended, 143, /Terminated/);
});

test('SIGKILL of the harness leaves neither server nor engine, and the record that was saved', async () => {
  const output = join(scratch(), 'run');
  const run = start([...shortRun(output)]);
  await run.says('stage 2 of 2');
  run.signal('SIGKILL');
  const done = await run.ended;
  assert.equal(done.signal, 'SIGKILL');
  assert.deepEqual(done.left, []);
  assert.equal(readJson<RunRecord>(output, 'run.json').stages.length, 1);
});

test('a broken record is refused, not rendered', async () => {
  const dir = scratch();
  mkdirSync(join(dir, 'run'));
  writeFileSync(join(dir, 'run/run.json'), '{"schema":"mgeo-bench/run/1"');
  tidy(await cli(['report', join(dir, 'run')]), 2, /not whole JSON/, hint);
});
