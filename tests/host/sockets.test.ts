import assert from 'node:assert/strict';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { test } from 'node:test';
import { createHost } from '../../harness/host/index.js';
import { eventually } from './context.js';

const { sockets } = createHost();

async function withServer(onOpen: (socket: Socket) => void, work: (url: string) => Promise<void>): Promise<void> {
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    open.add(socket);
    socket.on('error', () => undefined);
    onOpen(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await work(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/base`);
  } finally {
    for (const socket of open) socket.destroy();
    server.close();
  }
}

test('a connection comes from the address it was told to', async () => {
  let from = '';
  await withServer((socket) => { from = socket.remoteAddress ?? ''; }, async (url) => {
    for (const [options, expected] of [[{}, '127.0.0.1'], [{ from: '127.0.0.2' }, '127.0.0.2']] as const) {
      const connection = await sockets.open(url, options);
      assert.ok(await eventually(() => from === expected), from);
      connection.close();
    }
  });
});

test('bytes go and come, and the end of either side is told from a reset', async () => {
  await withServer((socket) => {
    socket.on('data', (bytes: Buffer) => {
      if (bytes.includes('reset')) socket.resetAndDestroy();
      else socket.write(bytes);
    });
    socket.on('end', () => socket.end('bye'));
  }, async (url) => {
    const one = await sockets.open(url);
    assert.equal(await one.write('地'), true);
    await one.changed(2_000);
    assert.deepEqual([Buffer.from(one.received()).toString(), one.ending()], ['地', null]);
    one.finish();
    assert.ok(await eventually(() => one.ending() === 'closed'));
    assert.equal(Buffer.from(one.received()).toString(), '地bye', 'what comes after the own end is read');
    const two = await sockets.open(url);
    await two.write('reset');
    assert.ok(await eventually(() => two.ending() === 'reset'));
    assert.equal(await two.write('more'), false);
  });
});

test('a reset reaches the other side as one, and an abort closes', async () => {
  const seen: string[] = [];
  await withServer((socket) => {
    socket.on('error', (error: NodeJS.ErrnoException) => seen.push(error.code ?? ''));
    socket.on('data', (bytes: Buffer) => socket.write(bytes));
  }, async (url) => {
    const one = await sockets.open(url);
    await one.write('x');
    // A connection that is reset before it is accepted is never seen.
    await one.changed(2_000);
    one.reset();
    assert.ok(await eventually(() => seen.includes('ECONNRESET')));
    const stop = new AbortController();
    const two = await sockets.open(url, { signal: stop.signal });
    stop.abort(new Error('over'));
    assert.ok(await eventually(() => two.ending() === 'closed'));
  });
});

test('nobody there is an error with its code', async () => {
  const port = await createHost().http.freePort();
  await assert.rejects(sockets.open(`http://127.0.0.1:${String(port)}`), { code: 'ECONNREFUSED' });
});
