import assert from 'node:assert/strict';
import { test } from 'node:test';
import { count, inUnit, mib, ms, percent, plain, rps, seconds, shortHash, moment } from '../../harness/report/number.js';

test('three significant digits, thousands grouped, an exponent only for the very small', () => {
  const expected: [number, string][] = [
    [0, '0'], [1, '1'], [12.34, '12.3'], [1.234, '1.23'], [0.1234, '0.123'], [0.01234, '0.0123'], [99.96, '100'], [123.4, '123'], [999.6, '1,000'], [1234567.8, '1,234,568'],
    [-5.5, '−5.5'], [20, '20'], [100, '100'], [2.4e-7, '2.4e−7'], [1e-6, '1e−6'], [0.0001, '0.0001'], [9.999, '10'],
  ];
  for (const [value, text] of expected) assert.equal(plain(value), text);
});

test('what is no number is a dash, in every unit', () => {
  for (const show of [plain, count, ms, percent, mib, rps, seconds]) {
    for (const value of [null, undefined, NaN, Infinity, -Infinity]) assert.equal(show(value), '—', `${show.name}(${String(value)})`);
  }
});

test('every number has its unit', () => {
  assert.equal(ms(12.34), '12.3 ms');
  assert.equal(ms(12_340), '12.3 s');
  assert.equal(ms(600_000), '10 min');
  assert.equal(seconds(90), '90 s');
  assert.equal(seconds(150), '2.5 min');
  assert.equal(percent(0.00123), '0.123%');
  assert.equal(mib(512), '512 MiB');
  assert.equal(mib(24_576), '24 GiB');
  assert.equal(rps(412.3), '412 req/s');
  assert.equal(count(12345), '12,345');
  assert.deepEqual(['ms', 'MiB', '/s', '%', 'cores', ''].map((unit) => inUnit(2, unit)), ['2 ms', '2 MiB', '2 req/s', '200%', '2 cores', '2']);
  assert.equal(moment('2026-01-02T03:04:05.678Z'), '2026-01-02 03:04:05Z');
  assert.equal(shortHash('0123456789abcdef'), '0123456789ab');
});
