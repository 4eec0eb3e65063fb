import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { planSchema } from '../../harness/model/plan.js';
import { describePlan, estimatePlan } from '../../harness/scenario/index.js';
import { mistakesIn, planOf } from './in-memory.js';

describe('load.conformance', () => {
  it('is no stage, and has the reference server where no other is named', () => {
    const plan = planOf('load: {conformance: {}}\n');
    assert.deepEqual(planSchema.parse(plan), plan);
    assert.deepEqual([plan.load.conformance, plan.load.stages, plan.server.kind], [{ connections: 10_000, patienceS: 45 }, [], 'reference']);
    const { requests, pairs, loadS } = estimatePlan(plan);
    assert.deepEqual([requests, pairs, loadS], [0, 0, 0]);
  });

  it('is told before it is run', () => {
    const told = describePlan(planOf('server: {url: "http://127.0.0.1:9000"}\nload: {timeout: 3s, conformance: {patience: 0s}}\n'));
    for (const line of ['server    http://127.0.0.1:9000', 'patience  3 s for an answer; slow clients are not waited for', 'sockets   10,000 opened at once, and left', 'are left out']) assert.ok(told.includes(line), `${line}\n${told}`);
    assert.ok(!/dataset|engine|gates/.test(told), told);
  });

  it('takes nothing that is of load', () => {
    const text = 'load: {conformance: {}, engine: k6}\ngates: {errors: ["rate<1%"]}\nrepeat: 2\nserver: {simulated: {}}\ndataset: {seed: 3, pairs: 5}\n';
    const mistakes = mistakesIn(text).join('\n');
    for (const path of ['load.engine: is of load', 'gates: the conformance suite has no figures', 'repeat: has no part', 'server.simulated: a simulated server answers nobody', 'dataset.pairs: the conformance suite makes its own requests']) assert.ok(mistakes.includes(path), `${path}\n${mistakes}`);
    assert.ok(!mistakes.includes('dataset.seed'), mistakes);
  });
});

describe('server.compose', () => {
  it('has a default for all but the service', () => {
    const plan = planOf('server: {compose: {service: torch}}\nload: {closed: {users: 2}}\n');
    assert.deepEqual(plan.server, { kind: 'compose', file: null, service: 'torch', profile: null, port: 8080, ready: '/ready', readyTimeoutS: 600 });
    assert.match(describePlan(plan), /server {4}compose: torch of the docker-compose\.yml of mgeo-bench/);
    assert.match(mistakesIn('server: {compose: {profile: gpu}}\nload: {closed: {users: 2}}\n').join(), /server\.compose\.service: is missing/);
  });
});
