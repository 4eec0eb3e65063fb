/** What a CPU quota takes: the groups of processes that this one lies in, and how long they were held back. */
import type { Files } from '../host/index.js';

const root = '/sys/fs/cgroup';

/** Reads `throttled_usec` (cgroup v2) or `throttled_time` (v1, ns) from a group's cpu.stat, s. Null where the group can have no quota: without the controller, and at a machine's root of v2. */
export function parseThrottledS(text: string): number | null {
  const match = /^throttled_(?:usec|time) (\d+)$/m.exec(text);
  if (match === null) return null;
  return Number(match[1]) / (match[0].startsWith('throttled_usec') ? 1e6 : 1e9);
}

/**
 * The cpu.stat files of a process's group and all groups above it, outermost first, from its /proc/PID/cgroup: of version 1 where a line names the
 * controller (`4:cpu,cpuacct:/PATH`), of version 2 otherwise (`0::/PATH`). In a container the root is the container's own group, and the path of
 * version 1 is that of the machine, where nothing is to be found. A path that leads out of what can be seen from here (`/../…`) is left out.
 */
export function cpuStatFiles(text: string): string[] {
  const [, controllers, of1] = /^\d+:((?:\w+,)*cpu(?:,\w+)*):\/(.*)$/m.exec(text) ?? [];
  const base = controllers === undefined ? root : `${root}/${controllers}`;
  const parts = (of1 ?? /^0::\/(.*)$/m.exec(text)?.[1] ?? '').split('/').filter((part) => part !== '');
  const seen = parts.includes('..') ? [] : parts;
  return [base, ...seen.map((_, i) => [base, ...seen.slice(0, i + 1)].join('/'))].map((folder) => `${folder}/cpu.stat`);
}

export interface ThrottleReader {
  /** Null where no group can have a quota, and once one of them is gone. */
  readS(): number | null;
}

/**
 * Reads how long quotas have held this process and what it starts back since their groups were made, s: a quota of any group above holds all below, so they
 * are added up; each of them is itself the sum over its cores. A program in a container of its own is not among them: for that one there is `pid`, of
 * which the groups are read that are not this process's own.
 */
export function createThrottleReader(files: Files, pid?: number): ThrottleReader {
  const readS = (file: string): number | null => parseThrottledS(files.tryReadText(file) ?? '');
  const filesOf = (process: string): string[] => cpuStatFiles(files.tryReadText(`/proc/${process}/cgroup`) ?? '');
  const own = filesOf('self');
  // Settled once: a group that came or went would make the sum jump.
  const groups = (pid === undefined ? own : filesOf(String(pid)).filter((file) => !own.includes(file))).filter((file) => readS(file) !== null);
  return {
    readS: () => {
      if (groups.length === 0) return null;
      return groups.map(readS).reduce<number | null>((sum, value) => (sum === null || value === null ? null : sum + value), 0);
    },
  };
}
