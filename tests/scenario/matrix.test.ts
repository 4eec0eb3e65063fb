import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseGate } from '../../harness/gate/index.js';
import { createHost } from '../../harness/host/index.js';
import type { BenchError } from '../../harness/model/error.js';
import { loadPlan, type LoadOptions, type LoadedPlan } from '../../harness/scenario/index.js';

const host = createHost();
const load = (set: string[], more: Partial<LoadOptions> = {}): LoadedPlan => loadPlan('quick', { set, ...more }, { parseGate }, host);
const mistakes = (set: string[], more: Partial<LoadOptions> = {}): string => {
  try {
    load(set, more);
  } catch (error) {
    return (error as BenchError).details.join('\n');
  }
  return '';
};

test('every combination is an arm with a plan of its own, the last setting changing fastest', () => {
  const { arms, design, plan } = load(['matrix={server.reference.batching: [none, greedy], server.reference.cache: [off, 500]}', 'compare={pairs: 4, mostPairs: 12, metric: p95}']);
  assert.deepEqual(arms.map(({ name }) => name), ['none, off', 'none, 500', 'greedy, off', 'greedy, 500']);
  assert.deepEqual(arms[3]?.settings, { 'server.reference.batching': 'greedy', 'server.reference.cache': '500' });
  assert.deepEqual(arms.map((arm) => arm.plan.server.kind === 'reference' && [arm.plan.server.batching, arm.plan.server.cacheEntries]), [['none', null], ['none', 500], ['greedy', null], ['greedy', 500]]);
  assert.equal(plan, arms[0]?.plan);
  assert.equal(new Set(arms.map((arm) => arm.plan.hash)).size, 4);
  assert.deepEqual(design, { order: 'abba', aa: false, pairs: 4, mostPairs: 12, looks: 3, confidence: 0.95, equivalence: 0.03, metric: 'p95' });
});

test('a budget bounds the pairs by time, and so leaves room for three times as many', () => {
  const designOf = (compare: string): ReturnType<typeof load>['design'] => load(['matrix={server.reference.batching: [none, greedy]}', `compare=${compare}`]).design;
  const { budgetS, pairs, mostPairs, looks } = designOf('{pairs: 4, budget: 30m}') ?? {};
  assert.deepEqual([budgetS, pairs, mostPairs, looks], [1800, 4, 12, 3]);
  assert.equal(designOf('{pairs: 4, mostPairs: 6, budget: 300s}')?.mostPairs, 6);
  assert.match(mistakes(['matrix={server.reference.batching: [none, greedy]}', 'compare={budget: 30}']), /compare\.budget: a unit is missing/);
});

test('a budget in which the first pairs cannot be made is a mistake that says what would be enough; what ends by itself is not foreseen', () => {
  const matrix = 'matrix={server.reference.batching: [none, greedy]}';
  // Quick has three stages of 2 + 9 s: two arms, five pairs are 330 s of load.
  assert.equal(mistakes([matrix, 'compare={budget: 329s}']), '--set compare={budget: 329s}: compare.budget: 5.48 min are too short for an interval: the first 5 pairs alone take 5.5 min of load; give budget: 330s and the time that booting takes, or fewer pairs, which say less');
  assert.equal(mistakes([matrix, 'compare={budget: 330s}']), '');
  assert.match(mistakes([matrix, 'compare={pairs: 3, budget: 60s}']), /the first 3 pairs alone take 3\.3 min of load; give budget: 198s/);
  assert.match(mistakes(['compare={budget: 60s}'], { aa: true }), /the first 5 pairs alone take 5\.5 min/);
  for (const load of ['load={offline: {pairs: 1000, timeout: 1h}}', 'load={closed: {users: 1, requests: 100, duration: 1h}}']) assert.equal(mistakes([matrix, 'compare={budget: 60s}', load]), '', load);
  assert.match(mistakes([matrix, 'compare={budget: 60s}', 'load={mix: {people: {closed: {users: 2, duration: 30s}}, others: {open: {rates: 5, duration: 30s}}}}']), /take 5\.\d+ min of load/);
});

test('without a matrix there is one arm and no design; repeat makes one', () => {
  const { arms, design } = load([]);
  assert.deepEqual([arms.length, arms[0]?.name, design], [1, '', null]);
  assert.deepEqual([load(['repeat=3']).design?.pairs, load(['repeat=3']).design?.looks], [3, 1]);
});

test('--aa puts a scenario beside itself', () => {
  const { arms, design } = load([], { aa: true });
  assert.deepEqual(arms.map(({ name }) => name), ['A', 'A again']);
  assert.equal(arms[0]?.plan, arms[1]?.plan);
  assert.deepEqual([design?.aa, design?.pairs, design?.mostPairs, design?.looks], [true, 5, 15, 3]);
});

