import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { Agent, request } from 'node:http';
import { test } from 'node:test';
import { startApp, until } from '../start-app.js';

const quick = { headersMs: 300, requestMs: 600, keepAliveMs: 75_000 };

test('what is not HTTP gets a problem and the connection is closed', async () => {
  const app = await startApp();
  try {
    const answer = await app.raw('\x16\x03\x01 this is no request\r\n\r\n');
    assert.match(answer, /^HTTP\/1\.1 400 Bad Request\r\n[^]*application\/problem\+json[^]*"status":400/);
    assert.match(await app.raw(`GET /health HTTP/1.1\r\nHost: x\r\nX-Long: ${'y'.repeat(40_000)}\r\n\r\n`), /^HTTP\/1\.1 431 /);
    assert.equal((await app.get('/health')).status, 200);
    assert.match((await app.get('/metrics')).text, /http_requests_total\{route="connection",status="400"\} 1/);
  } finally {
    await app.close();
  }
});

test('a client that never finishes its headers, or its body, is sent away', async () => {
  const app = await startApp([], { patience: quick });
  try {
    const [headers, body] = await Promise.all([
      app.raw('POST /similarity HTTP/1.1\r\nHost: x\r\nContent-'),
      app.raw('POST /similarity HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"addr1":'),
    ]);
    assert.match(headers, /^HTTP\/1\.1 408 [^]*request-timeout/);
    assert.match(body, /^HTTP\/1\.1 408 [^]*request-timeout/);
    assert.equal(app.inference.batches.length, 0);
  } finally {
    await app.close();
  }
});

test('a body that is too long is refused before it has arrived, and the rest of it does not break the connection', async () => {
  const app = await startApp(['--max-body', '4096']);
  try {
    const bytes = 2 ** 20;
    const socket = connect(app.port, '127.0.0.1');
    let received = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (received += chunk));
    const ended = new Promise((resolve) => socket.once('close', resolve).once('error', resolve));
    socket.write(`POST /similarity HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${String(bytes)}\r\n\r\n`);
    socket.write('x'.repeat(bytes / 2));
    await until('the refusal', () => received.startsWith('HTTP/1.1 413 '));
    socket.write('x'.repeat(bytes / 2));
    socket.write('GET /ready HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    await ended;
    assert.match(received, /body-too-large[^]*HTTP\/1\.1 200 [^]*"ready":true/);
  } finally {
    await app.close();
  }
});

test('a client that hangs up in the middle of its body does no harm', async () => {
  const app = await startApp();
  try {
    const socket = connect(app.port, '127.0.0.1');
    socket.write('POST /similarity HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"addr1":');
    await until('the request has arrived', () => app.state.inFlight === 1);
    socket.destroy();
    await until('it is forgotten', () => app.state.inFlight === 0);
    assert.equal((await app.post('/similarity', { addr1: 'a', addr2: 'b' })).status, 200);
  } finally {
    await app.close();
  }
});

test('a client that has gone away is not computed', async () => {
  const app = await startApp();
  try {
    app.inference.hold();
    const busy = app.post('/similarity', { addr1: 'busy1', addr2: 'busy2' });
    await until('the worker is busy', () => app.inference.batches.length === 1);
    const impatient = request(`${app.url}/similarity`, { method: 'POST', headers: { 'content-type': 'application/json' } });
    impatient.on('error', () => undefined);
    impatient.end(JSON.stringify({ addr1: 'gone1', addr2: 'gone2' }));
    await until('it waits', () => app.state.service?.scheduler.waiting() === 2);
    impatient.destroy();
    await until('it has left the queue', () => app.state.service?.scheduler.waiting() === 0);
    app.inference.release();
    assert.equal((await busy).status, 200);
    assert.deepEqual(app.inference.batches, [['busy1', 'busy2']]);
    await until('it is logged', () => app.logLines().some((line) => line['status'] === 499));
    assert.equal((await app.get('/health')).body['errorRateLastMinute'], 0);
  } finally {
    await app.close();
  }
});

test('one connection serves good and bad requests one after the other', async () => {
  const app = await startApp();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const ports = new Set<number | undefined>();
    for (const body of ['{"addr1":"a","addr2":"b"}', '{broken', '{"addr1":""}', '{"addr1":"a","addr2":"b"}']) {
      await new Promise<void>((resolve, reject) => {
        const sent = request(`${app.url}/similarity`, { method: 'POST', agent, headers: { 'content-type': 'application/json' } }, (response) => {
          ports.add(sent.socket?.localPort);
          response.resume().once('end', resolve);
        });
        sent.once('error', reject);
        sent.end(body);
      });
    }
    assert.equal(ports.size, 1, 'the server closed a connection that was good');
  } finally {
    agent.destroy();
    await app.close();
  }
});

test('a path may come escaped, with a query, or as a whole URL; HEAD answers like GET without the body', async () => {
  const app = await startApp();
  const head = (target: string, method = 'GET'): string => `${method} ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`;
  try {
    for (const target of ['/ready', '/%72eady', '/ready?x=/none', 'http://elsewhere/ready', 'HTTP://elsewhere:1/ready#x']) {
      assert.match(await app.raw(head(target)), /^HTTP\/1\.1 200 [^]*"ready":true/, target);
    }
    for (const target of ['/ready/', '//ready', '/READY', '/similarity%2Fbatch', 'http://elsewhere', '*']) {
      assert.match(await app.raw(head(target)), /^HTTP\/1\.1 404 /, target);
    }
    assert.match(await app.raw(head('/ready', 'HEAD')), /^HTTP\/1\.1 200 [^]*content-length: 28\r\n[^]*\r\n\r\n$/);
  } finally {
    await app.close();
  }
});

test('a refused body of any path is read to its end where that is bearable; one too large, or of untold length, ends the connection', async () => {
  const app = await startApp(['--max-body', '4096']);
  const post = (path: string, headers: string, body: string): string => `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${headers}\r\n\r\n${body}`;
  const then = 'GET /ready HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
  try {
    const kept = await app.raw(`${post('/none', 'Content-Length: 9000', 'x'.repeat(9000))}${then}`);
    assert.match(kept, /^HTTP\/1\.1 404 [^]*HTTP\/1\.1 200 [^]*"ready":true/);
    for (const [path, status] of [['/none', 404], ['/similarity', 413]] as const) {
      const closed = await app.raw(post(path, 'Content-Length: 99999999', 'x'));
      assert.match(closed, new RegExp(`^HTTP/1\\.1 ${String(status)} [^]*connection: close`, 'i'));
      const untold = await app.raw(`${post(path, 'Transfer-Encoding: chunked', `2000\r\n${'x'.repeat(0x2000)}\r\n`)}`);
      assert.match(untold, new RegExp(`^HTTP/1\\.1 ${String(status)} [^]*connection: close`, 'i'));
    }
  } finally {
    await app.close();
  }
});
