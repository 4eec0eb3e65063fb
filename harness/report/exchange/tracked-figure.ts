/**
 * The figures of a run that are worth following from run to run, in one form for every program that follows them.
 *
 * Only of valid measured stages: a tracker keeps a number for ever and knows nothing of why it was wrong. Of a search the found rate
 * alone, for its probes ask other rates each time.
 */
import type { Estimate, Finding, StageAnalysis } from '../../model/analysis.js';
import { jobOf } from '../job-figure.js';
import type { ReportInput } from '../report-input.js';
import { allPairs } from '../stage-figure.js';

/** Which way is better; null where only the user knows (a figure that a job prints). */
export type Better = 'more' | 'less' | null;

export interface TrackedFigure {
  /** Kebab-case: throughput, latency-p95, … */
  measure: string;
  /** Name of the arm of a comparison; null for a run by itself. */
  arm: string | null;
  /** Name of the stage as planned; null for the whole run. */
  stage: string | null;
  /** `gpu`: index of the device; `figure`: name of what a job printed. */
  label: { name: 'gpu' | 'figure'; value: string } | null;
  value: number;
  /** Ends of its interval; null where there is none, or where the data cannot bound that side. */
  low: number | null;
  high: number | null;
  unit: 'req/s' | 'pairs/s' | 'ms' | 's' | 'share' | 'cores' | 'MiB' | '';
  better: Better;
  /** Answers (of an arm: runs) it rests on; null where it rests on none. */
  n: number | null;
}

const percentiles = ['p50', 'p90', 'p95', 'p99', 'p999'] as const;

type Named = Omit<TrackedFigure, 'arm' | 'value' | 'label' | 'low' | 'high' | 'n'>;

function measured(figure: Named, value: number | null, more: Partial<TrackedFigure> = {}): TrackedFigure[] {
  return value === null || !Number.isFinite(value) ? [] : [{ arm: null, label: null, low: null, high: null, n: null, ...figure, ...more, value }];
}

function estimated(figure: Named, finding: Finding<Estimate>, scale = 1): TrackedFigure[] {
  if (finding.kind === 'absent') return [];
  const { value, low, high, n } = finding.value;
  const end = (side: number | null): number | null => (side === null || !Number.isFinite(side) ? null : side * scale);
  return measured(figure, value * scale, { low: end(low), high: end(high), n });
}

function memoryFigures(stage: StageAnalysis, name: string, input: ReportInput): TrackedFigure[] {
  const gpus = input.record.gpu?.status === 'present' ? input.record.gpu.gpus : [];
  return [
    ...measured({ measure: 'server-memory', stage: name, unit: 'MiB', better: 'less' }, stage.rssPeakMiB.server),
    ...gpus.flatMap(({ uuid, index }) => measured({ measure: 'gpu-memory', stage: name, unit: 'MiB', better: 'less' }, stage.gpus.find((gpu) => gpu.uuid === uuid)?.peakMiB ?? null, { label: { name: 'gpu', value: String(index) } })),
  ];
}

function stageFigures(input: ReportInput): TrackedFigure[] {
  const { record, analysis } = input;
  if (record.search !== undefined) return [];
  return allPairs(record, analysis).filter(({ result, stage }) => result.stage.role === 'measure' && result.job === undefined && stage.validity.status !== 'invalid').flatMap(({ stage }) => {
    const { name, latencyMs } = stage;
    return [
      ...measured({ measure: 'throughput', stage: name, unit: 'req/s', better: 'more' }, stage.achievedRps, { n: latencyMs.n }),
      ...percentiles.flatMap((p) => estimated({ measure: `latency-${p}`, stage: name, unit: 'ms', better: 'less' }, latencyMs[p])),
      ...estimated({ measure: 'errors', stage: name, unit: 'share', better: 'less' }, stage.errorRate),
      ...measured({ measure: 'server-cpu', stage: name, unit: 'cores', better: 'less' }, stage.cpu.server),
      ...memoryFigures(stage, name, input),
    ];
  });
}

function jobFigures(input: ReportInput): TrackedFigure[] {
  const pair = jobOf(input);
  if (pair === null || pair.pair.stage.validity.status === 'invalid') return [];
  const { job } = pair;
  return [
    ...measured({ measure: 'job-time', stage: null, unit: 's', better: 'less' }, job.durationS),
    ...measured({ measure: 'job-cpu-time', stage: null, unit: 's', better: 'less' }, job.cpuS),
    ...measured({ measure: 'job-memory', stage: null, unit: 'MiB', better: 'less' }, job.rssPeakMiB),
    ...job.metrics.flatMap(({ name, n, last }) => measured({ measure: 'job-figure', stage: null, unit: '', better: null }, last, { label: { name: 'figure', value: name }, n })),
  ];
}

function searchFigures({ analysis }: ReportInput): TrackedFigure[] {
  const end = analysis.search?.end;
  return end?.kind === 'found' ? measured({ measure: 'capacity', stage: null, unit: 'req/s', better: 'more' }, end.lowRps, { low: end.lowRps, high: end.highRps }) : [];
}

/** In the order of the stages; empty where nothing valid was measured. */
export function trackedFigures(input: ReportInput): TrackedFigure[] {
  return [...searchFigures(input), ...stageFigures(input), ...jobFigures(input)];
}

/** What a figure is of, from outside to inside, without its scenario. */
export function placesOf({ arm, stage }: Pick<TrackedFigure, 'arm' | 'stage'>): string[] {
  return [arm, stage].filter((name) => name !== null);
}
