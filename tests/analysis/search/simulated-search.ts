import assert from 'node:assert/strict';
import { analyseRecord, judgeProbe } from '../../../harness/analysis/index.js';
import { createSimulated, type SimulatedServer } from '../../../harness/load/simulated.js';
import type { Analysis } from '../../../harness/model/analysis.js';
import type { GatePlan } from '../../../harness/model/metric.js';
import type { RunRecord } from '../../../harness/model/record.js';
import { nextStage } from '../../../harness/model/next-stage.js';
import type { SearchPlan } from '../../../harness/model/search.js';
import { requestsForGates, steeringGates } from '../../../harness/model/steering.js';
import { testContext } from '../../host/context.js';
import { expectAnswers, requestPlan } from '../../load/stage-setup.js';
import { buildRecord } from '../record-builder.js';
import { searchPlanOf } from '../search-record.js';

/** A whole search against the simulated queue, driven as pipeline.ts drives it, on a virtual clock. */
export async function simulateSearch(server: Partial<SimulatedServer>, gates: readonly GatePlan[], plan: Partial<SearchPlan>, seed = 1): Promise<{ record: RunRecord; analysis: Analysis }> {
  const search = searchPlanOf({ requests: requestsForGates(steeringGates(gates)), ...plan });
  const record = buildRecord({ users: [], gates, change: (made) => ({ plan: { ...made.plan, load: { ...made.plan.load, stages: [], search } }, stages: [], series: [], search: { probes: [], end: null } }) });
  const engine = createSimulated({ kind: 'simulated', parallel: 1, serviceMs: 10, sigma: 0, kappa: 0, exponential: false, errorShare: 0, ...server }, 'asked');
  for (;;) {
    const { stage, search: log } = nextStage(record);
    assert.ok(log);
    record.search = log;
    if (stage === null) return { record, analysis: analyseRecord(record) };
    const result = await engine.drive({
      stage, target: { url: '', request: requestPlan, timeoutS: 10 }, bodies: { file: '', count: 100, expectations: expectAnswers(100) },
      golden: new Map(), tolerance: 1e-6, seed, logFile: '', onSpawn: () => assert.fail('there is no process'), serverGone: new AbortController().signal,
    }, testContext());
    const probe = judgeProbe(record, result);
    record.stages.push(result);
    log.probes.push(probe);
  }
}

/** Requests and seconds of a ladder of fixed rates from the same lowest one, each step the same resolution above the last and as long as a probe, up to the first that lies above the truth. */
export function ladder({ fromRps, resolution, durationS, warmupS, requests }: SearchPlan, truthRps: number): { rungs: number; requests: number; loadS: number } {
  const total = { rungs: 0, requests: 0, loadS: 0 };
  for (let rate = fromRps; ; rate *= 1 + resolution) {
    const seconds = warmupS + Math.max(durationS, requests / rate);
    total.rungs += 1;
    total.requests += rate * seconds;
    total.loadS += seconds;
    if (rate > truthRps) return total;
  }
}
