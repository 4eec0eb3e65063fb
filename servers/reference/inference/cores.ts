/** How many cores this process may use: those it may run on, and no more than a CPU quota (a container's) pays for. */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

const root = '/sys/fs/cgroup';

/** A file's text, or null where it cannot be read. */
export type ReadText = (path: string) => string | null;

/**
 * Cores to share out, at least 1. A quota of one and a half cores counts as two: rounded down, a part of what is paid for would lie idle.
 * More processes than that do not compute more; they use the quota up sooner, and all stand still until its next period.
 */
export function coresToUse(machineCores = availableParallelism(), read: ReadText = tryRead): number {
  return Math.max(1, Math.min(machineCores, Math.ceil(quotaCores(read) ?? machineCores)));
}

/** The least quota of this process's group and those above it, cores; null without one. cgroup v1 where it has the controller, else v2. */
export function quotaCores(read: ReadText): number | null {
  const groups = read('/proc/self/cgroup') ?? '';
  const [, controllers, of1] = /^\d+:((?:\w+,)*cpu(?:,\w+)*):\/(.*)$/m.exec(groups) ?? [];
  const base = controllers === undefined ? root : `${root}/${controllers}`;
  // In a container the root is its own group, and a path of version 1 is the machine's, where nothing is to be found.
  const parts = (of1 ?? /^0::\/(.*)$/m.exec(groups)?.[1] ?? '').split('/').filter((part) => part !== '');
  const folders = [base, ...parts.map((_, i) => [base, ...parts.slice(0, i + 1)].join('/'))];
  const found = folders.map((folder) => (controllers === undefined ? ofMax(read(`${folder}/cpu.max`)) : ofCfs(read(`${folder}/cpu.cfs_quota_us`), read(`${folder}/cpu.cfs_period_us`))));
  return found.reduce<number | null>((least, one) => (one === null ? least : Math.min(least ?? Infinity, one)), null);
}

/** `50000 100000`, or `max 100000` without a quota. */
function ofMax(text: string | null): number | null {
  const [, quota, period] = /^(\d+) (\d+)\s*$/.exec(text ?? '') ?? [];
  return share(Number(quota), Number(period));
}

/** −1 without a quota. */
function ofCfs(quota: string | null, period: string | null): number | null {
  return share(Number(quota ?? NaN), Number(period ?? NaN));
}

const share = (quota: number, period: number): number | null => (quota > 0 && period > 0 ? quota / period : null);

function tryRead(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
