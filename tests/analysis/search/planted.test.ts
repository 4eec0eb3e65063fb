import assert from 'node:assert/strict';
import { test } from 'node:test';
import { metrics } from '../../../harness/model/metric.js';
import { percentileGate, namedGate } from '../record-builder.js';
import { searchPlanOf } from '../search-record.js';
import { constantTruth, poissonTruth } from './queue-truth.js';
import { ladder, simulateSearch } from './simulated-search.js';

const p95 = percentileGate('latency', 95, '<', 100);
const sentBy = ({ record }: Awaited<ReturnType<typeof simulateSearch>>): number => (record.search?.probes ?? []).reduce((sum, { sent }) => sum + sent, 0);

for (const { process, truth, within } of [{ process: 'constant', truth: constantTruth(500, 0.1), within: 0.02 }, { process: 'poisson', truth: poissonTruth(500, 0.1), within: 0.03 }] as const) {
  test(`one server, exponential service, ${process} arrivals: the capacity of the closed form, with a third of the requests of a ladder`, async (t) => {
    const plan = { process, resolution: 0.02, durationS: 60, warmupS: 5, confirm: 3 };
    const steps = ladder(searchPlanOf(plan), truth);
    let sent = 0;
    const seeds = [1, 2, 3];
    for (const seed of seeds) {
      const found = await simulateSearch({ serviceMs: 2, exponential: true }, [p95], plan, seed);
      const { end, probes = [] } = found.record.search ?? {};
      t.diagnostic(`seed ${String(seed)}: ${String(end?.lowRps)} to ${String(end?.highRps)} (truth ${truth.toFixed(1)}), ${String(probes.length)} probes, ${String(sentBy(found))} requests in ${((found.analysis.search?.tookS ?? 0) / 60).toFixed(1)} min; ladder: ${String(steps.rungs)} rungs, ${steps.requests.toFixed(0)} requests in ${(steps.loadS / 60).toFixed(1)} min: ${(sentBy(found) / steps.requests).toFixed(2)}`);
      assert.deepEqual([end?.kind, end?.confirmed], ['found', 3]);
      // Near the limit of a queue that is nearly full a minute holds few independent moments: runs disagree, and the interval says so.
      assert.ok(Math.abs((end?.lowRps ?? 0) / truth - 1) <= within && Math.abs((end?.highRps ?? 0) / truth - 1) <= 0.02, `${JSON.stringify(end)}, not ${String(truth)}`);
      assert.equal(found.analysis.search?.cliff, null, 'queues grow before they break');
      sent += sentBy(found);
    }
    assert.ok(sent <= (seeds.length * steps.requests) / 3, `${String(sent)} of ${String(seeds.length * steps.requests)}`);
  });
}

test('constant gaps and constant service: a cliff, told as an interval that holds it', async () => {
  // D/D/c: 16 ms at any rate up to c/S = 250, a growing backlog at any above.
  const { record, analysis } = await simulateSearch({ parallel: 4, serviceMs: 16 }, [p95], { process: 'constant', resolution: 0.02 });
  const { end } = record.search ?? {};
  assert.equal(end?.kind, 'found');
  assert.ok((end.lowRps ?? 0) <= 250 && (end.highRps ?? 0) > 250 && (end.highRps ?? 0) / (end.lowRps ?? 1) <= 1.0201, JSON.stringify(end));
  const cliff = analysis.search?.cliff;
  assert.ok(cliff && cliff.lowMs <= 17 && (cliff.highMs ?? Infinity) >= 200, JSON.stringify(cliff));
  assert.ok(analysis.insights.some(({ id }) => id === 'capacity-cliff'));
});

test('a limit that is generous beside the window: what cannot be kept up with is no capacity', async () => {
  const { record } = await simulateSearch({ parallel: 4, serviceMs: 16 }, [percentileGate('latency', 95, '<', 9000)], { process: 'constant', resolution: 0.05 });
  assert.ok((record.search?.end?.lowRps ?? Infinity) <= 250, JSON.stringify(record.search?.end));
  assert.ok(record.search?.probes.some(({ reason }) => reason.code === 'unstable'));
});

test('errors alone steer too: a server that fails everywhere fails at the lowest rate, one that fails below the limit is found', async () => {
  const bad = await simulateSearch({ errorShare: 0.2 }, [namedGate('errors', 'rate', '<', 0.05)], {});
  assert.equal(bad.record.search?.end?.kind, 'lowest-fails');
  const good = await simulateSearch({ errorShare: 0.01, serviceMs: 5 }, [namedGate('errors', 'rate', '<', 0.05)], { fromRps: 100, process: 'constant', resolution: 0.05 });
  assert.equal(good.record.search?.end?.kind, 'found', JSON.stringify(good.record.search?.end));
});

test('gates and findings speak of the found rate, and the capacity can be asked for', async () => {
  const capacity = namedGate('capacity', 'rate', '>=', 230, { unit: '/s' });
  const { record, analysis } = await simulateSearch({ parallel: 4, serviceMs: 16 }, [p95, capacity], { process: 'constant', resolution: 0.05, confirm: 2 });
  const found = record.search?.end?.lowRps ?? 0;
  assert.ok(metrics['capacity']);
  for (const one of analysis.measured.filter(({ gate }) => gate === p95.id)) assert.equal(record.stages.find(({ stage }) => stage.index === one.stage)?.stage.name.startsWith(`${String(found)}/s`), true);
  assert.equal(analysis.measured.filter(({ gate }) => gate === p95.id).length, 3, 'the pass and two confirmations');
  const measured = analysis.measured.find(({ gate }) => gate === capacity.id);
  assert.ok(measured?.value.kind === 'found' && measured.value.value.low === found && (measured.value.value.high ?? 0) < (record.search?.end?.highRps ?? 0));
  assert.ok(!analysis.insights.some(({ id }) => id === 'unstable'));
});
