/** Release gates on a virtual clock: the runs of simulate.ts, judged by the gates of the preset `release` as release-gate judges real ones. */
import { confidenceOfLook, gateFigures, pairedChanges, type GateFigures } from '../../../harness/analysis/index.js';
import { isSettled, judgePaired, presetGates } from '../../../harness/gate/index.js';
import type { Context } from '../../../harness/host/index.js';
import type { GoldenAnswer } from '../../../harness/model/golden.js';
import type { PairedCheck } from '../../../harness/model/comparison.js';
import { restsOnBaseline } from '../../../harness/model/metric.js';
import { createRandom } from '../../../harness/model/random.js';
import type { RunRecord } from '../../../harness/model/record.js';
import { design, simulatePairs, type Noise } from './simulate.js';

/** What is planted in the candidate. */
export interface Planted {
  /** Longer service times, as a share. */
  slowdown: number;
  /** Golden answers that lie on the other side of the threshold. */
  flips: number;
}

export type ReleaseVerdict = 'pass' | 'fail' | 'inconclusive';

const asked = 600;

/** One release gate: pairs are made until every gate is decided, one failed, or the budget is spent. */
export async function simulateRelease({ slowdown, flips }: Planted, noise: Noise, seed: number, ctx: Context): Promise<{ verdict: ReleaseVerdict; pairs: number; failed: string[] }> {
  const gates = presetGates('release', {}).filter(restsOnBaseline);
  const figures: [GateFigures[], GateFigures[]] = [[], []];
  let checks: PairedCheck[] = [];
  const pairs = await simulatePairs(slowdown, noise, seed, ctx, (arms) => {
    for (const side of [0, 1] as const) figures[side].push(...arms[side].slice(figures[side].length).map((record) => gateFigures(answering(record, side === 1 ? flips : 0), gates)));
    checks = pairedChanges(gates, figures[0], figures[1], confidenceOfLook(design, 2)).map((change) => judgePaired(change, 'candidate', true));
    return isSettled(checks);
  });
  const statuses = checks.map(({ status }) => status);
  const verdict = statuses.includes('fail') ? 'fail' : statuses.includes('inconclusive') ? 'inconclusive' : 'pass';
  return { verdict, pairs, failed: checks.filter(({ status }) => status === 'fail').map(({ id }) => id) };
}

/** The record with golden answers, the first `flips` of them on the other side. */
function answering(record: RunRecord, flips: number): RunRecord {
  if (record.probe?.status !== 'done') throw new RangeError('a synthetic record has answers');
  const dice = createRandom(1);
  const golden = Array.from({ length: asked }, (_, index): GoldenAnswer => {
    const same = index % 2 === 0;
    const score = (same ? 0.75 : 0) + dice.next() * 0.2;
    return { index, class: same ? 'high' : 'low', operators: [], lengths: [10, 10], expected: [same ? 'exact' : 'not'], score: index < flips ? 0.95 - score : score };
  });
  return { ...record, plan: { ...record.plan, request: { ...record.plan.request, threshold: 0.5, thresholdFrom: 'scenario' } }, probe: { ...record.probe, golden, meaningful: true } };
}
