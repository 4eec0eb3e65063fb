/** The shipped scenarios whose load is driven, each shortened by --set and really run: what they promise is in what they leave behind. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { comparisonRecordSchema, type ComparisonRecord } from '../../harness/model/comparison.js';
import { runRecordSchema, type RunRecord } from '../../harness/model/record.js';
import type { Result } from '../../harness/report/index.js';
import { assertPassed, cli, crowd, crowded, needs, readJson, scratch, standInServer, type Ended } from './cli.js';

type Settings = Record<string, unknown>;

/** Few golden answers, and limits that a machine with other work to do keeps to. */
const brief: Settings = { 'answers.golden': 12, 'answers.probes': false };
const latency: Settings = { 'gates.latency': ['p(95)<20s'] };
const warmup: Settings = { 'load.warmup': '300ms', 'load.timeout': '30s' };
const mix = (each: number): Settings => ({ 'dataset.mix': { high: each, low: each, boundary: each, noisy: each } });

/** Runs a shipped scenario to its end. */
async function runShipped(name: string, settings: Settings, { engine = 'autocannon', more = [] }: { engine?: string; more?: string[] } = {}): Promise<{ done: Ended; output: string }> {
  const output = join(scratch(), 'out');
  const set = Object.entries({ ...brief, ...settings }).flatMap(([key, value]) => ['--set', `${key}=${JSON.stringify(value)}`]);
  const done = await cli(['run', name, '--engine', engine, '--progress', 'none', '--output', output, ...more, ...set]);
  assert.deepEqual(done.left, []);
  return { done, output };
}

/** Of a run that must not fail: its record and its result. */
async function passed(...args: Parameters<typeof runShipped>): Promise<{ record: RunRecord; result: Result }> {
  const { done, output } = await runShipped(...args);
  assertPassed(done, output);
  const record = runRecordSchema.parse(readJson(output, 'run.json'));
  assert.deepEqual([record.outcome, record.plan.name], ['completed', args[0]]);
  for (const { stage, status, requests, answers } of record.stages) {
    assert.deepEqual([status, requests.failed, answers.flips], ['completed', 0, 0], stage.name);
    // What users had open when a closed window ended may never have been seen to end.
    const open = stage.arrival.kind === 'closed' ? stage.arrival.users : 0;
    assert.ok(requests.completed > 0 && requests.started === requests.completed + requests.censored && requests.censored <= open, `${stage.name}: ${JSON.stringify(requests)}`);
  }
  return { record, result: readJson<Result>(output, 'result.json') };
}

const hasK6 = async (): Promise<boolean> => (await cli(['k6', 'path'])).code === 0;

test('slo-200qps, k6: one stage of open load, every request that was due is answered', async (t) => {
  if (!needs(t, await hasK6(), 'k6 (mgeo-bench k6 install)')) return;
  const { record, result } = await passed('slo-200qps', { ...warmup, ...latency, ...mix(100), 'load.open': { rates: [20], duration: '3s' } }, { engine: 'k6' });
  const [stage] = record.stages;
  assert.ok(record.stages.length === 1 && stage?.stage.arrival.kind === 'open' && stage.stage.arrival.process === 'poisson');
  assert.equal(stage.schedule?.due, stage.requests.completed);
  assert.deepEqual(result.checks.map(({ metric }) => metric), ['latency', 'errors', 'answers']);
});

test('burst-500-long, k6: each burst is as large as asked, of long addresses', async (t) => {
  if (!needs(t, await hasK6(), 'k6 (mgeo-bench k6 install)')) return;
  const { record } = await passed('burst-500-long', { ...warmup, 'dataset.mix': { high: 50, low: 50, boundary: 50 }, 'load.burst': { requests: 20, every: '1500ms', repeats: 2 } }, { engine: 'k6' });
  const [stage] = record.stages;
  assert.ok(record.stages.length === 1 && stage?.stage.arrival.kind === 'burst');
  assert.deepEqual([stage.stage.arrival.requests, stage.stage.arrival.repeats, stage.requests.completed, stage.requests.warmup], [20, 2, 40, 20]);
  assert.deepEqual(record.plan.dataset.profile, { kind: 'long' });
});

