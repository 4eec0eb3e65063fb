import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { test } from 'node:test';
import { testContext } from './context.js';

const { files, http } = testContext().host;

test('requests carry body and headers; refusals and silences have a code', async () => {
  const server = createServer((request, response) => {
    if (request.url === '/silent') return;
    const parts: Buffer[] = [];
    request.on('data', (chunk: Buffer) => parts.push(chunk));
    request.on('end', () => response.writeHead(201, { 'x-echo': request.headers['x-ask'] ?? '' }).end(Buffer.concat(parts)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const answer = await http.request(`${url}/x`, { method: 'POST', headers: { 'x-ask': 'yes' }, body: '朝阳区' });
  assert.equal(answer.status, 201);
  assert.equal(answer.body, '朝阳区');
  assert.equal(answer.headers['x-echo'], 'yes');
  await assert.rejects(http.request(`${url}/silent`, { timeoutMs: 100 }), { code: 'TIMEOUT' });
  const stop = new AbortController();
  setTimeout(() => { stop.abort(); }, 50);
  await assert.rejects(http.request(`${url}/silent`, { signal: stop.signal }), { name: 'AbortError' });
  server.closeAllConnections();
  server.close();
  const port = await http.freePort();
  await assert.rejects(http.request(`http://127.0.0.1:${String(port)}/`), { code: 'ECONNREFUSED' });
});

test('where no connection comes about the code is another one than of a silent server', { skip: process.platform === 'linux' ? false : 'only Linux is known to leave connections beyond the backlog unanswered' }, async (t) => {
  const child = spawn(process.execPath, ['--eval', 'require("net").createServer().listen({ port: 0, host: "127.0.0.1", backlog: 1 }, function () { console.log(this.address().port); })'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const waiting: Socket[] = [];
  t.after(() => {
    for (const socket of waiting) socket.destroy();
    child.kill('SIGKILL');
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const port = Number(line);
  child.kill('SIGSTOP');
  // Nobody accepts any more: once the backlog is full, the next one is not even connected.
  for (let full = false; !full;) {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    waiting.push(socket);
    full = await Promise.race([once(socket, 'connect').then(() => false), new Promise<boolean>((resolve) => { setTimeout(() => { resolve(true); }, 300); })]);
    assert.ok(waiting.length < 50, 'the backlog never fills');
  }
  await assert.rejects(http.request(`http://127.0.0.1:${String(port)}/`, { timeoutMs: 200 }), { code: 'ETIMEDOUT' });
});

test('a certificate is not checked: not who signed it, not whose it is', async (t) => {
  const pem = (part: string): Buffer => readFileSync(`${files.packageRoot}/tests/fixtures/host/self-signed-${part}.pem`);
  const server = createSecureServer({ key: pem('key'), cert: pem('cert') }, (_request, response) => response.end('well'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const answer = await http.request(`https://127.0.0.1:${String((server.address() as AddressInfo).port)}/`);
  assert.deepEqual([answer.status, answer.body], [200, 'well']);
});
