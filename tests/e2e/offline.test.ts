/** A lot of pairs, alone and beside people, through the whole program on real engines, against the reference server and its batch endpoint. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { findK6 } from '../../harness/load/index.js';
import type { RunRecord } from '../../harness/model/record.js';
import type { Result } from '../../harness/report/index.js';
import { testContext } from '../host/context.js';
import { assertPassed, cli, readJson, scratch } from './cli.js';

const parts = 'server: { reference: { cache: off } }\nanswers: { golden: 40, probes: false }\n';

async function run(engine: string, scenario: string): Promise<{ done: Awaited<ReturnType<typeof cli>>; output: string; result: Result; record: RunRecord }> {
  const folder = scratch();
  writeFileSync(join(folder, 'mine.yaml'), `name: mine\n${parts}${scenario}`);
  const output = join(folder, 'out');
  const done = await cli(['run', join(folder, 'mine.yaml'), '--engine', engine, '--progress', 'plain', '--lang', 'both', '--output', output]);
  assert.deepEqual(done.left, []);
  return { done, output, result: readJson<Result>(output, 'result.json'), record: readJson<RunRecord>(output, 'run.json') };
}

async function k6IsHere(t: TestContext): Promise<boolean> {
  if ((await findK6(testContext())) !== null) return true;
  if (process.env['CI'] === 'true') throw new Error('k6 is missing: run `mgeo-bench k6 install`');
  t.skip('k6 is neither in the cache nor on the PATH');
  return false;
}

test('k6: a lot of pairs, each once; batches answer as single calls do, and the server counts as many requests', { timeout: 90_000 }, async (t) => {
  if (!(await k6IsHere(t))) return;
  const { done, output, result, record } = await run('k6', 'dataset: { mix: { high: 1, low: 1 } }\nload: { timeout: 30s, offline: { pairs: 1000, batch: 32, inFlight: 4 } }\ngates: { pairs: ["unanswered==0"], answers: ["flips==0"] }\n');
  assertPassed(done, output);
  const [stage] = record.stages;
  assert.deepEqual([stage?.pairs?.sent, stage?.pairs?.answered, stage?.pairs?.again], [1000, 1000, 0]);
  assert.deepEqual([stage?.requests.completed, stage?.counts], [32, { server: 32, engine: 32 }]);
  assert.deepEqual([stage?.answers.checked, stage?.answers.moved], [40, 0]);
  assert.deepEqual([stage?.byClass['high']?.completed, stage?.byClass['low']?.completed], [500, 500]);
  const [shown] = result.stages;
  assert.ok(shown?.lot?.inTime === true && shown.lot.timeS === shown.durationS && Math.abs((shown.pairsPerS ?? 0) * shown.durationS - 1000) < 1e-6, JSON.stringify(shown?.lot));
  assert.match(done.stdout, /all 1,000 pairs in [\d.]+ m?s: [\d,.]+ pairs\/s \(32 requests, 32 a request, 4 at a time\)/);
  for (const [page, words] of [['report.html', /All pairs once/], ['report.zh-CN.html', /全部地址对各一次/]] as const) assert.match(readFileSync(join(output, page), 'utf8'), words);
});

for (const engine of ['autocannon', 'k6'] as const) {
  test(`${engine}: people beside a lot of pairs, over one window; the server counts both`, { timeout: 90_000 }, async (t) => {
    if (engine === 'k6' && !(await k6IsHere(t))) return;
    const { done, output, record, result } = await run(engine, `dataset: { mix: { high: 100, low: 100 } }
load: { warmup: 1s, timeout: 30s, mix: { people: { open: { rates: 20, duration: 60s } }, bulk: { offline: { pairs: 3000, inFlight: 2 } } } }
gates: { "pairs{stage:bulk}": ["unanswered==0"], "latency{stage:people}": ["med<20s"] }
`);
    assert.ok(done.code === 0 || done.code === 4, done.stderr);
    const [people, bulk] = record.stages;
    assert.ok(people !== undefined && bulk !== undefined);
    assert.deepEqual([people.stage.name, bulk.stage.name, people.status, bulk.status], ['people', 'bulk', 'completed', 'completed']);
    assert.equal(bulk.pairs?.answered, 3000);
    assert.ok(people.windowToMs - people.windowFromMs < 50_000, 'the window closed with the last pair');
    assert.ok(Math.abs(people.windowToMs - bulk.windowToMs) < 2000, `${String(people.windowToMs)}, ${String(bulk.windowToMs)}`);
    // Requests that were cut off when an engine stopped may have been answered.
    const both = people.counts.engine + bulk.counts.engine;
    assert.equal(people.counts.server, bulk.counts.server);
    assert.ok((people.counts.server ?? 0) >= both && (people.counts.server ?? 0) <= both + 42, `${String(people.counts.server)}, ${String(both)}`);
    assert.deepEqual(result.checks.map(({ metric, stage }) => [metric, stage]).slice(0, 2), [['pairs', 1], ['latency', 0]]);
    assert.ok(['engine:people', 'engine:bulk'].every((source) => record.series.some((series) => series.source === source)));
    assert.match(readFileSync(join(output, 'report.html'), 'utf8'), /at the same time: people[^<]* \+ bulk/);
  });
}
