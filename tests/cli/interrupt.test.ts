import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createInterrupt } from '../../harness/cli/interrupt.js';
import { BenchError } from '../../harness/model/error.js';

test('the first signal ends what goes on, with what becomes of it; one that npm hands on is the same; a later one ends everything', () => {
  let nowMs = 5_000;
  let kept = 'early';
  const ends: string[] = [];
  const interrupt = createInterrupt({ nowMs: () => nowMs, kept: () => kept, atOnce: (code) => { ends.push(code); } });
  assert.equal(interrupt.signal.aborted, false);
  kept = 'What was measured is kept.';
  interrupt.came('interrupted', 'Interrupted.');
  const reason: unknown = interrupt.signal.reason;
  assert.ok(reason instanceof BenchError);
  assert.deepEqual([reason.code, reason.message, reason.hint, reason.exitCode], ['interrupted', 'Interrupted.', 'What was measured is kept.', 130]);
  nowMs += 400;
  interrupt.came('interrupted', 'Interrupted.');
  assert.deepEqual(ends, []);
  assert.equal(interrupt.signal.reason, reason);
  nowMs += 700;
  interrupt.came('terminated', 'Terminated.');
  assert.deepEqual(ends, ['terminated']);
});
