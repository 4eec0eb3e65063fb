import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberOf, parseComputeApps, textOf, type Row } from '../../../harness/telemetry/nvidia-smi-parser/index.js';
import { fixture, parsed } from './fixture.js';

const figures = (row: Row): (number | null)[] => [numberOf(row, 'memory.used', 'MiB'), numberOf(row, 'memory.total', 'MiB'), numberOf(row, 'utilization.gpu', '%'), numberOf(row, 'power.draw', 'W'), numberOf(row, 'temperature.gpu'), numberOf(row, 'clocks.current.sm', 'MHz')];

test('H100 idle: zeros are zeros', () => {
  const { rows, messages } = parsed([fixture('h100-idle.csv')]);
  assert.equal(messages.length, 0);
  assert.deepEqual(rows.map(figures), [[0, 81559, 0, 69.85, 41, 345], [0, 81559, 0, 69.62, 41, 345]]);
  assert.deepEqual(rows.map((row) => [row.mig, textOf(row, 'pstate'), numberOf(row, 'clocks_event_reasons.active')]), [[false, 'P0', 1], [false, 'P0', 1]]);
});

test('H100 under MIG, with units: memory of the whole card, utilisation absent, not 0', () => {
  const { rows } = parsed([fixture('h100-mig-load-units.csv')]);
  assert.deepEqual(figures(rows[0]!), [11125, 81559, null, 433.78, 53, 1980]);
  assert.equal(rows[0]!.mig, true);
  assert.deepEqual(rows[0]!.cells.get('utilization.gpu'), { kind: 'absent', raw: '[N/A]' });
});

test('L40S: the first sample shows the start of nvidia-smi itself (for its reader to drop)', () => {
  const { rows } = parsed([fixture('l40s-first-sample-units.csv')]);
  assert.deepEqual(rows.map((row) => numberOf(row, 'utilization.gpu', '%')), [100, 0]);
  assert.equal(rows[0]!.mig, null);
});

test('RTX 2080 SUPER: bare N/A, fan, event reasons', () => {
  const { rows } = parsed([fixture('rtx2080s-idle-units.csv')]);
  assert.deepEqual(figures(rows[0]!), [214, 8192, 0, 39.32, 40, 765]);
  assert.deepEqual(rows[0]!.cells.get('temperature.memory'), { kind: 'absent', raw: 'N/A' });
  assert.equal(numberOf(rows[0]!, 'fan.speed', '%'), 38);
  assert.equal(numberOf(rows[0]!, 'clocks_event_reasons.active'), 4);
});

test('GB10 with unified memory: no memory figure at all', () => {
  const { rows } = parsed([fixture('gb10-idle.csv')]);
  assert.deepEqual(figures(rows[0]!), [null, null, 0, 4.53, 38, 208]);
});

test('a GPU that drops out of the listing does not shift the others', () => {
  const { rows, messages } = parsed([fixture('three-gpus-one-vanishes.csv')]);
  const byGpu = new Map<string, Row[]>();
  for (const row of rows) byGpu.set(row.uuid!, [...(byGpu.get(row.uuid!) ?? []), row]);
  assert.deepEqual([...byGpu].map(([uuid, of]) => [uuid.slice(4, 12), of.map((row) => numberOf(row, 'memory.used', 'MiB'))]), [
    ['11111111', [100, 101, 102, 103, 104, 105]], ['22222222', [200, 201, 202]], ['33333333', [300, 301, 302, 303, 304, 305]],
  ]);
  assert.deepEqual(messages.map((message) => message.code), ['handle-lost']);
  assert.equal(numberOf(rows[0]!, 'clocks_event_reasons.active'), 4, 'the old name of the field');
});

test('sentences on stdout are messages with a code', () => {
  const { rows, messages } = parsed([fixture('errors.txt')]);
  assert.equal(rows.length, 0);
  assert.deepEqual(messages.map((message) => message.code), ['driver-mismatch', 'unknown', 'no-driver', 'no-library', 'no-devices', 'invalid-field', 'handle-lost', 'gpu-lost', 'no-permission', 'nvml-failed']);
  assert.equal(messages[5]!.field, 'clocks_event_reasons.active');
});

test('sentences between rows are never rows, whatever the columns', () => {
  for (const header of ['name', 'index, name', 'uuid, memory.used [MiB]']) {
    const { rows, messages } = parsed([`${header}\n${fixture('errors.txt').replace('NVML library version: 590.48\n', '')}`]);
    assert.equal(rows.length, 0, header);
    assert.equal(messages.length, 9, header);
  }
});

test('compute apps: processes with names and memory, commas and spaces in names, hidden rows counted', () => {
  assert.deepEqual(parseComputeApps(fixture('compute-apps-h100-mig-units.csv')).apps.map(({ pid, name, memoryMiB }) => [pid, name, memoryMiB]), [
    [21180, '/root/tools/memhog', 2296], [21181, '/root/tools/memhog', 1272], [21198, './gpu_burn', 7484],
  ]);
  const hidden = parseComputeApps(fixture('compute-apps-hidden.csv'));
  assert.equal(hidden.hidden, 1);
  assert.deepEqual(hidden.apps.map(({ pid, name, memoryMiB }) => [pid, name, memoryMiB]), [[4711, 'C:\\Program Files\\Model, the second\\serve.exe', null]]);
});

test('compute apps: a header alone is an empty list, a sentence alone is a failed one', () => {
  assert.deepEqual(parseComputeApps('gpu_uuid, pid, process_name, used_gpu_memory [MiB]\n'), { apps: [], hidden: 0, messages: [], listed: true });
  const failed = parseComputeApps('No devices were found');
  assert.deepEqual([failed.listed, failed.messages[0]?.code], [false, 'no-devices']);
});