test('offline-100k: every pair is answered, once', async () => {
  const { record, result } = await passed('offline-100k', { 'load.offline.pairs': 2000 });
  const [stage] = record.stages;
  assert.ok(record.stages.length === 1 && stage?.pairs);
  assert.deepEqual([stage.pairs.sent, stage.pairs.answered, stage.pairs.again, stage.requests.completed], [2000, 2000, 0, 63]);
  assert.ok((result.stages[0]?.pairsPerS ?? 0) > 0 && result.stages[0]?.lot);
});

test('capacity: the log of a search, and what it found', async () => {
  const settings: Settings = {
    ...mix(100), 'load.warmup': '500ms', 'load.search': { from: 30, to: 120, arrivals: 'constant', resolution: '50%', duration: '2s', confirm: 1, budget: '90s' },
    // The median and no share of errors: few requests decide.
    'gates.latency': ['med<150ms'], 'gates.errors': null,
  };
  /** What is wrong with the answer; null where it is right, or where a crowd made probes invalid. */
  const searched = async (): Promise<string | null> => {
    // One after the other, 10 ms each: 100 a second at most.
    const { done, output } = await runShipped('capacity', settings, { more: standInServer('--mode', 'serial', '--ms', '10') });
    const { search, stages } = readJson<RunRecord>(output, 'run.json');
    assert.ok(search?.end, done.stderr);
    assert.deepEqual(search.probes.map(({ stage }) => stage), stages.map(({ stage }) => stage.index), 'every probe is a stage');
    assert.deepEqual([search.probes[0]?.rateRps, search.probes[0]?.purpose], [30, 'bracket']);
    const { analysis } = readJson<Result>(output, 'result.json');
    assert.equal(analysis.search?.probes.length, search.probes.length);
    const late = search.probes.filter(({ reason }) => reason.code === 'invalid');
    for (const { reason } of late) assert.ok(crowd.has(String(reason.params['why'])), JSON.stringify(search));
    const { kind, lowRps, highRps, confirmed } = search.end;
    if (late.length > 0 || (kind === 'found' && (lowRps ?? 0) >= 30 && (lowRps ?? 0) <= 105 && (highRps ?? 0) >= 95 && confirmed === 1 && analysis.capacity !== null && (done.code === 0 || done.code === 4))) return null;
    return `exit ${String(done.code)}, ${JSON.stringify(search)}\n${done.stderr}${done.stdout}`;
  };
  // Other work may keep the server from its own in one attempt; a search that is wrong is wrong in all.
  let wrong = await searched();
  for (let again = 0; again < 2 && wrong !== null; again += 1) wrong = await searched();
  assert.equal(wrong, null);
});

test('soak: latency and memory are looked at for drift, and seconds are called too short', async () => {
  const { record, result } = await passed('soak', { ...warmup, ...latency, ...mix(100), 'load.soak': { rate: 20, duration: '3s' }, 'gates.leak': ['rss<1000GiB/h'] });
  assert.deepEqual(record.stages.map(({ stage }) => stage.soak), [true]);
  const drift = result.stages[0]?.drift ?? [];
  assert.deepEqual(drift.slice(0, 3).map(({ of }) => of), ['latency-p50', 'latency-p95', 'memory']);
  // Three seconds are too few for a slope (shapes.test.ts finds a planted one): each row says so, and that it was measured.
  for (const { of, blocks, word, slopePerHour } of drift.slice(0, 3)) assert.deepEqual([blocks > 0, word, slopePerHour], [true, 'too-short', null], of);
  assert.deepEqual(result.checks.map(({ metric }) => metric), ['latency', 'drift', 'leak', 'errors', 'answers']);
});

test('spike: the steps, and the recovery from them', async () => {
  const { record, result } = await passed('spike', { ...warmup, ...mix(100), 'load.spike': { base: 20, peak: 50, before: '1s', during: '1s', after: '5s', within: 'p(95)<20s' } });
  const [stage] = record.stages;
  assert.ok(record.stages.length === 1 && stage?.stage.arrival.kind === 'spike' && stage.dueWindows);
  const { recovery } = result.stages[0] ?? {};
  assert.ok(recovery && 'timeS' in recovery && recovery.recovered && !recovery.broken, JSON.stringify(recovery));
  assert.ok(result.checks.some(({ metric }) => metric === 'recovery'));
});

