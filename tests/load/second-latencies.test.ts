import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heatEdgesMs, heatStepOf } from '../../harness/load/heat-steps.js';
import { createSecondLatencies } from '../../harness/load/second-latencies.js';
import { createRandom } from '../../harness/model/random.js';

test('steps of the heat map: every latency lies in its own, edges included', () => {
  assert.deepEqual(heatEdgesMs.slice(0, 4), [0, 0.01, 0.012, 0.015]);
  for (const [step, edge] of heatEdgesMs.slice(0, -1).entries()) {
    assert.equal(heatStepOf(edge), step, String(edge));
    const next = heatEdgesMs[step + 1] as number;
    assert.equal(heatStepOf((edge + next) / 2), step);
    assert.equal(heatStepOf(next * (1 - 1e-9)), step);
  }
  assert.equal(heatStepOf(1e12), heatEdgesMs.length - 2);
});

test('a long stage is told as a short one is: exact percentiles by second, though seconds are let go', () => {
  const dice = createRandom(1);
  const seconds = createSecondLatencies(200);
  const kept: number[][] = Array.from({ length: 200 }, () => []);
  for (let i = 0; i < 20_000; i += 1) {
    // Engines may be some seconds apart from another, and one second has no answer.
    const second = Math.min(199, Math.max(0, Math.floor(i / 100) - Math.floor(dice.next() * 20)));
    if (second === 77) continue;
    const us = 1000 + Math.floor(dice.next() * 100_000);
    seconds.add(us, second);
    kept[second]?.push(us);
  }
  const { percentilesMs, heatmap } = seconds.save(200);
  const rank = (share: number): (number | null)[] => kept.map((values) => {
    const sorted = values.toSorted((x, y) => x - y);
    return sorted.length === 0 ? null : (sorted[Math.ceil(share * sorted.length) - 1] as number) / 1000;
  });
  assert.deepEqual(percentilesMs, { p50: rank(0.5), p95: rank(0.95), p99: rank(0.99) });
  assert.equal(percentilesMs.p50[77], null);
  assert.deepEqual([heatmap.binS, heatmap.counts.length, heatmap.edgesMs[0], heatmap.edgesMs.at(-1)], [2, 100, 1, 120]);
  assert.equal(heatmap.counts.flat().reduce((sum, n) => sum + n, 0), kept.flat().length);
  const [first = []] = heatmap.counts;
  first.forEach((n, column) => {
    const inStep = [...(kept[0] ?? []), ...(kept[1] ?? [])].filter((us) => us / 1000 >= (heatmap.edgesMs[column] as number) && us / 1000 < (heatmap.edgesMs[column + 1] as number));
    assert.equal(n, inStep.length);
  });
});

test('only seconds of the window are told; without an answer there is no heat map', () => {
  const seconds = createSecondLatencies(3);
  seconds.add(5000, 0);
  seconds.add(7000, 2);
  assert.deepEqual(seconds.save(1), { percentilesMs: { p50: [5], p95: [5], p99: [5] }, heatmap: { binS: 1, edgesMs: [4.7, 5.6], counts: [[1]] } });
  assert.deepEqual(createSecondLatencies(2).save(2), { percentilesMs: { p50: [null, null], p95: [null, null], p99: [null, null] }, heatmap: { binS: 1, edgesMs: [], counts: [] } });
});
