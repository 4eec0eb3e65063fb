/** Every check meets a server that breaks it, and no check is left without one. */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { Socket } from 'node:net';
import { createBench, type ConformanceOptions } from '../../../harness/probe/conformance/bench.js';
import { conformanceChecks } from '../../../harness/probe/conformance/index.js';
import { testContext } from '../../host/context.js';
import { optionsOf } from './bench-of.js';
import { rawAnswer, wrongHttp, wrongRaw, type Wrong, type WrongServer } from './wrong-server.js';

const always = (said: Wrong): (() => Promise<WrongServer>) => () => wrongHttp(() => said);
const nonsense = always({ headers: { 'content-type': 'text/html' }, body: '<html>' });
const agreeable = always({});
const crashing = always({ status: 500, body: '{}' });
const deaf = (): Promise<WrongServer> => wrongRaw(() => undefined);
const problem = (status: number, detail: string): Exclude<Wrong, string> => ({ status, headers: { 'content-type': 'application/problem+json' }, body: JSON.stringify({ type: 'x', title: 'x', status, detail }) });
/** Answers once for each piece of bytes that holds the end of a head, and keeps its connections for ever. */
const sloppy = (socket: Socket, bytes: Buffer): void => {
  if (bytes.includes('\r\n\r\n')) socket.write(rawAnswer());
};
/** Answers up to a number of connections at once; others it leaves waiting. */
const crowded = (most: number) => (): Promise<WrongServer> => {
  let open = 0;
  const served = new WeakSet<Socket>();
  return wrongRaw((socket, bytes) => { if (served.has(socket)) sloppy(socket, bytes); }, (socket) => {
    open += 1;
    if (open <= most) served.add(socket);
    socket.on('close', () => { open -= 1; });
    socket.on('end', () => socket.end());
  });
};
/** Says nothing more once somebody has reset a connection, or ended one in the middle. */
const resentful = (): Promise<WrongServer> => {
  let hurt = false;
  return wrongRaw((socket, bytes) => { if (!hurt) sloppy(socket, bytes); }, (socket) => {
    socket.on('error', () => { hurt = true; });
    socket.on('close', () => { hurt ||= socket.bytesRead > 0; });
  });
};
const dying = (): { terminate: NonNullable<ConformanceOptions['terminate']> } => ({ terminate: () => Promise.resolve({ code: 143, signal: null }) });
const immortal = (): { terminate: NonNullable<ConformanceOptions['terminate']> } => ({ terminate: () => new Promise(() => undefined) });

/** The server, the code by which it is caught, and options where they matter. */
type Plant = readonly [server: () => Promise<WrongServer>, code: string, over?: Partial<ConformanceOptions>];

