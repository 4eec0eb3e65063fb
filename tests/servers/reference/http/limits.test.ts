import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startApp, until, type Answer, type RunningApp } from '../start-app.js';

let app: RunningApp;
before(async () => {
  app = await startApp(['--max-body', '4096', '--max-pairs', '3', '--max-chars', '8']);
});
after(() => app.close());

/** Problem details by RFC 9457, on a connection that stays usable. */
const isProblem = (answer: Answer, status: number, kind: string, field: string | undefined): void => {
  assert.equal(answer.status, status, answer.text);
  assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
  assert.equal(answer.body['type'], `urn:mgeo-bench:problem:${kind}`);
  assert.equal(answer.body['status'], status);
  assert.equal(typeof answer.body['title'], 'string');
  assert.equal(typeof answer.body['detail'], 'string');
  assert.equal(answer.body['field'], field);
  assert.ok(answer.headers.get('x-request-id'));
};

const bad: [what: string, body: unknown, kind: string, field: string][] = [
  ['empty address', { addr1: '', addr2: '乙' }, 'blank', 'addr1'],
  ['blank address', { addr1: '甲', addr2: ' \t\u3000\n' }, 'blank', 'addr2'],
  ['only invisible characters', { addr1: '\u200b\ufeff\u0000', addr2: '乙' }, 'blank', 'addr1'],
  ['too long', { addr1: '甲', addr2: '一二三四五六七八九' }, 'too-long', 'addr2'],
  ['missing', { addr1: '甲' }, 'missing-field', 'addr2'],
  ['inherited, not given', '{"__proto__":{"addr1":"x"},"addr2":"甲"}', 'missing-field', 'addr1'],
  ['null', { addr1: null, addr2: '乙' }, 'wrong-type', 'addr1'],
  ['number', { addr1: '甲', addr2: 5 }, 'wrong-type', 'addr2'],
  ['array', { addr1: ['甲'], addr2: '乙' }, 'wrong-type', 'addr1'],
  ['body is an array', ['甲', '乙'], 'not-an-object', 'body'],
  ['body is null', 'null', 'not-an-object', 'body'],
  ['body is a string', '"甲"', 'not-an-object', 'body'],
  ['cut JSON', '{"addr1":"甲","addr2', 'invalid-json', 'body'],
  ['not JSON', 'addr1=x&addr2=y', 'invalid-json', 'body'],
  ['empty body', '', 'invalid-json', 'body'],
  ['invalid UTF-8', Buffer.from([...Buffer.from('{"addr1":"'), 0xff, 0xfe, ...Buffer.from('","addr2":"b"}')]), 'invalid-utf8', 'body'],
  ['cut UTF-8', Buffer.from('{"addr1":"甲').subarray(0, -1), 'invalid-utf8', 'body'],
  ['GBK', Buffer.from([0x7b, 0x22, 0x61, 0x64, 0x64, 0x72, 0x31, 0x22, 0x3a, 0x22, 0xba, 0xbc, 0xd6, 0xdd, 0x22, 0x7d]), 'invalid-utf8', 'body'],
];

for (const [what, body, kind, field] of bad) {
  test(`400: ${what}`, async () => {
    isProblem(await app.post('/similarity', body), 400, kind, field);
  });
}

const badBatches: [what: string, body: unknown, status: number, kind: string, field: string][] = [
  ['pairs missing', {}, 400, 'missing-field', 'pairs'],
  ['pairs is an object', { pairs: {} }, 400, 'wrong-type', 'pairs'],
  ['no pairs', { pairs: [] }, 400, 'blank', 'pairs'],
  ['a pair of three', { pairs: [['a', 'b', 'c']] }, 400, 'wrong-type', 'pairs[0]'],
  ['a pair that is a string', { pairs: [['a', 'b'], 'ab'] }, 400, 'wrong-type', 'pairs[1]'],
  ['an address that is too long', { pairs: [['a', 'b'], ['a', '123456789']] }, 400, 'too-long', 'pairs[1][1]'],
  ['too many pairs', { pairs: Array.from({ length: 4 }, () => ['a', 'b']) }, 413, 'too-many-pairs', 'pairs'],
];

for (const [what, body, status, kind, field] of badBatches) {
  test(`${status}: batch, ${what}`, async () => {
    isProblem(await app.post('/similarity/batch', body), status, kind, field);
  });
}

