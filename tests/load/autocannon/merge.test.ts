import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMerger } from '../../../harness/load/autocannon/merge.js';

const counts = (ended: number, use: number): string => `E|${JSON.stringify({ ended, answered: ended - 1, eventLoopUse: use, loopP50Ms: use, loopP99Ms: 2 * use })}\n`;

test('lines of several children stay whole however they are cut, and their counts become one', () => {
  const texts = ['C|1|2|3\nR|0|0|0|10\nR|2|0|2|11\n' + counts(2, 0.5), 'C|1|2|3\nR|1|0|1|10\n' + counts(1, 0.2)];
  for (const size of [1, 2, 3, 7, 1000]) {
    const merger = createMerger(2);
    let out = '';
    const places = [0, 0];
    while (places.some((at, i) => at < (texts[i] as string).length)) {
      for (const i of [0, 1]) {
        const at = places[i] as number;
        out += merger.push(i, Buffer.from((texts[i] as string).slice(at, at + size))).toString();
        places[i] = at + size;
        assert.ok(out === '' || out.endsWith('\n'), 'only whole lines');
      }
    }
    assert.deepEqual(out.split('\n').sort(), ['', 'C|1|2|3', 'C|1|2|3', 'R|0|0|0|10', 'R|1|0|1|10', 'R|2|0|2|11']);
    assert.equal(merger.counts(), `E|${JSON.stringify({ ended: 3, answered: 1, eventLoopUse: 0.5, loopP50Ms: 0.5, loopP99Ms: 1 })}\n`);
  }
});

test('there are no counts before every child has sent its own', () => {
  const merger = createMerger(2);
  merger.push(0, Buffer.from(counts(5, 0.1)));
  assert.equal(merger.counts(), null);
});
