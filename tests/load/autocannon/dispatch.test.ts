import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { createDispatch } from '../../../harness/load/autocannon/dispatch.js';

/** Workers on a virtual clock: each send is [moment, worker]. */
function setup(due: readonly number[]): { sends: [number, string][]; free: (name: string) => void; tick: (ms: number) => void; close: () => void } {
  mock.timers.enable({ apis: ['setTimeout'] });
  let nowMs = 0;
  const sends: [number, string][] = [];
  const dispatch = createDispatch(Float64Array.from(due), () => nowMs);
  return {
    sends,
    free: (name) => { dispatch.free(() => { sends.push([nowMs, name]); }); },
    tick: (ms) => {
      for (let i = 0; i < ms; i += 1) {
        nowMs += 1;
        mock.timers.tick(1);
      }
    },
    close: () => { mock.timers.reset(); },
  };
}

test('each at its moment, by the worker that was free last', () => {
  const { sends, free, tick, close } = setup([10, 20, 20, 50]);
  for (const name of ['a', 'b', 'c']) free(name);
  tick(20);
  assert.deepEqual(sends, [[10, 'c'], [20, 'b'], [20, 'a']]);
  tick(5);
  free('b');
  free('a');
  tick(40);
  assert.deepEqual(sends.slice(3), [[50, 'a']]);
  close();
});

test('what came while all were busy is sent as soon as one is free, in order', () => {
  const { sends, free, tick, close } = setup([5, 6, 7, 40]);
  free('a');
  tick(30);
  assert.deepEqual(sends, [[5, 'a']]);
  free('a');
  free('b');
  free('c');
  assert.deepEqual(sends.slice(1), [[30, 'a'], [30, 'b']]);
  tick(20);
  assert.deepEqual(sends.slice(3), [[40, 'c']]);
  close();
});

test('one that was free at the moment goes before one that became free since', () => {
  const due = [10];
  mock.timers.enable({ apis: ['setTimeout'] });
  let nowMs = 0;
  const sends: string[] = [];
  const dispatch = createDispatch(Float64Array.from(due), () => nowMs);
  dispatch.free(() => { sends.push('rested'); });
  // The timer is late: before it fires another worker becomes free.
  nowMs = 12;
  dispatch.free(() => { sends.push('fresh'); });
  mock.timers.tick(20);
  assert.deepEqual(sends, ['rested']);
  mock.timers.reset();
});

test('an empty schedule sends nothing, however many workers are free', () => {
  const { sends, free, tick, close } = setup([]);
  for (const name of ['a', 'b']) free(name);
  tick(100);
  free('c');
  tick(100);
  assert.deepEqual(sends, []);
  close();
});
