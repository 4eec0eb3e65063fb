import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { findK6, installK6, resolveEngine } from '../../harness/load/index.js';
import type { Context, Processes } from '../../harness/host/index.js';
import { BenchError } from '../../harness/model/error.js';
import type { RunEvent } from '../../harness/model/event.js';
import type { ServerPlan } from '../../harness/model/plan.js';
import { testContext } from '../host/context.js';

interface Machine {
  /** Versions by what they say of themselves; absent = not on the PATH. */
  k6?: string;
  go?: string;
  cached?: string;
  build?: 'works' | 'fails';
}

/** The real door to the machine with other programs behind it. */
function machine(t: TestContext, { k6, go, cached, build = 'works' }: Machine): Context & { events: RunEvent[]; builds: string[][]; cache: string } {
  const real = testContext();
  const cache = mkdtempSync(join(tmpdir(), 'resolve-test-'));
  t.after(() => { rmSync(cache, { recursive: true, force: true }); });
  const cachedPath = join(cache, 'k6/v2.2.0/k6');
  if (cached !== undefined) {
    mkdirSync(dirname(cachedPath), { recursive: true });
    writeFileSync(cachedPath, cached);
  }
  const builds: string[][] = [];
  const says = (stdout: string, code = 0, stderr = ''): Awaited<ReturnType<Processes['run']>> => ({ code, signal: null, stdout, stderr, timedOut: false });
  const processes: Processes = {
    ...real.host.processes,
    which: (program) => ({ k6: k6 === undefined ? null : '/path/k6', go: go === undefined ? null : '/path/go' })[program] ?? null,
    run: (command, options) => {
      const [program, verb] = command;
      if (program === '/path/k6') return Promise.resolve(says(`k6 ${k6 ?? ''} (go1.26.1, linux/amd64)\n`));
      if (program === cachedPath) return Promise.resolve(says('k6 v2.2.0 (go1.26.1, linux/amd64)\n'));
      if (verb === 'env') return Promise.resolve(says(`go${go ?? ''}\n`));
      builds.push([...command]);
      assert.equal(options?.env?.['GOTOOLCHAIN'], 'local');
      options?.onStderrLine?.('go.k6.io/k6/v2/metrics');
      if (build === 'fails') return Promise.resolve(says('', 1, 'go: downloading …\ndial tcp: lookup proxy: no such host'));
      writeFileSync(command[command.indexOf('-o') + 1] ?? '', 'program');
      return Promise.resolve(says(''));
    },
  };
  return { ...real, cache, builds, host: { ...real.host, processes, files: { ...real.host.files, cacheDir: cache } } };
}

const url: ServerPlan = { kind: 'url', url: 'http://127.0.0.1:1', ready: null, readyTimeoutS: 1 };
const simulated: ServerPlan = { kind: 'simulated', parallel: 1, serviceMs: 1, sigma: 0, kappa: 0, exponential: false, errorShare: 0 };
const failsWith = (code: string, said: RegExp) => (error: unknown): boolean => {
  assert.ok(error instanceof BenchError, String(error));
  assert.equal(error.code, code);
  assert.match(error.message, said);
  assert.ok(error.hint.length > 0);
  return true;
};

test('auto takes k6 from the cache, then from the PATH when it is new enough', async (t) => {
  const both = await resolveEngine('auto', url, machine(t, { cached: 'x', k6: 'v2.3.0' }));
  assert.deepEqual([both.name, both.version, both.why], ['k6', 'v2.2.0', 'cache']);
  const path = await resolveEngine('auto', url, machine(t, { k6: 'v2.3.0' }));
  assert.deepEqual([path.name, path.version, path.why], ['k6', 'v2.3.0', 'path']);
  assert.equal(await findK6(machine(t, { k6: 'v1.4.2' })), null);
  assert.equal(await findK6(machine(t, {})), null);
});

test('auto builds k6 where Go is, and shows that it does', async (t) => {
  const ctx = machine(t, { go: '1.25.0', k6: 'v0.57.0' });
  const engine = await resolveEngine('auto', url, ctx);
  assert.deepEqual([engine.name, engine.version, engine.why], ['k6', 'v2.2.0', 'built']);
  assert.ok(ctx.events.some((event) => event.kind === 'progress' && event.what.includes('go.k6.io/k6/v2/metrics')));
  assert.ok(existsSync(join(ctx.cache, 'k6/v2.2.0/k6')));
  assert.deepEqual(readdirSync(join(ctx.cache, 'k6/v2.2.0')), ['k6'], 'nothing half built is left');
  const again = await installK6(ctx);
  assert.equal(again.version, 'v2.2.0');
  assert.equal(ctx.builds.length, 1, 'built once');
});

