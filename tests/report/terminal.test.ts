import assert from 'node:assert/strict';
import { test } from 'node:test';
import stringWidth from 'string-width';
import { terminalTable } from '../../harness/report/index.js';
import { brokenInput } from './broken-input.js';
import { sampleInput } from './sample-input.js';

const plain = { colour: false, columns: 120 };

/** Cell at which the first digit after `text` ends, by terminal cells. */
function rightEdge(line: string, column: number): number {
  const cells = [...line.matchAll(/\S+(?: \S+)*/g)];
  const cell = cells[column]!;
  return stringWidth(line.slice(0, cell.index)) + stringWidth(cell[0]);
}

test('columns line up in cells, also where Chinese characters take two', () => {
  for (const language of ['en', 'zh-CN'] as const) {
    const [head = '', ...rows] = terminalTable(sampleInput(), language, plain).split('\n');
    for (const row of rows.slice(0, 4)) {
      for (const column of [1, 2, 3, 4, 6, 7, 8]) assert.equal(rightEdge(row, column), rightEdge(head, column), `column ${String(column)} in ${language}: ${row}`);
    }
  }
});

test('a percentile without enough data is a dash, and a line says how many more are needed', () => {
  const lines = terminalTable(sampleInput(), 'en', plain).split('\n');
  assert.match(lines[1]!, /^1 user .* — /);
  assert.ok(lines.includes('1 user: p99 is “—”: 248 more requests needed'));
});

test('without a GPU one line says why, and there is no VRAM column', () => {
  const without = terminalTable(sampleInput(), 'en', plain);
  assert.match(without, /^VRAM: nvidia-smi was not found/m);
  assert.doesNotMatch(without.split('\n')[0]!, /VRAM/);
  assert.match(terminalTable(sampleInput({ gpus: 1 }), 'en', plain).split('\n')[0]!, /VRAM/);
});

test('the last line is the verdict with its number, in colour only when asked', () => {
  const last = terminalTable(sampleInput(), 'en', plain).split('\n').at(-1)!;
  assert.match(last, /^✗ Failed: .*measured 0\.4% \[0\.21%, 0\.72%\], limit 0\.1%/);
  assert.ok(!last.includes('\u001b'));
  const coloured = terminalTable(sampleInput(), 'en', { colour: true, columns: 120 });
  assert.ok(coloured.includes('\u001b[31m✗ Failed\u001b[39m'));
  assert.equal(coloured.replace(/\u001b\[\d+m/g, ''), terminalTable(sampleInput(), 'en', plain));
});

test('a narrow terminal gives up columns, never users, throughput, p95, errors or validity', () => {
  const table = terminalTable(sampleInput(), 'en', { colour: false, columns: 64 }).split('\n').slice(0, 5);
  for (const line of table) assert.ok(stringWidth(line) <= 64, line);
  assert.match(table[0]!, /users +req\/s .*p95 ms .*errors +.*validity/);
});

test('names from outside cannot steer the terminal', () => {
  const table = terminalTable(sampleInput({ hostile: '\u001b[2J\u0007\r\nroot#' }), 'en', plain);
  assert.ok(!table.includes('\u001b'));
  assert.ok(!table.includes('\u0007'));
  // The note of the run is the one line more.
  assert.equal(table.split('\n').length, terminalTable(sampleInput(), 'en', plain).split('\n').length + 1);
});

test('a run without stages says so and keeps its reason', () => {
  assert.equal(terminalTable(brokenInput(), 'en', plain), 'No stage was measured.\nVRAM: not measured\n\n⊘ Invalid: The run ended early, before any stage was completed: The server was not ready within 60 s.');
});

test('a simulated run says that no server was measured', () => {
  const input = sampleInput();
  const simulated = { ...input, record: { ...input.record, plan: { ...input.record.plan, server: { kind: 'simulated' as const, parallel: 2, serviceMs: 10, sigma: 0, kappa: 0, exponential: false, errorShare: 0 } } } };
  assert.match(terminalTable(simulated, 'en', plain), /^Simulated queue: .*no server was measured/m);
  assert.match(terminalTable(simulated, 'zh-CN', plain), /^模拟队列：/m);
  assert.doesNotMatch(terminalTable(input, 'en', plain), /Simulated/);
});

test('every GPU has a line with baseline, loaded, peak and delta, and samples that are missing are told with their reason', () => {
  const input = sampleInput({ gpus: 2 });
  const lines = terminalTable(input, 'en', plain).split('\n').filter((line) => line.startsWith('VRAM'));
  assert.equal(lines.length, 2);
  assert.match(lines[1]!, /^VRAM: GPU 1: baseline .+, loaded .+, peak .+, that is .+ above the baseline\.$/);
  const { gpu } = input.record;
  assert.ok(gpu?.status === 'present');
  const gaps = [{ fromMs: 1_000, toMs: 1_400, why: 'no line' }, { fromMs: 2_000, toMs: 9_000, why: 'nvidia-smi ended with code 15: GPU is lost' }];
  const broken = terminalTable({ ...input, record: { ...input.record, gpu: { ...gpu, gaps } } }, 'en', plain);
  assert.match(broken, /^VRAM: Samples broke off 2 times, at most for 7 s: nvidia-smi ended with code 15: GPU is lost\./m);
});

test('of a server that ran already, CPU and memory are missing with their reason', () => {
  const input = sampleInput();
  const met = { ...input, record: { ...input.record, plan: { ...input.record.plan, server: { kind: 'url' as const, url: 'http://127.0.0.1:9000', ready: null, readyTimeoutS: 30 } } } };
  assert.match(terminalTable(met, 'en', plain), /^Server CPU and memory were not read: the server was not started by this run\.$/m);
  assert.match(terminalTable(met, 'zh-CN', plain), /^没有读取服务的 CPU 和内存/m);
  assert.doesNotMatch(terminalTable(input, 'en', plain), /not started by this run/);
});
