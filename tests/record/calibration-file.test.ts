import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { Context } from '../../harness/host/index.js';
import type { Calibration } from '../../harness/model/calibration.js';
import type { Environment } from '../../harness/model/record.js';
import { keepCalibration, readCalibration } from '../../harness/record/index.js';
import { testContext } from '../host/context.js';

const environment: Environment = { harness: { version: '0.1.0', commit: null }, node: 'v20', os: 'Debian', kernel: '6.1', cpu: 'Example CPU', cores: 2, memoryMiB: 4000, loadBefore: 0.1 };
const figures: Calibration = { engine: { name: 'k6', version: 'v2.2.0' }, measuredAt: '2026-05-05T10:00:00.000Z', tookS: 3, server: { ms: 10, varyMs: 1 }, burst: null, rungs: [], closed: null };

/** A cache folder of the test's own, and a wall clock that stands. */
function at(time: string, t: TestContext, cacheDir = mkdtempSync(join(tmpdir(), 'calibration-test-'))): Pick<Context, 'host'> & { cacheDir: string } {
  t.after(() => { rmSync(cacheDir, { recursive: true, force: true }); });
  const { host } = testContext();
  return { cacheDir, host: { ...host, files: { ...host.files, cacheDir }, clock: { ...host.clock, epochMs: () => Date.parse(time) } } };
}

test('kept for the day, on the machine and for the engine that it was made with', (t) => {
  const noon = at('2026-05-05T12:00:00.000Z', t);
  assert.equal(readCalibration('k6', 'v2.2.0', environment, noon), null);
  keepCalibration(figures, environment, noon);
  assert.deepEqual(readCalibration('k6', 'v2.2.0', environment, noon), { figures, ageS: 7200 });
  assert.deepEqual(readCalibration('k6', undefined, { ...environment, loadBefore: 9, harness: { version: '0.1.0', commit: 'abc' } }, noon)?.figures, figures, 'load and commit are not the machine');
  for (const [engine, version, machine] of [['k6', 'v2.3.0', environment], ['autocannon', undefined, environment], ['k6', 'v2.2.0', { ...environment, cores: 4 }], ['k6', 'v2.2.0', { ...environment, node: 'v22' }], ['k6', 'v2.2.0', { ...environment, harness: { version: '0.2.0', commit: null } }]] as const) {
    assert.equal(readCalibration(engine, version, machine, noon), null);
  }
  assert.notEqual(readCalibration('k6', 'v2.2.0', environment, at('2026-05-05T23:59:59.000Z', t, noon.cacheDir)), null);
  for (const time of ['2026-05-06T00:00:00.000Z', '2026-05-05T09:00:00.000Z']) assert.equal(readCalibration('k6', 'v2.2.0', environment, at(time, t, noon.cacheDir)), null, time);
});

test('a file that is cut, foreign or of another shape is as good as none, and a cache that cannot be written is no failure', (t) => {
  const noon = at('2026-05-05T12:00:00.000Z', t);
  keepCalibration(figures, environment, noon);
  const file = join(noon.cacheDir, 'calibration/k6.json');
  const whole = readFileSync(file, 'utf8');
  for (const text of ['', whole.slice(0, 40), '{}', whole.replace('calibration/1', 'calibration/9'), whole.replace('"tookS":3', '"tookS":"3"')]) {
    writeFileSync(file, text);
    assert.equal(readCalibration('k6', 'v2.2.0', environment, noon), null, text);
  }
  keepCalibration(figures, environment, at('2026-05-05T12:00:00.000Z', t, '/proc/nowhere'));
});
