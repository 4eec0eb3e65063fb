import assert from 'node:assert/strict';
import { test } from 'node:test';
import { percentileGate } from '../record-builder.js';
import { simulateSearch } from '../search/simulated-search.js';

const p95 = percentileGate('latency', 95, '<', 100);
const inHeadroom = 0.9 * 0.7;

test('a planted server of 250 requests a second: what it bears within 5 %, and the replicas of the closed form', async () => {
  const { analysis: { capacity } } = await simulateSearch({ parallel: 4, serviceMs: 16 }, [p95], { process: 'constant', resolution: 0.02 });
  assert.ok(capacity.kind === 'found');
  const { held, perReplicaRps, rows } = capacity.value;
  assert.ok(held.lowRps <= 250 && held.lowRps > 250 * 0.95 && (held.highRps ?? 0) > 250, JSON.stringify(held));
  assert.ok(Math.abs(perReplicaRps / (250 * inHeadroom) - 1) < 0.05);
  for (const { targetRps, replicas, fewest } of rows) {
    const truth = Math.ceil(targetRps / (250 * inHeadroom)) + 1;
    assert.ok(replicas >= truth && (fewest ?? Infinity) <= truth && replicas <= 1.05 * truth + 1, `${String(targetRps)}: ${String(replicas)}, ${String(fewest)}, not ${String(truth)}`);
  }
});

test('M/M/1 with Poisson arrivals: the replicas hold the truth of the closed form between them', async () => {
  // P(latency > T) = exp(−(μ − λ)T) = 5 % (Kleinrock 1975, §3.2).
  const truthRps = 500 - Math.log(20) / 0.1;
  const { analysis: { capacity } } = await simulateSearch({ serviceMs: 2, exponential: true }, [p95], { process: 'poisson', resolution: 0.02, durationS: 60, warmupS: 5, confirm: 3 }, 2);
  assert.ok(capacity.kind === 'found');
  assert.ok(Math.abs(capacity.value.held.lowRps / truthRps - 1) <= 0.05, JSON.stringify(capacity.value.held));
  for (const { targetRps, replicas } of capacity.value.rows) assert.ok(Math.abs(replicas - 1 - targetRps / (truthRps * inHeadroom)) <= 1 + 0.05 * replicas);
});
