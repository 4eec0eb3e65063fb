import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outsideServer, phaseShare, phaseTimes } from '../../harness/analysis/server-time.js';
import { readHistogram, saveHistogram, histogramOf } from '../../harness/model/histogram.js';
import { buildStage } from './synthetic-stage.js';

test('outside is client minus server, by total where the server sends one, else by the sum of its phases', () => {
  const stage = buildStage({ users: 4, phases: { tokenize: 0.1, queue: 0.2, infer: 0.5 } }, 0, 6000, 1);
  const latency = readHistogram(stage.latency);
  const times = phaseTimes(stage);
  const clientP95 = 24.5;
  const outside = outsideServer(stage, latency, times)!;
  assert.ok(Math.abs(outside.p95 - 0.2 * clientP95) < 0.05 && Math.abs(outside.p50 - 0.2 * 20) < 0.1, JSON.stringify(outside));

  const withTotal = buildStage({ users: 4, phases: { infer: 0.5, total: 0.9 } }, 0, 6000, 1);
  const outsideTotal = outsideServer(withTotal, readHistogram(withTotal.latency), phaseTimes(withTotal))!;
  assert.ok(Math.abs(outsideTotal.p95 - 0.1 * clientP95) < 0.05, JSON.stringify(outsideTotal));
});

test('without a total, phases that peak in turn do not hide the outside', () => {
  // Half of the answers waited 80 ms and computed 10, the others the other way round; 10 ms lie outside.
  const n = 1000;
  const phase = (first: number, second: number): ReturnType<typeof saveHistogram> => saveHistogram(histogramOf(Array.from({ length: n }, (_, i) => (i % 2 === 0 ? first : second) * 1000)));
  const stage = buildStage({ users: 1, latenciesUs: Array.from({ length: n }, () => 100_000), change: () => ({ serverTiming: { queue: phase(80, 10), infer: phase(10, 80) } }) }, 0, 6000, 1);
  assert.equal(outsideServer(stage, readHistogram(stage.latency), phaseTimes(stage))!.p95, 10);
});

test('a phase that few answers have counts as much as it cost', () => {
  const stage = buildStage({ users: 1, latenciesUs: Array.from({ length: 100 }, () => 100_000), change: () => ({
    serverTiming: { queue: saveHistogram(histogramOf(Array.from({ length: 100 }, () => 10_000))), infer: saveHistogram(histogramOf(Array.from({ length: 25 }, () => 40_000))) },
  }) }, 0, 6000, 1);
  assert.deepEqual(phaseShare(stage, 'infer'), { meanMs: 10, serverMs: 20, share: 0.5 });
  assert.equal(outsideServer(stage, readHistogram(stage.latency), phaseTimes(stage))!.p95, 80);
});

test('shares come from sums of time, which add', () => {
  const stage = buildStage({ users: 4, phases: { queue: 0.3, infer: 0.1 } }, 0, 6000, 1);
  assert.ok(Math.abs(phaseShare(stage, 'queue')!.share - 0.75) < 1e-3);
  assert.equal(phaseShare(stage, 'tokenize'), null);
});

test('a server that says nothing, or to fewer than half of the answers, leaves the outside unknown', () => {
  const silent = buildStage({ users: 1 }, 0, 6000, 1);
  assert.equal(outsideServer(silent, readHistogram(silent.latency), phaseTimes(silent)), null);
  const rare = buildStage({ users: 1, change: () => ({ serverTiming: { infer: saveHistogram(histogramOf([1000, 1000])) } }) }, 0, 6000, 1);
  assert.equal(outsideServer(rare, readHistogram(rare.latency), phaseTimes(rare)), null);
});
