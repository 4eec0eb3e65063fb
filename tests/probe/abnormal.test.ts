import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { createDataset } from '../../harness/dataset/index.js';
import type { AbnormalRequest } from '../../harness/model/dataset.js';
import type { AbnormalAnswer, AbnormalProbe } from '../../harness/model/golden.js';
import type { RequestPlan } from '../../harness/model/request.js';
import { probeAbnormal } from '../../harness/probe/index.js';
import { encodeBody, readAnswer } from '../../harness/request/index.js';
import { lexicon, noMix } from '../dataset/world.js';
import { testContext } from '../host/context.js';

const request: RequestPlan = {
  format: 'similarity', method: 'POST', path: '/similarity', headers: { 'content-type': 'application/json' },
  body: '{"addr1":{{a}},"addr2":{{b}}}', keys: { left: 'addr1', right: 'addr2' }, scorePath: ['similarity'], scoreRange: [-1, 1], threshold: 0.9,
};
const all = [...createDataset({ seed: 7, mix: { ...noMix, abnormal: 95 } }, lexicon).pairs()].map((pair) => pair.abnormal as AbnormalRequest);
const kindsOf = (...names: string[]): AbnormalRequest[] => names.map((name) => all.find(({ kind }) => kind === name)!);

type Answer = (body: string, bytes: Buffer, response: ServerResponse, server: Server) => void;

async function probe(answer: Answer, kinds: AbnormalRequest[], timeoutS = 5): Promise<AbnormalProbe> {
  const server = createServer((incoming: IncomingMessage, response) => {
    const parts: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => parts.push(chunk));
    incoming.on('end', () => { answer(Buffer.concat(parts).toString(), Buffer.concat(parts), response, server); });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const found = await probeAbnormal({
      request, url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, timeoutS, kinds,
      encode: (a, b) => encodeBody(request, a, b), read: (status, body) => readAnswer(request, status, body), gone: new AbortController().signal,
    }, testContext());
    assert.ok(found !== null);
    return found;
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** A sound server: refuses with 422 and the name of the field, or answers. */
const sound: Answer = (_, bytes, response) => {
  const refuse = (status: number, detail: string): void => void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ detail }));
  try {
    const value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Record<string, unknown> | null;
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return refuse(400, 'expected an object');
    for (const key of ['addr1', 'addr2']) {
      const text = value[key];
      if (typeof text !== 'string' || text.replace(/[\s\u200b\u200d\ufeff]/g, '') === '') return refuse(422, `${key} must be text`);
    }
    response.end('{"similarity":1}');
  } catch {
    refuse(400, 'not JSON');
  }
};

const of = (found: AbnormalProbe, kind: string): AbnormalAnswer => found.answers.find((one) => one.kind === kind)!;

test('a sound server meets every kind, and every refusal names its field', async () => {
  const found = await probe(sound, all);
  assert.deepEqual(found.answers.filter(({ failure }) => failure !== '').map(({ kind, failure }) => `${kind} ${failure}`), []);
  assert.deepEqual([found.kinds, found.answers.length, found.diedAfter, found.stopped], [all.length, all.length, null, null]);
  assert.deepEqual(found.answers.filter(({ named }) => named === false).map(({ kind }) => kind), []);
  assert.ok(found.answers.filter(({ named }) => named === true).length > 15);
  assert.deepEqual(JSON.stringify(found).match(/[路街巷]\d+号/g), null, 'nothing of a body is kept');
});

test('a refusal that does not name the field is told from one that does', async () => {
  const found = await probe((_, __, response) => void response.writeHead(422).end('{"detail":"addr1 is wrong"}'), kindsOf('empty-left', 'missing-right', 'cut-off', 'equal'));
  assert.deepEqual(found.answers.map(({ kind, field, named, failure }) => [kind, field, named, failure]), [
    ['empty-left', 'addr1', true, ''], ['missing-right', 'addr2', false, ''], ['cut-off', null, null, ''], ['equal', null, null, 'http-422'],
  ]);
});

test('5xx, bad input that is accepted, and answers that are none are named', async () => {
  const found = await probe((body, _, response) => {
    if (body === 'null') response.writeHead(500).end('boom');
    else if (body.includes('English')) response.end('<html>');
    else response.end(body.includes('Jianguo') ? 'not json' : '{"similarity":0.5}');
  }, kindsOf('json-null', 'empty-left', 'english', 'equal'));
  assert.deepEqual(found.answers.map(({ status, failure }) => [status, failure]), [[500, 'http-500'], [200, 'accepted-bad-input'], [200, 'not-json'], [200, '']]);
});

test('a connection that is cut is no answer, and no kind suffers for the one before it', async () => {
  const found = await probe((body, bytes, response, server) => {
    if (body.startsWith('[')) response.socket?.destroy();
    else sound(body, bytes, response, server);
  }, kindsOf('json-array', 'empty-left', 'equal'));
  assert.deepEqual(found.answers.map(({ status, failure }) => [status, failure]), [[0, 'reset'], [422, ''], [200, '']]);
  assert.deepEqual([found.diedAfter, found.stopped], [null, null]);
});

test('three time-outs in a row end the asking; what was asked is kept', async () => {
  const found = await probe((body, bytes, response, server) => {
    if (body.includes('建国路88号')) sound(body, bytes, response, server);
  }, kindsOf('empty-left', 'null', 'number', 'equal', 'english'), 0.2);
  assert.deepEqual(found.answers.map(({ kind, failure }) => [kind, failure]), [['empty-left', 'timeout'], ['null', 'timeout'], ['number', 'timeout']]);
  assert.deepEqual([found.kinds, found.stopped, found.diedAfter], [5, 'hangs', null]);
});

test('a server that dies is found, with the kind it died of', async () => {
  const found = await probe((body, bytes, response, server) => {
    if (body !== 'null') return sound(body, bytes, response, server);
    server.close();
    server.closeAllConnections();
  }, kindsOf('empty-left', 'json-null', 'equal', 'english'));
  assert.deepEqual([found.diedAfter, found.stopped, found.answers.length], ['json-null', 'died', 2]);
  assert.equal(of(found, 'json-null').status, 0);
});

test('a server that answers the last kind and then no more is dead too; one that answers 5xx to a sound request as well', async () => {
  let broken = false;
  const found = await probe((body, bytes, response, server) => {
    if (broken) return void response.writeHead(503).end();
    if (body === 'null') broken = true;
    sound(body, bytes, response, server);
  }, kindsOf('empty-left', 'json-null'));
  assert.equal(found.diedAfter, 'json-null');
});

test('without abnormal kinds there is nothing to keep', async () => {
  assert.equal(await probeAbnormal({ request, url: 'http://127.0.0.1:9', timeoutS: 1, kinds: [], encode: () => '', read: () => ({ wrong: 'x' }), gone: new AbortController().signal }, testContext()), null);
});
