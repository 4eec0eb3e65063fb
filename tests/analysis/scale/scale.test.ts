import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseRecord } from '../../../harness/analysis/index.js';
import { scaleOf } from '../../../harness/analysis/scale/index.js';
import { kneeOf, peakOf, throughputAt, type UslCurve } from '../../../harness/analysis/scale/usl-curve.js';
import type { Finding } from '../../../harness/model/analysis.js';
import { createRandom, type Random } from '../../../harness/model/random.js';
import type { ScaleLevel } from '../../../harness/model/scale.js';
import { openStage } from '../open-stage.js';
import { buildRecord } from '../record-builder.js';

const curve: UslCurve = { lambdaRps: 40, sigma: 0.02, kappa: 0.0002 };
const normal = (dice: Random): number => Math.sqrt(-2 * Math.log(1 - dice.next())) * Math.cos(2 * Math.PI * dice.next());
const levelsOf = (loads: readonly number[], noise = 0, dice = createRandom(1)): ScaleLevel[] => loads.map((inFlight, stage) => ({ stage, inFlight, rps: throughputAt(curve, inFlight) * Math.exp(noise * normal(dice)) }));
const found = <T>(finding: Finding<T>): T => {
  assert.equal(finding.kind, 'found');
  return (finding as { value: T }).value;
};
const wide = [1, 2, 4, 8, 16, 32, 64, 128, 192];

test('a planted curve with loads past its peak: knee and peak as planted, the band lies on the curve', () => {
  const scale = found(scaleOf(levelsOf(wide), 0.95));
  assert.ok(Math.abs(found(scale.knee).value / kneeOf(curve) - 1) < 0.01);
  const peak = found(scale.peak);
  assert.ok(Math.abs(peak.inFlight.value / (peakOf(curve) as number) - 1) < 0.01);
  assert.ok(Math.abs(peak.rps.value / throughputAt(curve, peakOf(curve) as number) - 1) < 0.01);
  assert.ok(scale.worstMiss < 1e-3);
  assert.equal(scale.band[0]?.inFlight, 1);
  assert.ok(Math.abs((scale.band.at(-1)?.inFlight ?? 0) - 192) < 1e-9);
  for (const at of scale.band) assert.ok(at.low <= at.rps && at.rps <= at.high && Math.abs(at.rps / throughputAt(curve, at.inFlight) - 1) < 1e-3);
});

test('coverage: with 2 % noise the 95 % intervals of knee and peak hold the truth in 93 to 97 of 100 runs', (t) => {
  const dice = createRandom(11);
  const runs = 300;
  let knee = 0;
  let peak = 0;
  for (let run = 0; run < runs; run += 1) {
    const scale = found(scaleOf(levelsOf(wide, 0.02, dice), 0.95));
    const holds = ({ low, high }: { low: number | null; high: number | null }, truth: number): boolean => low !== null && low <= truth && (high === null || truth <= high);
    if (scale.knee.kind === 'found' && holds(scale.knee.value, kneeOf(curve))) knee += 1;
    if (scale.peak.kind === 'found' && holds(scale.peak.value.rps, throughputAt(curve, peakOf(curve) as number))) peak += 1;
  }
  t.diagnostic(`knee ${String(knee)}, peak ${String(peak)} of ${String(runs)}`);
  for (const held of [knee, peak]) assert.ok(held >= 0.93 * runs && held <= 0.97 * runs, `knee ${String(knee)}, peak ${String(peak)} of ${String(runs)}`);
});

test('nothing is claimed beyond what was tried', () => {
  const rising = found(scaleOf(levelsOf([1, 2, 4, 8]), 0.95));
  assert.deepEqual(rising.knee, { kind: 'absent', why: 'beyond-loads' });
  assert.deepEqual(rising.peak, { kind: 'absent', why: 'not-observed' });
  // The peak is at 70; up to 64 nothing fell.
  assert.deepEqual(found(scaleOf(levelsOf([1, 2, 4, 8, 16, 32, 64]), 0.95)).peak, { kind: 'absent', why: 'not-observed' });
});

test('refusals: too few, too narrow, and a curve of another kind', () => {
  assert.deepEqual(scaleOf(levelsOf([1, 8, 64]), 0.95), { kind: 'absent', why: 'too-few-levels', needed: 4 });
  assert.deepEqual(scaleOf([], 0.95), { kind: 'absent', why: 'too-few-levels', needed: 4 });
  assert.deepEqual(scaleOf(levelsOf([10, 15, 20, 30]), 0.95), { kind: 'absent', why: 'too-narrow', needed: 4 });
  const jagged = levelsOf(wide).map((level, i) => ({ ...level, rps: level.rps * (i % 2 === 0 ? 0.5 : 2) }));
  assert.deepEqual(scaleOf(jagged, 0.95), { kind: 'absent', why: 'does-not-fit' });
});

test('of a record: closed, measured, valid stages by what was in flight; think time is not load', () => {
  const record = buildRecord({ stages: [[1, 20], [2, 20], [4, 21], [16, 40], [64, 170]].map(([users, latencyMs]) => ({ users: users as number, latencyMs: latencyMs as number })) });
  const scale = found(analyseRecord(record).scale);
  assert.deepEqual(scale.levels.map(({ stage }) => stage), [0, 1, 2, 3, 4]);
  for (const [i, level] of scale.levels.entries()) assert.equal(level.inFlight, record.stages[i]?.inFlightMean);
  const open = buildRecord({ stages: [50, 100, 200, 400, 800].map((rateRps) => openStage({ rateRps })) });
  assert.deepEqual(analyseRecord(open).scale, { kind: 'absent', why: 'too-few-levels', needed: 4 });
});
