import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logGamma } from '../../harness/model/log-gamma.js';

function near(actual: number, expected: number, relative: number): void {
  assert.ok(Math.abs(actual - expected) <= relative * Math.max(1e-300, Math.abs(expected)), `${String(actual)} for ${String(expected)}`);
}

test('ln Γ at points known in closed form, and by Stirling far out', () => {
  near(logGamma(0.5), Math.log(Math.sqrt(Math.PI)), 1e-14);
  near(logGamma(10), Math.log(362_880), 1e-14);
  near(logGamma(171), 706.5730622457874, 1e-13);
  near(logGamma(1e6), 12_815_504.569147611, 1e-13);
  assert.throws(() => logGamma(0), RangeError);
});
