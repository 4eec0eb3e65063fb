import assert from 'node:assert/strict';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { test } from 'node:test';
import { systemClock } from '../../../../servers/reference/batching/clock.js';
import { startSlowClients } from '../../../../servers/reference/fault/slow-clients.js';
import { until } from '../start-app.js';

test('so many clients announce a body and send one byte; one that is cut off comes back; in the end all go', async () => {
  const open = new Set<Socket>();
  const heard: string[] = [];
  let came = 0;
  const server = createServer((socket) => {
    came += 1;
    const at = heard.push('') - 1;
    open.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => open.delete(socket));
    socket.setEncoding('latin1').on('data', (text: string) => (heard[at] += text));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const end = startSlowClients(3, (server.address() as AddressInfo).port, Infinity, systemClock);
  await until('all have sent a byte', () => heard.length === 3 && heard.every((text) => /Content-Length: 4096\r\n\r\n $/.test(text)));
  [...open][0]?.destroy();
  await until('it came back', () => came === 4 && open.size === 3);
  end();
  await until('all have gone', () => open.size === 0);
  assert.equal(came, 4);
  server.close();
});
