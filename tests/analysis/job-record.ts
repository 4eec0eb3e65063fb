/** Synthetic records of jobs: valid by the schema, their truth known. */
import { emptyResult } from '../../harness/load/result.js';
import { createMetricLog } from '../../harness/load/job/metric-log.js';
import type { GatePlan } from '../../harness/model/metric.js';
import type { JobResult } from '../../harness/model/job.js';
import { runRecordSchema, type RunRecord, type StageResult } from '../../harness/model/record.js';
import type { Series } from '../../harness/model/series.js';
import { buildRecord, type GpuShape } from './record-builder.js';

export interface JobShape {
  durationS?: number;
  status?: StageResult['status'];
  why?: string;
  /** JSON lines by second since the job began. */
  lines?: readonly (readonly [second: number, values: Record<string, number | null>])[];
  job?: Partial<JobResult>;
  /** Cores of the job, and what other programs use, of the machine's four. */
  cores?: number;
  otherCores?: number;
  /** Share of the time. */
  steal?: number;
  clockStepMs?: number;
  /** With a server beside it. */
  server?: boolean;
  gpus?: readonly GpuShape[];
  gates?: readonly GatePlan[];
  change?: (record: RunRecord) => Partial<RunRecord>;
}

const startMs = 6000;
const sampleMs = 200;

/** Four epochs of ten seconds, loss falling, AUC rising, 1.5 cores, 700 MiB. */
export const fourEpochs: NonNullable<JobShape['lines']> = [1, 2, 3, 4].map((epoch) => [10 * epoch - 1, { epoch, loss: 0.8 / epoch, auc: 0.9 + 0.02 * epoch, epoch_s: 9.5 + epoch / 10 }] as const);

export function jobRecord({ durationS = 40, status = 'completed', why, lines = fourEpochs, job = {}, cores = 1.5, otherCores = 0.04, steal = 0, clockStepMs = 0, server = false, gpus, gates = [], change }: JobShape = {}): RunRecord {
  const base = buildRecord({ users: [1], gates, ...(gpus === undefined ? {} : { gpus }) });
  const endMs = startMs + durationS * 1000;
  const log = createMetricLog();
  for (const [second, values] of lines) log.add(startMs + second * 1000, Object.entries(values));
  const stage = { index: 0, name: 'job', role: 'measure', arm: '', repeat: 0, warmupS: 0, durationS: 600, minRequests: null, arrival: { kind: 'job', timeoutS: 600 } } as const;
  const result: StageResult = {
    ...emptyResult({ stage, engine: 'command', status, why: why ?? null, spawnedAtMs: startMs, toRunMs: 0, counted: null, dropped: 0, loopLag: null, eventLoopUse: null, clockStepMs, messages: [], exitCode: 0 }, startMs),
    windowToMs: endMs, endedAtMs: endMs,
    job: { durationMs: durationS * 1000, exitCode: 0, signal: null, timedOut: false, cpuS: cores * durationS, lines: { total: lines.length + 3, json: lines.length, malformed: 0, tooLong: 0 }, ...log.finish(), ...job },
  };
  const t = Array.from({ length: Math.floor((endMs + 1000) / sampleMs) }, (_, i) => i * sampleMs);
  const during = (value: (tMs: number) => number): (number | null)[] => t.map((tMs) => (tMs < startMs || tMs > endMs ? null : value(tMs)));
  const column = (source: string, metric: string, unit: string, v: (number | null)[]): Series => ({ source, metric, unit, t, v });
  const series: Series[] = [
    column('job', 'cpuS', 's', during((tMs) => (cores * (tMs - startMs)) / 1000)),
    column('job', 'rssMiB', 'MiB', during((tMs) => 200 + (400 * (tMs - startMs)) / (endMs - startMs))),
    column('job', 'rssPeakMiB', 'MiB', during((tMs) => 200 + (500 * (tMs - startMs)) / (endMs - startMs))),
    column('harness', 'cpuS', 's', t.map((tMs) => (tMs / 1000) * 0.04)), column('harness', 'rssMiB', 'MiB', t.map(() => 90)),
    ...(server ? [column('server', 'cpuS', 's', t.map((tMs) => (tMs / 1000) * 0.2)), column('server', 'rssMiB', 'MiB', t.map(() => 300)), column('server', 'rssPeakMiB', 'MiB', t.map(() => 320))] : []),
    column('machine', 'utilization', 'share', t.map((tMs) => (tMs < startMs || tMs > endMs ? 0.01 : (cores + otherCores + 0.04 + (server ? 0.2 : 0)) / 4))), column('machine', 'steal', 'share', t.map(() => steal)),
    ...base.series.filter(({ source }) => source.startsWith('gpu:')),
  ];
  const record: RunRecord = {
    ...base, id: '20260101T000000Z-job-aaaa', durationS: (endMs + 1000) / 1000, engine: null, dataset: null, stages: [result], series, probe: { status: 'skipped', why: 'a job sends no requests' },
    server: server ? base.server : null,
    events: [...(server ? [{ tMs: 1000, kind: 'boot-start', text: '' }, { tMs: 3000, kind: 'server-ready', text: '' }] : []), { tMs: startMs, kind: 'load-start', text: '' }, { tMs: endMs, kind: 'load-end', text: '' }],
    plan: {
      ...base.plan, name: 'finetune', question: { en: 'How long does it train?', 'zh-CN': '训练要用多久？' }, server: server ? base.plan.server : { kind: 'none' },
      load: { engine: 'auto', timeoutS: 10, onEngineFailure: 'continue', stages: [stage], job: { command: ['python', 'finetune.py', '--data', 'my pairs.csv'], cwd: 'training', env: { WANDB_KEY: '(hidden)' }, timeoutS: 600 } },
    },
  };
  return runRecordSchema.parse({ ...record, ...change?.(record) });
}