test('two builds at once write into files of their own', async (t) => {
  const ctx = machine(t, { go: '1.25.0' });
  const built = await Promise.all([installK6(ctx), installK6(ctx)]);
  assert.deepEqual(built.map(({ version }) => version), ['v2.2.0', 'v2.2.0']);
  assert.equal(new Set(ctx.builds.map((command) => command[command.indexOf('-o') + 1])).size, 2);
  assert.deepEqual(readdirSync(join(ctx.cache, 'k6/v2.2.0')), ['k6']);
});

test('a build that is interrupted leaves neither half a program nor what Go wrote on the way', async (t) => {
  const stop = new AbortController();
  const ctx = { ...machine(t, { go: '1.25.0' }), signal: stop.signal };
  let scratch = '';
  const run: Processes['run'] = async (command, options) => {
    if (command[1] !== 'build') return ctx.host.processes.run(command, options);
    scratch = options?.env?.['GOTMPDIR'] ?? '';
    assert.ok(existsSync(scratch));
    writeFileSync(join(scratch, 'a.out'), 'half');
    writeFileSync(command[command.indexOf('-o') + 1] ?? '', 'half');
    stop.abort(new Error('Ctrl-C'));
    return Promise.resolve({ code: null, signal: 'SIGKILL', stdout: '', stderr: '', timedOut: false });
  };
  await assert.rejects(installK6({ ...ctx, host: { ...ctx.host, processes: { ...ctx.host.processes, run } } }), /Ctrl-C/);
  assert.deepEqual(readdirSync(join(ctx.cache, 'k6/v2.2.0')), []);
  assert.ok(!existsSync(scratch));
});

test('auto falls back to autocannon, with the reason', async (t) => {
  for (const [has, reason] of [[{}, /Go is not on the PATH/], [{ go: '1.24.9' }, /Go 1\.24 is older than 1\.25/], [{ go: '1.26.1', build: 'fails' }, /no such host/]] as const) {
    const ctx = machine(t, has);
    const engine = await resolveEngine('auto', url, ctx);
    assert.deepEqual([engine.name, engine.version], ['autocannon', '9.0.0']);
    assert.match(engine.why, /^fallback: /);
    assert.match(engine.why, reason);
    assert.ok(ctx.events.some((event) => event.kind === 'note' && event.level === 'warn' && reason.test(event.text)));
  }
});

test('k6 asked for and not to be had is an error with a way out', async (t) => {
  await assert.rejects(resolveEngine('k6', url, machine(t, {})), failsWith('engine-missing', /Go is not on the PATH/));
  await assert.rejects(resolveEngine('k6', url, machine(t, { k6: 'v1.0.0', go: '1.20' })), failsWith('engine-missing', /older/));
  const broken = machine(t, { go: '1.26.1', build: 'fails' });
  await assert.rejects(resolveEngine('k6', url, broken), failsWith('engine-build-failed', /no such host/));
  assert.deepEqual(readdirSync(join(broken.cache, 'k6/v2.2.0')), []);
});

test('the simulated engine goes with the simulated server, and only with it', async (t) => {
  assert.equal((await resolveEngine('auto', simulated, machine(t, {}))).name, 'simulated');
  assert.equal((await resolveEngine('simulated', simulated, machine(t, {}))).name, 'simulated');
  await assert.rejects(resolveEngine('k6', simulated, machine(t, {})), failsWith('scenario-invalid', /simulated/));
  await assert.rejects(resolveEngine('simulated', url, machine(t, {})), failsWith('scenario-invalid', /simulated server/));
  assert.equal((await resolveEngine('autocannon', url, machine(t, { cached: 'x' }))).why, 'asked');
});

test('a program that hangs when asked for its version is given up at once on an interruption', { timeout: 20_000 }, async (t) => {
  for (const hanging of ['k6', 'go']) {
    const stop = new AbortController();
    const real = testContext(stop.signal);
    const folder = mkdtempSync(join(tmpdir(), 'resolve-test-'));
    t.after(() => { rmSync(folder, { recursive: true, force: true }); });
    const program = join(folder, hanging);
    writeFileSync(program, '#!/bin/sh\nexec sleep 60\n', { mode: 0o755 });
    let asked = 0;
    const processes: Processes = {
      ...real.host.processes,
      which: (name) => (name === hanging ? program : null),
      run: (command, options) => {
        asked += 1;
        assert.ok((options?.timeoutS ?? Infinity) <= 5);
        setTimeout(() => { stop.abort(new Error('Ctrl-C')); }, 50);
        return real.host.processes.run(command, { ...options, timeoutS: 60 });
      },
    };
    const ctx: Context = { ...real, host: { ...real.host, processes, files: { ...real.host.files, cacheDir: folder } } };
    await assert.rejects(resolveEngine('auto', url, ctx), /Ctrl-C/, 'no engine is taken in its place');
    assert.equal(asked, 1);
  }
});
