/** Spike, soak and replay through the whole program, on a real engine, against servers whose truth is planted. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { RunRecord } from '../../harness/model/record.js';
import type { Result } from '../../harness/report/index.js';
import { assertPassed, cli, needs, readJson, scratch, standInServer } from './cli.js';

const dataset = 'dataset: { mix: { high: 200, low: 200 } }\nanswers: { golden: 20, probes: false }\n';

async function run(scenario: string, server: string[], engine = 'autocannon'): Promise<{ done: Awaited<ReturnType<typeof cli>>; output: string; folder: string }> {
  const folder = scratch();
  writeFileSync(join(folder, 'mine.yaml'), `name: mine\n${dataset}${scenario}`);
  const output = join(folder, 'out');
  const done = await cli(['run', join(folder, 'mine.yaml'), '--engine', engine, '--progress', 'plain', '--lang', 'both', '--output', output, ...server]);
  assert.deepEqual(done.left, []);
  return { done, output, folder };
}

test('a server that serves one at a time recovers from a spike when its backlog is gone', async (t) => {
  // 100 a second at best: a second of 250 leaves some 150, which 80 a second drain in about two.
  const spike = (): ReturnType<typeof run> => run(
    'load: { warmup: 1s, spike: { base: 20, peak: 250, before: 3s, during: 1s, after: 9s, within: p(95)<300ms, arrivals: constant } }\ngates: { recovery: ["time<9s"] }\n',
    standInServer('--mode', 'serial', '--ms', '10'),
  );
  let { done, output } = await spike();
  const toldBy = (): NonNullable<Result['stages'][number]['recovery']> => readJson<Result>(output, 'result.json').stages[0]?.recovery ?? assert.fail('no recovery');
  // Other work on the machine may keep the server from its work in one attempt; a program that is wrong is wrong in all.
  for (let again = 0, told = toldBy(); again < 2 && !('timeS' in told && told.recovered); again += 1, told = toldBy()) ({ done, output } = await spike());
  assertPassed(done, output);
  const recovery = toldBy();
  const { checks } = readJson<Result>(output, 'result.json');
  assert.ok('timeS' in recovery, JSON.stringify(recovery));
  t.diagnostic(`recovered after ${String(recovery.timeS.low)} to ${String(recovery.timeS.value)} s; slowest window ${String(recovery.worstMs)} ms`);
  assert.ok(recovery.broken && recovery.recovered && recovery.timeS.value > 0, JSON.stringify(recovery));
  assert.ok((recovery.worstMs ?? 0) > 800, 'those who came at the end of the peak waited for all before them');
  assert.deepEqual(checks.map(({ metric }) => metric), ['recovery']);
  assert.match(done.stdout, /p95 was within 300 ms again/);
  for (const [page, words] of [['report.html', /Recovery from the spike/], ['report.zh-CN.html', /尖峰之后的恢复/]] as const) {
    const html = readFileSync(join(output, page), 'utf8');
    assert.match(html, words);
    assert.match(html, /<figure id="chart-recovery">[\s\S]*?<svg/);
  }
});

const hasK6 = async (): Promise<boolean> => (await cli(['k6', 'path'])).code === 0;
const k6Missing = 'k6 (mgeo-bench k6 install)';

test('k6: a spike steps up and down at its moments, and the windows lie on the steps', async (t) => {
  if (!needs(t, await hasK6(), k6Missing)) return;
  const { done, output } = await run('load: { warmup: 1s, timeout: 30s, spike: { base: 20, peak: 60, before: 2s, during: 1s, after: 4s, within: p(95)<20s, arrivals: constant } }\ngates: { recovery: ["time<4s"] }\n', standInServer('--ms', '5'), 'k6');
  assertPassed(done, output);
  const { stages: [stage], engine } = readJson<RunRecord>(output, 'run.json');
  assert.equal(engine?.name, 'k6');
  // 20 a second for two seconds, 60 in one, 20 for four: constant gaps leave no doubt but at the edges.
  const due = stage?.requests.started ?? NaN;
  assert.ok(Math.abs(due - 180) <= 2 && stage?.requests.completed === due && stage.schedule?.due === due, JSON.stringify(stage?.requests));
  const at = stage.dueWindows ?? assert.fail('no windows');
  const peak = at.due[at.fromS.indexOf(2)] ?? NaN;
  assert.ok(at.windowS === 1 && Math.abs(peak - 60) <= 1, JSON.stringify(at));
  const { recovery } = readJson<Result>(output, 'result.json').stages[0] ?? {};
  assert.ok(recovery && 'timeS' in recovery && recovery.recovered && !recovery.broken, JSON.stringify(recovery));
});

test('a server that keeps something of each request leaks, and the slope is what was planted', async (t) => {
  const { done, output } = await run('load: { warmup: 2s, soak: { rate: 40, duration: 25s, arrivals: constant } }\ngates: { errors: ["rate<5%"], leak: ["rss>10GiB/h"] }\n', standInServer('--ms', '5', '--leak-kib', '256'));
  assertPassed(done, output);
  const { stages, analysis } = readJson<Result>(output, 'result.json');
  const memory = stages[0]?.drift.find(({ of }) => of === 'memory') ?? assert.fail('no memory');
  const planted = 40 * 0.25 * 3600;
  t.diagnostic(`planted ${String(planted)} MiB/h, found ${String(memory.slopePerHour?.value)} [${String(memory.slopePerHour?.low)}, ${String(memory.slopePerHour?.high)}]`);
  assert.equal(memory.word, 'drifts');
  assert.ok(Math.abs((memory.slopePerHour?.value ?? NaN) / planted - 1) < 0.3, JSON.stringify(memory));
  assert.ok(analysis.findings.some(({ id }) => id === 'leak') || stages[0]?.validity.status === 'invalid', JSON.stringify(analysis.findings));
});

const wordOfTheFile = 'canary-in-the-log';

for (const engine of ['autocannon', 'k6'] as const) {
  test(`${engine}: a replay sends at the moments of a file, and keeps none of its text`, async (t) => {
    if (engine === 'k6' && !needs(t, await hasK6(), k6Missing)) return;
    const folder = scratch();
    const moments = Array.from({ length: 60 }, (_, i) => (i < 40 ? i * 49 : 3030 + 100 * (i - 40)));
    writeFileSync(join(folder, 'log.csv'), `note,at\n${moments.map((ms) => `${wordOfTheFile},${String(ms)}\n`).join('')}`);
    writeFileSync(join(folder, 'mine.yaml'), `name: mine\n${dataset}load: { warmup: 0s, replay: { file: log.csv, column: at, unit: ms } }\n`);
    const output = join(folder, 'out');
    const done = await cli(['run', join(folder, 'mine.yaml'), '--engine', engine, '--progress', 'none', '--output', output, ...standInServer('--ms', '5')]);
    assertPassed(done, output);
    const record = readJson<RunRecord>(output, 'run.json');
    const [stage] = record.stages;
    assert.deepEqual([stage?.requests.started, stage?.requests.completed], [60, 60]);
    assert.deepEqual(stage?.timeline.started, [21, 19, 0, 10, 10].slice(0, stage?.timeline.started.length));
    const { arrival } = record.plan.load.stages[0]!;
    assert.ok(arrival.kind === 'replay' && arrival.requests === 60 && arrival.file === 'log.csv' && /^[0-9a-f]{64}$/.test(arrival.sha256));
    for (const name of readdirSync(output).filter((each) => /\.(json|html|md|xml)$/.test(each))) {
      const text = readFileSync(join(output, name), 'utf8');
      assert.ok(!text.includes(wordOfTheFile) && !text.includes(folder), name);
    }
  });
}

test('a file of moments that cannot be used ends the program before anything is started, in one sentence', async () => {
  const folder = scratch();
  writeFileSync(join(folder, 'log.csv'), 'time\n1\n3\n2\n');
  writeFileSync(join(folder, 'mine.yaml'), `name: mine\n${dataset}load: { warmup: 0s, replay: { file: log.csv } }\n`);
  for (const verb of ['run', 'plan']) {
    const done = await cli([verb, join(folder, 'mine.yaml'), ...(verb === 'run' ? ['--output', join(folder, 'out')] : [])]);
    assert.deepEqual([done.code, done.stdout], [2, ''], done.stderr);
    assert.match(done.stderr, /^.*log\.csv:4: its moment is earlier than that of the line before\.\n.*sort the file/m);
  }
  assert.ok(!readdirSync(folder).includes('out'));
});
