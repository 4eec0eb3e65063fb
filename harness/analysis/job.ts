/**
 * What a job cost, and who else used the machine meanwhile.
 *
 *   CPU time   = the larger of two lower bounds: what the kernel handed over when the job's processes ended (to 0.01 s; without processes that
 *                nobody waited for), and the last sample of its process tree (without what came after it)
 *   cores      = CPU time / duration
 *   RSS peak   = highest sample of the sum of the kernel's high-water marks (VmHWM) over processes alive at the same time
 *   every      = time between the first and the last line with a figure / (lines − 1)
 *   others     = mean share of the machine that was busy − (job + server + harness) / cores of the machine, at least 0
 *   steal      = mean share of the time that the hypervisor gave to other machines
 *
 * Assumes that the cores of the machine are those of /proc/stat: in a container with a quota `others` is too small, never too large. Refuses (null)
 * CPU and memory where the system does not tell them, memory with fewer than three samples (a job of under a second), others and steal in jobs of less than 2 s, `every` with fewer than two lines.
 */
import type { JobAnalysis } from '../model/analysis.js';
import type { RunRecord, StageResult } from '../model/record.js';
import { coresInUse, highest, rssPeakMiB, samplesIn } from './resources.js';

/** Shorter, the machine's counters say little. */
const leastS = 2;
/** The first sample is of a program that has hardly begun. */
const leastSamples = 3;

/** Null of a stage that is no job. */
export function analyseJob({ series, environment }: Pick<RunRecord, 'series' | 'environment'>, { job, windowFromMs, windowToMs, spawnedAtMs, endedAtMs }: StageResult): JobAnalysis | null {
  if (job === undefined) return null;
  const durationS = job.durationMs / 1000;
  const sampledS = highest(series, 'job', 'cpuS', spawnedAtMs, Infinity);
  const cpuS = job.cpuS === null ? sampledS : Math.max(job.cpuS, sampledS ?? 0);
  const cores = cpuS === null || durationS <= 0 ? null : cpuS / durationS;
  const mean = (metric: string): number | null => {
    const values = samplesIn(series, 'machine', metric, windowFromMs, windowToMs);
    return durationS < leastS || values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  const busy = mean('utilization');
  const ours = (cores ?? 0) + (coresInUse(series, 'server', windowFromMs, windowToMs) ?? 0) + (coresInUse(series, 'harness', windowFromMs, windowToMs) ?? 0);
  return {
    durationS, cpuS, cores,
    rssPeakMiB: samplesIn(series, 'job', 'rssMiB', spawnedAtMs, endedAtMs).length < leastSamples ? null : rssPeakMiB(series, 'job', spawnedAtMs, endedAtMs),
    others: busy === null || cores === null ? null : Math.max(0, busy - ours / environment.cores),
    steal: mean('steal'),
    metrics: job.metrics.map((metric) => {
      const seen = metric.n + metric.notFinite;
      return { ...metric, everyMs: metric.spanMs === null || seen < 2 ? null : metric.spanMs / (seen - 1) };
    }),
  };
}
