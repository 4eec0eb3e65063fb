/** Real commands, ended in every way a command can end. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { driveJob, type DrivenJob } from '../../../harness/load/index.js';
import type { JobPlan } from '../../../harness/model/job.js';
import { stageResultSchema } from '../../../harness/model/stage-result.js';
import type { Stage } from '../../../harness/model/stage.js';
import { alive, eventually, testContext } from '../../host/context.js';

const folder = mkdtempSync(join(tmpdir(), 'mgeo-bench-job-'));
after(() => { rmSync(folder, { recursive: true, force: true }); });

const stage: Stage = { index: 0, name: 'job', role: 'measure', arm: '', repeat: 0, warmupS: 0, durationS: 60, minRequests: null, arrival: { kind: 'job', timeoutS: 60 } };
const logFile = join(folder, 'job.log');

interface Over { signal?: AbortSignal; gone?: AbortSignal; url?: string; onSpawn?: (pid: number) => void; endedCpuS?: () => number | null }

async function drive(script: string, plan: Partial<JobPlan> = {}, over: Over = {}): Promise<DrivenJob & { log: string; ctx: ReturnType<typeof testContext> }> {
  rmSync(logFile, { force: true });
  const ctx = testContext(over.signal);
  const driven = await driveJob({
    stage, job: { command: [process.execPath, '-e', script], cwd: null, env: {}, timeoutS: 60, ...plan }, url: over.url ?? null, logFile,
    onSpawn: over.onSpawn ?? (() => undefined), endedCpuS: over.endedCpuS ?? (() => null), serverGone: over.gone ?? new AbortController().signal,
  }, ctx);
  stageResultSchema.parse(driven.result);
  // The log is closed a moment after the process.
  let log = '';
  await eventually(() => { try { log = readFileSync(logFile, 'utf8'); } catch { /* nothing was written */ } return log.endsWith('\n') || log === ''; }, 500);
  return { ...driven, log, ctx };
}

test('a job that ends well: figures, words in the log alone, time around it', async () => {
  const { result, failure, log } = await drive(`
    console.log('loading'); console.error('a warning');
    console.log(JSON.stringify({ epoch: 1, loss: 0.5 }));
    setTimeout(() => { console.log(JSON.stringify({ epoch: 2, loss: 0.25 })); process.stdout.write('{"auc": 0.97}'); }, 300);`);
  assert.equal(failure, null);
  assert.deepEqual([result.status, result.engine, result.job?.exitCode, result.job?.signal, result.job?.timedOut], ['completed', 'command', 0, null, false]);
  // The last line lacks its end, and counts all the same.
  assert.deepEqual(result.job?.lines, { total: 4, json: 3, malformed: 0, tooLong: 0 });
  assert.deepEqual(result.job?.metrics.map(({ name, n, first, last }) => [name, n, first, last]), [['epoch', 2, 1, 2], ['loss', 2, 0.5, 0.25], ['auc', 1, 0.97, 0.97]]);
  const [epoch] = result.job?.metrics ?? [];
  // Two lines with a timer of 300 ms between them, and the whole around both.
  assert.ok((epoch?.spanMs ?? 0) >= 295 && (result.job?.durationMs ?? 0) >= (epoch?.spanMs ?? 0), JSON.stringify(epoch));
  assert.equal(result.windowToMs - result.windowFromMs, result.job?.durationMs);
  for (const words of ['loading', 'a warning', '{"auc": 0.97}']) assert.ok(log.includes(words), words);
});

test('exit code 3: one sentence, the last lines, and what was measured', async () => {
  const { result, failure } = await drive(`console.log('{"loss": 7}'); console.error('RuntimeError: out of memory'); process.exitCode = 3;`);
  assert.deepEqual([failure?.code, failure?.exitCode, failure?.message], ['job-failed', 3, 'The job ended with exit code 3.']);
  assert.ok(failure?.details.includes('RuntimeError: out of memory'));
  assert.deepEqual([result.status, result.job?.exitCode, result.job?.metrics[0]?.last], ['job-failed', 3, 7]);
});

test('killed from outside', async () => {
  const { result, failure } = await drive(`console.log('{"loss": 1}'); setInterval(() => {}, 1000); setTimeout(() => process.kill(process.pid, 'SIGKILL'), 100);`);
  assert.equal(failure?.message, 'The job was killed by SIGKILL.');
  assert.deepEqual([result.job?.exitCode, result.job?.signal, result.job?.metrics.length], [null, 'SIGKILL', 1]);
});

test('a time-out ends it and all it started, also what does not listen', async () => {
  let child = 0;
  const script = `
    const { spawn } = require('node:child_process');
    process.on('SIGTERM', () => {});
    const child = spawn(process.execPath, ['-e', "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)"], { stdio: 'inherit' });
    console.log(JSON.stringify({ child: child.pid })); setInterval(() => {}, 1000);`;
  const { result, failure, ctx } = await drive(script, { timeoutS: 0.6 });
  child = result.job?.metrics[0]?.last ?? 0;
  assert.deepEqual([failure?.code, failure?.exitCode, failure?.message], ['job-timed-out', 3, 'The job did not end within 600 ms and was stopped.']);
  assert.deepEqual([result.status, result.job?.timedOut, result.job?.signal], ['job-failed', true, 'SIGKILL']);
  assert.ok(child > 0 && await eventually(() => !alive(child, ctx.host), 2000), 'what the job started lives on');
});

