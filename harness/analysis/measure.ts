/**
 * What each gate asks about, measured: one entry for each gate and each stage it selects, or for the whole run.
 *
 * Percentiles of latency count failed, timed-out and censored requests as +∞, with order-statistic intervals over all of them;
 * `med` is p50 and `max` is p100 by the same rule, `avg` and `min` are of successful answers. rps has its interval from one-second
 * blocks (throughput.ts), errors by Wilson. What is counted or read (memory, CPU, flips, oracles) is its own interval.
 * Recovery (recovery.ts) is judged on spikes alone, in ms; drift and leak (drift.ts) on soaks alone: as a share of the median in the window, and in MiB/h.
 * A selector `users:200`, `rate:50`, `burst:500`, `stage:NAME` or `stage:INDEX` picks measured stages; one that picks none gives `no-stage`.
 * Few data do not silence a percentile: `needed` says how many there should be, and its lower bound may already decide.
 */
import type { Analysis, Measured } from '../model/analysis.js';
import type { AnswerAnalysis } from '../model/answer-quality.js';
import { picksStage } from '../model/gate-stage.js';
import type { GatePlan } from '../model/metric.js';
import { metrics } from '../model/metric.js';
import type { RunRecord } from '../model/record.js';
import type { AnalysedStage } from './analysed-stage.js';
import { measureRun } from './measure-run.js';
import { measureStage, type Reading } from './measure-stage.js';

/** In the order of the gates (the plan's own unless others are given), stages in the order they ran. */
export function measureGates(record: RunRecord, stages: readonly AnalysedStage[], gpus: Analysis['gpus'], answers: AnswerAnalysis, gates: readonly GatePlan[] = record.plan.gates): Measured[] {
  const measured = stages.filter(({ result }) => result.stage.role === 'measure');
  const { confidence } = record.plan.policy;
  return gates.flatMap((gate): Measured[] => {
    if (metrics[gate.metric]?.scope === 'run') return [entry(gate, null, measureRun({ record, stages: measured, gpus, answers }, gate))];
    const selected = measured.filter(({ result }) => picksStage(gate, result.stage));
    if (selected.length === 0) return [entry(gate, null, { value: { kind: 'absent', why: 'no-stage' } })];
    return selected.map((stage) => entry(gate, stage, measureStage(stage, gate, confidence)));
  });
}

function entry(gate: GatePlan, stage: AnalysedStage | null, reading: Reading): Measured {
  return {
    gate: gate.id,
    stage: stage ? stage.result.stage.index : null,
    valid: reading.valid ?? (stage === null || stage.analysis.validity.status !== 'invalid'),
    value: reading.value,
    infinite: reading.infinite ?? false,
    ...(reading.needed === undefined ? {} : { needed: reading.needed }),
    ...(reading.unseen === undefined ? {} : { unseen: reading.unseen }),
  };
}
