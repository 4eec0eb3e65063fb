import type { SearchProbe } from './search.js';
import type { Stage } from './stage.js';

/** The words of the sentence, in order. */
export const phases = ['prepare', 'dataset', 'boot', 'probe', 'load', 'job', 'conformance', 'report'] as const;
export type Phase = (typeof phases)[number];

/** What a process tree takes now: cores over the last half second (null until two samples are there), resident memory. */
export interface ProcessUse {
  cpuCores: number | null;
  rssMiB: number;
}

/** `utilization`: a share. */
export interface GpuUse {
  index: number;
  memoryMiB: number | null;
  utilization: number | null;
}

/** What telemetry knows at the moment of a tick. */
export interface Gauges {
  /** Memory in use on all GPUs; null where it is not known. */
  vramMiB: number | null;
  /** Why not: a code of the record's `gpu`, or `pending` where no sample has come yet; absent where there is a figure. */
  vramAbsent?: string;
  /** Each GPU as last sampled, by nvidia-smi's number; a figure is null where it is not known. Absent without a GPU. */
  gpus?: readonly GpuUse[];
  /** By the server's own /metrics, as last read: entries that wait, and entries a batch since the reading before. Absent where it does not tell. */
  queue?: number;
  batch?: number;
  /** By source: server, engine, job, harness. */
  processes?: Readonly<Record<string, ProcessUse>>;
}

/** Answers of the last half second, from counts in buckets of 0.05 %; null where none ended in it. */
export interface RecentLatency {
  p50Ms: number | null;
  p95Ms: number | null;
  p99Ms: number | null;
}

/** What goes on, for whoever shows it. docs/terminal.md documents these shapes: `--progress json` prints them. */
export type RunEvent =
  | { kind: 'phase'; phase: Phase; detail?: string }
  | { kind: 'note'; level: 'info' | 'warn'; code: string; text: string }
  | { kind: 'progress'; phase: Phase; what: string; done: number; total: number | null }
  /** `stages`: how many there will be; null where a search decides. */
  | { kind: 'stage-start'; stage: Stage; stages: number | null }
  /** Twice a second while load runs. `elapsedS` counts from the end of the warm-up; `completed`, `failed`, `p95Ms` are of the window so far, `rps` and `recent` of the last half second. */
  | ({ kind: 'tick'; stage: Stage; elapsedS: number; completed: number; failed: number; rps: number; p95Ms: number | null; recent?: RecentLatency } & Gauges)
  /** A job goes on: `latest` are the figures of its last line. */
  | ({ kind: 'job-tick'; stage: Stage; elapsedS: number; lines: number; latest: readonly (readonly [string, number | null])[] } & Gauges)
  /** `probe`: what a search heard from the stage. */
  | { kind: 'stage-end'; stage: Stage; status: string; probe?: SearchProbe };
