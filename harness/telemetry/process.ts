import type { Context } from '../host/index.js';
import type { ProcessUse } from '../model/event.js';
import type { Series } from '../model/series.js';
import { createThrottleReader, type ThrottleReader } from './cgroup.js';
import { createColumns, type Columns } from './columns.js';
import { createMachineReader } from './machine.js';
import { createChildFinder } from './process-children.js';
import { watchProcessTree, type ProcessTree } from './process-tree.js';

/** What we call ourselves: this process alone, since what it starts is watched under other names. */
const ownSource = 'harness';
const leastSpanMs = 100;

export interface ProcessSampler {
  /**
   * From now on samples the tree of `pid` as `source`. A source that is given another process (each stage has its own engine) gets a gap
   * (null) in its columns, and the counters after it count from the start of the new process: differences mean something between two points
   * with no null between them.
   */
  watch(source: string, pid: number): void;
  unwatch(source: string): void;
  /** Samples at once, beside the regular beat. */
  sampleNow(): void;
  /** What each source takes, by its last two samples. */
  now(): Record<string, ProcessUse>;
  /** Every process ever seen under a source; null for a source that was never watched. */
  pidsOf(source: string): number[] | null;
  /** The columns, or why there are none. Per source: cpuS, rssMiB, rssPeakMiB, runQueueWaitS, and throttledS where it has a CPU quota of its own; for `machine`: utilization, steal, load1, throttledS. */
  stop(): { series: Series[]; absent: string | null };
}

/** Starts sampling this process (`harness`), the machine (`machine`) and every process tree that is watched later. Linux only. */
export function startProcessSampler(options: { intervalMs: number }, ctx: Context): ProcessSampler {
  if (ctx.host.machine.platform !== 'linux') {
    const nothing = (): void => undefined;
    const absent = `CPU and memory of processes are read from /proc, which ${ctx.host.machine.platform} does not have`;
    return { watch: nothing, unwatch: nothing, sampleNow: nothing, now: () => ({}), pidsOf: () => null, stop: () => ({ series: [], absent }) };
  }
  const { files, clock, processes } = ctx.host;
  const columns = createColumns();
  const finder = createChildFinder(processes.ownPid, files);
  const trees = new Map<string, ProcessTree>([[ownSource, watchProcessTree(processes.ownPid, null, files)]]);
  const throttles = new Map<string, ThrottleReader>();
  const pids = new Map<string, Set<number>>();
  const uses = new Map<string, { tMs: number; cpuS: number; use: ProcessUse }>();
  const machine = createMachineReader(files);

  const sampleTree = (source: string, tree: ProcessTree): void => {
    const tMs = ctx.sinceStartMs();
    const use = pushUse(columns, source, tree, tMs);
    const throttledS = throttles.get(source)?.readS() ?? null;
    if (throttledS !== null) columns.push(source, 'throttledS', 's', tMs, throttledS);
    const before = uses.get(source);
    if (use === null) uses.delete(source);
    else {
      // Two samples at nearly the same moment tell nothing of a rate: the figure before stands.
      const cpuCores = before === undefined ? null : tMs - before.tMs < leastSpanMs ? before.use.cpuCores : ((use.cpuS - before.cpuS) * 1000) / (tMs - before.tMs);
      uses.set(source, before !== undefined && tMs - before.tMs < leastSpanMs ? { ...before, use: { cpuCores, rssMiB: use.rssMiB } } : { tMs, cpuS: use.cpuS, use: { cpuCores, rssMiB: use.rssMiB } });
    }
    if (source !== ownSource) pids.set(source, new Set([...(pids.get(source) ?? []), ...tree.pids()]));
  };
  const sampleNow = (): void => {
    for (const [source, tree] of trees) sampleTree(source, tree);
    const tMs = ctx.sinceStartMs();
    for (const { metric, unit, value } of machine.read()) columns.push('machine', metric, unit, tMs, value);
  };

  sampleNow();
  const unwatchClock = clock.every(options.intervalMs, sampleNow);
  return {
    watch: (source, pid) => {
      columns.gap(source, ctx.sinceStartMs());
      uses.delete(source);
      const tree = watchProcessTree(pid, finder, files);
      trees.set(source, tree);
      throttles.set(source, createThrottleReader(files, pid));
      sampleTree(source, tree);
    },
    unwatch: (source) => {
      trees.delete(source);
      throttles.delete(source);
      uses.delete(source);
      columns.gap(source, ctx.sinceStartMs());
    },
    sampleNow,
    now: () => Object.fromEntries(Array.from(uses, ([source, { use }]) => [source, use])),
    pidsOf: (source) => {
      const seen = pids.get(source);
      return seen === undefined ? null : [...seen];
    },
    stop: () => {
      unwatchClock();
      sampleNow();
      return { series: columns.finish(), absent: null };
    },
  };
}

function pushUse(columns: Columns, source: string, tree: ProcessTree, tMs: number): { cpuS: number; rssMiB: number } | null {
  const use = tree.read();
  if (use === null) {
    columns.gap(source, tMs);
    return null;
  }
  columns.push(source, 'cpuS', 's', tMs, use.cpuS);
  columns.push(source, 'rssMiB', 'MiB', tMs, use.rssMiB);
  columns.push(source, 'rssPeakMiB', 'MiB', tMs, use.rssPeakMiB);
  columns.push(source, 'runQueueWaitS', 's', tMs, use.runQueueWaitS);
  return use;
}