test('length counts characters, not UTF-16 units', async () => {
  assert.equal((await app.post('/similarity', { addr1: '𠮷'.repeat(8), addr2: '12345678' })).status, 200);
  isProblem(await app.post('/similarity', { addr1: '𠮷'.repeat(9), addr2: 'b' }), 400, 'too-long', 'addr1');
});

test('a refusal repeats nothing of what was sent', async () => {
  for (const body of ['{"addr1":"机密路1号"oops}', { addr1: '机密路机密路机密路', addr2: 'b' }, { 机密: 1 }]) {
    assert.equal((await app.post('/similarity', body)).text.includes('机密'), false);
  }
});

test('lone surrogates, control characters and odd keys do no harm', async () => {
  for (const body of ['{"addr1":"\\ud800路","addr2":"\\udfff"}', '{"addr1":"a\\u0000b","addr2":"c"}', '{"addr1":"a","addr2":"b","__proto__":{"x":1},"constructor":{}}', '{"addr1":"old","addr1":"new","addr2":"b"}']) {
    assert.equal((await app.post('/similarity', body)).status, 200, body);
  }
});

test('415: other content types and compressed bodies', async () => {
  const pair = { addr1: 'a', addr2: 'b' };
  isProblem(await app.post('/similarity', pair, { 'content-type': 'text/plain' }), 415, 'unsupported-media-type', 'content-type');
  isProblem(await app.post('/similarity', Buffer.from(JSON.stringify(pair)), {}), 415, 'unsupported-media-type', 'content-type');
  isProblem(await app.post('/similarity', pair, { 'content-type': 'application/json; charset=gbk' }), 415, 'unsupported-media-type', 'content-type');
  isProblem(await app.post('/similarity', pair, { 'content-type': 'application/json', 'content-encoding': 'gzip' }), 415, 'unsupported-media-type', 'content-encoding');
  assert.equal((await app.post('/similarity', pair, { 'content-type': 'application/json; charset=UTF-8' })).status, 200);
});

test('413: a body over the limit, with its length told or not', async () => {
  const body = JSON.stringify({ addr1: 'a', addr2: 'b', filler: 'x'.repeat(5000) });
  isProblem(await app.post('/similarity', body), 413, 'body-too-large', 'body');
  const chunked = await app.raw(`POST /similarity HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`);
  assert.match(chunked, /^HTTP\/1\.1 413 /);
});

test('404 and 405', async () => {
  isProblem(await app.get('/nothing'), 404, 'not-found', undefined);
  const wrongMethod = await app.get('/similarity?x=1');
  isProblem(wrongMethod, 405, 'method-not-allowed', undefined);
  assert.equal(wrongMethod.headers.get('allow'), 'POST');
  const posted = await app.post('/health', {});
  isProblem(posted, 405, 'method-not-allowed', undefined);
  assert.equal(posted.headers.get('allow'), 'GET, HEAD');
});

test('a bad path is a 400, not a 500', async () => {
  assert.match(await app.raw('GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'), /^HTTP\/1\.1 400 [^]*application\/problem\+json/);
});

test('429 with Retry-After when the queue is full, 503 when the deadline passes', async () => {
  const own = await startApp(['--max-queue', '2', '--deadline', '300']);
  try {
    own.inference.hold();
    const running = own.post('/similarity', { addr1: 'r1', addr2: 'r2' });
    await until('one batch runs', () => own.inference.batches.length === 1);
    const waiting = own.post('/similarity', { addr1: 'w1', addr2: 'w2' });
    await until('one request waits', () => own.state.service?.scheduler.waiting() === 2);
    const refused = await own.post('/similarity', { addr1: 'x1', addr2: 'x2' });
    isProblem(refused, 429, 'queue-full', undefined);
    assert.match(refused.headers.get('retry-after') ?? '', /^[1-9]\d*$/);
    isProblem(await waiting, 503, 'deadline-passed', undefined);
    own.inference.release();
    assert.equal((await running).status, 200);
    // What was refused or dropped was never computed.
    assert.deepEqual(own.inference.batches, [['r1', 'r2']]);
    assert.equal((await own.post('/similarity', { addr1: 'x1', addr2: 'x2' })).status, 200);
  } finally {
    await own.close();
  }
});
