import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDataset } from '../../../harness/dataset/index.js';
import { abnormalKinds, largestBodyBytes } from '../../../harness/dataset/class/abnormal-kinds.js';
import type { AbnormalRequest } from '../../../harness/model/dataset.js';
import { datasetOf, lexicon, noMix } from '../world.js';

const requests = [...datasetOf('abnormal', abnormalKinds.length).pairs()].map((pair) => pair.abnormal as AbnormalRequest);
const byKind = new Map(requests.map((request) => [request.kind, request]));
const bytesOf = ({ body }: AbnormalRequest): Buffer => ('text' in body ? Buffer.from(body.text, 'utf8') : Buffer.from(body.base64, 'base64'));

/** What a strict reader makes of a body: the value, or why it is none. */
function read(request: AbnormalRequest): { value?: unknown; fault?: 'encoding' | 'syntax' } {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytesOf(request));
  } catch {
    return { fault: 'encoding' };
  }
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return { fault: 'syntax' };
  }
}

test('as many abnormal pairs as there are kinds hold each kind once', () => {
  assert.equal(byKind.size, abnormalKinds.length);
  assert.ok(abnormalKinds.length >= 70);
});

test('a body that expects an answer is sound: two filled strings of at most 64 characters', () => {
  for (const request of requests.filter(({ expect }) => expect === 'answer')) {
    const { value } = read(request) as { value: Record<string, string> };
    assert.deepEqual(Object.keys(value).sort(), ['addr1', 'addr2'], request.kind);
    for (const text of Object.values(value)) assert.ok(typeof text === 'string' && text.trim() !== '' && [...text].length <= 64, request.kind);
  }
});

test('a body that expects a rejection has a fault, and the field it names is the faulty one', () => {
  for (const request of requests.filter(({ expect }) => expect === 'reject')) {
    const { value, fault } = read(request);
    if (fault !== undefined || value === null || typeof value !== 'object' || Array.isArray(value)) continue;
    const fields = value as Record<string, unknown>;
    const faulty = ['addr1', 'addr2'].filter((key) => typeof fields[key] !== 'string' || fields[key].trim() === '');
    assert.ok(request.field !== undefined && faulty.includes(request.field), `${request.kind} ${request.field ?? ''} ${faulty.join()}`);
  }
});

test('kinds are what they are called', () => {
  const kindsWith = (fault: string): string[] => requests.filter((request) => read(request).fault === fault).map(({ kind }) => kind);
  assert.deepEqual(kindsWith('encoding').filter((kind) => kind !== 'utf16'), ['utf8-cut-off', 'utf8-overlong', 'utf8-surrogate', 'utf8-stray-byte', 'gb18030']);
  for (const kind of ['no-body', 'plain-text', 'cut-off', 'single-quotes', 'trailing-comma', 'not-a-number', 'form-encoded', 'two-documents', 'raw-line-break']) {
    assert.equal(read(byKind.get(kind) as AbnormalRequest).fault, 'syntax', kind);
  }
  // Its bytes may or may not happen to be UTF-8; JSON they are not.
  assert.notEqual(read(byKind.get('utf16') as AbnormalRequest).fault, undefined);
  const value = (kind: string): Record<string, string> => read(byKind.get(kind) as AbnormalRequest).value as Record<string, string>;
  for (const length of [63, 64, 65, 127, 128, 129, 509, 513, 1000, 10_000]) assert.equal([...(value(`length-${length}`)['addr1'] ?? '')].length, length);
  assert.equal(value('equal')['addr1'], value('equal')['addr2']);
  assert.match(value('escaped')['addr1'] ?? '', /^[\u4e00-\u9fff0-9]+$/);
  assert.equal((bytesOf(byKind.get('duplicate-key') as AbnormalRequest).toString().match(/"addr1"/g) ?? []).length, 2);
  assert.ok(bytesOf(byKind.get('lone-surrogate') as AbnormalRequest).includes('\\ud83c'));
});

test('no body is larger than a megabyte, and all kinds together stay below two', () => {
  const sizes = requests.map((request) => bytesOf(request).length);
  assert.ok(Math.max(...sizes) <= largestBodyBytes && Math.max(...sizes) > 800_000);
  assert.ok(sizes.reduce((sum, n) => sum + n, 0) < 2_000_000);
});

test('another wire format has its own field names in bodies and expectations', () => {
  const dataset = createDataset({ seed: 7, mix: { ...noMix, abnormal: abnormalKinds.length } }, lexicon, { left: 'source', right: 'target' });
  for (const pair of dataset.pairs()) {
    const request = pair.abnormal as AbnormalRequest;
    assert.ok(request.field === undefined || request.field === 'source' || request.field === 'target', request.kind);
    assert.doesNotMatch(bytesOf(request).toString('latin1'), /addr[12]/, request.kind);
  }
});

test('abnormal pairs carry no addresses and no labels of their own', () => {
  for (const pair of datasetOf('abnormal', 10).pairs()) {
    assert.deepEqual([pair.a, pair.b, pair.expected, pair.fields], ['', '', [], undefined]);
  }
});
