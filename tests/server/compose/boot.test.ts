import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { BenchError } from '../../../harness/model/error.js';
import type { ServerPlan } from '../../../harness/model/plan.js';
import { bootServer } from '../../../harness/server/index.js';
import { eventually, testContext } from '../../host/context.js';
import { dockerStandIn, type DockerStandIn, type Play } from '../../stand-ins/docker.js';

type Ctx = ReturnType<typeof testContext>;

/** A stand-in, a plan for it, and a context that finds it. */
async function stage(play: Play = {}, signal?: AbortSignal): Promise<{ docker: DockerStandIn; plan: Extract<ServerPlan, { kind: 'compose' }>; logFile: string; ctx: Ctx }> {
  const real = testContext(signal);
  const docker = dockerStandIn(await real.host.http.freePort(), play);
  const { processes } = real.host;
  const host = { ...real.host, processes: {
    ...processes,
    run: (command: Parameters<typeof processes.run>[0], options: Parameters<typeof processes.run>[1] = {}) => processes.run(command, { ...options, env: { ...docker.env, ...options.env } }),
    spawn: (command: Parameters<typeof processes.spawn>[0], options: Parameters<typeof processes.spawn>[1]) => processes.spawn(command, { ...options, env: { ...docker.env, ...options.env } }),
  } };
  return { docker, ctx: { ...real, host }, logFile: join(docker.folder, 'kept.log'), plan: { kind: 'compose', file: docker.file, service: 'reference', profile: 'cpu', port: 8080, ready: '/ready', readyTimeoutS: 20 } };
}

const failsWith = (code: string, ...says: RegExp[]) => (error: unknown): boolean => {
  assert.ok(error instanceof BenchError, String(error));
  assert.equal(error.code, code);
  assert.equal(error.exitCode, 3);
  assert.notEqual(error.hint, '');
  for (const pattern of says) assert.match([error.message, error.hint, ...error.details].join('\n'), pattern);
  return true;
};

