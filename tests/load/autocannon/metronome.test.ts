import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDispatch } from '../../../harness/load/autocannon/dispatch.js';
import { startMetronome } from '../../../harness/load/autocannon/metronome.js';
import { eventually } from '../../host/context.js';

test('a tick behind each moment, never before it, one for several that lie together; then the thread ends', async () => {
  const aheadMs = 5000;
  const now = (): number => performance.now() + aheadMs;
  const beganMs = now();
  const dueMs = Float64Array.from([200, 200, 200, 260, 400], (ms) => beganMs + ms);
  const ticks: number[] = [];
  startMetronome(dueMs, aheadMs, () => ticks.push(now()));
  assert.ok(await eventually(() => (ticks.at(-1) ?? 0) >= (dueMs[4] as number)), 'no tick behind the last moment');
  assert.ok((ticks[0] as number) >= (dueMs[0] as number) - 0.01, 'a tick before its moment');
  assert.ok(ticks.length <= 3, `${String(ticks.length)} ticks for three moments`);
});

test('an empty schedule ticks never', async () => {
  let ticks = 0;
  startMetronome(new Float64Array(0), 0, () => { ticks += 1; });
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.equal(ticks, 0);
});

test('a dispatch that is ticked sends what is due, and waits for no timer', () => {
  let nowMs = 0;
  let tick = (): void => assert.fail('nobody listens');
  const sends: [number, string][] = [];
  const dispatch = createDispatch(Float64Array.from([10, 10, 20, 30]), () => nowMs, (then) => { tick = then; });
  const free = (name: string): void => { dispatch.free(() => { sends.push([nowMs, name]); }); };
  free('a');
  free('b');
  nowMs = 10.1;
  tick();
  assert.deepEqual(sends, [[10.1, 'b'], [10.1, 'a']]);
  nowMs = 20.1;
  // All are busy: the next to be free sends, without a tick.
  tick();
  nowMs = 25;
  free('a');
  assert.deepEqual(sends.slice(2), [[25, 'a']]);
  free('b');
  nowMs = 30;
  tick();
  assert.deepEqual(sends.slice(3), [[30, 'b']]);
});
