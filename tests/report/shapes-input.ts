import { analyseRecord } from '../../harness/analysis/index.js';
import { judge } from '../../harness/gate/index.js';
import type { ReportInput } from '../../harness/report/report-input.js';
import { buildRecord, namedGate, percentileGate, type RecordShape } from '../analysis/record-builder.js';
import { soakStage, spikeStage } from '../analysis/shape-stage.js';

function inputOf(shape: RecordShape): ReportInput {
  const record = buildRecord(shape);
  const analysis = analyseRecord(record);
  return { record, analysis, verdict: judge({ record, analysis }) };
}

/** A spike that is over for good `backS` after it; failures make two of its windows infinite. */
export function spikeInput(backS = 6): ReportInput {
  return inputOf({
    stages: [spikeStage({ quantileMs: (afterS) => (afterS === -2 || afterS === -1 ? null : afterS >= -4 && afterS < backS ? 2000 - 50 * Math.max(0, afterS) : 40 + (afterS % 3)) })],
    gates: [namedGate('recovery', 'time', '<', 10_000, { unit: 'ms' })],
  });
}

/** Two hours in which latency stays and memory leaks 40 MiB an hour; one GPU. */
export function soakInput(): ReportInput {
  const t = Array.from({ length: 3700 }, (_, i) => i * 2000);
  return inputOf({
    stages: [soakStage({ durationS: 7200, p50Ms: (second) => 20 + ((second * 7919) % 101) / 50 })],
    gpus: [{ uuid: 'GPU-a', baselineMiB: 500, loadedMiB: 4000, peakMiB: 4010 }],
    gates: [percentileGate('latency', 95, '<', 800)],
    change: ({ series }) => ({ series: series.map((one) => (one.source === 'server' && one.metric === 'rssMiB' ? { ...one, t, v: t.map((ms, i) => 300 + (i % 5) / 5 + (40 * ms) / 3_600_000) } : one)) }),
  });
}
