import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import { serveLocally } from '../../harness/host/local-server.js';

/** Status of one request with headers of our choice. */
const ask = (port: number, options: { method?: string; host?: string }): Promise<number> => new Promise((resolve, reject) => {
  const sent = request({ agent: false, host: '127.0.0.1', port, path: '/x', method: options.method ?? 'GET', headers: { host: options.host ?? `127.0.0.1:${String(port)}` } }, (answer) => {
    answer.resume();
    resolve(answer.statusCode ?? 0);
  });
  sent.on('error', reject);
  sent.end();
});

test('only GET, only under our own name, only on loopback; ends when it is told to', async () => {
  let asked = 0;
  const server = await serveLocally(({ path }) => {
    asked += 1;
    return { status: 200, headers: {}, body: path };
  });
  assert.equal(await ask(server.port, {}), 200);
  assert.equal(await ask(server.port, { host: `localhost:${String(server.port)}` }), 200);
  assert.equal(await ask(server.port, { host: `evil.example:${String(server.port)}` }), 403);
  assert.equal(await ask(server.port, { host: '127.0.0.1' }), 403);
  assert.equal(await ask(server.port, { method: 'POST' }), 405);
  assert.equal(asked, 2, 'what is refused is seen by nobody');
  await server.close();
  await assert.rejects(ask(server.port, {}), { code: 'ECONNREFUSED' });
});
