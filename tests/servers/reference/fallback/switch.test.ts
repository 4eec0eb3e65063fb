import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSwitch, type FallbackSwitch } from '../../../../servers/reference/fallback/switch.js';
import { readFaults } from '../../../../servers/reference/fault/grammar.js';
import { plantFaults, repeatableRandom, type Plant } from '../../../../servers/reference/fault/plant.js';
import { createVirtualClock, type VirtualClock } from '../virtual-clock.js';

interface Changed {
  atMs: number;
  active: boolean;
}

/** A switch in front of a model with planted faults; its probes take 2 ms. */
const set = (fault: string, settings: { prepare?: () => Promise<void>; seed?: number } = {}): { clock: VirtualClock; plant: Plant; changes: Changed[]; probes: boolean[]; fallback: FallbackSwitch; infer: () => Promise<boolean> } => {
  const clock = createVirtualClock();
  const faults = readFaults(fault);
  if (!Array.isArray(faults)) throw new Error(faults.notAFault);
  const plant = plantFaults({ faults, clock, random: repeatableRandom(settings.seed ?? 1), crash: () => undefined, slowClients: () => undefined });
  plant.begin();
  const signal = new AbortController().signal;
  const changes: Changed[] = [];
  const probes: boolean[] = [];
  const fallback = createSwitch({
    clock,
    probe: () => new Promise((resolve, reject) => {
      clock.after(2, () => {
        plant.inference(signal).then(resolve, reject);
      });
    }),
    prepare: settings.prepare ?? (() => Promise.resolve()),
    onProbe: (failed) => probes.push(failed),
    onChange: (active) => changes.push({ atMs: clock.nowMs(), active }),
  });
  /** One inference, unless the fallback answers: whether it failed. */
  const infer = async (): Promise<boolean> => {
    if (fallback.active()) return false;
    const failed = await plant.inference(signal).then(() => false, () => true);
    fallback.observe(failed);
    return failed;
  };
  return { clock, plant, changes, probes, fallback, infer };
};

test('the figure: with a tenth of the inferences failing from 5 s to 15 s it takes over within 2 s, stays, and gives back within 5 s', async () => {
  for (const seed of [1, 2, 3]) {
    const { clock, changes, plant, infer } = set('error:0.1@5s..15s', { seed });
    let failed = 0;
    // A hundred a second for 25 s.
    for (let done = 0; done < 2500; done += 1) {
      if (await infer()) failed += 1;
      await clock.run(10);
    }
    assert.deepEqual(changes.map(({ active }) => active), [true, false], `seed ${seed}: ${JSON.stringify(changes)}`);
    const [taken, given] = changes;
    assert.ok(taken && taken.atMs > 5000 && taken.atMs <= 7000, `seed ${seed}: took over at ${taken?.atMs}`);
    assert.ok(given && given.atMs > 15_000 && given.atMs <= 20_000, `seed ${seed}: gave back at ${given?.atMs}`);
    // Every failure that a request saw was a planted one; the others struck probes.
    assert.ok(failed > 0 && failed <= (plant.counts().error ?? 0));
  }
});

test('one in a hundred that fails is no reason', async () => {
  const { clock, changes, infer } = set('error:0.01');
  for (let done = 0; done < 3000; done += 1) {
    await infer();
    await clock.run(10);
  }
  assert.deepEqual(changes, []);
});

test('a few inferences, all failing, are not enough to say', async () => {
  const { clock, changes, infer } = set('error:1');
  for (let done = 0; done < 19; done += 1) await infer();
  await clock.run(100);
  assert.deepEqual(changes, []);
  await infer();
  await clock.run(10);
  assert.equal(changes.length, 1);
});

test('while every probe fails they become rare, and none is asked once it is stopped', async () => {
  const { clock, probes, infer, fallback } = set('error:1');
  for (let done = 0; done < 20; done += 1) await infer();
  await clock.run(10_000);
  assert.ok(probes.length >= 10 && probes.length <= 16, String(probes.length));
  assert.ok(probes.every(Boolean));
  fallback.stop();
  const asked = probes.length;
  await clock.run(10_000);
  assert.equal(probes.length, asked);
});

test('who waits is told once that it took over, unless the call was taken back', async () => {
  const { clock, infer, fallback } = set('error:1');
  const told: string[] = [];
  fallback.onTakeover(() => told.push('waits'));
  fallback.onTakeover(() => told.push('went'))();
  for (let done = 0; done < 25; done += 1) await infer();
  await clock.run(10);
  assert.deepEqual(told, ['waits']);
});

test('what cannot be prepared never takes over', async () => {
  const { clock, changes, infer, fallback } = set('error:1', { prepare: () => Promise.reject(new Error('no words')) });
  for (let done = 0; done < 50; done += 1) await infer();
  await clock.run(1000);
  assert.deepEqual([changes, fallback.active(), fallback.state().failureShare], [[], false, 1]);
});
