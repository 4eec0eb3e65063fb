import type { Files } from '../host/index.js';
import { parseProcessStat } from './proc-file.js';

/** Answers which processes a process has made. */
export interface ChildFinder {
  /** Forgets what it knew: the next answers are of now. */
  refresh(): void;
  childrenOf(pid: number): number[];
}

/**
 * Uses /proc/PID/task/TID/children, which costs a few reads for each process asked about; on kernels built without it
 * (CONFIG_PROC_CHILDREN), reads the parent of every process of the machine instead.
 */
export function createChildFinder(ownPid: number, files: Files): ChildFinder {
  const direct = files.tryReadText(`/proc/${String(ownPid)}/task/${String(ownPid)}/children`) !== null;
  let byParent: Map<number, number[]> | null = null;
  return {
    refresh: () => {
      byParent = null;
    },
    childrenOf: (pid) => {
      if (!direct) return (byParent ??= scanMachine(files)).get(pid) ?? [];
      // A child belongs to the thread that made it, so every thread is asked.
      return threadsOf(pid, files).flatMap((thread) => {
        const text = files.tryReadText(`/proc/${String(pid)}/task/${thread}/children`) ?? '';
        return text.split(' ').map(Number).filter((child) => child > 0);
      });
    },
  };
}

/** Thread numbers of a process; none when it has gone. */
export function threadsOf(pid: number, files: Files): string[] {
  return listed(`/proc/${String(pid)}/task`, files);
}

function scanMachine(files: Files): Map<number, number[]> {
  const byParent = new Map<number, number[]>();
  for (const name of listed('/proc', files)) {
    if (!/^\d+$/.test(name)) continue;
    const stat = parseProcessStat(files.tryReadText(`/proc/${name}/stat`) ?? '');
    if (stat !== null) byParent.set(stat.parentPid, [...(byParent.get(stat.parentPid) ?? []), stat.pid]);
  }
  return byParent;
}

function listed(folder: string, files: Files): string[] {
  try {
    return files.list(folder);
  } catch {
    return [];
  }
}
