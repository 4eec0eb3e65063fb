import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bigramScore } from './bigram-score.js';
import { runProcess, startProcess, type StartedProcess } from './start-process.js';

const program = 'tests/stand-ins/known-latency-server.js';
type Truth = [startMs: number, latencyMs: number, status: number][];

const withServer = async (args: string[], use: (server: StartedProcess) => Promise<void>): Promise<void> => {
  const server = await startProcess(program, ['--port', '0', ...args]);
  try {
    await use(server);
  } finally {
    await server.kill();
  }
};

const ask = (url: string, body: unknown = { addr1: '文一西路969号', addr2: '文一西路九六九号' }): Promise<Response> =>
  fetch(`${url}/similarity`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: typeof body === 'string' ? body : JSON.stringify(body) });

const truthOf = async (url: string): Promise<Truth> => (await (await fetch(`${url}/truth`)).json()) as Truth;

test('the score is the same on every machine, symmetric, and 1 for equal texts', () => {
  // Two characters give one bigram; {ab, bc} and {bc, cd} share one of three.
  assert.equal(bigramScore('abc', 'bcd'), Math.round(Math.sqrt(1 / 3) * 1e6) / 1e6);
  assert.equal(bigramScore('bcd', 'abc'), bigramScore('abc', 'bcd'));
  assert.equal(bigramScore('文一西路', '文一西路'), 1);
  assert.equal(bigramScore('甲', '甲'), 1);
  assert.equal(bigramScore('甲乙', '丙丁'), 0);
});

test('fixed: the record holds every request with the time it took', async () => {
  await withServer(['--ms', '60'], async ({ url }) => {
    const bodies = await Promise.all(Array.from({ length: 5 }, async () => (await (await ask(url)).json()) as { similarity: number; label: string }));
    assert.deepEqual(bodies[0], { similarity: bigramScore('文一西路969号', '文一西路九六九号'), label: 'match' });
    const truth = await truthOf(url);
    assert.equal(truth.length, 5);
    for (const [startMs, latencyMs, status] of truth) {
      assert.ok(startMs > 0 && latencyMs >= 57, String(latencyMs));
      assert.equal(status, 200);
    }
    assert.match(await (await fetch(`${url}/metrics`)).text(), /^http_requests_total\{route="\/similarity",status="200"\} 5$/m);
  });
});

test('what cannot be read is refused after the same time, naming the field', async () => {
  await withServer(['--ms', '60'], async ({ url }) => {
    const fieldOf = async (body: unknown): Promise<unknown> => {
      const response = await ask(url, body);
      assert.equal(response.status, 400);
      return ((await response.json()) as { field: string }).field;
    };
    assert.equal(await fieldOf('{broken'), 'body');
    assert.equal(await fieldOf({ addr1: 'a' }), 'addr2');
    assert.equal(await fieldOf({ addr1: 'a', addr2: 7 }), 'addr2');
    assert.equal(await fieldOf({ addr1: 'x'.repeat(65), addr2: 'b' }), 'addr1');
    for (const [, latencyMs, status] of await truthOf(url)) {
      assert.ok(latencyMs >= 57);
      assert.equal(status, 400);
    }
  });
});

test('bimodal: the given share takes the longer time', async () => {
  await withServer(['--mode', 'bimodal', '--ms', '1', '--ms2', '120', '--share', '0.25'], async ({ url }) => {
    await Promise.all(Array.from({ length: 200 }, async () => (await ask(url)).arrayBuffer()));
    const long = (await truthOf(url)).filter(([, latencyMs]) => latencyMs > 115).length;
    assert.ok(long >= 30 && long <= 75, String(long));
  });
});

test('vary-ms: the times differ, by the seed, on both sides of the nominal one', async () => {
  await withServer(['--ms', '300', '--vary-ms', '250'], async ({ url }) => {
    await Promise.all(Array.from({ length: 60 }, async () => (await ask(url)).arrayBuffer()));
    const latencies = (await truthOf(url)).map(([, latencyMs]) => latencyMs);
    assert.ok(Math.min(...latencies) < 200 && Math.max(...latencies) > 400 && Math.min(...latencies) >= 45, latencies.join());
  });
});