test('mistakes: named, with the place, all at once', () => {
  assert.match(mistakes(['compare={pairs: 1}']), /compare\.pairs: expected a whole number from 2 to 1000: a single run of each arm has no interval/);
  for (const [written, begin] of [['{pairs: 6, mostPairs: 4}', 6], ['{mostPairs: 4}', 5]] as const) {
    assert.match(mistakes(['matrix={server.reference.batching: [none, greedy]}', `compare=${written}`]), new RegExp(`compare\\.mostPairs: 4 pairs at most are fewer than the ${String(begin)} to begin with`));
  }
  for (const [set, flags] of [[['matrix={server.reference.batching: [none, greedy]}', 'compare={pairs: 3}', 'repeat=1'], {}], [['repeat=1'], { aa: true }]] as const) assert.match(mistakes([...set], flags), /repeat: cannot stand beside a comparison/);
  assert.match(mistakes(['compare={pairs: 5}']), /compare: there is nothing to compare: give a matrix of settings, or run it with --aa/);
  assert.match(mistakes(['matrix={server.reference.batching: greedy}']), /matrix\.server\.reference\.batching.*expected a list of values/);
  assert.match(mistakes(['matrix={server.reference.batching: []}']), /at least one value/);
  assert.match(mistakes(['matrix={server.reference.batching: [none, gredy]}']), /server\.reference\.batching: .*greedy/);
  assert.match(mistakes(['matrix={server.reference.batchin: [none]}']), /unknown word "batchin"; did you mean "batching"/);
  assert.match(mistakes(['matrix={gates: [{}]}']), /matrix\.gates: expected the dotted path of a setting/);
  assert.match(mistakes(['matrix={server.reference.batching: [none, none]}']), /two arms are both "none"/);
  assert.match(mistakes(['matrix={load.timeout: [1s,2s,3s,4s,5s], server.reference.workers: [1,2,3,4,5]}']), /25 combinations are too many/);
  assert.match(mistakes(['matrix={server.reference.batching: [none, greedy]}', 'compare={pairs: 3}', 'repeat=3']), /repeat: cannot stand beside a comparison, whose compare\.pairs says how often/);
  assert.match(mistakes(['matrix={server.reference.batching: [none, greedy]}'], { aa: true }), /matrix: --aa compares a scenario with itself/);
});

test('compare.by: replicas takes how many each arm has from its name, of values and of names', () => {
  const by = 'compare={by: replicas, worth: 60%, pairs: 2}';
  const design = load(['matrix={server.reference.workers: [1, 2, 4]}', by]).design;
  assert.deepEqual([design?.by, design?.replicas, design?.worth], ['replicas', [1, 2, 4], 0.6]);
  assert.deepEqual(load(['matrix={server.reference: {1 GPU: {workers: 1}, 2 GPUs: {workers: 2}}}', by]).design?.replicas, [1, 2]);
  assert.deepEqual([load(['matrix={server.reference.workers: [1, 2]}', 'compare={by: answers}']).design?.by, load(['matrix={server.reference.workers: [1, 2]}', 'compare={pairs: 2}']).design?.by], ['answers', undefined]);
});

test('compare.by: replicas: arms that are no numbers or do not rise, a fixed rate, another figure, a limit without it', () => {
  const by = 'compare={by: replicas}';
  assert.match(mistakes(['matrix={server.reference.batching: [none, greedy]}', by]), /matrix: with compare\.by: replicas each arm is named by how many it has.*"none" is not/);
  assert.match(mistakes(['matrix={server.reference.workers: [2, 1]}', by]), /matrix: .*each arm must have more than the one before it/);
  assert.match(mistakes(['matrix={server.reference.workers: [1, 2]}', by, 'load={open: {rates: 50}}']), /load: with compare\.by: replicas the load must take what it can get/);
  assert.match(mistakes(['matrix={server.reference.workers: [1, 2]}', 'compare={by: replicas, metric: p95}']), /compare\.metric: with compare\.by: replicas one of rps, pairs, time decides/);
  assert.match(mistakes(['matrix={server.reference.workers: [1, 2]}', 'compare={worth: 40%}']), /compare\.worth: says when another replica is worth it/);
  assert.match(mistakes(['matrix={server.reference.workers: [1, 2]}', 'compare={by: replicas, worth: 140%}']), /compare\.worth: expected a share above 0 and at most 1/);
});

