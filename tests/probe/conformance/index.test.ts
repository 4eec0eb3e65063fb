/** The suite as a whole where the server does not outlive it; what overload asks and what many connections take. */
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Context } from '../../../harness/host/index.js';
import type { ConformanceRecord } from '../../../harness/model/conformance.js';
import { BenchError } from '../../../harness/model/error.js';
import { createBench, type ConformanceOptions } from '../../../harness/probe/conformance/bench.js';
import { pass, type Check } from '../../../harness/probe/conformance/check.js';
import { conformanceChecks, probeConformance } from '../../../harness/probe/conformance/index.js';
import { testContext } from '../../host/context.js';
import { optionsOf } from './bench-of.js';
import { wrongHttp, type WrongServer } from './wrong-server.js';

/** A check that holds, whatever it does to the server. */
const doing = (id: string, level: Check['level'], act: () => unknown = () => undefined): Check => ({ id, group: 'api', level, run: async () => {
  await act();
  return pass();
} });

async function suite(options: ConformanceOptions, checks: readonly Check[], ctx: Context = testContext()): Promise<{ rows: string[]; record: ConformanceRecord; thrown: unknown }> {
  const record: ConformanceRecord = { planned: 0, checks: [] };
  const thrown = await probeConformance(options, record, ctx, checks).then(() => null, (error: unknown) => error);
  return { rows: record.checks.map(({ id, level, status, reason }) => `${id} ${level} ${status} ${reason.code}`), record, thrown };
}

async function serving(t: TestContext, handler: Parameters<typeof wrongHttp>[0] = () => ({})): Promise<WrongServer> {
  const server = await wrongHttp(handler);
  t.after(() => server.close());
  return server;
}

test('a server whose process ends is gone: that is said once, with its last lines, and no later check is blamed', async (t) => {
  const server = await serving(t);
  const gone = new AbortController();
  const end = async (): Promise<void> => {
    await server.close();
    gone.abort(new BenchError('server-crashed', 'The server ended by SIGKILL.', { hint: 'Its last lines stand above.', details: ['out of memory'] }));
  };
  const { rows, record, thrown } = await suite(optionsOf(server.url, { gone: gone.signal }), [doing('first', 'must'), doing('second', 'should', end), doing('third', 'must', () => assert.fail('it is not tried')), doing('fourth', 'should')]);
  assert.ok(thrown instanceof BenchError);
  assert.deepEqual([thrown.code, thrown.exitCode, thrown.message, thrown.details], ['server-crashed', 3, 'The server is gone since the check second: the server ended by SIGKILL.', ['out of memory']]);
  // That it ended the server is no mere shortfall.
  assert.deepEqual(rows, ['first must pass met', 'second must fail gone-after', 'third must not-run gone-before', 'fourth should not-run gone-before']);
  assert.deepEqual([record.planned, record.checks[3]?.reason.params], [4, { check: 'second' }]);
});

test('a server that this run did not start is gone where nothing takes a connection any more', async (t) => {
  const server = await serving(t);
  const { rows, thrown } = await suite(optionsOf(server.url), [doing('first', 'must', () => server.close()), doing('second', 'must')]);
  assert.ok(thrown instanceof BenchError);
  assert.deepEqual([thrown.code, thrown.exitCode, thrown.message], ['server-unreachable', 3, `The server is gone since the check first: nothing takes a connection at ${server.url} any more.`]);
  assert.deepEqual(rows, ['first must fail gone-after', 'second must not-run gone-before']);
});

test('a server that is there and answers no more has failed the check before, whatever its level, and is tried no further', async (t) => {
  let silent = false;
  const server = await serving(t, () => (silent ? 'hang' : {}));
  const { rows, thrown } = await suite(optionsOf(server.url, { timeoutS: 0.1 }), [doing('first', 'should', () => { silent = true; }), doing('second', 'must')]);
  assert.equal(thrown, null);
  assert.deepEqual(rows, ['first must fail died-after', 'second must not-run died-before']);
});

const run = (id: string, options: ConformanceOptions, ctx: Context = testContext()): ReturnType<Check['run']> => (conformanceChecks.find((check) => check.id === id) ?? assert.fail(id)).run(createBench(options, ctx));

test('a server without the batch path is asked single questions under overload', async (t) => {
  const seen = new Map<string, number>();
  const server = await serving(t, ({ url = '' }) => {
    seen.set(url, (seen.get(url) ?? 0) + 1);
    return url === '/similarity' ? {} : { status: 404, body: '{}' };
  });
  assert.deepEqual(await run('overload-answered', optionsOf(server.url, { connections: 100 })), { status: 'pass', reason: { code: 'answered', params: { count: 100 } } });
  assert.deepEqual([seen.get('/similarity/batch'), seen.get('/similarity')], [1, 64 + 100]);
});

test('overload asks no more at once than there may be connections', async (t) => {
  for (const [connections, most] of [[5, 5], [64, 64], [300, 300], [10_000, 1_024]] as const) {
    let asked = 0;
    const server = await serving(t, () => {
      asked += 1;
      return {};
    });
    const found = await run('queue-full', optionsOf(server.url, { connections }));
    assert.deepEqual(found.reason, { code: 'never-full', params: { count: most } });
    // One question before it: whether it takes batches at all.
    assert.equal(asked, 1 + [64, 256].filter((size) => size < most).reduce((sum, size) => sum + size, most));
  }
});

/** Takes `most` connections from each address of this machine, then fails as a system does. */
function limited(code: string, most: number): { ctx: Context; from: Map<string, number> } {
  const real = testContext();
  const from = new Map<string, number>();
  let open = 0;
  const sockets: Context['host']['sockets'] = { open: async (url, options = {}) => {
    const source = options.from ?? 'usual';
    const all = code === 'EADDRNOTAVAIL' ? (from.get(source) ?? 0) : open;
    if (all >= most) throw Object.assign(new Error(code), { code });
    open += 1;
    from.set(source, (from.get(source) ?? 0) + 1);
    const back = (): void => {
      open -= 1;
      from.set(source, (from.get(source) ?? 0) - 1);
    };
    const connection = await real.host.sockets.open(url, options);
    return { ...connection, reset: () => { back(); connection.reset(); }, close: () => { back(); connection.close(); } };
  } };
  return { ctx: { ...real, host: { ...real.host, sockets } }, from };
}

test('connections that this machine cannot open are told, and are no fault of the server', async (t) => {
  const server = await serving(t);
  for (const [code, of, opened] of [['EMFILE', 'files', 292], ['EADDRNOTAVAIL', 'ports', 3 * 292], ['ENOBUFS', 'memory', 292]] as const) {
    const { ctx } = limited(code, 300);
    assert.deepEqual(await run('many-connections', optionsOf(server.url, { connections: 2_000 }), ctx), { status: 'pass', reason: { code: 'connections-limited', params: { opened, kept: opened, asked: 2_000, of } } }, code);
    assert.deepEqual(await run('many-connections', optionsOf(server.url, { connections: 2_000 }), limited(code, 8).ctx), { status: 'not-applicable', reason: { code: 'no-descriptors', params: { of } } }, code);
  }
});

test('where the ports of one address are used up, the next one of the loopback goes on', async (t) => {
  const server = await serving(t);
  const { ctx } = limited('EADDRNOTAVAIL', 300);
  assert.deepEqual(await run('many-connections', optionsOf(server.url, { connections: 700 }), ctx), { status: 'pass', reason: { code: 'connections', params: { opened: 700, kept: 700, asked: 700 } } });
});