test('garbage: lines that are no JSON are counted, and the others still read', async () => {
  const { result, failure } = await drive(`
    console.log("{'loss': 0.3}"); console.log('{"loss": 0.2'); console.log('{}}'); console.log(Buffer.from([0xff, 0xfe, 0x00, 0x7b]).toString('latin1'));
    process.stdout.write(Buffer.from([0x7b, 0xff, 0x0a])); console.log('{"loss": NaN, "step": 1}'); console.log('{"loss": 0.1}');`);
  assert.equal(failure, null);
  assert.deepEqual(result.job?.lines, { total: 7, json: 2, malformed: 4, tooLong: 0 });
  assert.deepEqual(result.job?.metrics.map(({ name, n, notFinite, last }) => [name, n, notFinite, last]), [['loss', 1, 1, 0.1], ['step', 1, 0, 1]]);
});

test('no line at all', async () => {
  const { result, failure, log } = await drive('');
  assert.equal(failure, null);
  assert.deepEqual(result.job?.lines, { total: 0, json: 0, malformed: 0, tooLong: 0 });
  assert.deepEqual([result.job?.metrics, log], [[], '']);
  const silent = await drive('process.exitCode = 1');
  assert.deepEqual([silent.failure?.details, silent.failure?.hint], [[], 'It wrote nothing: run its command by hand to see why.']);
});

test('a line of 10 MB is one line, too long to be read; what comes after it is', async () => {
  const { result, failure } = await drive(`
    console.log(JSON.stringify({ weights: 'x'.repeat(10_000_000), loss: 1 })); console.log('y'.repeat(10_000_000)); console.log('{"loss": 0.5}'); process.exitCode = 1;`);
  assert.deepEqual(result.job?.lines, { total: 3, json: 1, malformed: 1, tooLong: 1 });
  assert.deepEqual(result.job?.metrics.map(({ name, n, last }) => [name, n, last]), [['loss', 1, 0.5]]);
  assert.ok(failure !== null && failure.details.join('\n').length < 20 * 500, 'the last lines are shown shortened');
});

test('a command that cannot be started, and a folder that is not there', async () => {
  const missing = await drive('', { command: ['no-such-program-of-ours'] });
  assert.deepEqual([missing.result.status, missing.failure?.code, missing.failure?.exitCode], ['not-started', 'job-command-failed', 3]);
  assert.match(missing.failure?.message ?? '', /no-such-program-of-ours/);
  const nowhere = await drive('', { cwd: join(folder, 'nowhere') });
  assert.match(nowhere.failure?.message ?? '', /there is no folder .*nowhere/);
});

test('interrupted: it is asked to end, which is no failure of its own, and what it said is kept', async () => {
  const interrupt = new AbortController();
  // It has said something once its log has: only then is it interrupted.
  const spoke = (): boolean => existsSync(logFile) && readFileSync(logFile, 'utf8').includes('step');
  const { result, failure } = await drive(`console.log('{"step": 1}'); setInterval(() => {}, 1000);`, {}, { signal: interrupt.signal, onSpawn: () => { void eventually(spoke).then(() => { interrupt.abort(new Error('stop')); }); } });
  assert.deepEqual([failure, result.status, result.job?.signal, result.job?.metrics.length], [null, 'interrupted', 'SIGTERM', 1]);
  const before = await drive('console.log(1)', {}, { signal: AbortSignal.abort(new Error('stop')) });
  assert.deepEqual([before.result.status, before.result.job?.lines.total], ['interrupted', 0]);
});

test('it ends with the server beside it', async () => {
  const gone = new AbortController();
  const { result, failure } = await drive('setInterval(() => {}, 1000);', {}, { gone: gone.signal, onSpawn: () => { setTimeout(() => { gone.abort(new Error('gone')); }, 200); } });
  assert.deepEqual([failure, result.status], [null, 'server-failed']);
});

test('its environment, its folder, {url} and {package}', async () => {
  const { log, ctx } = await drive(`console.log(process.cwd(), process.env.URL_OF, process.argv[1], process.env.PYTHONUNBUFFERED)`, {
    command: [process.execPath, '-e', 'console.log(process.cwd(), process.env.URL_OF, process.argv[1], process.env.PYTHONUNBUFFERED)', '{package}/package.json'], cwd: folder, env: { URL_OF: '{url}/health' },
  }, { url: 'http://127.0.0.1:9' });
  assert.equal(log, `${folder} http://127.0.0.1:9/health ${ctx.host.files.packageRoot}/package.json 1\n`);
});

test('CPU time is what the kernel handed over between start and end', async () => {
  let reads = 0;
  const { result } = await drive('', {}, { endedCpuS: () => [4, 5.25][reads++] ?? null });
  assert.equal(result.job?.cpuS, 1.25);
});

test('progress tells lines and the figures of the last one', async () => {
  const { ctx } = await drive(`console.log('{"loss": 0.5}'); setTimeout(() => {}, 1300);`);
  const ticks = ctx.events.filter((event) => event.kind === 'job-tick');
  assert.ok(ticks.length >= 1);
  assert.deepEqual([ticks.at(-1)?.lines, ticks.at(-1)?.latest], [1, [['loss', 0.5]]]);
});
