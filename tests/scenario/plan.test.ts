import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { planSchema } from '../../harness/model/plan.js';
import { canonicalJson, hashOf } from '../../harness/scenario/hash.js';
import { usualSimulated } from '../../servers/reference/simulated/settings.js';
import { least, planOf } from './in-memory.js';

describe('a plan', () => {
  it('has every default in it, and is what the model says a plan is', () => {
    const plan = planOf(least);
    assert.deepEqual(planSchema.parse(plan), plan);
    assert.deepEqual([plan.name, plan.seed, plan.load.engine, plan.load.timeoutS, plan.telemetry.intervalMs, plan.answers.golden], ['s', 7, 'auto', 10, 200, 200]);
    assert.deepEqual(plan.server, {
      kind: 'reference', model: 'address-mini', precision: 'fp32', execution: 'cpu', batching: 'token-budget', bucket: true, maxBatch: 32, maxDelayMs: 50, tokenBudget: 512, intraThreads: 1, cacheEntries: 10_000, workers: null, port: 0, args: [], readyTimeoutS: 120,
    });
    assert.deepEqual(plan.request, {
      format: 'similarity', method: 'POST', path: '/similarity', headers: { 'content-type': 'application/json' }, body: '{"addr1":{{a}},"addr2":{{b}}}',
      keys: { left: 'addr1', right: 'addr2' }, scorePath: ['similarity'], labelPath: ['label'], scoreRange: [-1, 1], threshold: 0.9, thresholdFrom: 'default',
    });
    assert.deepEqual([plan.answers.probes, plan.record.addresses], [true, false]);
  });

  it('has what a simulated accelerator costs, the usual costs of the server where nothing is written', () => {
    const costsOf = (written: string): unknown => { const { server } = planOf(`${least}server: {reference: ${written}}\n`); return server.kind === 'reference' ? server.simulated : null; };
    assert.deepEqual(costsOf('{model: simulated}'), usualSimulated);
    assert.deepEqual(costsOf('{model: simulated, simulated: {batch: 2.5ms, token: 20us, memory: 1GiB, tokenMemory: 512KiB, limit: 24GiB}}'), { batchMs: 2.5, tokenMs: 0.02, memoryMiB: 1024, tokenMiB: 0.5, limitMiB: 24_576 });
    assert.equal(costsOf('{}'), undefined);
  });

  it('older plans, which say less of the reference server, are read', () => {
    const { server, ...rest } = planOf(least);
    const older = { kind: 'reference', model: 'address-mini', batching: 'greedy', bucket: true, cacheEntries: null, workers: null, port: 0, args: [], readyTimeoutS: 120 };
    assert.notDeepEqual(server, older);
    assert.deepEqual(planSchema.parse({ ...rest, server: older }).server, older);
  });

  it('has one stage for each number of users, in the order written, repeats marked', () => {
    const { stages } = planOf('load: {warmup: 500ms, closed: {users: [50, 1, 50], think: 100ms..500ms, duration: 2m}}\n').load;
    assert.deepEqual(stages.map(({ index, name, repeat }) => [index, name, repeat]), [[0, '50 users', 0], [1, '1 user', 0], [2, '50 users, again 1', 1]]);
    assert.deepEqual(stages[1], { index: 1, name: '1 user', role: 'measure', arm: '', repeat: 0, warmupS: 0.5, durationS: 120, minRequests: null, arrival: { kind: 'closed', users: 1, thinkMs: [100, 500] } });
  });

  it('a number of requests ends a stage, and time only bounds it', () => {
    const stage = planOf('load: {closed: {users: 1, requests: 1000}}\n').load.stages[0];
    assert.deepEqual([stage?.minRequests, stage?.durationS], [1000, 600]);
  });

  it('a template becomes data: body with bare places, field names read off it, path to the score', () => {
    const written = `${least}request: {template: {path: /compare, headers: {X-Key: 5, Content-Type: application/x}, body: {inputs: {l: "{{a}}", r: "{{ b }}"}, n: 1}, score: data.0.score}}\n`;
    assert.deepEqual(planOf(written).request, {
      format: 'template', method: 'POST', path: '/compare', headers: { 'content-type': 'application/x', 'x-key': '5' }, body: '{"inputs":{"l":{{a}},"r":{{b}}},"n":1}',
      keys: { left: 'l', right: 'r' }, scorePath: ['data', 0, 'score'], scoreRange: [0, 1], threshold: 0.5, thresholdFrom: 'default',
    });
    assert.deepEqual(planOf(written.replace('score: data.0.score', 'score: data.0.score, label: data.0.label')).request.labelPath, ['data', 0, 'label']);
  });

  it('`pairs` makes the mix proportions that add up', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 5, maxLength: 5 }).filter((mix) => mix.some((n) => n > 0)), fc.integer({ min: 1, max: 5000 }), (mix, pairs) => {
      const names = ['high', 'low', 'boundary', 'noisy', 'abnormal'] as const;
      const total = mix.reduce((sum, n) => sum + n, 0);
      const made = planOf(`${least}dataset: {pairs: ${String(pairs)}, mix: {${names.map((name, i) => `${name}: ${String(mix[i])}`).join(', ')}}}\n`).dataset.mix;
      assert.equal(names.reduce((sum, name) => sum + made[name], 0), pairs);
      names.forEach((name, i) => { assert.ok(Math.abs(made[name] - ((mix[i] ?? 0) / total) * pairs) < 1); });
    }), { numRuns: 60 });
  });

  it('a mix of its own leaves out the classes it does not name', () => {
    assert.deepEqual(planOf(`${least}dataset: {mix: {high: 3}}\n`).dataset.mix, { high: 3, low: 0, boundary: 0, noisy: 0, abnormal: 0 });
  });

  it('has the shares of hard pairs as numbers, the standard ones where none are written', () => {
    assert.deepEqual(planOf(least).dataset.hard, { high: 0.4, low: 0.4 });
    assert.deepEqual(planOf(`${least}dataset: {hard: {high: 30%}}\n`).dataset.hard, { high: 0.3, low: 0.4 });
    assert.deepEqual(planOf(`${least}dataset: {hard: {high: 1, low: 0%}}\n`).dataset.hard, { high: 1, low: 0 });
  });
});