test('secrets in the values of arms are written nowhere, and the arms can still be told apart', () => {
  const machine = { ...host.machine, variable: (name: string) => (({ A: 'secret-of-a', B: 'secret-of-b' }) as Record<string, string>)[name] };
  const template = 'request={template: {path: /p, body: "{\\"a\\": {{a}}, \\"b\\": {{b}}}", score: s, headers: {authorization: x}}}';
  const loaded = (matrix: string): LoadedPlan => loadPlan('quick', { set: [template, matrix] }, { parseGate }, { ...host, machine });
  for (const matrix of ['matrix={request.template.headers.authorization: ["${A}", "${B}"]}', 'matrix={request.template.headers.authorization: [literal-a, literal-b]}', 'matrix={server: [{process: {command: "node x", url: "http://h", env: {T: literal-a}}}, {process: {command: "node x", url: "http://h", env: {T: literal-b}}}]}', 'matrix={server.url: ["http://u:pass@h/${A}", "http://u:pass@h/${B}"]}',
    'matrix={server: [{process: {command: "node x", url: "http://h", env: {T: "}literal-a"}}}, {process: {command: "node x", url: "http://h", env: {T: "}literal-b"}}}]}', 'matrix={server: [{ready: /up, url: "http://u:a@pass@h:1"}, {ready: /up, url: "http://u:b@pass@h:1"}]}']) {
    const { arms } = loaded(matrix);
    const written = JSON.stringify(arms.map(({ name, settings }) => [name, settings]));
    assert.ok(!/secret-of|literal-|pass/.test(written), written);
    assert.equal(new Set(arms.map(({ name }) => name)).size, 2, written);
    assert.notEqual(arms[0]?.plan.hash, undefined);
  }
});

test('of the files of arms the names are written down, not their folders', (t) => {
  const folder = host.files.scratchDir('matrix-test');
  t.after(() => { host.files.remove(folder); });
  const files = ['a', 'b'].map((name) => `${folder}/${name}.csv`);
  for (const file of files) host.files.writeText(file, '1,2,exact_match\n');
  for (const [matrix, names] of [[`matrix={dataset.file: ${JSON.stringify(files)}}`, ['a.csv', 'b.csv']], [`matrix={dataset: ${JSON.stringify(files.map((file) => ({ file, strict: true })))}}`, ['a.csv strict', 'b.csv strict']]] as const) {
    const { arms } = load([matrix, 'dataset.mix=null']);
    assert.deepEqual(arms.map(({ name }) => name), names);
    assert.ok(!JSON.stringify(arms.map(({ name, settings }) => [name, settings])).includes(folder));
  }
});

test('values may have names, which then name the arms; one of them is changed by --set, another kind of server replaces the whole', () => {
  const named = ['matrix={server: {baseline: {}, candidate: {reference: {batching: none}}}}', 'compare={pairs: 2}'];
  const { arms } = load(named);
  assert.deepEqual(arms.map(({ name }) => name), ['baseline', 'candidate']);
  assert.deepEqual(arms.map(({ plan }) => plan.server.kind === 'reference' && plan.server.batching), ['token-budget', 'none']);
  assert.deepEqual(arms.map(({ settings }) => settings), [{ server: '{}' }, { 'server.reference.batching': 'none' }]);
  const changed = load([...named, 'matrix.server.candidate={url: "http://127.0.0.1:9"}']).arms;
  assert.deepEqual(changed.map(({ plan }) => plan.server.kind), ['reference', 'url']);
  const deeper = load([...named, 'matrix.server.candidate.reference.batching=greedy']).arms;
  assert.deepEqual(deeper.map(({ plan }) => plan.server.kind === 'reference' && plan.server.batching), ['token-budget', 'greedy']);
  assert.match(mistakes(['matrix={server: baseline}']), /expected a list of values, such as \[none, greedy\], or a map of names to values/);
});

test('settings that go together are one value, a map; an arm is named by what stands in it', () => {
  const { arms } = load(['matrix={server.reference: [{batching: none}, {batching: window, maxDelay: 100ms}, {batching: greedy, bucket: false}, {batching: greedy, bucket: true}]}', 'compare={pairs: 2}']);
  assert.deepEqual(arms.map(({ name }) => name), ['none', 'window 100ms', 'greedy no bucket', 'greedy bucket']);
  assert.deepEqual(arms[1]?.settings, { 'server.reference.batching': 'window', 'server.reference.maxDelay': '100ms' });
  assert.deepEqual(arms.map(({ plan: { server } }) => server.kind === 'reference' && [server.batching, server.maxDelayMs, server.bucket]), [['none', 50, true], ['window', 100, true], ['greedy', 50, false], ['greedy', 50, true]]);
});
