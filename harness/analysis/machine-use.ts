/**
 * What the whole machine did in a window, from the kernel's counters as sampled (telemetry: `machine`).
 *
 *   steal    mean of the samples in the window: share of the time of all cores that the hypervisor gave to other machines
 *   busy     likewise, share in use by any program
 *   others   busy − (server + engine + harness) / cores, never below 0: programs that are none of the run's
 *   idle     1 − busy − steal
 *
 * Assumes that the server's processes are the run's own: with a server that was met by URL, what it used cannot be told from others' use, and
 * `others` is null; so it is where one of the three could not be read. A server in a container that the run did not start counts as another program.
 * Refuses (null) with fewer than two samples in the window.
 */
import type { StageAnalysis } from '../model/analysis.js';
import type { RunRecord } from '../model/record.js';
import { samplesIn } from './resources.js';

export interface MachineUse {
  steal: number;
  busy: number;
  idle: number;
  others: number | null;
}

const leastSamples = 2;

/** `cpu`: cores of the run's own programs in the window, of a mix with all its engines. */
export function machineUse({ series, environment, plan }: RunRecord, { fromMs, toMs }: { fromMs: number; toMs: number }, cpu: StageAnalysis['cpu']): MachineUse | null {
  const mean = (metric: string): number | null => {
    const values = samplesIn(series, 'machine', metric, fromMs, toMs);
    return values.length < leastSamples ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  const [busy, steal] = [mean('utilization'), mean('steal')];
  if (busy === null || steal === null) return null;
  const { server, engine, harness } = cpu;
  const known = plan.server.kind === 'url' || server === null || engine === null || harness === null ? null : (server + engine + harness) / environment.cores;
  return { busy, steal, idle: Math.max(0, 1 - busy - steal), others: known === null ? null : Math.max(0, busy - known) };
}
