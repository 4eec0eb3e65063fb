import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareArms, scalingOf, type ArmRounds } from '../../../harness/analysis/compare/index.js';
import type { ComparisonDesign, ScalingStep } from '../../../harness/model/comparison.js';
import { createRandom } from '../../../harness/model/random.js';

type Asked = Pick<ComparisonDesign, 'metric' | 'by' | 'replicas' | 'worth' | 'aa' | 'equivalence'>;
const asked = (replicas: number[], more: Partial<Asked> = {}): Asked => ({ metric: 'rps', by: 'replicas', replicas, worth: 0.5, aa: false, equivalence: 0.03, ...more });

const arm = (name: string, values: readonly number[], metric: 'rps' | 'time' = 'rps', traffic = {}): ArmRounds => ({ name, rounds: values.map((value) => ({ stages: [{ name: 'a', figures: { [metric]: value } }], run: {}, traffic })) });

function scale(arms: readonly ArmRounds[], design: Asked, confidence = 0.95): ScalingStep[] | undefined {
  const compare = (first: ArmRounds, second: ArmRounds) => compareArms(first, second, design, confidence);
  const [first, ...others] = arms as [ArmRounds, ...ArmRounds[]];
  return scalingOf({ arms, comparisons: others.map((other) => compare(first, other)), design }, compare);
}

const near = (actual: number | null | undefined, expected: number, within = 1e-9): void => { assert.ok(Math.abs((actual ?? NaN) - expected) < within, `${String(actual)} is not ${String(expected)}`); };

test('perfect scaling: twice as many do twice as much, at every step, from whatever number on', () => {
  for (const [replicas, factor] of [[[1, 2, 4], 1], [[2, 4, 8], 3]] as const) {
    const steps = scale([arm('a', [100, 101, 99].map((v) => v * factor)), arm('b', [200, 202, 198].map((v) => v * factor)), arm('c', [400, 404, 396].map((v) => v * factor))], asked([...replicas])) ?? [];
    assert.deepEqual(steps.map(({ replicas: n, word }) => [n, word]), [[replicas[1], 'worth'], [replicas[2], 'worth']]);
    for (const [i, { speedUp, efficiency, added }] of steps.entries()) {
      near(speedUp?.value, 2 ** (i + 1));
      near(efficiency?.value, 1);
      near(added?.value, 1);
      near(added?.low, 1);
    }
  }
});

test("Amdahl's law: of a serial fifth, 2 do 1.67 and 4 do 2.5 times as much; the second step is held against the first, not against one", () => {
  const amdahl = (n: number): number => 1 / (0.2 + 0.8 / n);
  const [two, four] = scale([1, 2, 4].map((n) => arm(String(n), [100, 104, 97].map((v) => v * amdahl(n)))), asked([1, 2, 4])) ?? [];
  near(two?.speedUp?.value, 5 / 3);
  near(two?.efficiency?.value, 5 / 6);
  near(two?.added?.value, 2 / 3);
  near(four?.speedUp?.value, 2.5);
  near(four?.efficiency?.value, 0.625);
  // 2.5 / (5/3) = 1.5: two more, of which each brings half of what each of the two did.
  near(four?.added?.value, 0.5);
});

test('more that bring nothing, or make it slower, are not worth it; noise that reaches over the limit leaves it open, and one pair has no interval', () => {
  const none = scale([arm('1', [100, 101, 99]), arm('2', [101, 100, 100]), arm('4', [80, 81, 79])], asked([1, 2, 4])) ?? [];
  assert.deepEqual(none.map(({ word }) => word), ['not-worth', 'not-worth']);
  assert.ok((none[1]?.added?.value ?? 0) < 0);
  const [open] = scale([arm('1', [100, 90, 110]), arm('2', [150, 160, 130])], asked([1, 2])) ?? [];
  assert.equal(open?.word, 'open');
  assert.deepEqual([scale([arm('1', [100]), arm('2', [200])], asked([1, 2]))?.[0]].map((step) => [step?.word, step?.speedUp?.value, step?.added?.low]), [['open', 2, null]]);
});

test('of a time, half of it is a speed-up of two, and the ends of the interval change places', () => {
  const [step] = scale([arm('1', [60, 62, 58], 'time'), arm('2', [30, 30, 30], 'time')], asked([1, 2], { metric: 'time' })) ?? [];
  near(step?.speedUp?.value, 2, 0.01);
  assert.ok(step?.speedUp && step.speedUp.low !== null && step.speedUp.high !== null && step.speedUp.low < step.speedUp.value && step.speedUp.value < step.speedUp.high);
});

test('arms that were sent other traffic, and comparisons that ask something else, have no scaling', () => {
  assert.equal(scale([arm('1', [100, 101]), arm('2', [200, 201], 'rps', { load: 'other' })], asked([1, 2])), undefined);
  const which = { ...asked([1, 2]), by: undefined };
  assert.equal(scale([arm('1', [100, 101]), arm('2', [200, 201])], which), undefined);
});

test('planted: an added one that brings 40 % is called worth half of one in at most 1 of 40 comparisons, and one that brings 80 % in nearly all', () => {
  const random = createRandom(7);
  const noise = (): number => Math.exp(0.03 * (random.next() + random.next() + random.next() - 1.5) * 2);
  const worth = (brings: number): number => {
    let said = 0;
    for (let i = 0; i < 200; i += 1) {
      const [step] = scale([arm('1', [1, 2, 3, 4, 5].map(() => 100 * noise())), arm('2', [1, 2, 3, 4, 5].map(() => 100 * (1 + brings) * noise()))], asked([1, 2])) ?? [];
      if (step?.word === 'worth') said += 1;
    }
    return said;
  };
  assert.ok(worth(0.4) <= 5);
  assert.ok(worth(0.8) >= 190);
});
