import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { splitBodies } from '../../../harness/load/autocannon/bodies.js';
import { createLineReader } from '../../../harness/load/autocannon/lines.js';

test('lines are read however they are cut, and a torn last one is left out', () => {
  const rows = Array.from({ length: 20 }, (_, i) => `R|0|${String(i)}|${String(i)}|1000|2000|1000|0|200||0.5||||infer;dur=1`);
  const counts = { ended: 20, answered: 20, eventLoopUse: 0.25, loopP50Ms: 0, loopP99Ms: 1.5 };
  const text = Buffer.from(['C|1500|1700000000000000', ...rows, `E|${JSON.stringify(counts)}`, 'R|0|20|20|1000'].join('\n'));
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: text.length }), { maxLength: 30 }), (cuts) => {
    const tickets: number[] = [];
    const clocks: number[][] = [];
    const reader = createLineReader({ clock: (clockMs, epochMs) => clocks.push([clockMs, epochMs]), row: (row) => tickets.push(row.ticket), message: (line) => assert.fail(line) });
    const at = [0, ...cuts.sort((x, y) => x - y), text.length];
    at.slice(1).forEach((end, i) => { reader.push(text.subarray(at[i], end)); });
    assert.deepEqual(tickets, rows.map((_, i) => i));
    assert.deepEqual(clocks, [[1.5, 1_700_000_000_000]]);
    assert.deepEqual(reader.counts(), counts);
  }));
});

test('bodies are the lines of the file, bytes decoded', () => {
  const bodies = splitBodies(Buffer.from('{"a":1}\nb64:/wo=\n\nb64:\n{"b":"路"}\n'));
  assert.equal(bodies.count, 5);
  assert.deepEqual([0, 1, 2, 3, 4].map((i) => bodies.at(i).toString('hex')), [Buffer.from('{"a":1}').toString('hex'), 'ff0a', '', '', Buffer.from('{"b":"路"}').toString('hex')]);
  assert.equal(splitBodies(Buffer.from('x')).count, 1);
  assert.equal(splitBodies(Buffer.alloc(0)).count, 0);
});
