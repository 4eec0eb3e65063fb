import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runProcess, startProcess } from '../../stand-ins/start-process.js';

const program = 'servers/known-latency/main.js';
const ask = (url: string): Promise<Response> => fetch(`${url}/similarity`, { method: 'POST', body: '{"addr1":"文一路1号","addr2":"文一路1号"}' });

test('each answer tells how long it took: what was asked, give or take a timer, and never more than the client saw', async () => {
  const server = await startProcess(program, ['--ms', '30', '--vary-ms', '5']);
  try {
    const told: number[] = [];
    for (let i = 0; i < 12; i += 1) {
      const beganMs = performance.now();
      const answer = await ask(server.url);
      assert.deepEqual([answer.status, await answer.json()], [200, { similarity: 0.5, label: 'no_match' }]);
      const sawMs = performance.now() - beganMs;
      const ms = Number(/^total;dur=(\d+\.\d{3})$/.exec(answer.headers.get('server-timing') ?? '')?.[1]);
      assert.ok(ms >= 24 && ms <= sawMs, `${String(ms)} told, ${String(sawMs)} seen`);
      told.push(ms);
    }
    assert.ok(new Set(told.map(Math.round)).size > 2, 'drawn, not always the same');
  } finally {
    await server.kill();
  }
});

test('ready, a path that is not there, and flags that cannot be', async () => {
  const server = await startProcess(program, []);
  try {
    assert.equal((await fetch(`${server.url}/ready`)).status, 200);
    assert.equal((await fetch(`${server.url}/health`)).status, 404);
    assert.equal(new URL(server.url).hostname, '127.0.0.1');
  } finally {
    server.child.kill('SIGTERM');
    assert.deepEqual(await server.exited, { code: 0, signal: null });
  }
  for (const flags of [['--ms', 'x'], ['--ms', '5', '--vary-ms', '6']]) assert.equal((await runProcess(program, flags)).code, 2, flags.join(' '));
});
