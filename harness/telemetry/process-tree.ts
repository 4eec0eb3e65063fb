import type { Files } from '../host/index.js';
import { parseProcessMemory, parseProcessStat, parseRunQueueWaitS, type ProcessStat } from './proc-file.js';
import { threadsOf, type ChildFinder } from './process-children.js';

/** What a tree of processes has used up to now. */
export interface TreeUse {
  /** CPU time since the root started, s: living, ended and never-seen short-lived members; it never goes back. */
  cpuS: number;
  /** Sum of VmRSS over the living members, MiB. Pages they share count once for each. */
  rssMiB: number;
  /** Largest sum of VmHWM over members that lived at the same time, MiB. */
  rssPeakMiB: number;
  /** Time their threads waited for a core, s; null where the kernel does not count it. */
  runQueueWaitS: number | null;
}

/** One tree under watch. */
export interface ProcessTree {
  /** Reads the kernel's counters; null once no member lives any more. */
  read(): TreeUse | null;
  /** Every process that has been seen in the tree. */
  pids(): number[];
}

interface Member extends ProcessStat {
  /** Reads in which it was there. */
  sightings: number;
}

type Members = ReadonlyMap<number, Member>;

/** Passes over a tree in which processes end all the time, before the last one is taken as it is. */
const mostPasses = 4;

/**
 * Watches the process `rootPid`; with its descendants when there is a `finder` of children, else alone.
 *
 * CPU time of the tree = Σ over living members (own + reaped) + lost. A child that ends hands its time to the parent that waits for it (`reaped`),
 * which covers children too short-lived to be seen. Lost is the time of members that ended without such a parent (it ignored SIGCHLD, or ended
 * first), as of the last reading. A member stays one when its parent ends and the kernel gives it to another.
 */
export function watchProcessTree(rootPid: number, finder: ChildFinder | null, files: Files): ProcessTree {
  let members: Members = new Map();
  let rootStartTicks: number | null = null;
  let lostS = 0;
  let cpuS = 0;
  let rssPeakMiB = 0;
  const seenPids = new Set<number>([rootPid]);
  const waits = createWaits(files);
  const usedBy = (member: ProcessStat): number => member.ownS + (finder === null ? 0 : member.reapedS);

  /** Top down: a child that is found alive had not been handed to its parent when the parent was read, so nothing counts twice. */
  const readMembers = (): Members => {
    finder?.refresh();
    const found = new Map<number, Member>();
    const queue = [rootPid, ...members.keys()];
    for (let pid = queue.shift(); pid !== undefined; pid = queue.shift()) {
      const stat = found.has(pid) ? null : parseProcessStat(files.tryReadText(`/proc/${String(pid)}/stat`) ?? '');
      if (stat === null) continue;
      if (pid === rootPid) rootStartTicks ??= stat.startTicks;
      // The number of an ended process may have been given to a stranger.
      const before = members.get(pid);
      if (stat.startTicks !== (pid === rootPid ? rootStartTicks : before?.startTicks ?? stat.startTicks)) continue;
      found.set(pid, { ...stat, sightings: (before?.sightings ?? 0) + 1 });
      seenPids.add(pid);
      if (finder !== null) queue.push(...finder.childrenOf(pid));
    }
    return found;
  };

  /** Reads again while members end under our eyes: who is gone from /proc has already been handed over, but maybe not when its parent was read. */
  const readSteadily = (): Members => {
    let now = readMembers();
    for (let pass = 1, gone = 0; pass < mostPasses; pass += 1) {
      const goneNow = [...members.keys()].filter((pid) => !now.has(pid)).length;
      if (goneNow === gone) break;
      gone = goneNow;
      now = readMembers();
    }
    return now;
  };

  const readMemory = (now: Members): { rssMiB: number; peakMiB: number } => {
    let rssMiB = 0;
    let peakMiB = 0;
    for (const member of now.values()) {
      const memory = parseProcessMemory(files.tryReadText(`/proc/${String(member.pid)}/status`) ?? '');
      if (memory === null) continue;
      rssMiB += memory.rssMiB;
      // Between fork and exec a child still shows its parent's pages: it counts from its second sighting.
      if (member.pid === rootPid || member.sightings > 1) peakMiB += memory.peakMiB;
    }
    return { rssMiB, peakMiB };
  };

  return {
    pids: () => [...seenPids],
    read: () => {
      const now = readSteadily();
      lostS += finder === null ? 0 : lostBetween(members, now);
      members = now;
      if (now.size === 0) return null;
      cpuS = Math.max(cpuS, lostS + sum([...now.values()].map(usedBy)));
      const { rssMiB, peakMiB } = readMemory(now);
      rssPeakMiB = Math.max(rssPeakMiB, peakMiB);
      return { cpuS, rssMiB, rssPeakMiB, runQueueWaitS: waits.read(now.keys()) };
    },
  };
}

/** CPU time that members took with them when they ended, s: theirs, less what their heirs have taken over. */
function lostBetween(before: Members, now: Members): number {
  const owed = new Map<number, number>();
  for (const [pid, member] of before) {
    if (now.has(pid)) continue;
    // A chain that ended as a whole hands its time up to the first ancestor that lives.
    let heir = member.parentPid;
    while (before.has(heir) && !now.has(heir)) heir = before.get(heir)?.parentPid ?? 0;
    owed.set(heir, (owed.get(heir) ?? 0) + member.ownS + member.reapedS);
  }
  return sum([...owed].map(([heir, amountS]) => {
    const takenS = (now.get(heir)?.reapedS ?? 0) - (before.get(heir)?.reapedS ?? 0);
    return Math.max(0, amountS - (now.has(heir) ? takenS : 0));
  }));
}

/** Adds up the waiting of threads, also of those that have ended. */
function createWaits(files: Files): { read(pids: Iterable<number>): number | null } {
  let last = new Map<string, number>();
  let endedS = 0;
  return {
    read: (pids) => {
      const now = new Map<string, number>();
      for (const pid of pids) {
        for (const thread of threadsOf(pid, files)) {
          const waitedS = parseRunQueueWaitS(files.tryReadText(`/proc/${String(pid)}/task/${thread}/schedstat`) ?? '');
          if (waitedS !== null) now.set(`${String(pid)}/${thread}`, waitedS);
        }
      }
      for (const [thread, waitedS] of last) {
        const later = now.get(thread);
        if (later === undefined || later < waitedS) endedS += waitedS;
      }
      last = now;
      return now.size === 0 ? null : endedS + sum([...now.values()]);
    },
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
