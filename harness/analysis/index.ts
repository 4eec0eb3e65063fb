/** Reads a record and computes everything that is said about it: a pure function, the same in every year. */
import type { Against } from '../model/against.js';
import type { Analysis, SearchAnalysis } from '../model/analysis.js';
import { readHistogram } from '../model/histogram.js';
import type { GatePlan } from '../model/metric.js';
import type { RunRecord } from '../model/record.js';
import type { AnalysedStage } from './analysed-stage.js';
import { analyseAnswers } from './answer-quality/index.js';
import { answerSides } from './baseline/sides.js';
import { poolBaseline, withChanges, type Measure, type PooledRuns } from './baseline/index.js';
import { analyseCalibration } from './calibration.js';
import { analyseCapacity } from './capacity/index.js';
import type { GateFigures } from './compare/paired-change.js';
import { findInsights } from './insight.js';
import { measureGates } from './measure.js';
import { findPeak } from './peak.js';
import { measuredRssPeakMiB } from './measure-run.js';
import { analyseScale } from './scale/index.js';
import { analyseStage } from './stage.js';
import { analyseSearch } from './search/search.js';
import { gpuMemoryOf } from './vram.js';

export { compareArms, confidenceOfLook, findWinner, hasTimeForPair, orderOfPair, pairsAtLooks, roundFigures, scalingOf, summariseArm, type ArmRounds, type RoundFigures } from './compare/index.js';
export { isFlips, pairedChanges, type GateFigures } from './compare/paired-change.js';
export { bears, calibrationError, cpuPerRequestMs, findBearable, tooLateMs } from './calibration.js';
export { foreseeTooFew, type TooFew } from './foreseen.js';
export { analyseHistory } from './history/index.js';
export { judgeProbe } from './search/judge-probe.js';

/** What rests on the stages of a record: they, decoded and analysed, and of them those that gates speak of. */
function stagesOf(record: RunRecord, gpus: Analysis['gpus']): { stages: AnalysedStage[]; measured: AnalysedStage[]; judged: AnalysedStage[]; search: SearchAnalysis | undefined } {
  const stages = record.stages.map((result): AnalysedStage => {
    const latency = readHistogram(result.latency);
    return { result, latency, analysis: analyseStage(record, result, latency, gpus) };
  });
  const measured = stages.filter(({ result }) => result.stage.role === 'measure');
  const search = analyseSearch(record, stages);
  // Probes above the found rate fail because they should: nothing is to be said against the server by them.
  const judged = search === undefined ? measured : measured.filter(({ result }) => search.judged.includes(result.stage.index));
  return { stages, measured, judged, search };
}

/** What a record answers to questions that need not be its plan's. */
const measureRecord: Measure = (record, gates) => {
  const gpus = gpuMemoryOf(record);
  return measureGates(record, stagesOf(record, gpus).judged, gpus, analyseAnswers(record), gates);
};

/** The figures of one run, or of several together, as a baseline keeps them. */
export function baselineOf(records: readonly RunRecord[]): PooledRuns {
  return poolBaseline(records, measureRecord);
}

/** What gates on a baseline ask about, of one run of a comparison. */
export function gateFigures(record: RunRecord, gates: readonly GatePlan[]): GateFigures {
  return { measured: measureRecord(record, gates), names: new Map(record.stages.map(({ stage }) => [stage.index, stage.name])), sides: answerSides(record) };
}

/** Never throws on a record the schema accepts, save where a histogram contradicts its own header (RangeError). `against`: what its gates on a baseline are held against. */
export function analyseRecord(record: RunRecord, against: Against | null = null): Analysis {
  const gpus = gpuMemoryOf(record);
  const { stages, measured, judged, search } = stagesOf(record, gpus);
  // Parts of a mix are no steps of one load.
  const steps = measured.filter(({ result }) => result.stage.mixed !== true);
  const peak = findPeak(steps.map(({ analysis }) => analysis));
  const answers = analyseAnswers(record);
  const gates = withChanges(record, measureGates(record, judged, gpus, answers), against, measureRecord);
  return {
    stages: stages.map(({ analysis }) => analysis),
    ...(search === undefined ? {} : { search }),
    calibration: analyseCalibration(record.calibration),
    gpus,
    serverRssPeakMiB: measuredRssPeakMiB(record, stages),
    peak,
    scale: analyseScale(steps, record.plan.policy.confidence),
    capacity: analyseCapacity({ record, stages: measured.map(({ analysis }) => analysis), search, measured: gates }),
    answers,
    insights: findInsights({ record, stages: judged, peak, answers, search }),
    measured: gates,
  };
}
