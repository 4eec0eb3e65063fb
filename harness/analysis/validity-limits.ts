/** The thresholds of validity, and how a value is held against them. docs/metrics.md lists them with their reasons. */
import type { Offered, OfflineAnalysis } from '../model/analysis.js';
import type { ValidityCode, ValidityReason } from '../model/validity.js';
import type { Histogram } from '../model/histogram.js';
import type { StageResult } from '../model/record.js';
import type { SteadyFinding } from '../model/steady.js';
import type { MachineUse } from './machine-use.js';
import type { Little } from './little.js';

/** Suspect above the first, invalid above the second number (shares 0..1 unless the name says otherwise). */
export const limits = {
  /** |ratio − 1|; invalid also takes more than `littleGraceMs` a request where time is missing, and 50 turns of a user. */
  little: [0.02, 0.05],
  littleGraceMs: 1,
  /** In flight only: start and end are read by another hand than the latency, a few hundredths of a millisecond apart, on busy cores a tenth. */
  littleFloorMs: 0.2,
  littleTurns: 50,
  /** Rows against the engine's own count, dropped rows, and the server's count against the engine's: any; more than this. */
  counts: 0.001,
  generatorCpu: [0.7, 0.9],
  eventLoop: [0.6, 0.8],
  /** p99 of the generator's lateness against p50 of the latency, with floors: timers of an idle machine are late by a little more than 1 ms. Invalid only where harm cannot be measured. */
  lag: [0.05, 0.2],
  lagFloorMs: [2, 5],
  /** Open load: a late generator sends another arrival process than was asked, whatever the server tells; p99 against p50, with floors. */
  openLag: [0.05, 0.1],
  openLagFloorMs: [2, 10],
  /** Bursts: to send many at once takes its time, in which the burst is drawn out; p99 against p50, with floors. */
  burstLag: [0.1, 0.5],
  burstLagFloorMs: [10, 50],
  /** Open load, share of requests that waited for a worker: any more than this is said. */
  pool: 0.001,
  /** Only suspect, and only where harm cannot be measured. */
  runQueue: 0.2,
  /** Cores above which the engine's own share is judged; its limit is the larger of a share of p95 and a time. */
  engineShareCores: 0.25,
  engineShare: 0.02,
  engineShareMs: 1,
  censored: [0.001, 0.01],
  clockStepMs: [1, 10],
  /** A job's duration is monotonic: only a jump that its own times could show is said. */
  jobClockStepMs: 100,
  /** Of the machine, while a job runs. */
  jobOthers: 0.1,
  jobSteal: 0.05,
  /** Share of the window in which the engine was seen stopped. */
  paused: [0, 0.01],
  /** Only suspect: share of the machine that other programs used, where less than `idle` of it was left. */
  neighbour: 0.1,
  idle: 0.1,
  /** Share of the machine's time that the hypervisor gave to others. */
  steal: [0.01, 0.2],
  /**
   * Time that a CPU quota held the run's programs back, cores added up, as a share of the window. Whoever has used a quota up stands still to the end of its
   * period, a tenth of a second by default: above 1 % of the time p99 is made of such stops, above 5 % p95.
   */
  throttled: [0.01, 0.05],
  /** Parts of a mix: share of a part's window in which not all of them were driven; more is another load than was asked. */
  apart: [0.05, 0.5],
  /** Only suspect: requests given up at the time-out, which percentiles of answers leave out. */
  timedOut: 0.001,
  /** Only suspect: share of the window without a sample of a GPU. */
  gpuGap: 0.05,
} as const;

/** What the checks look at. */
export interface ValidityInput {
  stage: StageResult;
  latency: Histogram;
  little: Little;
  /** Open load: what was asked and met. */
  offered: Offered | null;
  /** Of an offline load; null of any other. */
  offline: OfflineAnalysis | null;
  /** Whether the window was steady. */
  steady: SteadyFinding;
  /** Mean cores of the engine in the window; null where unknown. */
  engineCores: number | null;
  /** The same of all parts of a mix, whose engines work at the same time; of a stage alone its own. */
  allEngines: number | null;
  /** What was driven at the same time, the stage itself among it; and the window that all had in common. */
  parts: readonly StageResult[];
  window: { fromMs: number; toMs: number };
  /** Wait of the engine's threads for a core, share of one core; null where unknown. */
  runQueueWait: number | null;
  machineCores: number;
  /** What the machine did in the window; null where it could not be read. */
  machine: MachineUse | null;
  /** Time that a CPU quota held the run's programs back, cores added up, as a share of the window; null where no quota can be read. */
  throttled: number | null;
  /** The rate up to which the engine was calibrated on this machine; null where nothing says that it bears no more. */
  calibratedRps: number | null;
  /** Share of the window in which a GPU was not sampled; null where there is none. */
  gpuGap: number | null;
  outside: { p50: number; p95: number } | null;
  /** The highest percentile that a gate asks of this stage, 0..1; 0.99 where none does. */
  highestPercentile: number;
  confidence: number;
}

/** A reason in its plain form. */
export function reason(
  code: ValidityCode, level: ValidityReason['level'], value: number | null, limit: number | null, params: ValidityReason['params'] = {},
): ValidityReason {
  return { code, level, value, limit, params };
}

/** Nothing at or below the first limit, suspect above it, invalid above the second. */
export function graded(
  code: ValidityCode, value: number | null, [suspect, invalid]: readonly [number, number], params: ValidityReason['params'] = {},
): ValidityReason[] {
  if (value === null || value <= suspect) return [];
  return value > invalid ? [reason(code, 'invalid', value, invalid, params)] : [reason(code, 'suspect', value, suspect, params)];
}
