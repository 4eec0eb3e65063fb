import assert from 'node:assert/strict';
import test from 'node:test';
import { pairedChanges, type GateFigures } from '../../../harness/analysis/index.js';
import { isSettled, judgePaired, parseGate } from '../../../harness/gate/index.js';
import type { Measured } from '../../../harness/model/analysis.js';
import type { PairedCheck } from '../../../harness/model/comparison.js';
import type { GatePlan } from '../../../harness/model/metric.js';

const gate = (metric: string, expression: string, level: 'error' | 'warn' = 'error'): GatePlan => {
  const read = parseGate(metric, expression, level);
  assert.ok('gate' in read, JSON.stringify(read));
  return read.gate;
};
const rps = gate('rps', 'rate>=baseline*0.97');
const p95 = gate('latency', 'p(95)<=baseline+10ms');
const flips = gate('answers', 'baselineFlips==0');

const found = (of: GatePlan, value: number, more: Partial<Measured> = {}): Measured => ({ gate: of.id, stage: 1, valid: true, infinite: false, value: { kind: 'found', value: { value, low: value, high: value, confidence: 0.95, method: 'given', n: 9 } }, ...more });
const figures = (measured: Measured[], sides: string | null = '0110'): GateFigures => ({ measured, names: new Map([[0, 'warm'], [1, '8 users']]), sides });
const judged = (gates: readonly GatePlan[], first: (GateFigures | null)[], second: (GateFigures | null)[]): PairedCheck[] => pairedChanges(gates, first, second, 0.95).map((change) => judgePaired(change, 'candidate', true));

test('a slowdown that every pair shows fails; the same twice passes; both say by how much', () => {
  const base = [100, 102, 98, 101, 99];
  const slow = judged([rps], base.map((x) => figures([found(rps, x)])), base.map((x) => figures([found(rps, x * 0.94)])));
  assert.deepEqual(slow.map(({ status, stage, pairs, of, arm, why }) => [status, stage, pairs, of, arm, why]), [['fail', '8 users', 5, 'ratio', 'candidate', 'beyond']]);
  assert.ok(Math.abs((slow[0]?.value ?? 0) - 0.94) < 1e-9);
  const same = judged([rps], base.map((x) => figures([found(rps, x)])), base.map((x) => figures([found(rps, x * 1.001)])));
  assert.equal(same[0]?.status, 'pass');
});

test('pairs that disagree leave it open, and one pair has no interval', () => {
  const noisy = judged([rps], [100, 100].map((x) => figures([found(rps, x)])), [80, 110].map((x) => figures([found(rps, x)])));
  assert.deepEqual([noisy[0]?.status, noisy[0]?.why], ['inconclusive', 'reaches-over']);
  const one = judged([rps], [figures([found(rps, 100)])], [figures([found(rps, 50)])]);
  assert.deepEqual([one[0]?.status, one[0]?.why], ['inconclusive', 'one-pair']);
  assert.equal(isSettled(one), false);
});

test('a pair with an invalid side, or a run that gave nothing, takes no part; none left is no pass', () => {
  const bad = judged([rps], [figures([found(rps, 100, { valid: false })]), null], [figures([found(rps, 10)]), figures([found(rps, 10)])]);
  assert.deepEqual([bad[0]?.pairs, bad[0]?.status, bad[0]?.why], [0, 'inconclusive', 'no-pair']);
  const noGpu = judged([gate('vram', 'max<=baseline*1.1')], [figures([])], [figures([])]);
  assert.deepEqual([noGpu[0]?.status, noGpu[0]?.why], ['skipped', 'not-measured']);
});

test('a difference in its own unit; failures beyond every bound fail without a number', () => {
  const plus = judged([p95], [50, 51, 49].map((x) => figures([found(p95, x)])), [75, 76, 74].map((x) => figures([found(p95, x)])));
  assert.deepEqual([plus[0]?.of, plus[0]?.value, plus[0]?.allowed, plus[0]?.status], ['difference', 25, 10, 'fail']);
  const broken = judged([p95], [50, 51].map((x) => figures([found(p95, x)])), [0, 0].map((x) => figures([found(p95, x, { infinite: true })])));
  assert.deepEqual([broken[0]?.status, broken[0]?.why], ['fail', 'failures']);
});

test('one flipped answer in one pair is enough, however noisy everything else is', () => {
  const same = figures([], '0110');
  assert.equal(judged([flips], [same, same], [same, same])[0]?.status, 'pass');
  const flipped = judged([flips], [same, same], [same, figures([], '0111')])[0];
  assert.deepEqual([flipped?.status, flipped?.value, isSettled(flipped === undefined ? [] : [flipped])], ['fail', 1, true]);
  assert.equal(judged([flips], [figures([], null)], [same])[0]?.status, 'skipped', 'nothing was asked');
  assert.equal(judged([flips], [same], [figures([], '01-0')])[0]?.status, 'fail', 'an answer that is missing now');
});

test('gates share the error: the more there are, the wider each interval; what is not measured takes no share', () => {
  const first = [100, 103, 97].map((x) => figures([found(rps, x), found(p95, x)]));
  const second = [99, 104, 98].map((x) => figures([found(rps, x), found(p95, x)]));
  const alone = pairedChanges([rps], first, second, 0.95)[0];
  const beside = pairedChanges([rps, p95], first, second, 0.95)[0];
  const unmeasured = pairedChanges([rps, gate('vram', 'max<=baseline*1.1'), flips], first, second, 0.95)[0];
  assert.ok((beside?.low ?? 1) < (alone?.low ?? 0));
  assert.equal(unmeasured?.low, alone?.low);
});

test('arms that were sent different things are not judged by their speed', () => {
  const [change] = pairedChanges([rps], [100, 101].map((x) => figures([found(rps, x)])), [50, 51].map((x) => figures([found(rps, x)])), 0.95);
  assert.ok(change);
  assert.deepEqual([judgePaired(change, 'b', false).status, judgePaired(change, 'b', false).why], ['inconclusive', 'traffic']);
});
