import { z } from 'zod';
import type { Dimension } from './unit.js';

/** How a metric's values become one number. */
export const aggregationSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('percentile'), p: z.number().gt(0).lt(100) }),
  z.object({ kind: z.literal('named'), name: z.string() }),
]);
export type Aggregation = z.infer<typeof aggregationSchema>;

/** What a gate may ask of a metric. */
export interface MetricDefinition {
  name: string;
  /** Judged for each measured stage, or once for the run. */
  scope: 'stage' | 'run';
  /** Dimension and unit of a percentile, and which may be asked (all where none is named); null where there are none. */
  percentiles: { dimension: Dimension; unit: string; of?: readonly number[] } | null;
  /** Allowed named aggregations and the dimension and unit of their value. */
  aggregations: Readonly<Record<string, { dimension: Dimension; unit: string }>>;
  selectors: readonly string[];
  /** The selector that must be given. */
  needs?: string;
  /** What only requests have, or only a job; absent = both. */
  load?: 'requests' | 'job';
}

const ms = { dimension: 'duration', unit: 'ms' } as const;
const perHour = { dimension: 'bytes-per-hour', unit: 'MiB/h' } as const;
const mib = { dimension: 'bytes', unit: 'MiB' } as const;
const share = { dimension: 'share', unit: '' } as const;
const ratio = { dimension: 'ratio', unit: '' } as const;
const count = { dimension: 'number', unit: '' } as const;
/** In whatever unit the job prints. */
const number = { dimension: 'number', unit: '' } as const;
const rate = { dimension: 'number', unit: '/s' } as const;
const pairRate = { dimension: 'number', unit: 'pairs/s' } as const;

/** Every metric a gate can name: definition and formula of each in docs/metrics.md. */
export const metrics: Readonly<Record<string, MetricDefinition>> = {
  latency: { name: 'latency', scope: 'stage', percentiles: ms, aggregations: { avg: ms, min: ms, med: ms, max: ms }, selectors: ['stage', 'users', 'rate', 'burst'], load: 'requests' },
  errors: { name: 'errors', scope: 'stage', percentiles: null, aggregations: { rate: share, count }, selectors: ['stage', 'users', 'rate', 'burst'], load: 'requests' },
  rps: { name: 'rps', scope: 'stage', percentiles: null, aggregations: { rate }, selectors: ['stage', 'users', 'rate', 'burst'], load: 'requests' },
  pairs: { name: 'pairs', scope: 'stage', percentiles: null, aggregations: { rate: pairRate, time: ms, unanswered: count }, selectors: ['stage'], load: 'requests' },
  recovery: { name: 'recovery', scope: 'stage', percentiles: null, aggregations: { time: ms }, selectors: ['stage'], load: 'requests' },
  drift: { name: 'drift', scope: 'stage', percentiles: { ...share, of: [50, 95] }, aggregations: {}, selectors: ['stage'], load: 'requests' },
  leak: { name: 'leak', scope: 'stage', percentiles: null, aggregations: { rss: perHour, vram: perHour }, selectors: ['stage', 'gpu'], load: 'requests' },
  vram: { name: 'vram', scope: 'run', percentiles: null, aggregations: { max: mib, delta: mib }, selectors: ['gpu'] },
  rss: { name: 'rss', scope: 'run', percentiles: null, aggregations: { max: mib }, selectors: [] },
  capacity: { name: 'capacity', scope: 'run', percentiles: null, aggregations: { rate }, selectors: [], load: 'requests' },
  cpu: { name: 'cpu', scope: 'stage', percentiles: null, aggregations: { avg: { dimension: 'number', unit: 'cores' } }, selectors: ['stage', 'users', 'rate', 'burst'] },
  answers: {
    name: 'answers',
    scope: 'run',
    percentiles: null,
    aggregations: { flips: count, baselineFlips: count, flipRate: share, maxDelta: count, auc: ratio, f1: ratio, probe_pass_rate: share, oracleFailures: count },
    selectors: [],
    load: 'requests',
  },
  job: { name: 'job', scope: 'stage', percentiles: null, aggregations: { time: ms, cpuTime: ms, lines: count, malformed: count }, selectors: [], load: 'job' },
  metric: { name: 'metric', scope: 'stage', percentiles: null, aggregations: { last: number, first: number, min: number, max: number, count, every: ms }, selectors: ['name'], needs: 'name', load: 'job' },
};

export const gateOperators = ['<', '<=', '>', '>=', '==', '!='] as const;
export type GateOperator = (typeof gateOperators)[number];

/** One gate of the plan: `latency{users:200}: p(95)<800ms`. */
export const gatePlanSchema = z.object({
  /** Stable, without measured values: `latency{users:200} p(95)<800ms`. */
  id: z.string(),
  /** As written. */
  expression: z.string(),
  metric: z.string(),
  selector: z.record(z.string(), z.string()),
  aggregation: aggregationSchema,
  operator: z.enum(gateOperators),
  /** In the unit of the metric (ms, MiB, share, …); null where it rests on a baseline. */
  limit: z.number().nullable(),
  /** The limit is `factor` · baseline + `offset`, in the unit of the metric; absent = it is a number. */
  baseline: z.object({ factor: z.number().positive(), offset: z.number() }).optional(),
  unit: z.string(),
  level: z.enum(['error', 'warn']),
});
export type GatePlan = z.infer<typeof gatePlanSchema>;

/** Whether a gate can be judged beside a baseline alone. */
export function restsOnBaseline({ baseline, aggregation }: Pick<GatePlan, 'baseline' | 'aggregation'>): boolean {
  return baseline !== undefined || (aggregation.kind === 'named' && aggregation.name === 'baselineFlips');
}

/** The unit a gate is shown in: a share in percent. */
export function shownUnit({ metric, aggregation, unit }: Pick<GatePlan, 'metric' | 'aggregation' | 'unit'>): string {
  const asked = aggregation.kind === 'named' ? metrics[metric]?.aggregations[aggregation.name] : metrics[metric]?.percentiles;
  return asked?.dimension === 'share' ? '%' : unit;
}

/** `p(95)`, `rate`: as it is written in a gate. */
export function aggregationName(aggregation: Aggregation): string {
  return aggregation.kind === 'percentile' ? `p(${String(aggregation.p)})` : aggregation.name;
}

/** What a gate asks about, without its stage and its limit: `latency p(95)`, `vram{gpu:0} max`. */
export function figureName({ metric, selector, aggregation }: Pick<GatePlan, 'metric' | 'selector' | 'aggregation'>): string {
  const of = Object.entries(selector).filter(([key]) => key === 'gpu' || key === 'name').map(([key, value]) => `${key}:${value}`);
  return `${metric}${of.length === 0 ? '' : `{${of.join(',')}}`} ${aggregationName(aggregation)}`;
}
