import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { BenchError } from '../../harness/model/error.js';
import type { ServerPlan } from '../../harness/model/plan.js';
import { bootServer } from '../../harness/server/index.js';
import { alive, eventually, testContext } from '../host/context.js';

const dir = mkdtempSync(join(tmpdir(), 'boot-'));
const logFile = join(dir, 'server.log');

/** A server in one line of Node: `behaviour` runs in it with `server` and `port` at hand. */
function processPlan(behaviour: string, over: Partial<Extract<ServerPlan, { kind: 'process' }>> = {}): ServerPlan {
  const script = join(dir, `${String(Math.random()).slice(2)}.cjs`);
  writeFileSync(script, `const http = require('http'); const port = Number(process.argv[2]);
    const server = http.createServer((q, s) => q.url === '/health' ? s.end('{"model":{"name":"m","sha256":"abc","scoresMeaningful":true}}') : s.end('ok'));
    ${behaviour}`);
  return { kind: 'process', command: [process.execPath, script, '{port}'], url: 'http://127.0.0.1:{port}', ready: '/ready', cwd: null, env: {}, readyTimeoutS: 10, ...over };
}

const failsWith = (code: string, ...says: RegExp[]) => (error: unknown): boolean => {
  assert.ok(error instanceof BenchError, String(error));
  assert.equal(error.code, code);
  assert.equal(error.exitCode, 3);
  assert.notEqual(error.hint, '');
  for (const pattern of says) assert.match([error.message, ...error.details].join('\n'), pattern);
  return true;
};

test('user and password of its address are asked with, and written down nowhere', async () => {
  await using server = await bootServer(processPlan('server.listen(port);', { url: 'http://me:p@ss@127.0.0.1:{port}' }), { logFile }, testContext());
  assert.match(server.url, /^http:\/\/me:p@ss@/);
  assert.match(server.record.url, /^http:\/\/127\.0\.0\.1:\d+$/);
});

test('a server is booted on a free port, read, logged and stopped', async () => {
  const ctx = testContext();
  let spawned = 0;
  const server = await bootServer(processPlan('server.listen(port); console.log("hello from the server")'), { logFile, onSpawn: (pid) => { spawned = pid; } }, ctx);
  assert.equal(server.pid, spawned);
  assert.equal(server.record.model, 'm');
  assert.equal(server.record.modelSha256, 'abc');
  assert.ok((server.record.readyAfterS ?? 0) > 0);
  assert.ok(await eventually(() => existsSync(logFile) && readFileSync(logFile, 'utf8').includes('hello from the server')));
  await server[Symbol.asyncDispose]();
  assert.equal(server.gone.aborted, false, 'an asked-for end is not a crash');
  assert.ok(!alive(spawned, ctx.host));
});

test('a crash at boot carries the last log lines', async () => {
  await assert.rejects(bootServer(processPlan('console.error("cannot open model.bin"); process.exit(9)'), { logFile }, testContext()), failsWith('server-crashed', /exit code 9/, /cannot open model\.bin/));
});

test('a server that dies in silence: the hint points at no lines', async () => {
  await assert.rejects(bootServer(processPlan('process.exit(3)'), { logFile }, testContext()), (error: unknown) => {
    assert.ok(error instanceof BenchError);
    assert.deepEqual(error.details, []);
    assert.equal(error.hint, 'It wrote nothing: run its command by hand to see why.');
    return true;
  });
});

test('a server that never gets ready is stopped', async () => {
  const ctx = testContext();
  let pid = 0;
  const plan = processPlan('require("http").createServer((q, s) => { s.statusCode = 503; s.end(); }).listen(port); console.log("loading")', { readyTimeoutS: 0.5 });
  await assert.rejects(bootServer(plan, { logFile, onSpawn: (spawned) => { pid = spawned; } }, ctx), failsWith('server-not-ready', /answered 503/, /loading/));
  assert.ok(!alive(pid, ctx.host));
});

