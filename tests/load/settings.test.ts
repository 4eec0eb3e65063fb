import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readSchedule } from '../../harness/load/autocannon/schedule-file.js';
import type { DriveOptions } from '../../harness/load/index.js';
import { writeSettings, type EngineSettings } from '../../harness/load/settings.js';
import { testContext } from '../host/context.js';
import { openStageOf, requestPlan } from './stage-setup.js';

/** What both engines are told of a stage with this schedule, and the longest text that was written at once. */
async function written(schedule: Float64Array | null): Promise<{ settings: EngineSettings; longest: number }> {
  const { host } = testContext();
  const folder = mkdtempSync(join(tmpdir(), 'settings-'));
  let longest = 0;
  const options: DriveOptions = {
    stage: openStageOf(100, { inFlight: 50 }), target: { url: 'http://127.0.0.1:1', request: requestPlan, timeoutS: 5 }, bodies: { file: 'bodies.txt', count: 1, expectations: [] },
    golden: new Map(), tolerance: 0, seed: 1, logFile: '/dev/null', onSpawn: () => undefined, serverGone: new AbortController().signal,
  };
  const file = await writeSettings(folder, options, schedule, { host: { ...host, files: { ...host.files, writer: (path, how) => {
    const writer = host.files.writer(path, how);
    return { ...writer, write: (text) => {
      longest = Math.max(longest, text.length);
      return writer.write(text);
    } };
  } } } });
  return { settings: JSON.parse(readFileSync(file, 'utf8')) as EngineSettings, longest };
}

test('a schedule reaches the engine as it was made, to a microsecond, and is never one text', async () => {
  const schedule = Float64Array.from({ length: 100_000 }, (_, k) => k * 7.123456);
  const { settings, longest } = await written(schedule);
  const read = readSchedule(readFileSync(settings.schedule ?? ''));
  assert.equal(read.length, schedule.length);
  for (const k of [0, 1, 16_383, 16_384, 65_537, 99_999]) assert.ok(Math.abs((read[k] ?? NaN) - (schedule[k] ?? NaN)) <= 0.0005 + 1e-9, String(k));
  assert.ok(longest < 400_000, String(longest));
  assert.equal(settings.startAtMs, 350, 'the workers of the pool have time to start');
});

test('an empty schedule is one of its own, not a closed load: the engine reads no moment', async () => {
  const { settings } = await written(new Float64Array(0));
  assert.notEqual(settings.schedule, null);
  assert.equal(readFileSync(settings.schedule ?? '', 'utf8'), '');
  assert.equal(readSchedule(Buffer.alloc(0)).length, 0);
  assert.deepEqual(settings.thinkMs, [0, 0]);
  const closed = await written(null);
  assert.equal(closed.settings.schedule, null);
});
