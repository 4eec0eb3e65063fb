/** The metrics of a job that a gate can ask for: job, metric. Rules and refusals: measure.ts. */
import type { JobAnalysis } from '../model/analysis.js';
import type { Finding, Estimate } from '../model/estimate.js';
import type { GatePlan } from '../model/metric.js';
import type { StageResult } from '../model/record.js';
import { observed } from './interval.js';

const absent = (why: string): Finding<Estimate> => ({ kind: 'absent', why });

/** `job` and `metric`: counted or read, so each is its own interval. A figure with a value that was not finite has no last, least or largest one. */
export function measureJob(result: StageResult, job: JobAnalysis, gate: GatePlan, confidence: number): Finding<Estimate> {
  const name = gate.aggregation.kind === 'named' ? gate.aggregation.name : '';
  const read = (value: number | null | undefined, n: number, why: string): Finding<Estimate> => (value === null || value === undefined ? absent(why) : { kind: 'found', value: observed(value, n, confidence) });
  if (gate.metric === 'job') {
    if (name === 'time') return read(result.job?.durationMs, 1, 'not-measured');
    if (name === 'cpuTime') return read(job.cpuS === null ? null : job.cpuS * 1000, 1, 'not-measured');
    return read(name === 'malformed' ? result.job?.lines.malformed : result.job?.lines.json, 1, 'not-measured');
  }
  const metric = job.metrics.find((one) => one.name === gate.selector['name']);
  if (metric === undefined) return absent('no-such-metric');
  switch (name) {
    case 'count': return read(metric.n, metric.n, 'not-measured');
    case 'every': return read(metric.everyMs, metric.n + metric.notFinite, 'one-line');
    case 'first': return read(metric.first, metric.n, 'not-finite');
    case 'last': return read(metric.last, metric.n, 'not-finite');
    default: return read(metric.notFinite > 0 ? null : name === 'min' ? metric.min : metric.max, metric.n, 'not-finite');
  }
}
