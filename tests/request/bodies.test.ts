import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import type { AddressPair } from '../../harness/model/dataset.js';
import { pairsIn, type RequestPlan } from '../../harness/model/request.js';
import type { Stage } from '../../harness/model/stage.js';
import { bodiesFor, encodeLine, openBodies } from '../../harness/request/index.js';
import { encodeBatch, encodePair } from '../../harness/request/batch.js';
import { testContext } from '../host/context.js';
import { offlineStageOf, openStageOf, requestPlan } from '../load/stage-setup.js';

const batch = { path: '/similarity/batch', body: '{"pairs":[{{pairs}}]}', pair: '[{{a}},{{b}}]', scoresPath: ['similarities'], scorePath: [] };
const request: RequestPlan = { ...requestPlan, batch };
const pair = (index: number): AddressPair => ({ id: `7-${String(index)}`, index, class: 'high', a: `甲${String(index)}`, b: '乙', expected: ['exact'], operators: [], seed: 7 });

async function written(stages: Stage[], count: number): Promise<Awaited<ReturnType<ReturnType<typeof openBodies>['finish']>>> {
  const bodies = openBodies({ load: { engine: 'auto', timeoutS: 1, stages, onEngineFailure: 'stop' }, request }, count, testContext());
  for (let index = 0; index < count; index += 1) await bodies.add(pair(index), encodeLine(request, pair(index)), { class: 'high', expect: 'answer' });
  return bodies.finish({ tokens: Uint16Array.from({ length: 2 * count }, (_, i) => i), first: Uint32Array.from({ length: count }, (_, i) => i) });
}

test('a lot has pairs of its own in batches, the others share the rest one by one; no pair is in two', async () => {
  const run = await written([openStageOf(10), { ...offlineStageOf({ pairs: 10, batch: 4, inFlight: 2 }), index: 1 }], 13);
  const lot = bodiesFor(1, run, new Map([[2, 0.2], [11, 0.9]]));
  const lines = readFileSync(lot.bodies.file, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as { pairs: string[][] });
  assert.deepEqual(lines.map(({ pairs }) => pairs.map(([a]) => a)), [['甲0', '甲1', '甲2', '甲3'], ['甲4', '甲5', '甲6', '甲7'], ['甲8', '甲9']]);
  assert.deepEqual([lot.bodies.count, lot.bodies.pairsEach, lot.bodies.expectations.length], [3, 4, 10]);
  assert.deepEqual([0, 1, 2].map((body) => pairsIn(lot.bodies, body)), [4, 4, 2]);
  assert.deepEqual([...lot.golden], [[2, 0.2]]);
  const shared = bodiesFor(0, run, new Map([[2, 0.2], [11, 0.9]]));
  assert.deepEqual(readFileSync(shared.bodies.file, 'utf8').trimEnd().split('\n').map((line) => (JSON.parse(line) as { addr1: string }).addr1), ['甲10', '甲11', '甲12']);
  assert.deepEqual([shared.bodies.count, shared.bodies.pairsEach, [...shared.golden], [...(shared.bodies.texts?.tokens ?? [])]], [3, undefined, [[1, 0.9]], [20, 21, 22, 23, 24, 25]]);
});

test('single calls of a lot are the bodies of any other load', async () => {
  const run = await written([offlineStageOf({ pairs: 3, batch: 1, inFlight: 2 })], 3);
  const { bodies } = bodiesFor(0, run, new Map());
  assert.deepEqual(readFileSync(bodies.file, 'utf8').trimEnd().split('\n'), [0, 1, 2].map((index) => encodeLine(request, pair(index))));
  assert.deepEqual([bodies.count, bodies.pairsEach], [3, undefined]);
});

test('any strings survive a batch, placeholders inside an address included', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })), { minLength: 1, maxLength: 5 }), (pairs) => {
    const text = encodeBatch(request, pairs.map(([a, b]) => encodePair(request, { a, b })));
    assert.deepEqual(JSON.parse(text), { pairs });
    assert.ok(!text.includes('\n'));
  }));
  assert.deepEqual(JSON.parse(encodeBatch(request, [encodePair(request, { a: '{{b}} $& {{pairs}}', b: '{{a}}' })])), { pairs: [['{{b}} $& {{pairs}}', '{{a}}']] });
});

test('a format without a batch endpoint makes no batch', () => {
  assert.throws(() => encodeBatch(requestPlan, ['[]']), RangeError);
});
