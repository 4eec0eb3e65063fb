/** What is wrong with a plan is said before anything is started: one sentence, what would do, exit 2 where it is refused. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { oneProcess } from '../e2e/one-process.js';

const cli = oneProcess();
const folder = mkdtempSync(join(tmpdir(), 'foreknown-'));
after(() => { rmSync(folder, { recursive: true, force: true }); });
const file = join(folder, 'short.yaml');
writeFileSync(file, 'server: {simulated: {service: 2ms}}\nload: {open: {rates: [10, 20], duration: 5s}, warmup: 0s}\ngates: {latency: ["p(99)<80ms"]}\n');
const sentence = /latency p\(99\)<80ms cannot pass at “10\/s”: at 99 % confidence it takes 459 requests, and the plan has about 50; load\.open\.duration: 46s would be enough\./;

test('a budget too small for the confidence: plan and run say what would be enough, and --strict refuses', async () => {
  const plan = await cli(['plan', file]);
  assert.deepEqual([plan.code, plan.stderr], [0, '']);
  assert.match(plan.stdout, new RegExp(`^warning   ${sentence.source}$`, 'm'));
  assert.match((JSON.parse((await cli(['plan', file, '--json'])).stdout) as { tooFew: string[] }).tooFew[0] ?? '', sentence);
  const run = await cli(['run', file, '--progress', 'plain', '--output', join(folder, 'told'), '--lang', 'both']);
  assert.equal(run.code, 0);
  assert.match(run.stderr, new RegExp(`warning: ${sentence.source}`));
  assert.match(run.stdout, /Inconclusive/, 'and so it was');
  assert.match(readFileSync(join(folder, 'told/report.zh-CN.html'), 'utf8'), /有一道门禁要求的置信度，计划的请求数给不出/);
  const refused = await cli(['run', file, '--strict', '--progress', 'none', '--output', join(folder, 'refused')]);
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, new RegExp(`^error: ${sentence.source}\\nhint: .+--strict`, 'm'));
  const record = JSON.parse(readFileSync(join(folder, 'refused/run.json'), 'utf8')) as { stages: unknown[]; failure: { code: string; exitCode: number } };
  assert.deepEqual([record.stages, record.failure.code, record.failure.exitCode], [[], 'budget-too-small', 2]);
});

test('what is enough is enough', async () => {
  const run = await cli(['run', file, '--strict', '--set', 'load.open.duration=60s', '--progress', 'plain', '--output', join(folder, 'enough')]);
  assert.deepEqual([run.code, /cannot pass/.test(run.stderr)], [0, false], run.stderr + run.stdout);
});

test('schedules of more than a day, of every kind, are refused', async () => {
  writeFileSync(join(folder, 'days.csv'), 'time\n0\n90001\n');
  writeFileSync(join(folder, 'days.yaml'), 'server: {simulated: {}}\nload: {replay: {file: days.csv}}\n');
  const loads = ['open={rates: [10], duration: 25h}', 'burst={requests: 10, every: 1h, repeats: 30}', 'soak={rate: 10, duration: 25h}', 'spike={base: 10, peak: 20, before: 20h, during: 3h, after: 2h}'];
  for (const load of loads) {
    const done = await cli(['run', file, '--set', `load.${load}`, '--output', join(folder, 'never')]);
    assert.equal(done.code, 2, load);
    assert.match(done.stderr, /longer than a day/, load);
  }
  const replay = await cli(['run', join(folder, 'days.yaml'), '--output', join(folder, 'never')]);
  assert.equal(replay.code, 2);
  assert.match(replay.stderr, /^error: days\.csv: at speed 1 its moments span .* at most 24 h long\.\nhint: Raise load\.replay\.speed/);
  assert.ok(!existsSync(join(folder, 'never')));
});
