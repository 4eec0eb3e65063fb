import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cpuStatFiles, createThrottleReader, parseThrottledS } from '../../harness/telemetry/cgroup.js';
import { startProcessSampler } from '../../harness/telemetry/process.js';
import { createFakeMachine } from './fake-host.js';

/** As a kernel of 6.x writes it for a group with the controller. */
const cpuStat = (throttledUs: number): string => [
  'usage_usec 84110233', 'user_usec 61230771', 'system_usec 22879462', 'core_sched.force_idle_usec 0', 'nr_periods 1204', 'nr_throttled 311', `throttled_usec ${String(throttledUs)}`,
  'nr_bursts 0', 'burst_usec 0', '',
].join('\n');
/** As a kernel of 6.x writes it for a group of version 1, within a container that had half a core. */
const cpuStat1 = (throttledNs: number): string => `nr_periods 208\nnr_throttled 155\nthrottled_time ${String(throttledNs)}\nnr_bursts 0\nburst_time 0\n`;
/** The root of a machine has no quota. */
const rootStat = 'usage_usec 9912340021\nuser_usec 7123450011\nsystem_usec 2788890010\nnice_usec 0\n';

const readerOf = (files: Record<string, string>): ReturnType<typeof createThrottleReader> =>
  createThrottleReader(createFakeMachine({ files: { tryReadText: (path) => files[path] ?? null } }).ctx.host.files);

test('cpu.stat: seconds held back; a group without a quota and nothing are null', () => {
  assert.equal(parseThrottledS(cpuStat(21_500_000)), 21.5);
  assert.equal(parseThrottledS(cpuStat(0)), 0);
  assert.equal(parseThrottledS(cpuStat1(1_200_000_000)), 1.2);
  for (const text of [rootStat, 'throttled_usec', '']) assert.equal(parseThrottledS(text), null, text);
});

test('the groups are the own one and all above it; a path that leads out of what is seen is not followed', () => {
  const root = '/sys/fs/cgroup/cpu.stat';
  assert.deepEqual(cpuStatFiles('0::/\n'), [root]);
  assert.deepEqual(cpuStatFiles('0::/system.slice/bench.service\n'), [root, '/sys/fs/cgroup/system.slice/cpu.stat', '/sys/fs/cgroup/system.slice/bench.service/cpu.stat']);
  // A machine with both: the controller is where its line says.
  assert.deepEqual(cpuStatFiles('2:cpuacct:/x\n1:cpu:/docker/abc\n3:cpuset:/y\n0::/one\n'), ['/sys/fs/cgroup/cpu/cpu.stat', '/sys/fs/cgroup/cpu/docker/cpu.stat', '/sys/fs/cgroup/cpu/docker/abc/cpu.stat']);
  assert.deepEqual(cpuStatFiles('4:cpu,cpuacct:/\n'), ['/sys/fs/cgroup/cpu,cpuacct/cpu.stat']);
  assert.deepEqual(cpuStatFiles('2:cpuset:/y\n1:name=systemd:/docker/abc\n0::/one\n'), [root, '/sys/fs/cgroup/one/cpu.stat']);
  for (const text of ['0::/../other\n', '4:memory:/docker/abc\n', '']) assert.deepEqual(cpuStatFiles(text), [root], text);
});

test('a container has its quota at its root, a service in its own group, and both may hold it back', () => {
  assert.equal(readerOf({ '/proc/self/cgroup': '0::/\n', '/sys/fs/cgroup/cpu.stat': cpuStat(2_000_000) }).readS(), 2);
  assert.equal(readerOf({ '/proc/self/cgroup': '1:cpu:/docker/abc\n0::/docker/abc\n', '/sys/fs/cgroup/cpu/cpu.stat': cpuStat1(250_000_000) }).readS(), 0.25);
  const groups: Record<string, string> = {
    '/proc/self/cgroup': '0::/a.slice/b.service\n', '/sys/fs/cgroup/cpu.stat': rootStat,
    '/sys/fs/cgroup/a.slice/cpu.stat': cpuStat(1_000_000), '/sys/fs/cgroup/a.slice/b.service/cpu.stat': cpuStat(500_000),
  };
  const reader = readerOf(groups);
  assert.equal(reader.readS(), 1.5);
  groups['/sys/fs/cgroup/a.slice/b.service/cpu.stat'] = cpuStat(750_000);
  assert.equal(reader.readS(), 1.75);
  delete groups['/sys/fs/cgroup/a.slice/cpu.stat'];
  assert.equal(reader.readS(), null, 'a sum without one of its parts would fall');
});

test('of another process the groups count that are not our own, so that our own quota is not the server’s', () => {
  const files: Record<string, string> = {
    '/proc/self/cgroup': '0::/ci.slice/job\n', '/proc/77/cgroup': '0::/ci.slice/docker-abc.scope\n', '/proc/78/cgroup': '0::/ci.slice/job\n',
    '/sys/fs/cgroup/ci.slice/cpu.stat': cpuStat(9_000_000), '/sys/fs/cgroup/ci.slice/job/cpu.stat': cpuStat(4_000_000), '/sys/fs/cgroup/ci.slice/docker-abc.scope/cpu.stat': cpuStat(1_500_000),
  };
  const read = (pid?: number): number | null => createThrottleReader(createFakeMachine({ files: { tryReadText: (path) => files[path] ?? null } }).ctx.host.files, pid).readS();
  assert.deepEqual([read(), read(77), read(78), read(79)], [13, 1.5, null, null]);
});

test('the sampler has a column of it beside the machine, and none where there is no quota to read', async () => {
  let throttledUs = 3_000_000;
  const sampled = async (files: (path: string) => string | null): Promise<(readonly (number | null)[])[]> => {
    const machine = createFakeMachine({ files: { tryReadText: files } });
    const sampler = startProcessSampler({ intervalMs: 100 }, machine.ctx);
    await machine.clock.advance(100);
    return sampler.stop().series.filter(({ source, metric, unit }) => source === 'machine' && metric === 'throttledS' && unit === 's').map(({ v }) => v);
  };
  const [column, ...others] = await sampled((path) => (path === '/sys/fs/cgroup/cpu.stat' ? cpuStat((throttledUs += 50_000)) : null));
  assert.deepEqual(others, []);
  assert.ok(column !== undefined && column.length >= 2);
  assert.ok(column.every((value, i) => value! > (column[i - 1] ?? 3)), JSON.stringify(column));
  assert.deepEqual(await sampled((path) => (path === '/sys/fs/cgroup/cpu.stat' ? rootStat : null)), []);
});

test('and one of a server with a quota of its own', async () => {
  let throttledUs = 0;
  const machine = createFakeMachine({ files: { tryReadText: (path) => (path === '/proc/77/cgroup' ? '0::/docker-abc.scope\n' : path === '/sys/fs/cgroup/docker-abc.scope/cpu.stat' ? cpuStat((throttledUs += 20_000)) : null) } });
  const sampler = startProcessSampler({ intervalMs: 100 }, machine.ctx);
  sampler.watch('server', 77);
  await machine.clock.advance(100);
  const columns = sampler.stop().series.filter(({ metric }) => metric === 'throttledS');
  assert.deepEqual(columns.map(({ source, unit }) => [source, unit]), [['server', 's']]);
  assert.ok((columns[0]?.v.length ?? 0) >= 2, JSON.stringify(columns));
});