describe('the hash of a plan', () => {
  it('is the same for the same question, however it is written', () => {
    const a = planOf('load: {warmup: 1s, closed: {users: [2], think: 0s}}\nname: n\n');
    const b = planOf('name: n\nload:\n  closed: {users: 2}\n  warmup: 1000ms\n');
    assert.equal(a.hash, b.hash);
    assert.match(a.hash, /^[0-9a-f]{64}$/);
    const { hash, ...rest } = a;
    assert.equal(hash, hashOf(rest));
  });

  it('is the same with another token, wherever it stands, and not with another path, header or variable', () => {
    const written = (token: string): string => `${least}server: {process: {command: "serve --key ${token}", url: "http://me:${token}@h:1", env: {KEY: "${token}"}}}\nrequest: {template: {path: /p, headers: {authorization: "Bearer ${token}"}, body: {a: "{{a}}", b: "{{b}}", key: "${token}"}, score: s}}\n`;
    const hash = (token: string, text = written('${TOKEN}')): string => planOf(text, { variables: { TOKEN: token } }).hash;
    assert.equal(hash('first-token'), hash('second(token)+'));
    const body = `${least}request: {template: {path: /p, body: {a: "{{a}}", b: "{{b}}", key: "\${TOKEN}"}, score: s}}\n`;
    assert.equal(hash('first-token', body), hash('in "quotes" \\ and\nlines', body));
    assert.notEqual(hash('first-token'), hash('first-token', written('${TOKEN}').replace('/p,', '/q,')));
    assert.notEqual(hash('first-token'), hash('first-token', written('${TOKEN}').replace('env: {', 'env: {MORE: 1, ')));
    assert.notEqual(hash('first-token'), hash('first-token', written('${TOKEN}').replace('authorization', 'x-key')));
  });

  it('header values, values of server.process.env and credentials in a URL do not count, also when they are written down', () => {
    const hash = (server: string, headers: string): string => planOf(`${least}server: ${server}\nrequest: {template: {path: /p, headers: ${headers}, body: ["{{a}}", "{{b}}"], score: s, keys: {left: a, right: b}}}\n`).hash;
    const one = hash('{url: "http://me:one@h:1"}', '{X-Key: one, Accept: a/b}');
    assert.equal(one, hash('{url: "http://you:p@ss@h:1"}', '{X-Key: two, Accept: a/b}'));
    assert.notEqual(one, hash('{url: "http://me:one@h:1"}', '{X-Key: one, Accept: c/d}'));
    assert.notEqual(one, hash('{url: "http://me:one@other:1"}', '{X-Key: one, Accept: a/b}'));
    const process = (value: string): string => hash(`{process: {command: x, url: "http://h:1", env: {KEY: ${value}}}}`, '{}');
    assert.equal(process('one'), process('two'));
  });

  it('differs for another seed, server or gate', () => {
    const hashes = [least, `${least}dataset: {seed: 8}\n`, `${least}server: {reference: {cache: off}}\n`, `${least}gates: {errors: "count==0"}\n`].map((text) => planOf(text).hash);
    assert.equal(new Set(hashes).size, hashes.length);
  });

  it('canonical JSON reads back as the same value and ignores the order of keys', () => {
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      assert.deepEqual(JSON.parse(canonicalJson(value)), JSON.parse(JSON.stringify(value)));
      assert.equal(canonicalJson(Object.fromEntries(Object.entries(value).reverse())), canonicalJson(value));
    }));
  });
});
