/** `server: {compose: …}` from the command line, against a stand-in for `docker`. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Result } from '../../harness/report/index.js';
import { dockerStandIn, type DockerStandIn, type Play } from '../stand-ins/docker.js';
import { cli, readJson, scratch, shortRun, start } from './cli.js';

const freePort = (): Promise<number> => new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    server.close(() => { resolve(port); });
  });
});

async function stage(play: Play = {}): Promise<{ docker: DockerStandIn; output: string; args: string[] }> {
  const docker = dockerStandIn(await freePort(), play);
  const output = join(scratch(), 'run');
  return { docker, output, args: shortRun(output, { server: { compose: { service: 'reference', profile: 'cpu', file: docker.file } }, 'load.closed.users': [2], 'load.closed.duration': '1s', 'answers.golden': 5 }) };
}

test('a run: the image is named in the report and in result.json, the logs are kept, all is taken down', async () => {
  const { docker, output, args } = await stage();
  const done = await cli(args, docker.env);
  assert.ok(done.code === 0 || done.code === 4, done.stderr + done.stdout);
  assert.equal(docker.lives(), false);
  assert.deepEqual(done.left, []);
  const { run } = readJson<Result>(output, 'result.json');
  assert.deepEqual([run.server.kind, run.server.image, run.server.imageDigest], ['compose', 'mgeo-bench/reference:0.1.0', 'registry.invalid/reference@sha256:abcd']);
  assert.match(readFileSync(join(output, 'report.md'), 'utf8'), /compose service.*mgeo-bench\/reference:0\.1\.0 \(sha256:abcd\)/);
  assert.match(readFileSync(join(output, 'logs/server.log'), 'utf8'), /listening/);
});

test('Ctrl-C in the load takes everything down, and what was measured is kept', async () => {
  const { docker, output, args } = await stage();
  const run = start([...args, '--set', 'load.closed.duration=60s'], docker.env);
  await run.says('2 users');
  run.signal('SIGINT');
  const done = await run.ended;
  assert.equal(done.code, 130, done.stderr);
  assert.deepEqual([docker.lives(), docker.calls('down').length, done.left], [false, 1, []]);
  assert.equal(readJson<{ outcome: string }>(output, 'run.json').outcome, 'aborted');
});

test('no daemon: exit 3 and one sentence', async () => {
  const { docker, args } = await stage({ fails: { version: 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock.' } });
  const done = await cli(args, docker.env);
  assert.equal(done.code, 3, done.stderr);
  assert.match(done.stderr, /The Docker daemon does not answer: Cannot connect to the Docker daemon at unix:\/\/\/var\/run\/docker\.sock\./);
});
