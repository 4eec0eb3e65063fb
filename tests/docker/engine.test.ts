/**
 * What a stand-in for `docker` cannot tell: that the images build, that the compose file's own commands measure, and that a real engine
 * says what the driver reads. Needs an engine with compose, so CI does not run it: npm run test:docker.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import type { Result } from '../../harness/report/index.js';
import { idsOf, runSuite } from '../conformance/run-suite.js';
import { cli, readJson, scratch, shortRun, start } from '../e2e/cli.js';
import { docker, root, settled, wrong } from './engine.js';

describe('a real engine', () => {
  before(async () => {
    const { code, said } = await docker('version', '--format', '{{.Server.Version}}');
    assert.equal(code, 0, `these tests need a Docker engine: ${said}`);
    const built = await docker('compose', '--profile', 'cpu', 'build');
    assert.equal(built.code, 0, built.said.slice(-4000));
  });

  test('docker compose --profile cpu run --rm bench measures, and leaves its report in ./reports', async () => {
    const earlier = readdirSync(join(root, 'reports'));
    const { code, said } = await docker('compose', '--project-name', 'mgeo-bench-test', '--profile', 'cpu', 'run', '--rm', 'bench');
    await docker('compose', '--project-name', 'mgeo-bench-test', '--profile', 'cpu', 'down', '--volumes');
    assert.ok(code === 0 || code === 4, said);
    const [report = ''] = readdirSync(join(root, 'reports')).filter((name) => !earlier.includes(name));
    const { run, stages } = readJson<Result>(join(root, 'reports', report), 'result.json');
    assert.deepEqual([run.server.kind, run.server.model, stages.length], ['url', 'address-mini', 3]);
    assert.deepEqual(await settled(), []);
  });

  test('a service is brought up, read, measured and taken down', async () => {
    const output = join(scratch(), 'run');
    const done = await cli(shortRun(output, { server: { compose: { service: 'reference', profile: 'cpu' } }, 'load.closed.users': [2] }));
    assert.ok(done.code === 0 || done.code === 4, done.stderr + done.stdout);
    const { run, stages } = readJson<Result>(output, 'result.json');
    assert.deepEqual([run.server.kind, run.server.image, run.server.model], ['compose', 'mgeo-bench/reference:0.1.0', 'address-mini']);
    assert.ok((stages[0]?.requests.completed ?? 0) > 100, done.stdout);
    assert.deepEqual(await settled(), []);
  });

  test('the reference server conforms in its container', async () => {
    const { done, checks } = await runSuite({ compose: { service: 'reference', profile: 'cpu' } });
    assert.deepEqual(idsOf(checks, 'fail'), [], done.stdout);
    assert.equal(done.code, 0, done.stderr);
  });

  for (const [service, ...says] of [
    ['unhealthy', /The container of unhealthy is unhealthy: weights are missing\./],
    ['refused', /The container of refused ended with exit code 2\.\n {2}--batching takes one of/],
    ['starved', /The container of starved was killed, for it had no memory left\./],
    ['unpublished', /The service unpublished publishes no port 8080\./],
    ['nowhere', /docker compose up nowhere failed: .*connection refused/],
    ['gpu', /could not select device driver "nvidia"/, /hint: The engine has no GPU to hand out/],
    ['taken', /already in use|already allocated/, /hint: The compose file publishes a port that is taken/],
    ['elsewhere', /The server was not ready after 15 s/, /hint: Is 8080 the port it listens on in its container/],
    ['no-such-service', /docker compose up no-such-service failed: no such service: no-such-service\./],
  ] as const satisfies readonly (readonly [string, ...RegExp[]])[]) {
    test(`${service}: exit 3 and one sentence, and nothing is left`, async () => {
      const holder = createServer().listen(0, '127.0.0.1');
      await new Promise((resolve) => holder.once('listening', resolve));
      try {
        const file = join(mkdtempSync(join(tmpdir(), 'wrong-')), 'compose.yml');
        writeFileSync(file, wrong((holder.address() as AddressInfo).port));
        const done = await cli(shortRun(join(scratch(), 'run'), { server: { compose: { service, file, readyTimeout: '15s' } } }));
        assert.equal(done.code, 3, done.stderr + done.stdout);
        for (const pattern of says) assert.match(done.stderr, pattern);
        assert.doesNotMatch(done.stderr, /\u001b/);
        assert.deepEqual(await settled(), []);
      } finally {
        holder.close();
      }
    });
  }

  for (const signal of ['SIGINT', 'SIGKILL'] as const) {
    test(`${signal} in the load takes everything down`, async () => {
      const run = start(shortRun(join(scratch(), 'run'), { server: { compose: { service: 'reference', profile: 'cpu' } }, 'load.closed.duration': '60s' }));
      await run.says('2 users');
      run.signal(signal);
      const done = await run.ended;
      assert.deepEqual([done.code, done.signal], signal === 'SIGINT' ? [130, null] : [null, 'SIGKILL'], done.stderr);
      assert.deepEqual(await settled(), []);
    });
  }

  test('a container that is killed in the load is told', async () => {
    const output = join(scratch(), 'run');
    const run = start(shortRun(output, { server: { compose: { service: 'reference', profile: 'cpu' } }, 'load.closed.duration': '60s' }));
    await run.says('2 users');
    const { said } = await docker('ps', '--quiet', '--filter', 'name=mgeo-bench-');
    await docker('kill', said.trim());
    const done = await run.ended;
    assert.equal(done.code, 3, done.stderr);
    assert.match(done.stderr, /The container of reference ended with exit code 137\./);
    assert.deepEqual(await settled(), []);
  });
});
