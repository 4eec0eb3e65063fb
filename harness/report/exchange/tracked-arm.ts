/** The figures of a comparison's arms in the same form: of each arm the mean over its runs, with the interval of the mean; `n` counts the runs. */
import type { ComparedMetric, ComparisonRecord } from '../../model/comparison.js';
import type { TrackedFigure } from './tracked-figure.js';

const measures: Readonly<Record<ComparedMetric, Pick<TrackedFigure, 'measure' | 'unit' | 'better'>>> = {
  rps: { measure: 'throughput', unit: 'req/s', better: 'more' },
  pairs: { measure: 'pair-throughput', unit: 'pairs/s', better: 'more' },
  p50: { measure: 'latency-p50', unit: 'ms', better: 'less' },
  p95: { measure: 'latency-p95', unit: 'ms', better: 'less' },
  p99: { measure: 'latency-p99', unit: 'ms', better: 'less' },
  time: { measure: 'job-time', unit: 's', better: 'less' },
  rss: { measure: 'server-memory', unit: 'MiB', better: 'less' },
  vram: { measure: 'gpu-memory', unit: 'MiB', better: 'less' },
  simulatedMemory: { measure: 'simulated-memory', unit: 'MiB', better: 'less' },
};

/** In the order of the arms and their stages; of repeats of one scenario the one arm has no name. */
export function trackedArms({ summaries }: Pick<ComparisonRecord, 'summaries'>): TrackedFigure[] {
  return summaries.flatMap(({ arm, rows }) => {
    const job = rows.some(({ metric }) => metric === 'time');
    return rows.map(({ stage, metric, values, mean, low, high }): TrackedFigure => ({
      ...measures[metric], ...(job && metric === 'rss' ? { measure: 'job-memory' } : {}),
      arm: arm === '' ? null : arm, stage, label: null, value: mean, low, high, n: values.length,
    }));
  });
}
