import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFaults } from '../../../../servers/reference/fault/grammar.js';
import { noFaults, plantFaults, repeatableRandom, type Plant } from '../../../../servers/reference/fault/plant.js';
import { createVirtualClock, type VirtualClock } from '../virtual-clock.js';

const set = (text: string): { plant: Plant; clock: VirtualClock; crashes: number[]; slow: unknown[]; signal: AbortSignal } => {
  const faults = readFaults(text);
  if (!Array.isArray(faults)) throw new Error(`not a fault: ${faults.notAFault}`);
  const clock = createVirtualClock();
  const crashes: number[] = [];
  const slow: unknown[] = [];
  const plant = plantFaults({ faults, clock, random: repeatableRandom(1), crash: () => crashes.push(clock.nowMs()), slowClients: (clients, forMs) => slow.push({ clients, forMs, atMs: clock.nowMs() }) });
  return { plant, clock, crashes, slow, signal: new AbortController().signal };
};

/** What becomes of an inference while the clock stands. */
const stateOf = async (run: Promise<void>): Promise<string> => {
  let state = 'waits';
  run.then(() => (state = 'runs'), (error: unknown) => (state = (error as Error).message));
  await new Promise((resolve) => setImmediate(resolve));
  return state;
};

test('without faults nothing happens', async () => {
  noFaults.begin();
  assert.equal(noFaults.request(), null);
  await noFaults.inference(new AbortController().signal);
  assert.deepEqual([noFaults.texts, noFaults.startDelayMs, noFaults.counts()], [[], 0, {}]);
});

test('a window begins to count when the server is ready, and ends', async () => {
  const { plant, clock, signal } = set('error:1@5s..15s');
  clock.pass(100_000);
  assert.equal(await stateOf(plant.inference(signal)), 'runs');
  plant.begin();
  for (const [atMs, state] of [[4999, 'runs'], [1, 'a planted fault made the inference fail'], [9999, 'a planted fault made the inference fail'], [1, 'runs']] as const) {
    clock.pass(atMs);
    assert.equal(await stateOf(plant.inference(signal)), state);
  }
  assert.deepEqual(plant.counts(), { error: 2 });
});

test('a share is met, and the same in every process', () => {
  const struck = (): number[] => {
    const { plant } = set('status:502:0.1');
    plant.begin();
    return Array.from({ length: 5000 }, (_, index) => (plant.request() === null ? -1 : index)).filter((index) => index >= 0);
  };
  assert.deepEqual(struck(), struck());
  // Five standard deviations of 5000 draws of 0.1.
  assert.ok(Math.abs(struck().length - 500) < 106, String(struck().length));
});

test('a delay delays, and a given-up inference does not wait', async () => {
  const { plant, clock } = set('delay:50ms');
  plant.begin();
  const slow = plant.inference(new AbortController().signal);
  clock.pass(49);
  assert.equal(await stateOf(slow), 'waits');
  clock.pass(1);
  assert.equal(await stateOf(slow), 'runs');
  const stop = new AbortController();
  const stopped = plant.inference(stop.signal);
  stop.abort();
  assert.equal(await stateOf(stopped), 'the inference was given up');
});

test('a hang lasts until its window closes, or from a request on', async () => {
  const windowed = set('hang@1s..3s');
  windowed.plant.begin();
  windowed.clock.pass(2000);
  const hung = windowed.plant.inference(windowed.signal);
  assert.equal(await stateOf(hung), 'waits');
  windowed.clock.pass(1000);
  assert.equal(await stateOf(hung), 'runs');

  const counted = set('hang-after:2');
  counted.plant.begin();
  counted.plant.request();
  assert.equal(await stateOf(counted.plant.inference(counted.signal)), 'runs');
  counted.plant.request();
  assert.equal(await stateOf(counted.plant.inference(counted.signal)), 'waits');
});

test('it crashes once, at a request or at a moment', () => {
  const counted = set('crash-after:3');
  counted.plant.begin();
  counted.plant.request();
  counted.plant.request();
  assert.equal(counted.crashes.length, 0);
  counted.plant.request();
  counted.plant.request();
  assert.equal(counted.crashes.length, 1);

  const timed = set('crash@10s');
  timed.clock.pass(50_000);
  timed.plant.begin();
  timed.clock.pass(9999);
  assert.equal(timed.crashes.length, 0);
  timed.clock.pass(1);
  assert.deepEqual(timed.crashes, [60_000]);
});

test('slow clients come at their moment, for as long as their window is', () => {
  const { plant, clock, slow } = set('slow-client:40@10s..18s');
  plant.begin();
  clock.pass(9999);
  assert.deepEqual(slow, []);
  clock.pass(1);
  assert.deepEqual(slow, [{ clients: 40, forMs: 8000, atMs: 10_000 }]);
});

test('slow starts add up; resets and leaks are counted', () => {
  const { plant } = set('slow-start:2s,slow-start:1s,leak:1KiB,reset:1');
  plant.begin();
  assert.equal(plant.startDelayMs, 3000);
  assert.deepEqual(plant.request(), { kind: 'reset' });
  assert.deepEqual(plant.counts(), { leak: 1, reset: 1 });
});
