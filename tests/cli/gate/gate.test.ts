import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { report } from '../../../harness/cli/report.js';
import { baselineSchema } from '../../../harness/model/baseline.js';
import type { Result } from '../../../harness/report/index.js';
import { accept, accepted, base, host, ioTo, judged, refused, run } from './judged.js';

before(accept);

test('the same passes, slower fails, both with value, ratio and interval; --json has them as numbers', async () => {
  const same = await judged([run(20)], { baseline: accepted });
  assert.equal(same.code, 0, same.out);
  assert.match(same.out, /✓ pass latency p\(95\)<=baseline\*1\.1 at “2 users”: .*baseline 2\d\.?\d* ms \(5 runs\); × \d.*\[/);
  const slow = await judged([run(25)], { baseline: accepted });
  assert.equal(slow.code, 1);
  assert.match(slow.out, /✗ Failed: latency p\(95\)<=baseline\*1\.1 does not hold at .*limit 2\d\.?\d* ms \(baseline 2/);
  const { checks } = JSON.parse((await judged([run(25)], { baseline: accepted, json: true })).out) as Result;
  const check = checks.find(({ id }) => id.startsWith('latency'));
  assert.equal(check?.baseline?.runs, 5);
  assert.ok(Math.abs((check?.baseline?.change.value ?? 0) - 1.25) < 0.02);
  assert.ok(Math.abs((check?.limit ?? 0) - 1.1 * (check?.baseline?.value ?? 0)) < 1e-6);
});

test('several runs of one scenario count together', async () => {
  const three = await judged([run(20), run(20.1), run(19.9)], { baseline: accepted });
  assert.match(three.out, /3 runs against 5 runs/);
  assert.equal(three.code, 0);
});

test('a run whose gates rest on a baseline, and none there: undecided, and told how to make one', async () => {
  const first = await judged([run(20)]);
  assert.equal(first.code, 0);
  assert.match(first.out, /Inconclusive: .*no baseline yet: make one .*gate RUN --accept/);
  const strict = await judged([run(20, { change: ({ plan }) => ({ plan: { ...plan, policy: { ...plan.policy, strict: true } } }) })]);
  assert.equal(strict.code, 4);
});

test('a run that asks nothing of a baseline is held against it by the usual gates', async () => {
  const { out } = await judged([run(20, { gates: [] })], { baseline: accepted });
  assert.match(out, /rps rate>=baseline\*0\.95/);
  assert.match(out, /latency p\(95\)<=baseline\*1\.1/);
});

test('few runs: what noise could be is left open, what it cannot be fails', async () => {
  const single = join(base, 'baselines', 'single.json');
  await judged([run(20)], { accept: true, baseline: single });
  const open = await judged([run(23)], { baseline: single });
  assert.equal(open.code, 0);
  assert.match(open.out, /1 run against 1 run cannot tell the noise between runs/);
  assert.equal((await judged([run(40)], { baseline: single })).code, 1);
});

test('further gates and presets on a saved run; one that fits no stage is a mistake with the nearest name', async () => {
  assert.equal((await judged([run(20, { gates: [] })], { gate: ['latency{users:8}: p(95)<10ms'] })).code, 1);
  assert.equal((await judged([run(20, { gates: [] })], { preset: 'smoke' })).code, 0);
  await assert.rejects(judged([run(20)], { gate: ['latency{users:9}: p(95)<1s'] }), refused('usage', /fits no stage of the run.*did you mean users:8\?/));
  await assert.rejects(judged([run(20)], { gate: ['latency{stage:8 user}: p(95)<1s'] }), refused('usage', /did you mean stage:8 users\?/));
  await assert.rejects(judged([run(20)], { gate: ['latncy: p(95)<1s'] }), refused('usage', /Did you mean "latency"\?/));
  await assert.rejects(judged([run(20)], { gate: ['p(95)<1s'] }), refused('usage', /is no gate/));
});

test('gate --strict: what is undecided ends with 4', async () => {
  assert.equal((await judged([run(20)], { strict: true })).code, 4);
});

test('report shows what the run was held against, in both languages; it never looks for a baseline of its own accord', async () => {
  const baseline = baselineSchema.parse(JSON.parse(readFileSync(accepted, 'utf8')));
  const folder = run(25, { change: () => ({ baseline }) });
  await report(folder, { lang: 'both' }, host, ioTo(() => undefined));
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  assert.match(read('report.html'), /Baseline; change \[interval\].*\(5 runs\); × 1\.2\d/s);
  assert.match(read('report.zh-CN.html'), /基线；变化 \[区间\].*（5 次运行）/s);
  assert.match(read('report.md'), /Baseline; change \\?\[interval\\?\].*5 runs/s);
  assert.match(read('junit.xml'), /<failure message="latency p\(95\)&lt;=baseline\*1\.1 @ 2 users: .*baseline .*5 runs\); × 1\.2/);
  const without = run(25);
  await report(without, { lang: 'en', baseline: accepted, format: 'markdown' }, host, ioTo(() => undefined));
  assert.match(readFileSync(join(without, 'report.md'), 'utf8'), /5 runs/);
});
