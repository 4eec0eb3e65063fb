/** Many saved runs, as one history: what is read of each, and what is said of all. */
import type { Finding } from './estimate.js';

/** Figures that are followed from run to run, with the unit of `value` and which way is better. */
export const historyMetrics = {
  throughput: { unit: 'req/s', better: 'more' },
  capacity: { unit: 'req/s', better: 'more' },
  p50: { unit: 'ms', better: 'less' },
  p95: { unit: 'ms', better: 'less' },
  p99: { unit: 'ms', better: 'less' },
  errors: { unit: 'share', better: 'less' },
  rss: { unit: 'MiB', better: 'less' },
  vram: { unit: 'MiB', better: 'less' },
  time: { unit: 's', better: 'less' },
} as const satisfies Readonly<Record<string, { unit: string; better: 'more' | 'less' }>>;
export type HistoryMetric = keyof typeof historyMetrics;

export interface HistoryFigure {
  /** Name of the stage; null for the whole run. */
  stage: string | null;
  metric: HistoryMetric;
  /** Index of the GPU of a `vram`; null elsewhere. */
  gpu: number | null;
  value: number;
}

/** One run, as far as a history needs it. */
export interface HistoryRun {
  /** The result.json it was read from. */
  path: string;
  id: string;
  scenario: string;
  /** ISO 8601, UTC. */
  startedAt: string;
  /** What must be the same for two runs to be of one series: machine with GPUs and driver, and load engine with version ('' where there is none). */
  machine: string;
  engine: string;
  verdict: string;
  planHash: string;
  /** Model and the first digits of its hash; '' where the server does not say. */
  model: string;
  /** Of valid stages. */
  figures: HistoryFigure[];
  /** Stages that were invalid: their figures are left out. */
  invalidStages: number;
}

/** A file that is no run of this history, and why. */
export interface SkippedFile {
  path: string;
  /** set-aside: its record says that it counts in no history. */
  why: 'not-json' | 'other-schema' | 'broken' | 'no-result' | 'twice' | 'set-aside';
}

/** What a folder held, each in order of its paths. */
export interface FoundHistory {
  runs: HistoryRun[];
  skipped: SkippedFile[];
}

/** From this run on the figure is another one. */
export interface ChangePoint {
  /** Place in the series of the first run of what came after. */
  at: number;
  run: string;
  startedAt: string;
  /** Medians of the segments on either side. */
  before: number;
  after: number;
  /** after / before; null where before is 0 and for shares, where the difference counts. */
  ratio: number | null;
  /** Of the permutation test. */
  p: number;
  word: 'better' | 'worse';
  /** What differs between the run and the one before it: `model`, `plan`. */
  with: ('model' | 'plan')[];
}

/** One figure of one stage of one scenario on one machine with one engine, in order of time. */
export interface HistorySeries {
  scenario: string;
  stage: string | null;
  metric: HistoryMetric;
  gpu: number | null;
  /** Indexes into `machines` and `engines`. */
  machine: number;
  engine: number;
  /** Indexes into `runs`, and what each of them measured. */
  runs: number[];
  values: number[];
  changes: Finding<ChangePoint[]>;
}

/** A run on another machine, or with another engine, than the run of its scenario before it; one entry for each. */
export interface HistoryBreak {
  scenario: string;
  /** Index into `runs`. */
  run: number;
  what: 'machine' | 'engine';
  /** Indexes into `machines`, or into `engines`. */
  from: number;
  to: number;
}

export interface History {
  schema: 'mgeo-bench/history/2';
  /** In order of time. */
  runs: (Omit<HistoryRun, 'figures' | 'machine' | 'engine'> & { machine: number; engine: number })[];
  machines: string[];
  engines: string[];
  series: HistorySeries[];
  breaks: HistoryBreak[];
  skipped: SkippedFile[];
}

/** Fewest runs of one series in which change points are looked for, and fewest runs of a level between two. */
export const leastHistoryRuns = 12;
export const leastHistoryLevel = 5;

/** Smallest change that is told: 2 % of a figure, 0.1 percentage points of a share. */
export const leastHistoryRatio = 0.02;
export const leastHistoryShare = 0.001;
