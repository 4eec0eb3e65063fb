import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { startProcess } from '../../stand-ins/start-process.js';

const program = 'tests/stand-ins/known-latency-server.js';
const body = '{"addr1":"文一路1号","addr2":"文一路1号"}';
const request = Buffer.from(`POST /similarity HTTP/1.1\r\nHost: x\r\nContent-Length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`);

/** Sends the pieces one after the other on one connection and returns all that came back in the end. */
async function talk(url: string, pieces: Buffer[], answers: number): Promise<string> {
  const { port } = new URL(url);
  const socket = connect(Number(port), '127.0.0.1');
  let text = '';
  const done = new Promise<void>((resolve) => {
    socket.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      if (text.split('HTTP/1.1 ').length > answers) resolve();
    });
    socket.once('close', () => { resolve(); });
  });
  for (const piece of pieces) {
    socket.write(piece);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await done;
  socket.destroy();
  return text;
}

test('a request cut anywhere is one request, and a connection carries several', async () => {
  const server = await startProcess(program, ['--ms', '1']);
  try {
    for (const cut of [1, 30, request.indexOf('\r\n\r\n') + 2, request.length - 5]) {
      const text = await talk(server.url, [request.subarray(0, cut), request.subarray(cut), request], 2);
      assert.equal(text.split('HTTP/1.1 200 OK\r\n').length - 1, 2, `cut at ${String(cut)}`);
      assert.equal(text.split('{"similarity":1,"label":"match"}').length - 1, 2);
    }
  } finally {
    await server.kill();
  }
});

test('server-timing on: the answer says what it took, a little less than the record', async () => {
  const server = await startProcess(program, ['--ms', '30', '--server-timing', 'on']);
  try {
    const told = Number(/^server-timing: total;dur=(\d+\.\d{3})\r$/m.exec(await talk(server.url, [request], 1))?.[1]);
    const [[, latencyMs]] = (await (await fetch(`${server.url}/truth`)).json()) as [[number, number, number]];
    assert.ok(told >= 27 && told <= latencyMs, `${String(told)} of ${String(latencyMs)}`);
  } finally {
    await server.kill();
  }
});

test('keep-alive off: the answer says so and the connection ends', async () => {
  const server = await startProcess(program, ['--ms', '1', '--keep-alive', 'off']);
  try {
    assert.match(await talk(server.url, [request], 2), /^HTTP\/1\.1 200 OK\r\n(.*\r\n)*connection: close\r\n\r\n/);
  } finally {
    await server.kill();
  }
});
