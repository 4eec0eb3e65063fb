/** What the engine says of containers, in its own words: outputs of `docker inspect` of engine 20.10, cut down to the parts that are read. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { endedError, inspectContainer, recordOf, type Container } from '../../../harness/server/compose/container.js';
import type { Context } from '../../../harness/host/index.js';
import { testContext } from '../../host/context.js';

const fixture = (name: string): string => readFileSync(fileURLToPath(new URL(`../../../../tests/fixtures/server/compose/${name}.json`, import.meta.url)), 'utf8');

/** A context whose `docker` says what a file holds, changed. */
function saying(name: string, change: (text: string) => string = (text) => text): Context {
  const real = testContext();
  return { ...real, host: { ...real.host, processes: { ...real.host.processes, run: () => Promise.resolve({ code: 0, signal: null, stdout: change(fixture(name)), stderr: '', timedOut: false }) } } };
}

const read = async (name: string): Promise<Container> => {
  const found = await inspectContainer('any', saying(name));
  assert.ok(found !== null);
  return found;
};

test('a container that is up: its process, its image, and what its check says', async () => {
  const healthy = await read('healthy');
  assert.deepEqual({ ...healthy, imageId: '' }, { image: 'mgeo-bench/reference:0.1.0', imageId: '', pid: 27286, cpuLimit: null, memoryLimitMiB: null, status: 'running', exitCode: 0, outOfMemory: false, health: 'healthy', healthSays: '' });
  assert.match(healthy.imageId, /^sha256:[0-9a-f]{64}$/);
  const unhealthy = await read('unhealthy');
  assert.deepEqual([unhealthy.status, unhealthy.health, unhealthy.healthSays], ['running', 'unhealthy', 'weights are missing']);
  assert.equal((await read('without-check')).health, null);
});

test('one that has ended has no process, and says whether the memory was at an end', async () => {
  const [exited, starved] = [await read('exited'), await read('out-of-memory')];
  assert.deepEqual([exited.pid, exited.status, exited.exitCode, exited.outOfMemory], [null, 'exited', 2, false]);
  assert.match(endedError('reference', exited, []).message, /ended with exit code 2/);
  assert.deepEqual([starved.pid, starved.exitCode, starved.outOfMemory], [null, 137, true]);
  assert.match(endedError('reference', starved, []).message, /no memory left/);
});

test('what a container may use at most: cores and MiB', async () => {
  const limited = await read('limited');
  assert.deepEqual([limited.cpuLimit, limited.memoryLimitMiB], [1.5, 512]);
  const record = await recordOf(limited, { engine: '20.10.24', compose: '2.40.3' }, saying('image'));
  assert.deepEqual([record.cpuLimit, record.memoryLimitMiB], [1.5, 512]);
  // `cpu_quota` without a period: that of the kernel is 100 ms.
  const quota = await inspectContainer('any', saying('limited', (text) => text.replace('"NanoCpus": 1500000000', '"NanoCpus": 0').replace('"CpuQuota": 0', '"CpuQuota": 50000')));
  assert.deepEqual([quota?.cpuLimit, quota?.memoryLimitMiB], [0.5, 512]);
});

test('an image that was built here has no digest of a registry', async () => {
  const record = await recordOf(await read('healthy'), { engine: '20.10.24', compose: '2.40.3' }, saying('image'));
  assert.deepEqual([record.image, record.digest], ['mgeo-bench/reference:0.1.0', null]);
});
