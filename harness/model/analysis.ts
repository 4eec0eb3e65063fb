/** What a record says, computed: plain data, no text. Everything can be computed again from the record alone. */

import type { Change } from './baseline.js';
import type { AnswerAnalysis } from './answer-quality.js';
import type { CalibrationAnalysis } from './calibration.js';
import type { Capacity } from './capacity.js';
import type { Estimate, Finding } from './estimate.js';
import type { Insight } from './insight.js';
import type { JobMetric } from './job.js';
import type { SearchEnd } from './search.js';
import type { Outage } from './outage.js';
import type { Drift, Recovery } from './shape-analysis.js';
import type { ScaleAnalysis } from './scale.js';
import type { LoadLevel } from './stage.js';
import type { SteadyFinding } from './steady.js';
import type { ValidityReason } from './validity.js';

export type { Estimate, Finding } from './estimate.js';

export type Percentiles = Record<'p50' | 'p90' | 'p95' | 'p99' | 'p999', Finding<Estimate>>;

/** An open load, offered and met: harness/analysis/backlog.ts. */
export interface Offered {
  /** Requests a second that the plan asks for, and that the schedule held in the window. */
  askedRps: number;
  scheduledRps: number;
  /** Requests that ended in the window a second, failures included, whenever they were due. */
  endedRps: number;
  /** Requests due and not ended when the window opened, and when it closed. */
  openAtStart: number;
  openAtEnd: number;
  /** True when arrivals exceeded service: the backlog grew through the whole window. */
  unstable: boolean;
}

/** What visitors would have waited who come by the clock, whatever closed users do: harness/analysis/visitors.ts. */
export interface VisitorWaits {
  /** Visitors, one every `everyMs`. */
  n: number;
  everyMs: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  maxMs: number;
}

/** A command, measured: harness/analysis/job.ts. */
export interface JobAnalysis {
  durationS: number;
  /** CPU time of its whole process tree, s, and that over the duration; null where the system does not tell. */
  cpuS: number | null;
  cores: number | null;
  rssPeakMiB: number | null;
  /** Share of the machine's cores that other programs used, and share of the time that the hypervisor gave away; null where unknown. */
  others: number | null;
  steal: number | null;
  /** In the order in which they were first printed; `everyMs`: mean time between two lines with this figure. */
  metrics: (JobMetric & { everyMs: number | null })[];
}

/** A lot of pairs, each sent once: harness/analysis/offline.ts. */
export interface OfflineAnalysis {
  pairs: number;
  /** By how their requests ended, in time; `missing`: they did not. `late` among the missing: ended behind the time. */
  answered: number;
  refused: number;
  failed: number;
  missing: number;
  late: number;
  /** Until the last request had ended, s; null where not all did in time. */
  timeS: number | null;
  /** True where the time was over before all pairs had their answer; false too where the load was cut short. */
  ranOut: boolean;
  limitS: number;
  pairsPerS: number;
}

