import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberOf, parseCell, parseHeader, parseRow, textOf } from '../../../harness/telemetry/nvidia-smi-parser/index.js';

test('a header is mapped by name: units stripped, aliases and old names made one', () => {
  const header = parseHeader('timestamp, gpu_uuid, memory.used [MiB], clocks.current.sm [MHz], clocks_throttle_reasons.active, Utilization.GPU [%]')!;
  assert.deepEqual(header.columns.map(({ name, unit }) => [name, unit]), [
    ['timestamp', null], ['uuid', null], ['memory.used', 'MiB'], ['clocks.current.sm', 'MHz'], ['clocks_event_reasons.active', null], ['utilization.gpu', '%'],
  ]);
  assert.equal(parseHeader('uuid, clocks.sm [MHz]')!.columns[1]!.name, parseHeader('uuid, clocks.current.sm [MHz]')!.columns[1]!.name);
});

test('what is no header is not taken for one', () => {
  for (const line of ['0, GPU-1, 12', 'No devices were found', 'foo, bar, baz', '', 'uuid, memory used', 'Failed to initialize NVML: Unknown Error']) assert.equal(parseHeader(line), null, line);
});

test('every word that is not a number is absent where a number belongs, with the word kept, and never 0', () => {
  for (const raw of ['', 'N/A', '[N/A]', 'n/a', '[Not Supported]', '[Insufficient Permissions]', '[Unknown Error]', '[GPU requires reset]', 'ERR!', 'Unknown', '[Requested functionality has been deprecated]', '-', '1,234', '12 34', 'NaN', '0x', '18446744073709551615']) {
    assert.deepEqual(parseCell(` ${raw} `, 'number', 'MiB'), { kind: 'absent', raw }, raw);
  }
});

test('numbers come with the unit of the value, else of the header', () => {
  assert.deepEqual(parseCell('214 MiB', 'number', null), { kind: 'number', value: 214, unit: 'MiB' });
  assert.deepEqual(parseCell('214', 'number', 'MiB'), { kind: 'number', value: 214, unit: 'MiB' });
  assert.deepEqual(parseCell('2 GiB', 'number', 'MiB'), { kind: 'number', value: 2, unit: 'GiB' });
  assert.deepEqual(parseCell('0 %', 'number', '%'), { kind: 'number', value: 0, unit: '%' });
  assert.deepEqual(parseCell('-5', 'number', null), { kind: 'number', value: -5, unit: null });
  assert.deepEqual(parseCell('39.32 W', 'number', 'W'), { kind: 'number', value: 39.32, unit: 'W' });
  assert.deepEqual(parseCell('0x0000000000000028', 'any', null), { kind: 'number', value: 0x28, unit: null });
  assert.deepEqual(parseCell('P8', 'any', null), { kind: 'text', text: 'P8' });
});

test('a number in another unit than the one expected is not that number', () => {
  const row = parseRow('GPU-a, 2 GiB', parseHeader('uuid, memory.used [MiB]')!)!;
  assert.equal(numberOf(row, 'memory.used', 'MiB'), null);
  assert.equal(numberOf(row, 'memory.used'), 2);
  assert.equal(numberOf(row, 'memory.total', 'MiB'), null);
});

test('commas in a name stay in the name', () => {
  const header = parseHeader('index, name, uuid, memory.used [MiB]')!;
  const row = parseRow('3, ACME GPU, rev. 2, 80GB, GPU-a, 17', header)!;
  assert.equal(textOf(row, 'name'), 'ACME GPU, rev. 2, 80GB');
  assert.equal(row.uuid, 'GPU-a');
  assert.equal(numberOf(row, 'memory.used', 'MiB'), 17);
});

test('a line with too few values, or too many and no name to hold them, is no row', () => {
  assert.equal(parseRow('3, GPU-a', parseHeader('index, uuid, memory.used [MiB]')!), null);
  assert.equal(parseRow('3, GPU-a, 1, 2', parseHeader('index, uuid, memory.used [MiB]')!), null);
  assert.equal(parseRow('3, nonsense, 1', parseHeader('index, uuid, memory.used [MiB]')!), null, 'a uuid looks like one');
});

test('a row whose uuid is not told belongs to nobody; MIG is yes, no, or not told', () => {
  const header = parseHeader('uuid, mig.mode.current')!;
  assert.equal(parseRow('[Unknown Error], Enabled', header)!.uuid, null);
  assert.deepEqual(['Enabled', 'Disabled', '[N/A]'].map((mode) => parseRow(`GPU-a, ${mode}`, header)!.mig), [true, false, null]);
});
