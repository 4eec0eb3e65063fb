/** `load.job` as a person runs it: real commands, their figures, their failures, and nothing left running. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { RunRecord } from '../../harness/model/record.js';
import { resultSchema, type Result } from '../../harness/report/index.js';
import { cli, readJson, scratch, start, type Started } from './cli.js';

const job = (output: string, command: readonly string[], ...more: string[]): string[] =>
  ['run', 'job', '--progress', 'plain', '--output', output, '--set', `load.job.command=${JSON.stringify(command)}`, '--set', 'telemetry.gpu=off', ...more];
const node = (script: string): string[] => [process.execPath, '-e', script];
/** A job with a child that nobody waits for; both ignore SIGTERM. */
const stubborn = node(`
  process.on('SIGTERM', () => {}); console.log('{"step": 1}');
  require('node:child_process').spawn(process.execPath, ['-e', "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)", 'child-of-job'], { stdio: 'inherit' }); setInterval(() => {}, 1000);`);

/** Resolves once both run: the job has printed its line by then. */
async function bothRun(run: Started): Promise<void> {
  await run.says('job: starting');
  // As the child's own arguments stand: the script of the job names it in quotes, and a process that is only being forked has the words of its parent.
  while (run.pids('1000) child-of-job').length < 1) await new Promise((resolve) => setTimeout(resolve, 50));
}

test('a job that trains: time, CPU, memory, figures, gates, and a verdict on them', async () => {
  const output = join(scratch(), 'run');
  // Three epochs of 0.3 s of CPU each, however long a busy machine takes to give them; 100 MiB held.
  const command = node(`
    const held = Buffer.alloc(100 * 2 ** 20, 1); const { user: userUs } = process.cpuUsage();
    for (let epoch = 1; epoch <= 3; epoch += 1) { while (process.cpuUsage().user - userUs < epoch * 300_000); console.log(JSON.stringify({ epoch, loss: 1 / epoch, right: 0.9 + epoch / 100, auc: 0.98 })); }
    console.error('done', held.length);`);
  const done = await cli(job(output, command, '--set', 'gates={job: ["time<60s"], "metric{name:loss}": ["last<0.5", "count>=2"]}', '--strict'));
  assert.equal(done.code, 0, done.stderr + done.stdout);
  assert.deepEqual(done.left, []);
  const { stages: [stage], checks, run } = resultSchema.parse(readJson<Result>(output, 'result.json'));
  assert.ok(stage?.job);
  const { durationS, cpuS, rssPeakMiB, metrics, lines } = stage.job;
  assert.ok(cpuS !== null && cpuS >= 0.85 && cpuS <= durationS * 1.5, `${String(durationS)} s, ${String(cpuS)} s of CPU`);
  assert.ok(rssPeakMiB !== null && rssPeakMiB > 100 && rssPeakMiB < 1000, String(rssPeakMiB));
  assert.ok(lines.json === 3 && lines.total === 3 && metrics.map(({ name }) => name).join() === 'epoch,loss,right,auc', JSON.stringify(lines));
  assert.deepEqual([run.engine, run.server.kind], [null, 'none']);
  assert.ok(checks.length >= 5 && checks.every(({ status }) => status === 'pass'), JSON.stringify(checks));
  assert.match(done.stdout, /loss +\d+ +1 +0\.\d+/);
  assert.match(readFileSync(join(output, 'logs/job.log'), 'utf8'), /^done 104857600$/m);
  assert.match(readFileSync(join(output, 'report.html'), 'utf8'), /<figure id="chart-job-figure">/);
});

test('a job that fails: its sentence, its last lines, exit 3, and what was measured is kept', async () => {
  const output = join(scratch(), 'run');
  const done = await cli(job(output, node(`console.log('{"loss": 2}'); console.error('RuntimeError: out of memory'); process.exitCode = 3;`), '--set', 'load.job.env={TOKEN: word-of-mine}'));
  assert.equal(done.code, 3, done.stderr);
  assert.match(done.stderr, /^error: The job ended with exit code 3\.\n(?: {2}.*\n)* {2}RuntimeError: out of memory\n(?: {2}.*\n)*hint: /m);
  const record = readJson<RunRecord>(output, 'run.json');
  assert.deepEqual([record.outcome, record.failure?.code, record.stages[0]?.job?.metrics[0]?.last], ['failed', 'job-failed', 2]);
  assert.ok(existsSync(join(output, 'report.html')));
  assert.ok(!JSON.stringify(record).includes('word-of-mine'));
});

test('Ctrl-C ends the job and all it started, and keeps what it said', async () => {
  const output = join(scratch(), 'run');
  const run = start(job(output, stubborn));
  await bothRun(run);
  run.signal('SIGINT');
  const done = await run.ended;
  assert.equal(done.code, 130, done.stderr);
  assert.deepEqual(done.left, []);
  const [stage] = readJson<RunRecord>(output, 'run.json').stages;
  assert.deepEqual([stage?.status, stage?.job?.metrics[0]?.last], ['interrupted', 1]);
});

test('a harness that is killed leaves no job behind', async () => {
  const run = start(job(join(scratch(), 'run'), stubborn));
  await bothRun(run);
  run.signal('SIGKILL');
  assert.deepEqual((await run.ended).left, []);
});