export interface StageAnalysis {
  index: number;
  name: string;
  /** Users, requests a second that were asked, … */
  level: LoadLevel;
  /** Open load: what was asked of the server, and what it kept up with; null for closed load. */
  offered: Offered | null;
  /** Successful answers a second in the window. */
  achievedRps: number;
  latencyMs: { n: number; mean: number | null; max: number | null; min: number | null } & Percentiles;
  /** Closed load: the same seen by visitors who come by the clock. */
  visitors: Finding<VisitorWaits>;
  errorRate: Finding<Estimate>;
  serverTimingMs: Record<string, { p50: number; p95: number; mean: number }>;
  /** Client latency minus the server's own time (its `total` phase, else the sum of its phases) at p50 and p95, ms: network, HTTP and the engine's share. */
  outsideServerMs: { p50: number; p95: number } | null;
  /** Cores in use during the window; null where it could not be read. */
  cpu: { server: number | null; engine: number | null; harness: number | null };
  /** Time the engine's threads waited for a core, added up, share of the window (several threads: also above 1); null where unknown. */
  engineWait: number | null;
  rssPeakMiB: { server: number | null; engine: number | null; harness: number | null };
  /** By GPU, never averaged together: mean utilization in the window as a share 0..1, highest memory sample from spawn to end, and that above the run's baseline. */
  gpus: { uuid: string; utilization: number | null; peakMiB: number | null; deltaMiB: number | null }[];
  /** X·R / in flight, and X·(R+Z) / users: 1 when nothing is lost or made up. */
  little: { inFlight: number | null; users: number | null };
  /** Whether the window was steady, from when on, and how many independent seconds it holds. */
  steady: SteadyFinding;
  answers: { checked: number; flips: number; moved: number; maxDelta: number | null };
  /** Of a spike; null for any other stage. */
  recovery: Finding<Recovery> | null;
  /** Of a drill; absent of any other stage. */
  outage?: Finding<Outage>;
  /** Of a soak, one row a quantity; empty for any other stage. */
  drift: Drift[];
  /** Of an offline load; absent of any other stage. */
  offline?: OfflineAnalysis;
  /** Of a job; absent of any other stage. */
  job?: JobAnalysis;
  validity: { status: 'valid' | 'suspect' | 'invalid'; reasons: ValidityReason[] };
}

export interface GpuMemory {
  uuid: string;
  index: number;
  name: string;
  totalMiB: number | null;
  baselineMiB: number | null;
  loadedMiB: number | null;
  /** A lower bound of the device's true peak: the highest sample. */
  peakMiB: number | null;
  deltaMiB: number | null;
  scope: 'device' | 'mig';
  samples: number;
}

/** What a gate asks about, measured: one entry a gate and judged stage. */
export interface Measured {
  gate: string;
  stage: number | null;
  /** False when the stage's measurement is invalid. */
  valid: boolean;
  value: Finding<Estimate>;
  /**
   * True when the value is beyond every bound: more failures than the percentile allows. Where `value` is found nonetheless, its
   * `value` is only a lower bound (the largest finite latency), its `low` still holds and its `high` is null.
   */
  infinite: boolean;
  /** Present where the data are too few for a finite interval: how many requests in all that takes. `low` may still decide. */
  needed?: number;
  /** Of a GPU's memory: stages without a single sample of a GPU that is asked about. Its peak may lie there, so `high` is null. */
  unseen?: number;
  /** Of a gate on a baseline: how much the value differs from it. */
  change?: Finding<Change>;
}

/** A search, as it ended, and what rests on it. */
export interface SearchAnalysis {
  /** Null where the run ended before the search did. */
  end: SearchEnd | null;
  /** Indexes of the stages that gates and findings speak of: those that passed at the found rate, or those of the lowest rate where none passed. */
  judged: number[];
  /** The fall from well within a limit to far beyond it, within the resolution: latencies at both rates, ms; null = beyond every bound. */
  cliff: { gate: string; limitMs: number; lowMs: number; highMs: number | null } | null;
  /** Requests sent by all probes, and the time they took, s. */
  sent: number;
  tookS: number;
}

export interface Analysis {
  stages: StageAnalysis[];
  /** Absent where nothing was searched. */
  search?: SearchAnalysis;
  /** What rate engine and machine bear; null where they were not calibrated. */
  calibration?: CalibrationAnalysis | null;
  gpus: Finding<GpuMemory[]>;
  /** Peak of the resident memory of what is measured, MiB: of the server, or of a job (sum of the processes' own peaks). */
  serverRssPeakMiB: number | null;
  /** Index of the stage with the highest throughput, and whether a later stage was slower: the knee was passed. */
  peak: Finding<{ stage: number; passed: boolean }>;
  /** Throughput over load as a curve, with its knee. */
  scale: Finding<ScaleAnalysis>;
  /** The highest open rate that met the gates, and the replicas that targets take. */
  capacity: Finding<Capacity>;
  /** How good the answers before the load were, and how abnormal requests were met. */
  answers: AnswerAnalysis;
  insights: Insight[];
  measured: Measured[];
}
