import type { SearchProbe } from './search.js';
import type { Stage } from './stage.js';

/** The words of the sentence, in order. */
export const phases = ['plan', 'prepare', 'dataset', 'boot', 'probe', 'load', 'job', 'conformance', 'analyse', 'report'] as const;
export type Phase = (typeof phases)[number];

/** What goes on, for the progress display. Times are ms since the run started. */
export type RunEvent =
  | { kind: 'phase'; phase: Phase; detail?: string }
  | { kind: 'note'; level: 'info' | 'warn'; code: string; text: string }
  | { kind: 'progress'; phase: Phase; what: string; done: number; total: number | null }
  /** `stages`: how many there will be; null where a search decides. */
  | { kind: 'stage-start'; stage: Stage; stages: number | null }
  | { kind: 'tick'; stage: Stage; elapsedS: number; completed: number; failed: number; rps: number; p95Ms: number | null; vramMiB: number | null }
  /** A job goes on: `latest` are the figures of its last line. */
  | { kind: 'job-tick'; stage: Stage; elapsedS: number; lines: number; latest: readonly (readonly [string, number | null])[]; vramMiB: number | null }
  /** `probe`: what a search heard from the stage. */
  | { kind: 'stage-end'; stage: Stage; status: string; probe?: SearchProbe };
