import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { createMoments } from '../../harness/load/moments.js';

test('the next thing is always the earliest, ties by number', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.nat(9), fc.oneof(fc.nat(20), fc.constant(Infinity))), { minLength: 1, maxLength: 200 }), (changes) => {
    const moments = createMoments(10);
    const plain = new Array<number>(10).fill(Infinity);
    for (const [index, moment] of changes) {
      moments.set(index, moment);
      plain[index] = moment;
      assert.equal(moments.next(), plain.indexOf(Math.min(...plain)));
      assert.equal(moments.at(index), moment);
    }
  }));
});
