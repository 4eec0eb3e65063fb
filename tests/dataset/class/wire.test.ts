import assert from 'node:assert/strict';
import { test } from 'node:test';
import { abnormalKinds, abnormalKindsOf } from '../../../harness/dataset/class/abnormal-kinds.js';
import { wireOf, type WireKeys } from '../../../harness/dataset/class/wire.js';
import { createDataset } from '../../../harness/dataset/index.js';
import type { AbnormalRequest } from '../../../harness/model/dataset.js';
import { lexicon, noMix } from '../world.js';

/** Bodies of services as they are met: named fields, nested ones, a list in a field, a bare list. */
const formats: Record<string, WireKeys> = {
  flat: { left: 'addr1', right: 'addr2' },
  nested: { left: 'source', right: 'target', body: '{"model":"m","input":{"source":{{a}},"target":{{b}}}}' },
  listed: { left: 'query', right: 'query', body: '{ "model": "m", "query": [{{a}}, {{b}}] }' },
  reranker: { left: 'query', right: 'texts', body: '{"query":{{a}},"texts":[{{b}}],"raw":true}' },
  bare: { left: '', right: '', body: '[[{{a}},{{b}}]]' },
};

const requestsOf = (keys: WireKeys): AbnormalRequest[] => {
  const count = abnormalKindsOf(wireOf(keys)).length;
  return [...createDataset({ seed: 7, mix: { ...noMix, abnormal: count } }, lexicon, keys).pairs()].map((pair) => pair.abnormal as AbnormalRequest);
};
const bytesOf = ({ body }: AbnormalRequest): Buffer => ('text' in body ? Buffer.from(body.text, 'utf8') : Buffer.from(body.base64, 'base64'));
const parsed = (request: AbnormalRequest): unknown => JSON.parse(bytesOf(request).toString('utf8'));

/** The texts at the places of the two addresses; undefined where something else stands there. */
function sidesOf(keys: WireKeys, value: unknown): [unknown, unknown] {
  const places: [(string | number)[], (string | number)[]] = keys.left === 'source' ? [['input', 'source'], ['input', 'target']] : keys.left === '' ? [[0, 0], [0, 1]]
    : keys.right === 'texts' ? [['query'], ['texts', 0]] : keys.right === 'query' ? [['query', 0], ['query', 1]] : [[keys.left], [keys.right]];
  const at = (path: (string | number)[]): unknown => path.reduce<unknown>((part, step) => (part as Record<string | number, unknown> | null | undefined)?.[step], value);
  return [at(places[0]), at(places[1])];
}

for (const [name, keys] of Object.entries(formats)) {
  test(`${name}: what should be answered is a sound request of this format, what should be refused is none`, () => {
    const requests = requestsOf(keys);
    assert.equal(new Set(requests.map(({ kind }) => kind)).size, requests.length, 'each kind once');
    for (const request of requests) {
      if (request.expect === 'answer') {
        for (const side of sidesOf(keys, parsed(request))) assert.ok(typeof side === 'string' && side.trim() !== '', `${request.kind} ${bytesOf(request).toString()}`);
      }
      if (request.expect !== 'reject') continue;
      let value: unknown;
      try {
        value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytesOf(request)));
      } catch {
        continue;
      }
      // JSON.parse drops a byte order mark nowhere, so what is left is JSON of the wrong form or with a wrong value.
      const sound = sidesOf(keys, value).every((side) => typeof side === 'string' && side.trim() !== '');
      assert.ok(!sound, `${request.kind} is a sound ${name} request: ${bytesOf(request).toString().slice(0, 200)}`);
      if (request.field !== undefined) assert.ok(request.field === keys.left || request.field === keys.right, request.kind);
    }
  });
}

test('only what a format cannot have is left out', () => {
  const left = (keys: WireKeys): string[] => abnormalKinds.filter((kind) => !abnormalKindsOf(wireOf(keys)).includes(kind)).map(({ kind }) => kind);
  assert.deepEqual(left(formats['flat']!), []);
  assert.deepEqual(left(formats['nested']!), []);
  assert.deepEqual(left(formats['listed']!), []);
  assert.deepEqual(left(formats['bare']!).sort(), ['duplicate-key', 'extra-key', 'json-array', 'many-keys', 'misspelt-key', 'prototype-key']);
});

test('fields are left out, misspelt and doubled where they stand', () => {
  const nested = wireOf(formats['nested']!);
  assert.equal(nested.without(['left'], '"x"'), '{"model":"m","input":{"target":"x"}}');
  assert.equal(nested.misspelt('"x"'), '{"model":"m","input":{"source_":"x","target":"x"}}');
  assert.equal(nested.doubled('"x"'), '{"model":"m","input":{"source":"","source":"x","target":"x"}}');
  const listed = wireOf(formats['listed']!);
  assert.equal(listed.without(['left', 'right'], '"x"'), '{"model":"m","query":[]}');
  assert.equal(listed.misspelt('"x"'), '{"model":"m","query_":["x","x"]}');
  assert.equal(listed.reversed('"x"', '"y"'), '{"query":["x","y"],"model":"m"}');
});

test('every kind of the catalogue is there', () => {
  const named = ['empty-left', 'blanks', 'one-character', 'digits-only', 'punctuation-only', 'null', 'number', 'array', 'missing-left', 'extra-key', 'duplicate-key', 'equal', 'keys-swapped', 'utf8-stray-byte', 'lone-surrogate',
    'combining-marks', 'rare-characters', 'repeated-address', 'length-1-megabyte', ...[63, 64, 65, 127, 128, 129, 509, 510, 511, 512, 513, 1000, 10_000].map((n) => `length-${String(n)}`), 'sql', 'template', 'markup', 'path', 'lookup', 'shell'];
  const kinds = new Set(abnormalKinds.map(({ kind }) => kind));
  assert.deepEqual(named.filter((kind) => !kinds.has(kind)), []);
});
