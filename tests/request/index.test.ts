import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { AddressPair } from '../../harness/model/dataset.js';
import type { RequestPlan } from '../../harness/model/request.js';
import { encodeBody, encodeLine, expectationOf, readAnswer } from '../../harness/request/index.js';

const plan: RequestPlan = {
  format: 'similarity', method: 'POST', path: '/similarity', headers: { 'content-type': 'application/json' },
  body: '{"addr1":{{a}},"addr2":{{b}}}', keys: { left: 'addr1', right: 'addr2' }, scorePath: ['similarity'], labelPath: ['label'], scoreRange: [-1, 1], threshold: 0.9,
};
const pair = (over: Partial<AddressPair>): AddressPair => ({ id: '7-0', index: 0, class: 'high', a: '甲', b: '乙', expected: ['exact'], operators: [], seed: 7, ...over });

test('any two strings survive the body, placeholders inside an address included', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
    assert.deepEqual(JSON.parse(encodeBody(plan, a, b)), { addr1: a, addr2: b });
  }));
  assert.deepEqual(JSON.parse(encodeBody(plan, '{{b}} $& $1', 'x')), { addr1: '{{b}} $& $1', addr2: 'x' });
});

test('every body is one line, and bytes come back from it', () => {
  const abnormal = (body: { text: string } | { base64: string }): AddressPair => pair({ class: 'abnormal', abnormal: { kind: 'k', body, expect: 'reject' } });
  const bytesOf = (line: string): Buffer => (line.startsWith('b64:') ? Buffer.from(line.slice(4), 'base64') : Buffer.from(line));
  for (const text of ['{}', '', 'two\nlines', 'b64:not base64', '\u2028', '{"addr1":"x"']) {
    const line = encodeLine(plan, abnormal({ text }));
    assert.ok(!/[\n\r\u2028\u2029]/.test(line));
    assert.equal(bytesOf(line).toString('utf8'), text);
  }
  const raw = Buffer.from([0x7b, 0xff, 0xfe, 0x0a]);
  assert.deepEqual(bytesOf(encodeLine(plan, abnormal({ base64: raw.toString('base64') }))), raw);
});

test('expectations follow the pair', () => {
  assert.deepEqual(expectationOf(pair({})), { class: 'high', expect: 'answer' });
  assert.deepEqual(expectationOf(pair({ class: 'abnormal', abnormal: { kind: 'empty', body: { text: '{}' }, expect: 'reject' } })), { class: 'abnormal', expect: 'reject', kind: 'empty' });
});

test('each way of answering wrongly has its name', () => {
  const cases: [number, string, unknown][] = [
    [200, '{"similarity":0.5}', { score: 0.5, label: null }],
    [200, '{"similarity":0.5,"label":"partial"}', { score: 0.5, label: 'partial' }],
    [200, '{"similarity":0.5,"label":"not_match"}', { score: 0.5, label: 'not' }],
    [200, '{"similarity":0.5,"label":"no_match"}', { score: 0.5, label: null }],
    [200, '{"similarity":0.5,"label":1}', { score: 0.5, label: null }],
    [200, '{"similarity":1.0000001}', { score: 1.0000001, label: null }],
    [200, '{"similarity":1.2}', { wrong: 'out-of-range' }],
    [200, '{"similarity":NaN}', { wrong: 'not-a-number' }],
    [200, '{"similarity":"0.5"}', { wrong: 'not-a-number' }],
    [200, '{"similarity":null}', { wrong: 'not-a-number' }],
    [200, '{"score":0.5}', { wrong: 'no-score' }],
    [200, '[]', { wrong: 'no-score' }],
    [200, '"text"', { wrong: 'no-score' }],
    [200, '<html></html>', { wrong: 'html' }],
    [200, '{"similarity":0.5', { wrong: 'not-json' }],
    [200, '', { wrong: 'not-json' }],
    [503, '{"similarity":0.5}', { wrong: 'http-503' }],
  ];
  for (const [status, body, expected] of cases) assert.deepEqual(readAnswer(plan, status, body), expected, body);
});

test('a path reaches into lists and objects', () => {
  assert.deepEqual(readAnswer({ ...plan, scorePath: ['data', 0, 'score'] }, 200, '{"data":[{"score":-0.25}]}'), { score: -0.25, label: null });
});
