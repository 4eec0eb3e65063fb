import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describePlan, estimatePlan } from '../../harness/scenario/index.js';
import { planOf } from './in-memory.js';

const text = 'name: n\nquestion: {en: Will it?, zh-CN: 行吗？}\nload: {warmup: 1s, closed: {users: [10, 30], think: 100ms..200ms, duration: 20s}}\ndataset: {mix: {high: 1500}}\ngates: {latency: [{threshold: "p(95)<1s", level: warn}]}\n';

describe('what a plan would do', () => {
  it('requests are users · time / (think + latency), warm-up included', () => {
    const estimate = estimatePlan(planOf(text), { latencyMs: 50, bodyBytes: 2 ** 20 });
    // 10 users, 150 ms think + 50 ms: 50 requests/s for 21 s; 30 users: three times as many.
    assert.deepEqual(estimate.stages.map(({ requests }) => requests), [1050, 3150]);
    assert.deepEqual([estimate.loadS, estimate.requests, estimate.pairs, estimate.sentMiB], [42, 4200, 1500, 4200]);
  });

  it('a number of requests bounds a stage', () => {
    const plan = planOf('load: {warmup: 0s, closed: {users: 1, requests: 100}}\n');
    assert.deepEqual(estimatePlan(plan, { latencyMs: 50, bodyBytes: 1 }).stages.map(({ requests }) => requests), [100]);
    assert.match(describePlan(plan), /100 requests, at most 10 min/);
  });

  it('names stages, minutes, requests and bytes, and on which assumption they rest', () => {
    const said = describePlan(planOf(text), { latencyMs: 50, bodyBytes: 2 ** 20 });
    assert.match(said, /^n: Will it\?/);
    assert.match(said, /1 +10 users +100 ms to 200 ms +1 s +20 s +about 1,050/);
    assert.match(said, /load +42 s, about 4,200 requests and 4\.1 GiB of bodies at 50 ms an answer/);
    assert.match(said, /1,500 pairs, seed 7: 1,500 high/);
    assert.match(said, /latency p\(95\)<1s \(warns\)/);
  });

  it('open load sends what is asked: its requests and bytes are known, and no latency is assumed', () => {
    const plan = planOf('load: {warmup: 5s, open: {rates: [50, 0.5], duration: 20s}}\n');
    assert.deepEqual(estimatePlan(plan, { latencyMs: 9999, bodyBytes: 1 }).stages.map(({ requests }) => requests), [1250, 13]);
    const said = describePlan(plan);
    assert.match(said, /stage +rate +arrivals +warm-up +measured +requests\n1 +50\/s +poisson, at most 100 at once +5 s +20 s +about 1,250\n2 +0\.5\/s +poisson, at most 20 at once/);
    assert.match(said, /load +50 s, about 1,263 requests and .* of bodies; latency counts from the scheduled moment/);
    assert.doesNotMatch(said, /user|faster server/);
  });

  it('says what share repeats in one pass, and what comes of it where the load makes several', () => {
    const profile = (pairs: number): string => /profile +(.*)/.exec(describePlan(planOf(`load: {warmup: 0s, open: {rates: 50, duration: 20s}}\ndataset: {profile: duplicates, repeats: 30%, mix: {high: ${String(pairs)}}}\n`)))?.[1] ?? '';
    assert.equal(profile(1000), 'duplicates: in one pass over the pairs 30.0 % of the requests repeat a pair sent before');
    // 1,000 requests over 400 pairs, of which 280 are different: 720 of 1,000 were sent before.
    assert.equal(profile(400), 'duplicates: in one pass over the pairs 30.0 % of the requests repeat a pair sent before; this load makes about 2.5 passes, so at least 72.0 % of all its requests repeat one');
  });

  it('bursts send their size at each release, and once in the warm-up', () => {
    const plan = planOf('load: {warmup: 5s, burst: {requests: [100, 500], every: 4s, repeats: 3}}\n');
    assert.deepEqual(estimatePlan(plan).stages.map(({ name, durationS, requests }) => [name, durationS, requests]), [['burst of 100', 12, 400], ['burst of 500', 12, 2000]]);
    assert.match(describePlan(plan), /stage +at once +releases +warm-up +measured +requests\n1 +burst of 100 +3 times, every 4 s +5 s +12 s +about 400\n/);
    assert.match(describePlan(plan), /latency counts from the release/);
  });

  it('has a line for each kind of server', () => {
    const server = (written: string): string => /server +(.*)/.exec(describePlan(planOf(`load: {closed: {users: 1}}\nserver: ${written}\n`)))?.[1] ?? '';
    assert.equal(server('{url: "http://h:1"}'), 'http://h:1');
    assert.equal(server('{process: {command: "a b", url: "http://h:1"}}'), 'process: a b');
    assert.equal(server('{reference: {cache: off, bucket: false}}'), 'reference: address-mini, batching token-budget of 512, cache off');
    assert.equal(server('{reference: {batching: window, maxDelay: 100ms, precision: int8, execution: auto}}'), 'reference: address-mini int8 on auto, batching window of 100 ms or 32 texts in buckets, cache 10,000');
    assert.equal(server('{reference: {model: simulated, batching: greedy}}'), 'reference: simulated accelerator (4 ms a batch, 5 µs a padded token; 600 MiB, 0.25 MiB a token, of 8 GiB), batching greedy in buckets, cache 10,000');
    assert.equal(server('{simulated: {parallel: 3}}'), 'simulated: 3 at a time, 10 ms each');
  });
});