const plants: Readonly<Record<string, Plant>> = {
  'live-before-ready': [agreeable, 'not-live-before-ready', { boot: [{ ready: 0, health: 0 }, { ready: 503, health: 404 }, { ready: 200, health: 200 }] }],
  'ready-503': [agreeable, 'status', { boot: [{ ready: 404, health: 200 }, { ready: 200, health: 200 }] }],
  'ready-200': [crashing, 'status'], 'health-200': [crashing, 'status'], 'health-json': [nonsense, 'not-json'], 'health-model': [agreeable, 'fields-missing'], 'health-state': [agreeable, 'fields-missing'], 'metrics': [agreeable, 'not-prometheus'],
  'answer': [nonsense, 'no-score'], 'answer-label': [always({ body: '{"similarity":0.5}' }), 'fields-missing'], 'answer-json': [nonsense, 'header-wrong'],
  'unknown-keys': [() => wrongHttp((_, body) => (body.includes('trace') ? { status: 422, body: '{}' } : {})), 'status'],
  'escaped-text': [() => wrongHttp((_, body) => ({ body: `{"similarity":${body.includes('\\u') ? '0.1' : '0.9'}}` })), 'escaped-differs'],
  'batch': [() => wrongHttp(({ url }, body) => ({ body: url === '/similarity/batch' ? '{"similarities":[0.5,0.5,0.5,0.5]}' : `{"similarity":${String((body.length % 7) / 10)}}` })), 'batch-differs'],
  'head': [() => wrongHttp(({ method }) => (method === 'HEAD' ? { status: 405 } : {})), 'status'],
  'request-id': [agreeable, 'header-missing'], 'request-id-kept': [always({ headers: { 'x-request-id': 'mine' } }), 'id-not-kept'],
  'request-id-sane': [() => wrongHttp(({ headers }) => ({ headers: { 'x-request-id': String(headers['x-request-id']) } })), 'id-unchecked'],
  'request-id-on-errors': [agreeable, 'header-missing'], 'server-timing': [always({ headers: { 'server-timing': 'infer;dur=3, tokenize;dur=1' } }), 'fields-missing'], 'batch-size': [always({ headers: { 'x-batch-size': 'many' } }), 'header-wrong'], 'cache': [always({ headers: { 'x-cache': 'warm' } }), 'header-wrong'],
  'broken-json': [agreeable, 'status'], 'empty-body': [crashing, 'status'], 'broken-utf8': [agreeable, 'status'], 'not-an-object': [crashing, 'status'],
  'missing-field': [always(problem(400, 'something is wrong')), 'field-not-named'], 'wrong-type': [always(problem(400, 'addr1 is wrong')), 'field-not-named'], 'blank': [agreeable, 'status'], 'too-long': [always('hang'), 'no-answer'], 'batch-errors': [always(problem(400, 'pairs is wrong')), 'field-not-named'],
  'problem-details': [always({ ...problem(422, 'x'), status: 400 }), 'problem-status'],
  'no-echo': [() => wrongHttp((_, body) => ({ status: 400, body: JSON.stringify({ detail: `cannot read ${body}` }) })), 'echoes'],
  'not-found': [agreeable, 'status'], 'broken-path': [crashing, 'status'], 'wrong-method': [always({ status: 405, body: '' }), 'header-missing'], 'media-type': [agreeable, 'status'], 'compressed-body': [agreeable, 'status'], 'deep-json': [always('destroy'), 'no-answer'],
  'abnormal-bodies': [agreeable, 'kinds-wrong', { kinds: [{ kind: 'json-null', expect: 'reject', body: { text: 'null' } }] as unknown as ConformanceOptions['kinds'] }],
  'large-body': [agreeable, 'no-answer'], 'endless-body': [deaf, 'no-answer'], 'many-pairs': [agreeable, 'status'], 'huge-header': [agreeable, 'status'], 'huge-header-431': [always({ status: 400 }), 'status'], 'many-headers': [crashing, 'status'], 'long-path': [agreeable, 'status'],
  'keep-alive': [() => wrongRaw((socket) => { socket.end(rawAnswer()); }), 'closed-between'], 'connection-close': [() => wrongRaw(sloppy), 'not-closed'], 'pipelining': [() => wrongRaw(sloppy), 'pipeline-lost'],
  'in-pieces': [() => wrongRaw((socket, bytes) => { if (!bytes.includes('POST')) socket.end(rawAnswer(400)); }), 'status'],
  'chunked': [() => wrongHttp(({ headers }) => (headers['transfer-encoding'] === undefined ? {} : { status: 411 })), 'status'], 'expect-continue': [() => wrongRaw((socket, bytes) => { if (!bytes.includes('100-continue')) sloppy(socket, bytes); }), 'no-answer'],
  'http-1.0': [always({ status: 505 }), 'status'], 'no-host': [agreeable, 'status'], 'two-lengths': [() => wrongRaw(sloppy), 'smuggled'], 'length-and-chunks': [() => wrongRaw(sloppy), 'smuggled'], 'not-http': [deaf, 'no-answer'],
  'half-closed': [deaf, 'no-answer'], 'half-a-request': [deaf, 'not-closed'], 'abandoned': [resentful, 'not-answered-after'], 'many-connections': [crowded(20), 'not-answered-during'],
  'slow-headers': [crowded(50), 'not-answered-besides'], 'slow-bodies': [crowded(50), 'not-answered-besides'], 'never-reads': [crowded(2), 'not-answered-besides'],
  'slow-headers-cut': [deaf, 'never-cut-off', { patienceS: 0.6 }], 'slow-bodies-cut': [agreeable, 'never-cut-off', { patienceS: 0.6 }],
  'overload-answered': [() => { let n = 0; return wrongHttp(() => { n += 1; return n % 50 === 0 ? 'hang' : {}; }); }, 'unanswered'], 'queue-full': [agreeable, 'never-full'], 'retry-after': [always({ status: 429 }), 'header-missing'],
  'overload-recovers': [() => { let n = 0; return wrongHttp(() => { n += 1; return n > 60 ? { status: 429 } : {}; }); }, 'not-answered-after'],
  'drain-under-way': [() => wrongRaw((socket, bytes) => { if (bytes.includes('POST') && !bytes.toString().endsWith('}')) socket.destroy(); else sloppy(socket, bytes); }), 'no-answer', dying()],
  'drain-new': [agreeable, 'status', dying()], 'drain-ready': [agreeable, 'status', dying()], 'drain-idle': [agreeable, 'idle-open', dying()], 'drain-exit': [agreeable, 'exit', dying()],
};

const ctx = testContext();
const server = new Map<unknown, Promise<WrongServer>>();
after(async () => { for (const one of server.values()) await (await one).close(); });

/** Codes of a server that keeps silent: that is waited for. Any other is in an answer, which a busy machine may keep back for a while. */
const silence = /^(?:no-answer|not-answered|not-closed|never-|unanswered|idle-open|pipeline-lost)/;

describe('planted', { concurrency: 8 }, () => {
  for (const check of conformanceChecks) test(`${check.id} is caught where it is broken`, async () => {
    const [start, code, over = {}] = plants[check.id] ?? assert.fail(`no violation of ${check.id} is planted`);
    const wrong = await start();
    server.set(check.id, Promise.resolve(wrong));
    const found = await check.run(createBench(optionsOf(wrong.url, { timeoutS: silence.test(code) ? 1 : 10, connections: 60, ...over }), ctx));
    assert.deepEqual([found.status, found.reason.code], ['fail', code], JSON.stringify(found));
  });
});

test('a server that never ends is caught, too', async () => {
  const wrong = await agreeable();
  server.set('immortal', Promise.resolve(wrong));
  const check = conformanceChecks.find(({ id }) => id === 'drain-exit')!;
  assert.equal((await check.run(createBench(optionsOf(wrong.url, { timeoutS: 0.3, ...immortal() }), ctx))).reason.code, 'no-exit');
});

test('no plant is of a check that is gone', () => {
  const ids = new Set(conformanceChecks.map(({ id }) => id));
  assert.deepEqual(Object.keys(plants).filter((id) => !ids.has(id)), []);
  assert.equal(ids.size, conformanceChecks.length, 'ids are unique');
});