test('async-client: one request in flight, and four', async () => {
  const { record } = await passed('async-client', { ...warmup, ...mix(50), 'load.closed': { users: [1, 4], requests: 200, duration: '60s' } });
  assert.deepEqual(record.stages.map(({ stage }) => stage.arrival.kind === 'closed' && stage.arrival.users), [1, 4]);
  for (const { requests } of record.stages) assert.ok(requests.completed >= 200, JSON.stringify(requests));
  const [one, four] = record.stages.map(({ inFlightMean }) => inFlightMean ?? NaN);
  assert.ok(one !== undefined && four !== undefined && one <= 1.01 && four > 1.5 * one, `${String(one)}, ${String(four)} in flight`);
});

/** Arms that are sent other traffic than the first on purpose (`other`) are shown beside it, and none of them is called better. */
async function beside(name: string, arms: readonly string[], other: readonly string[], settings: Settings): Promise<{ comparison: ComparisonRecord; records: RunRecord[] }> {
  const { done, output } = await runShipped(name, { 'load.closed': { users: 4, requests: 200, duration: '60s' }, 'load.timeout': '30s', 'compare.pairs': 2, ...settings });
  const comparison = comparisonRecordSchema.parse(readJson(output, 'comparison.json'));
  const folders = comparison.rounds.map(({ folder }) => join(output, folder));
  const invalid = folders.filter((folder) => crowded(folder, done.stdout));
  assert.ok(done.code === 0 || (done.code === 4 && invalid.length > 0), `exit ${String(done.code)}\n${done.stderr}${done.stdout}`);
  assert.deepEqual([comparison.outcome, comparison.arms.map((arm) => arm.name), comparison.rounds.map(({ arm }) => arm)], ['completed', arms, [...arms, ...arms.toReversed()]]);
  assert.deepEqual(comparison.comparisons.filter(({ traffic }) => traffic.length > 0).map(({ second }) => second), other);
  for (const { rows } of comparison.comparisons.filter(({ second }) => other.includes(second))) {
    for (const { metric, word, why, ratio } of rows.filter(({ pairs }) => pairs.length > 0)) {
      // Memory, too, is of other traffic.
      assert.deepEqual([word, why], ['inconclusive', 'traffic'], `${metric} ${JSON.stringify(ratio)}`);
    }
    assert.ok(invalid.length > 0 || rows.some(({ metric, why }) => metric === 'rps' && why === 'traffic'), JSON.stringify(rows));
  }
  assert.equal(comparison.winner, undefined);
  return { comparison, records: folders.map((folder) => runRecordSchema.parse(readJson(folder, 'run.json'))).slice(0, arms.length) };
}

test('length: typical addresses beside long ones, whole and cut: other traffic is not compared', async () => {
  const { records } = await beside('length', ['typical, whole', 'typical, cut at 32', 'long, whole', 'long, cut at 32'], ['long, whole', 'long, cut at 32'], { ...mix(50), 'load.warmup': '300ms' });
  assert.deepEqual(records.map(({ plan }) => plan.dataset.profile?.kind), ['typical', 'typical', 'long', 'long']);
  // Nothing is refused for its length, and at least two hundred are answered.
  for (const { stages: [stage] } of records) assert.deepEqual([stage?.requests.failed, (stage?.requests.completed ?? 0) >= 200], [0, true]);
});

test('cache: no repeats beside 63 %, not compared: other traffic; repeats are what the cache knows', async () => {
  const { records } = await beside('cache', ['0%', '63%'], ['63%'], { ...mix(100), matrix: { 'dataset.repeats': ['0%', '63%'] } });
  const [none, many] = records.map(({ stages: [stage] }) => (stage?.cache?.hit ?? NaN) / (stage?.requests.completed ?? NaN));
  assert.ok(none !== undefined && many !== undefined && many > none + 0.3, `${String(none)}, ${String(many)} of the requests came from the cache`);
});
