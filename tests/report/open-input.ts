import { analyseRecord } from '../../harness/analysis/index.js';
import { judge } from '../../harness/gate/index.js';
import type { ReportInput } from '../../harness/report/report-input.js';
import { burstStage, openStage, type OpenShape } from '../analysis/open-stage.js';
import { buildRecord, percentileGate, type StageShape } from '../analysis/record-builder.js';

/** Two rates that are kept up with and one that is not, unless the test says otherwise; p95 of 800 ms is asked of each. */
export function openInput(shapes: readonly OpenShape[] = [{ rateRps: 50 }, { rateRps: 100, latencyMs: 40 }, { rateRps: 200, endedRps: 150, latencyMs: 900, waited: 90 }]): ReportInput {
  return inputOf(shapes.map(openStage));
}

/** Bursts of 100 and of 500, the second with a generator that needs a while to send them. */
export function burstInput(): ReportInput {
  return inputOf([burstStage({ requests: 100, longestMs: 300 }), burstStage({ requests: 500, longestMs: 1500, lagP99Ms: 120 })]);
}

function inputOf(stages: readonly StageShape[]): ReportInput {
  const record = buildRecord({ stages, gates: [percentileGate('latency', 95, '<', 800)] });
  const analysis = analyseRecord(record);
  return { record, analysis, verdict: judge({ record, analysis }) };
}
