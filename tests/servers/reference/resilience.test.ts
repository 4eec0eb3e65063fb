/** The server as a process of its own, with its real model: it falls back and comes back, crashes when told to, and does not grow. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startProcess, type StartedProcess } from '../../stand-ins/start-process.js';
import { until } from './start-app.js';

const main = 'servers/reference/main.js';

const boot = async (program: string, ...args: string[]): Promise<StartedProcess> => {
  const server = await startProcess(program, ['--port', '0', '--model', 'address-mini', '--workers', '1', ...args]);
  await until('the server is ready', async () => (await fetch(`${server.url}/ready`)).status === 200);
  return server;
};

const ask = (url: string, number: number, signal?: AbortSignal): Promise<Response> =>
  fetch(`${url}/similarity`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, ...(signal === undefined ? {} : { signal }),
    body: JSON.stringify({ addr1: `杭州市余杭区文一西路${number}号`, addr2: `余杭区文一西路${number}号` }),
  });

/** The value of one sample of /metrics. */
const sample = async (url: string, name: string): Promise<number> => {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(text.split('\n').find((line) => line.startsWith(`${name} `))?.split(' ')[1] ?? NaN);
};

test('a tenth of the inferences fails for a while: errors no more than planted, words answer, then the model again', async () => {
  const server = await boot(main, '--cache', 'off', '--fault', 'error:0.1@200ms..2500ms');
  try {
    let failed = 0;
    let degraded = 0;
    const answerOf = async (number: number): Promise<boolean> => {
      // One after the other: an inference that fails is one request that fails.
      const response = await ask(server.url, number);
      const body = (await response.json()) as { degraded?: boolean };
      if (response.status === 500) failed += 1;
      else assert.equal(response.status, 200);
      if (body.degraded === true) degraded += 1;
      return body.degraded === true;
    };
    let number = 0;
    await until('words answer', async () => {
      for (let turn = 0; turn < 20; turn += 1) if (await answerOf(number++)) return true;
      return false;
    });
    assert.equal(((await (await fetch(`${server.url}/health`)).json()) as { status: string }).status, 'degraded');
    await until('the model answers again', async () => !(await answerOf(number++)));
    assert.ok(failed >= 1 && failed <= (await sample(server.url, 'faults_injected_total{kind="error"}')), String(failed));
    assert.ok(degraded > 0);
    assert.ok((await sample(server.url, 'fallback_probes_total{result="succeeded"}')) >= 60);
    assert.equal(await sample(server.url, 'fallback_active'), 0);
    await until('both are in the log', () => /"fallback":true.*\n(?:.*\n)*.*"fallback":false/.test(server.stderr()));
  } finally {
    await server.kill();
  }
});

test('told to crash it dies as of SIGKILL, and says that it was planted', async () => {
  const server = await boot(main, '--fault', 'crash-after:3', '--fault-begin', 'told');
  for (let number = 0; number < 5; number += 1) assert.equal((await ask(server.url, number)).status, 200);
  assert.equal((await fetch(`${server.url}/faults/begin`, { method: 'POST' })).status, 200);
  const ends = await Promise.all([0, 1, 2, 3].map((number) => ask(server.url, number).then(() => 'answered', () => 'cut off')));
  assert.ok(ends.includes('cut off'));
  assert.deepEqual(await server.exited, { code: null, signal: 'SIGKILL' });
  assert.match(server.stderr(), /A planted fault ends the process now/);
});

test('thousands of addresses, and clients that go away, leave nothing behind', async () => {
  const server = await boot('tests/servers/reference/collecting-server.js', '--cache', '100');
  try {
    let number = 0;
    const many = async (): Promise<void> => {
      const pairs = Array.from({ length: 64 }, () => [`和平路${number++}号`, `和平路${number++}号`]);
      await (await fetch(`${server.url}/similarity/batch`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ pairs }) })).arrayBuffer();
    };
    const one = async (goes: boolean): Promise<void> => {
      const gone = new AbortController();
      if (goes) setTimeout(() => {
        gone.abort();
      }, 1);
      await ask(server.url, number++, gone.signal).then((response) => response.arrayBuffer()).catch((error: unknown) => {
        if (!goes) throw error;
      });
    };
    const send = async (rounds: number): Promise<void> => {
      for (let round = 0; round < rounds; round += 1) await Promise.all([many(), ...Array.from({ length: 15 }, (_, index) => one(index % 5 === 0))]);
    };
    const heap = async (): Promise<number> => {
      const said = (): string[] => server.stderr().match(/^heap \d+$/gm) ?? [];
      const before = said().length;
      server.child.kill('SIGUSR2');
      await until('it has collected', () => said().length > before);
      return Number(said().at(-1)?.slice(5));
    };
    await send(12);
    const early = await heap();
    await send(36);
    const late = await heap();
    // 2,844 pairs: a hundred bytes kept of each would be more.
    assert.ok(late < 1.04 * early, `${early} then ${late}`);
    await until('nothing is under way', async () => (await sample(server.url, 'requests_in_flight')) === 0);
    assert.equal(await sample(server.url, 'queue_length'), 0);
    assert.equal(await sample(server.url, 'cache_entries'), 100);
  } finally {
    await server.kill();
  }
});
