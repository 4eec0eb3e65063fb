import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDataset, formatPairs, type PairFormat } from '../../harness/dataset/index.js';
import { pairToJson } from '../../harness/dataset/pair-json.js';
import { lexicon } from './world.js';

const dataset = createDataset({ seed: 5, mix: { high: 120, low: 120, boundary: 120, noisy: 120, abnormal: 100 } }, lexicon);
const textIn = (format: PairFormat): string => [...formatPairs(dataset, format)].join('');

test('a line of jsonl is the pair, byte for byte as JSON.stringify writes it', () => {
  for (const pair of dataset.pairs()) {
    assert.equal(pairToJson(pair), JSON.stringify(pair));
    assert.deepEqual(JSON.parse(pairToJson(pair)), JSON.parse(JSON.stringify(pair)));
  }
  const odd = { ...dataset.pair(0), a: 'quote " back \\ line \n lone \ud83c', b: '\u0000' };
  assert.equal(pairToJson(odd), JSON.stringify(odd));
});

test('jsonl has one line a pair, in order', () => {
  const lines = textIn('jsonl').trimEnd().split('\n');
  assert.deepEqual(lines.map((line) => (JSON.parse(line) as { index: number }).index), Array.from({ length: dataset.count }, (_, i) => i));
});

/** RFC 4180, read by its grammar. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\n|$)/g)) {
    rows.at(-1)?.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end === '\n') rows.push([]);
    if (end === '') break;
  }
  rows.pop();
  return rows;
}

test('csv and tsv read back to the same texts', () => {
  const unescape = (cell: string): string => cell.replaceAll(/\\([tnr\\])/g, (_, c: string) => ({ t: '\t', n: '\n', r: '\r' })[c] ?? '\\');
  const csv = readCsv(textIn('csv'));
  const tsv = textIn('tsv').trimEnd().split('\n').map((line) => line.split('\t').map(unescape));
  for (const rows of [csv, tsv]) {
    const [header = [], ...body] = rows;
    assert.equal(body.length, dataset.count);
    for (const [i, cells] of body.entries()) {
      const row = Object.fromEntries(header.map((name, column) => [name, cells[column] ?? '']));
      const pair = dataset.pair(i);
      assert.deepEqual([row['id'], row['a'], row['b'], row['operators']], [pair.id, pair.a, pair.b, pair.operators.join('|')]);
      assert.equal(row['abnormal'], pair.abnormal === undefined ? '' : JSON.stringify(pair.abnormal));
    }
  }
});

test('chunks are whole lines, and no larger than a page of them', () => {
  const chunks = [...formatPairs(createDataset({ seed: 5, mix: { high: 1000, low: 0, boundary: 0, noisy: 0, abnormal: 0 } }, lexicon), 'jsonl')];
  assert.ok(chunks.length > 5);
  for (const chunk of chunks) assert.ok(chunk.endsWith('}\n') && chunk.length < 40_000);
});
