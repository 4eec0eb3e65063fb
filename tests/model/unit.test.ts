import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatDuration, formatMiB, parseQuantity, trim, type Dimension } from '../../harness/model/unit.js';

const read: [string, Dimension, number][] = [
  ['800ms', 'duration', 800], ['30s', 'duration', 30_000], ['1.5 s', 'duration', 1500], ['5m', 'duration', 300_000], ['1h', 'duration', 3_600_000], [' 0s ', 'duration', 0],
  ['24GiB', 'bytes', 24 * 1024], ['512MiB', 'bytes', 512], ['1024KiB', 'bytes', 1], ['1048576B', 'bytes', 1], ['1GB', 'bytes', 1e9 / 2 ** 20],
  ['0.1%', 'share', 0.001], ['5 %', 'share', 0.05], ['0.25', 'share', 0.25], ['42', 'number', 42], ['-0.5', 'number', -0.5],
];

for (const [text, dimension, value] of read) {
  test(`"${text}" as ${dimension} is ${String(value)}`, () => {
    const quantity = parseQuantity(text, dimension);
    assert.ok('value' in quantity, JSON.stringify(quantity));
    assert.ok(Math.abs(quantity.value - value) <= 1e-12 * Math.abs(value), String(quantity.value));
  });
}

const refused: [string, Dimension, RegExp][] = [
  ['30', 'duration', /unit is missing.*30s/], ['30 MiB', 'duration', /unknown unit "MiB"/], ['soon', 'duration', /expected a duration/], ['1e3s', 'duration', /expected a duration|unknown unit/],
  ['24', 'bytes', /unit is missing.*24GiB/], ['24gib', 'bytes', /unknown unit "gib"/], ['5s', 'share', /not the unit "s"/], ['5ms', 'number', /without the unit "ms"/],
  ['', 'number', /expected a plain number/], ['1.2.3', 'number', /expected/], ['toString', 'duration', /expected/], ['5constructor', 'bytes', /unknown unit "constructor"/],
];

for (const [text, dimension, error] of refused) {
  test(`"${text}" is no ${dimension}`, () => {
    const quantity = parseQuantity(text, dimension);
    assert.ok('error' in quantity, JSON.stringify(quantity));
    assert.match(quantity.error, error);
  });
}

test('numbers are shown with three significant digits and the shortest sensible unit', () => {
  assert.deepEqual([0.8, 12.34, 999, 1500, 119_000, 180_000].map(formatDuration), ['0.8 ms', '12.3 ms', '999 ms', '1.5 s', '119 s', '3 min']);
  assert.deepEqual([512, 1023, 1024, 24 * 1024].map(formatMiB), ['512 MiB', '1023 MiB', '1 GiB', '24 GiB']);
  assert.deepEqual([0, 0.005, 1.234, 12.34, 123.4, -12.34].map(trim), ['0', '0.01', '1.23', '12.3', '123', '-12.3']);
});