test('serial: one after the other', async () => {
  await withServer(['--mode', 'serial', '--ms', '40'], async ({ url }) => {
    await Promise.all(Array.from({ length: 5 }, async () => (await ask(url)).arrayBuffer()));
    const latencies = (await truthOf(url)).map(([, latencyMs]) => latencyMs);
    assert.ok(Math.max(...latencies) >= 150, latencies.join());
  });
});

test('stall: nothing leaves during the stall, and the record knows how long each waited', async () => {
  await withServer(['--mode', 'stall', '--ms', '10', '--stall-every-s', '0.6', '--stall-s', '0.3'], async ({ url }) => {
    for (let index = 0; index < 60; index += 1) await (await ask(url)).arrayBuffer();
    const truth = await truthOf(url);
    assert.ok(Math.max(...truth.map(([, latencyMs]) => latencyMs)) >= 250);
    for (const [startMs, latencyMs] of truth) {
      const endMs = startMs + latencyMs;
      if (endMs > 600) assert.ok(endMs % 600 >= 290 || endMs % 600 < 15, `an answer left ${endMs % 600} ms into a period`);
    }
  });
});

test('resets and close: the chosen share gets no answer', async () => {
  for (const mode of ['resets', 'close']) {
    await withServer(['--mode', mode, '--ms', '1', '--reset-share', '1'], async ({ url }) => {
      await assert.rejects(ask(url));
      assert.equal((await truthOf(url))[0]?.[2], 0);
    });
    await withServer(['--mode', mode, '--ms', '1', '--reset-share', '0'], async ({ url }) => {
      assert.equal((await ask(url)).status, 200);
    });
  }
});

test('answers that are no answers', async () => {
  const textOf = async (mode: string): Promise<[number, string]> => {
    let found: [number, string] = [0, ''];
    await withServer(['--mode', mode, '--ms', '1', '--error-share', '1'], async ({ url }) => {
      const response = await ask(url);
      found = [response.status, await response.text()];
    });
    return found;
  };
  assert.equal((await textOf('error'))[0], 500);
  assert.match((await textOf('html'))[1], /^<!doctype html>/);
  assert.throws(() => JSON.parse('{"similarity":NaN}'));
  assert.match((await textOf('nan'))[1], /"similarity":NaN/);
  const [status, cut] = await textOf('bad-json');
  assert.equal(status, 200);
  assert.throws(() => JSON.parse(cut));
  assert.match((await textOf('out-of-range'))[1], /"similarity":1\.7/);
});

test('wrong-score: right alone, wrong in company', async () => {
  await withServer(['--mode', 'wrong-score', '--ms', '40'], async ({ url }) => {
    const score = async (): Promise<number> => ((await (await ask(url)).json()) as { similarity: number }).similarity;
    const right = await score();
    assert.equal(right, bigramScore('文一西路969号', '文一西路九六九号'));
    for (const wrong of await Promise.all([score(), score(), score()])) assert.ok(Math.abs(wrong - (1 - right)) < 1e-9);
    assert.equal(await score(), right);
  });
});

test('hang: no answer; the client that leaves is recorded', async () => {
  await withServer(['--mode', 'hang'], async ({ url }) => {
    await assert.rejects(fetch(`${url}/similarity`, { method: 'POST', body: '{}', signal: AbortSignal.timeout(150) }));
    for (let turn = 0; turn < 100 && (await truthOf(url)).length === 0; turn += 1) await new Promise((resolve) => setTimeout(resolve, 10));
    assert.equal((await truthOf(url))[0]?.[2], 499);
  });
});

test('an unknown mode is refused', async () => {
  const { code, stderr } = await runProcess(program, ['--mode', 'slow']);
  assert.equal(code, 2);
  assert.match(stderr, /--mode takes one of fixed/);
});
