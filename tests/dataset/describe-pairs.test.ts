import assert from 'node:assert/strict';
import { stripVTControlCharacters } from 'node:util';
import { test } from 'node:test';
import stringWidth from 'string-width';
import { createDataset, describePairs } from '../../harness/dataset/index.js';
import { compareTexts } from '../../harness/dataset/difference.js';
import { lexicon } from './world.js';

const dataset = createDataset({ seed: 5, mix: { high: 120, low: 120, boundary: 120, noisy: 120, abnormal: 100 } }, lexicon);

test('differences are found character by character', () => {
  const { a, b } = compareTexts('北京市朝阳区8号', '北京朝杨区8号');
  const own = (stretches: { text: string; shared: boolean }[]): string => stretches.filter(({ shared }) => !shared).map(({ text }) => text).join();
  assert.deepEqual([own(a), own(b)], ['市,阳', '杨']);
  assert.equal(a.map(({ text }) => text).join(''), '北京市朝阳区8号');
});

test('show sets both sides side by side, marks what differs and names the operators', () => {
  const plain = describePairs(dataset, { perClass: 3, colour: false, width: null });
  for (const name of ['high', 'low', 'boundary', 'noisy', 'abnormal']) assert.match(plain, new RegExp(`^== ${name}$`, 'm'));
  assert.doesNotMatch(plain, /\u001b/);
  assert.doesNotMatch(plain, /[\u200b-\u200d\u2060\ufeff\u00a0]/, 'what cannot be seen is shown by its code');
  const [boundary] = [...dataset.pairs()].filter((pair) => pair.class === 'boundary');
  assert.ok(plain.includes(boundary?.operators.join(' + ') ?? '?'));
  const coloured = describePairs(dataset, { perClass: 2, colour: true, width: null, only: 'boundary' });
  assert.match(coloured, /\u001b\[4;3[12]m/);
  assert.equal(coloured.split('\n').filter((line) => line.includes('low')).length, 0);
});

test('no line is wider than the terminal where its texts fit, and columns stay aligned with Chinese text', () => {
  for (const width of [200, 120, 90]) {
    const lines = stripVTControlCharacters(describePairs(dataset, { perClass: 20, colour: true, width })).split('\n');
    for (const line of lines) {
      const [a = '', b = ''] = line.trim().split(/ {2,}/);
      if (stringWidth(a) + stringWidth(b) < width - 4) assert.ok(stringWidth(line) <= width, line);
    }
  }
  const sides = stripVTControlCharacters(describePairs(dataset, { perClass: 20, colour: true, width: 200, only: 'boundary' })).split('\n').filter((line) => /^ {2}\S+ {2,}\S+ {2,}\S/.test(line));
  assert.ok(sides.length > 10);
  const starts = new Set(sides.map((line) => stringWidth(/^ {2}\S+ +/.exec(line)?.[0] ?? '')));
  assert.equal(starts.size, 1, 'every right side begins in the same cell');
});

test('in colour and without, the same stretches are marked', () => {
  const marked = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, stretch = '']) => stretch);
  const only = { perClass: 20, width: null, only: 'high' } as const;
  const plain = describePairs(dataset, { ...only, colour: false });
  const coloured = describePairs(dataset, { ...only, colour: true });
  const inColour = marked(coloured, /\u001b\[4;3[12]m(.*?)\u001b\[0m/g);
  assert.ok(inColour.length > 20);
  for (const stretch of inColour) assert.ok(plain.includes(`[${stretch}]`), stretch);
});

test('a long body is cut to the line, with its length', () => {
  const lines = describePairs(dataset, { perClass: 90, colour: false, width: 100, only: 'abnormal' }).split('\n');
  assert.ok(lines.some((line) => /… \(\d{6} characters\)$/.test(line)));
  for (const line of lines) assert.ok(stringWidth(line) <= 100, line);
});
