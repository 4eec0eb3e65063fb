import type { StageAnalysis } from '../model/analysis.js';
import type { Histogram } from '../model/histogram.js';
import type { StageResult } from '../model/record.js';

/** A stage three times over: as recorded, its latencies decoded, and analysed. */
export interface AnalysedStage {
  result: StageResult;
  latency: Histogram;
  analysis: StageAnalysis;
}
