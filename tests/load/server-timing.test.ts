import assert from 'node:assert/strict';
import test from 'node:test';
import { createPhaseTimes } from '../../harness/load/server-timing.js';
import { readHistogram, valueAtRank } from '../../harness/model/histogram.js';

const add = (headers: readonly string[]): Record<string, number[]> => {
  const phases = createPhaseTimes();
  for (const header of headers) {
    const bytes = new TextEncoder().encode(`##${header}##`);
    phases.add(bytes, 2, bytes.length - 2);
  }
  return Object.fromEntries(Object.entries(phases.save()).map(([name, saved]) => {
    const histogram = readHistogram(saved);
    return [name, Array.from({ length: histogram.n }, (_, i) => valueAtRank(histogram, i + 1))];
  }));
};

test('phases by name, in µs, and their sum by request where the server sends none', () => {
  const { total, ...phases } = add(['tokenize;dur=1.5, queue;dur=0.2, infer;dur=12', 'queue;dur=0.3,infer;dur=1']);
  assert.deepEqual(phases, { tokenize: [1500], queue: [200, 300], infer: [1000, 12000] });
  assert.equal(total?.[0], 1300);
  // Kept within 0.05 %.
  assert.ok(Math.abs((total?.[1] ?? 0) / 13_700 - 1) < 0.0005);
  assert.deepEqual(add(['infer;dur=1, total;dur=5']), { infer: [1000], total: [5000] });
});

test('descriptions, spaces and phases without a duration', () => {
  assert.deepEqual(
    add(['cache;desc="a, b;dur=9";dur=2.25', 'miss', 'x ; dur=3 ; desc=y', 'total;dur=1;foo=bar', '', ' , ,', 'bad;dur=', 'bad;dur=x', 'ä;dur=1', 'xdur=4']),
    { cache: [2250], x: [3000], total: [1000] },
  );
});

test('a server that invents names does not grow our memory', () => {
  const names = Object.keys(add(Array.from({ length: 100 }, (_, i) => `phase${String(i)};dur=1`)));
  assert.equal(names.length, 17, 'sixteen and their total');
});
