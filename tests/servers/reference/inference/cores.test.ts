import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coresToUse, quotaCores, type ReadText } from '../../../../servers/reference/inference/cores.js';

const reading = (files: Record<string, string>): ReadText => (path) => files[path] ?? null;

test('version 2: a container has its quota at the root, a service in its own group; without one the word is max', () => {
  const container = (max: string): number | null => quotaCores(reading({ '/proc/self/cgroup': '0::/\n', '/sys/fs/cgroup/cpu.max': max }));
  assert.deepEqual([container('150000 100000\n'), container('max 100000\n'), container('50000 50000')], [1.5, null, 1]);
  const service = { '/proc/self/cgroup': '0::/a.slice/b.service\n', '/sys/fs/cgroup/a.slice/cpu.max': '400000 100000\n', '/sys/fs/cgroup/a.slice/b.service/cpu.max': 'max 100000\n' };
  assert.equal(quotaCores(reading(service)), 4);
  assert.equal(quotaCores(reading({ ...service, '/sys/fs/cgroup/a.slice/b.service/cpu.max': '200000 100000\n' })), 2, 'the least of all groups above');
});

test('version 1: the controller lies where its line says; no quota is −1', () => {
  const files = { '/proc/self/cgroup': '9:cpuset:/x\n4:cpu,cpuacct:/docker/abc\n0::/docker/abc\n', '/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us': '40000\n', '/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us': '100000\n' };
  assert.equal(quotaCores(reading(files)), 0.4);
  assert.equal(quotaCores(reading({ ...files, '/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us': '-1\n' })), null);
  assert.equal(quotaCores(reading({ '/proc/self/cgroup': '2:cpuacct:/\n1:cpuset:/\n0::/\n', '/sys/fs/cgroup/cpu.max': '100000 100000' })), 1, 'cpuacct and cpuset are not cpu');
});

test('cores to use: a quota rounded up, never more than the machine has, at least one', () => {
  const cores = (machine: number, max: string): number => coresToUse(machine, reading({ '/proc/self/cgroup': '0::/\n', '/sys/fs/cgroup/cpu.max': max }));
  assert.deepEqual([cores(8, '150000 100000'), cores(8, '40000 100000'), cores(2, '400000 100000'), cores(8, 'max 100000')], [2, 1, 2, 8]);
  assert.equal(coresToUse(8, () => null), 8);
  assert.ok(coresToUse() >= 1);
});
