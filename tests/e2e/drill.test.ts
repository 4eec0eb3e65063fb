/** A drill through the whole program: the reference server fails as planted, its fallback answers, and the record tells both. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { RunRecord } from '../../harness/model/record.js';
import type { Result } from '../../harness/report/index.js';
import { cli, needs, readJson, scratch } from './cli.js';

const hasK6 = async (): Promise<boolean> => (await cli(['k6', 'path'])).code === 0;

for (const engine of ['autocannon', 'k6'] as const) {
  test(`${engine}: where inferences fail the fallback’s answers are counted as the server counts them, and the fault stands on the clock of the window`, async (t) => {
    if (engine === 'k6' && !needs(t, await hasK6(), 'k6 (mgeo-bench k6 install)')) return;
    const folder = scratch();
    writeFileSync(join(folder, 'mine.yaml'), `name: mine
server: { reference: { model: address-mini, cache: off, fault: "error:1@5s..7s" } }
dataset: { mix: { high: 200, low: 200 } }
answers: { golden: 20, probes: false }
load: { warmup: 500ms, drill: { rate: 40, duration: 15s, within: p(95)<500ms } }
`);
    const output = join(folder, 'out');
    const done = await cli(['run', join(folder, 'mine.yaml'), '--engine', engine, '--progress', 'none', '--output', output]);
    assert.deepEqual(done.left, []);
    const { events, stages: [stage] } = readJson<RunRecord>(output, 'run.json');
    const begun = events.find(({ kind }) => kind === 'faults-begin') ?? assert.fail('no beginning of the faults');
    assert.equal(begun.text, 'error:1@5s..7s');
    assert.ok(stage);
    const degraded = stage.degraded ?? 0;
    const logged = readFileSync(join(output, 'logs', 'server.log'), 'utf8').split('\n').filter((line) => line.includes('"degraded":true')).length;
    assert.ok(degraded > 0 && degraded < stage.requests.completed, `${String(degraded)} of ${String(stage.requests.completed)}`);
    assert.equal(degraded, logged);
    const told = readJson<Result>(output, 'result.json').stages[0];
    const outage = told?.outage;
    assert.ok(outage && 'fault' in outage && outage.fault?.toS, JSON.stringify(outage));
    assert.deepEqual([told?.answers.degraded, outage.degraded], [degraded, degraded]);
    const fromS = (begun.tMs + 5000 - stage.windowFromMs) / 1000;
    assert.ok(Math.abs(outage.fault.fromS - fromS) < 0.01 && Math.abs(outage.fault.toS - outage.fault.fromS - 2) < 0.01, JSON.stringify(outage.fault));
    assert.match(done.stdout, new RegExp(`the fault lasted from .*\\(${String(degraded)} by the fallback instead of the model\\)`));
    assert.ok(readJson<Result>(output, 'result.json').analysis.findings.some(({ id }) => id === 'fallback-answered'));
  });
}