describe('compose', { concurrency: 6 }, () => {
test('a service is brought up in a project of its own, read, logged and taken down', async () => {
  const { docker, plan, logFile, ctx } = await stage({ slow: { down: 1 } });
  const addresses: string[] = [];
  const server = await bootServer(plan, { logFile, onAddress: (url) => addresses.push(url) }, ctx);
  assert.deepEqual(addresses, [server.url]);
  assert.match(server.url, /^http:\/\/127\.0\.0\.1:\d+$/);
  assert.equal((await ctx.host.http.request(`${server.url}/health`)).status, 200);
  assert.deepEqual(server.record.container, { image: 'mgeo-bench/reference:0.1.0', imageId: 'sha256:1234', digest: 'registry.invalid/reference@sha256:abcd', cpuLimit: null, memoryLimitMiB: null, engine: '28.1.0', compose: '2.40.0' });
  // The stand-in's container is not in a cgroup of its own name.
  assert.equal(server.pid, null);
  assert.deepEqual(ctx.events.flatMap((event) => (event.kind === 'note' ? [event.code] : [])), ['container-hidden']);
  await server[Symbol.asyncDispose]();
  assert.equal(server.gone.aborted, false);
  assert.equal(docker.lives(), false);
  assert.deepEqual(docker.verbs(), ['compose-version', 'version', 'up', 'ps', 'logs', 'wait', 'port', 'inspect', 'image', 'down']);
  const [up] = docker.calls('up');
  const [down] = docker.calls('down');
  const project = up![up!.indexOf('--project-name') + 1]!;
  assert.match(project, /^mgeo-bench-\d+-[a-z0-9]+$/);
  assert.ok(up!.includes('cpu') && up!.at(-1) === 'reference' && down!.includes(project) && down!.includes('--volumes'));
  assert.match(readFileSync(logFile, 'utf8'), /listening/);
});

test('where its processes can be seen, they are watched', async () => {
  const { plan, logFile, ctx } = await stage({ visible: true });
  let spawned = 0;
  await using server = await bootServer(plan, { logFile, onSpawn: (pid) => { spawned = pid; } }, ctx);
  assert.ok(spawned > 0 && server.pid === spawned && server.record.pid === spawned);
});

test('a running service ends at SIGTERM, with its exit code, and is not taken for a crash', async () => {
  const { plan, logFile, ctx } = await stage();
  await using server = await bootServer(plan, { logFile }, ctx);
  assert.deepEqual(await server.terminate?.(), { code: 0, signal: null });
  assert.equal(server.gone.aborted, false);
});

for (const [name, play, code, ...says] of [
  ['no compose plugin', { fails: { 'compose-version': 'unknown flag: --short' } }, 'docker-missing', /no compose plugin\.\n/, /doctor/],
  ['no daemon', { fails: { version: 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?' } }, 'docker-missing', /daemon does not answer: Cannot connect/],
  ['a pull that fails', { fails: { up: 'reference Pulling\nError response from daemon: manifest unknown' } }, 'compose-failed', /docker compose up reference failed: Error response from daemon: manifest unknown\./, /reference Pulling/],
  ['a service that leaves no container', { fails: { ps: 'no such service: reference' } }, 'compose-failed', /left no container: no such service/],
  ['a port that is not published', { unpublished: true }, 'compose-failed', /publishes no port 8080/, /127\.0\.0\.1::8080/],
  ['a container that is unhealthy', { health: 'unhealthy', healthSays: 'weights are missing' }, 'server-not-ready', /container of reference is unhealthy: weights are missing\./],
  ['a container that ends before it is ready', { crash: { afterS: 0, code: 9 } }, 'server-crashed', /ended with exit code 9/, /it cannot go on/],
  ['a container without memory', { crash: { afterS: 0, code: 137, outOfMemory: true } }, 'server-crashed', /no memory left/],
] as const satisfies readonly (readonly [string, Play, string, ...RegExp[]])[]) {
  test(`${name}: one sentence, and nothing is left`, async () => {
    const { docker, plan, logFile, ctx } = await stage(play);
    await assert.rejects(bootServer(plan, { logFile }, ctx), failsWith(code, ...says));
    assert.equal(docker.lives(), false);
    assert.equal(docker.calls('down').length, docker.calls('up').length, 'what was brought up is taken down');
  });
}

test('without docker, and without the file', async () => {
  const { docker, plan, logFile, ctx } = await stage();
  docker.env['PATH'] = '/nowhere';
  await assert.rejects(bootServer(plan, { logFile }, ctx), failsWith('docker-missing', /no docker on the PATH/));
  await assert.rejects(bootServer({ ...plan, file: '/nowhere/compose.yml' }, { logFile }, ctx), failsWith('compose-failed', /no compose file/));
});

test('a container that ends while it is used is told', async () => {
  const { plan, logFile, ctx } = await stage({ crash: { afterS: 2.5, code: 7 } });
  await using server = await bootServer(plan, { logFile }, ctx);
  assert.ok(await eventually(() => server.gone.aborted));
  failsWith('server-crashed', /container of reference ended with exit code 7/, /it cannot go on/)(server.gone.reason);
});

test('an interruption while it is brought up: what has begun is taken down', async () => {
  const stop = new AbortController();
  const { docker, plan, logFile, ctx } = await stage({ slow: { up: 30 } }, stop.signal);
  const booting = bootServer(plan, { logFile }, ctx);
  assert.ok(await eventually(() => docker.calls('up').length > 0));
  stop.abort(new BenchError('interrupted', 'Interrupted.'));
  await assert.rejects(booting, (error) => error instanceof BenchError && error.code === 'interrupted');
  assert.equal(docker.calls('down').length, 1);
});

test('a down that fails is told, with what removes the rest', async () => {
  const { docker, plan, logFile, ctx } = await stage({ fails: { down: 'network has active endpoints' } });
  const server = await bootServer(plan, { logFile }, ctx);
  await server[Symbol.asyncDispose]();
  const note = ctx.events.find((event) => event.kind === 'note' && event.code === 'container-left');
  assert.match(note?.kind === 'note' ? note.text : '', /network has active endpoints.*docker compose --project-name mgeo-bench-\S+ down/);
  process.kill(docker.pid(), 'SIGKILL');
});

test('SIGKILL of the harness takes the project down all the same', async () => {
  const { docker } = await stage();
  const harness = spawn(process.execPath, [fileURLToPath(new URL('./child.js', import.meta.url)), docker.file, join(docker.folder, 'kept.log')], { env: { ...process.env, ...docker.env }, stdio: ['ignore', 'pipe', 'inherit'] });
  await once(harness.stdout, 'data');
  assert.ok(docker.lives());
  harness.kill('SIGKILL');
  assert.ok(await eventually(() => docker.calls('down').length > 0 && !docker.lives()), 'the containers outlived the harness');
});
});
