import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSocketServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { describeFailure } from '../../../harness/cli/failure.js';
import { planOf } from '../../../harness/cli/flags.js';
import { init, type InitFlags } from '../../../harness/cli/init/index.js';
import type { Io } from '../../../harness/cli/io.js';
import { createHost } from '../../../harness/host/index.js';
import { BenchError } from '../../../harness/model/error.js';
import { leftoverEnglish } from '../text/leftover.js';

const host = createHost();
type Answers = (path: string, body: Record<string, unknown>) => unknown;

/** A server that answers JSON where `answers` does, and 404 elsewhere; a text is sent as it is, with 400. */
async function serve(t: TestContext, answers: Answers): Promise<string> {
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => { text += chunk.toString(); });
    request.on('end', () => {
      const answer = answers(request.url ?? '', text === '' ? {} : JSON.parse(text) as Record<string, unknown>);
      response.writeHead(answer === undefined ? 404 : typeof answer === 'string' ? 400 : 200, { 'content-type': 'application/json' });
      response.end(typeof answer === 'string' ? answer : JSON.stringify(answer ?? { error: 'Not Found' }));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  t.after(() => { server.closeAllConnections(); server.close(); });
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

async function initiate(flags: InitFlags, more: Partial<Io> = {}, file = join(mkdtempSync(join(tmpdir(), 'init-')), 'mine.yaml')): Promise<{ file: string; text: string; out: string; request: ReturnType<typeof planOf>['plan']['request'] }> {
  let out = '';
  await init(file, flags, host, new AbortController().signal, { out: (said) => { out += said; }, err: () => undefined, live: false, colour: false, columns: 80, width: null, pour: () => Promise.resolve(true), ...more });
  return { file, text: readFileSync(file, 'utf8'), out, request: planOf(file, { set: [] }, host).plan.request };
}

/** A server that answers these texts with 200, and 404 elsewhere. */
async function serveTexts(t: TestContext, texts: Readonly<Record<string, string>>): Promise<string> {
  const server = createServer((request, response) => {
    const text = texts[request.url ?? ''];
    response.writeHead(text === undefined ? 404 : 200);
    response.end(text);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  t.after(() => { server.close(); });
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

const equal = (a: unknown, b: unknown): number => (JSON.stringify(a) === JSON.stringify(b) ? 0.98 : 0.1);
const servers: Record<string, { answers: Answers; path: string; score: (string | number)[]; format?: string }> = {
  similarity: { answers: (path, { addr1, addr2 }) => (path === '/similarity' && addr1 !== undefined ? { similarity: equal(addr1, addr2) } : undefined), path: '/similarity', score: ['similarity'], format: 'similarity' },
  tei: { answers: (path, { query, texts }) => (path === '/rerank' ? [{ index: 0, score: equal([query], texts) }] : undefined), path: '/rerank', score: [0, 'score'] },
  modelscope: { answers: (path, { input }) => { const { source_sentence, sentences_to_compare } = (input ?? {}) as Record<string, unknown>; return path === '/call' && source_sentence !== undefined ? { scores: [equal(source_sentence, sentences_to_compare)] } : undefined; }, path: '/call', score: ['scores', 0] },
  vllm: { answers: (path, { text_1, text_2 }) => (path === '/v1/models' ? { data: [{ id: 'BAAI/bge' }] } : path === '/v1/score' ? { data: [{ score: equal(text_1, text_2) }] } : undefined), path: '/v1/score', score: ['data', 0, 'score'] },
  kserve: { answers: (path, { inputs }) => {
    if (path === '/v2/repository/index') return [{ name: 'mgeo' }];
    if (path === '/v2/models/mgeo') return { inputs: ['A', 'B'].map((name) => ({ name, datatype: 'BYTES', shape: [-1, 1] })) };
    const [a, b] = (Array.isArray(inputs) ? inputs : []) as { data: string[] }[];
    return path === '/v2/models/mgeo/infer' ? { outputs: [{ name: 'S', data: [equal(a?.data, b?.data)] }] } : undefined;
  }, path: '/v2/models/mgeo/infer', score: ['outputs', 0, 'data', 0] },
};

for (const [name, { answers, path, score, format = 'template' }] of Object.entries(servers)) {
  test(`a server that speaks ${name} is understood, and what is written passes plan`, async (t) => {
    const { request, out, text } = await initiate({ url: await serve(t, answers) });
    assert.deepEqual([request.path, request.scorePath, request.format], [path, score, format]);
    assert.match(out, /The server speaks: /);
    assert.match(text, /An address with itself scored 0\.98, two that lie far apart 0\.1\./);
    assert.match(text, /\/metrics answers 404/);
  });
}

test('where nothing fits, what was tried stands in the file with each answer, and nothing in an answer becomes YAML', async (t) => {
  const url = await serve(t, () => 'no\n\u001b[2J\u2028server: {url: evil} ${HOME}');
  const { text, out, request } = await initiate({ url });
  assert.equal(request.format, 'template');
  assert.match(text, /^# {2}similarity: POST \/similarity → 400 no \[2J server/m);
  assert.equal(text.split('\n').filter((line) => /evil/.test(line) && !line.startsWith('#')).length, 0);
  assert.doesNotMatch(out + text, /[\u0000-\u0009\u000b-\u001f\u2028]/);
});

test('of /health and /metrics the file promises what a run will read there: a page answers 200 too, and tells nothing', async (t) => {
  const told = async (health: unknown, metrics: string): Promise<string> => (await initiate({ url: await serveTexts(t, { '/health': JSON.stringify(health), '/metrics': metrics }) })).text;
  const page = await told('<html>', '<html>\nhttp requests total 5</html>');
  assert.match(page, /# \/health answers 200: the report cannot name the model/);
  assert.match(page, /# \/metrics answers 200: its own count of requests cannot be checked/);
  for (const sample of ['# HELP a\nhttp_requests_total{route="/similarity",code="200"} 12\n', 'up 1', 'te_queue_size NaN', 'x{a="}"} +Inf 17']) {
    const text = await told({ status: 'ok' }, sample);
    assert.match(text, /# \/health answers: what it says stands in the report/, sample);
    assert.match(text, /# \/metrics answers: its count of requests is checked/, sample);
  }
});

test('a server whose every answer is an HTML page is called so, on the screen and in the file', async (t) => {
  const { text, out } = await initiate({ url: await serve(t, () => '<!DOCTYPE html><html><body>Log in</body></html>') });
  assert.match(out, /Every answer is an HTML page: is this the address of the server itself/);
  assert.match(text, /^# Every answer is an HTML page: .*\?\n# What was tried/m);
  assert.doesNotMatch((await initiate({ url: await serve(t, () => 'no') })).out, /HTML/);
});

test('a server of vectors is told apart; a score the wrong way round is named', async (t) => {
  const vectors = await initiate({ url: await serve(t, (path) => (path === '/v1/embeddings' ? { data: [{ embedding: [0.5] }] } : undefined)) });
  assert.match(vectors.out, /vectors, not scores/);
  const turned = await initiate({ url: await serve(t, (path, { addr1, addr2 }) => (path === '/similarity' && addr1 !== undefined ? { similarity: 1 - equal(addr1, addr2) } : undefined)) });
  assert.match(turned.text, /Careful: an address with itself scored 0\.02/);
});

test('a file is not written over, unless it is asked for; then nothing of the old one is left', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'init-')), 'mine.yaml');
  writeFileSync(file, 'mine');
  await assert.rejects(initiate({}, {}, file), (error) => error instanceof BenchError && error.code === 'usage' && error.message.includes('exists already'));
  assert.equal(readFileSync(file, 'utf8'), 'mine');
  assert.match((await initiate({ force: true }, {}, file)).text, /reference: \{ model: address-mini \}/);
});

test('nobody there is exit 3 and leaves no file; a password stays out of the file; Chinese comments', async (t) => {
  const file = join(mkdtempSync(join(tmpdir(), 'init-')), 'x.yaml');
  await assert.rejects(initiate({ url: 'http://127.0.0.1:1' }, {}, file), (error) => error instanceof BenchError && error.exitCode === 3);
  assert.equal(host.files.exists(file), false);
  const url = await serve(t, servers['similarity']!.answers);
  const { text, out } = await initiate({ url: url.replace('http://', 'http://u:secret@'), json: true }, { language: 'zh-CN' });
  assert.doesNotMatch(text + out, /secret/);
  assert.match(text, /# 该服务使用的格式：similarity。/);
  assert.equal((JSON.parse(out) as { found: { spoken: { path: string }[] } }).found.spoken[0]?.path, '/similarity');
});

/** A server of bytes: what it does with a connection is the caller's. */
async function listen(t: TestContext, meet: (socket: Socket) => void): Promise<string> {
  const server = createSocketServer((socket) => {
    socket.on('error', () => undefined);
    meet(socket);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  t.after(() => { server.close(); });
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

test('a server that resets, speaks something else or is not there: one sentence and a hint, in both languages, and nothing is written', async (t) => {
  const gone = await listen(t, () => undefined);
  const cases = {
    resets: [await listen(t, (socket) => { socket.once('data', () => socket.resetAndDestroy()); }), /cut the connection off without an answer/, /没有响应就断开了连接/],
    closes: [await listen(t, (socket) => { socket.once('data', () => socket.end()); }), /cut the connection off without an answer/, /没有响应就断开了连接/],
    speaks: [await listen(t, (socket) => { socket.write('SSH-2.0-OpenSSH_9.2\r\n'); }), /does not speak HTTP\/1\.1/, /不使用 HTTP\/1\.1/],
    nobody: [gone.replace(/:\d+$/, ':1'), /Nothing answers at .*: nothing listens there/, /没有响应：那里没有程序在监听/],
  } as const;
  for (const [name, [url, english, chinese]] of Object.entries(cases)) {
    const file = join(mkdtempSync(join(tmpdir(), 'init-')), 'mine.yaml');
    await assert.rejects(initiate({ url }, {}, file), (error) => {
      assert.ok(error instanceof BenchError && error.code === 'server-unreachable' && error.exitCode === 3 && error.hint !== '', name);
      assert.match(error.message, english, name);
      assert.doesNotMatch(describeFailure(error), /hang up|ECONN|Parse Error|HPE_/);
      assert.match(describeFailure(error, { language: 'zh-CN' }), chinese, name);
      assert.deepEqual(leftoverEnglish(describeFailure(error, { language: 'zh-CN' })), [], name);
      return true;
    });
    assert.ok(!existsSync(file));
  }
});