test('a port that is taken is noticed before anything is started', async () => {
  const other = createServer((_, response) => response.end('other'));
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${String((other.address() as AddressInfo).port)}`;
  let started = false;
  await assert.rejects(bootServer(processPlan('', { url, command: [process.execPath, '-e', ''] }), { logFile, onSpawn: () => { started = true; } }, testContext()), failsWith('port-taken', /127\.0\.0\.1/));
  assert.equal(started, false);
  other.closeAllConnections();
  other.close();
});

test('a command that is not there is one sentence', async () => {
  await assert.rejects(bootServer(processPlan('', { command: ['no-such-server'] }), { logFile }, testContext()), failsWith('server-command-failed', /no-such-server/));
});

test('a crash under load aborts `gone` with its reason', async () => {
  const server = await bootServer(processPlan('server.listen(port); setTimeout(() => { console.error("out of memory"); process.exit(1); }, 700)'), { logFile }, testContext());
  assert.ok(await eventually(() => server.gone.aborted));
  failsWith('server-crashed', /exit code 1/, /out of memory/)(server.gone.reason);
});

test('Ctrl-C while the server boots stops it', async () => {
  const stop = new AbortController();
  const ctx = testContext(stop.signal);
  let pid = 0;
  const booting = bootServer(processPlan('setInterval(() => {}, 1000)'), { logFile, onSpawn: (spawned) => { pid = spawned; stop.abort(new BenchError('interrupted', 'Interrupted.')); } }, ctx);
  await assert.rejects(booting, { code: 'interrupted' });
  assert.ok(!alive(pid, ctx.host));
});

test('a server that runs already is met and left alone; nothing there is an error', async () => {
  const other = createServer((_, response) => { response.statusCode = 404; response.end(); });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const url = `http://user:secret@127.0.0.1:${String((other.address() as AddressInfo).port)}/`;
  const server = await bootServer({ kind: 'url', url, ready: null, readyTimeoutS: 2 }, { logFile }, testContext());
  assert.equal(server.pid, null);
  assert.ok(!server.record.url.includes('secret'));
  await server[Symbol.asyncDispose]();
  assert.ok(other.listening);
  other.closeAllConnections();
  await new Promise((resolve) => other.close(resolve));
  await assert.rejects(bootServer({ kind: 'url', url, ready: null, readyTimeoutS: 2 }, { logFile }, testContext()), (error: unknown) => failsWith('server-unreachable')(error) && !String((error as Error).message).includes('secret'));
});

test('a server that is to be started again comes back on its port, so often and no oftener', async () => {
  const pids: number[] = [];
  const why: string[] = [];
  const server = await bootServer(processPlan('server.listen(port); server.on("request", (q) => { if (q.url === "/die") process.exit(7); });', { restart: { afterS: 0, most: 1 } }), { logFile, onSpawn: (pid) => pids.push(pid), onRestart: (how) => why.push(how) }, testContext());
  const die = (): Promise<unknown> => fetch(`${server.url}/die`).catch(() => undefined);
  await die();
  assert.ok(await eventually(() => pids.length === 2));
  let answer: Response | null = null;
  assert.ok(await eventually(() => {
    void fetch(`${server.url}/ready`).then((came) => (answer = came), () => undefined);
    return answer !== null;
  }));
  assert.deepEqual([server.restarts(), server.gone.aborted, why, pids.length], [1, false, ['with exit code 7'], 2]);
  await die();
  assert.ok(await eventually(() => server.gone.aborted));
  failsWith('server-crashed', /exit code 7/)(server.gone.reason);
  assert.equal(server.restarts(), 1);
  await server[Symbol.asyncDispose]();
});

test('stopped between two starts it does not come back', async () => {
  const pids: number[] = [];
  const server = await bootServer(processPlan('server.listen(port); server.on("request", (q) => { if (q.url === "/die") process.exit(7); });', { restart: { afterS: 60, most: 3 } }), { logFile, onSpawn: (pid) => pids.push(pid) }, testContext());
  await fetch(`${server.url}/die`).catch(() => undefined);
  assert.ok(await eventually(() => server.restarts() === 1));
  await server[Symbol.asyncDispose]();
  assert.deepEqual([pids.length, server.gone.aborted], [1, false]);
});
