/**
 * Gates on a virtual clock: whole runs of the simulated engine, compared as `mgeo-bench run --aa` compares real ones, on a machine with the noise of
 * a real one. A run's service time is
 *
 *   s = s₀ · e^(d + ε),   ε ~ N(0, runNoise²) anew for each run,   d an AR(1) over the runs in the order they are made:
 *   d(k) = ρ·d(k−1) + √(1 − ρ²)·N(0, drift²)
 *
 * and within a run every service time is exponential. So runs next to each other are alike, as on a machine that warms up or has neighbours.
 */
import { analyseRecord, compareArms, confidenceOfLook, orderOfPair, pairsAtLooks, roundFigures, type RoundFigures } from '../../../harness/analysis/index.js';
import type { Context } from '../../../harness/host/index.js';
import { createSimulated } from '../../../harness/load/simulated.js';
import type { ComparedMetric, ComparisonWord } from '../../../harness/model/comparison.js';
import type { RunRecord } from '../../../harness/model/record.js';
import { createRandom, mixSeed, type Random } from '../../../harness/model/random.js';
import { buildRecord } from '../../../tests/analysis/record-builder.js';
import { similarityPlan } from '../bench.js';
import { closedStage } from '../load.js';

export interface Noise {
  /** Standard deviations of the logarithm: of one run, and of the slow part. */
  runNoise: number;
  drift: number;
  /** Correlation of the slow part from run to run. */
  rho: number;
}

/** As `--aa` asks: five pairs, at most fifteen, three looks, 95 % over all, a band of 3 %. */
export const design = { pairs: 5, mostPairs: 15, looks: 3, confidence: 0.95, equivalence: 0.03 } as const;

const users = 20;
const durationS = 30;
const server = { kind: 'simulated', parallel: 4, serviceMs: 20, sigma: 0, kappa: 0, exponential: true, errorShare: 0 } as const;
const bodies = { file: '', count: 100, expectations: Array.from({ length: 100 }, () => ({ class: 'high', expect: 'answer' as const })) };
const never = new AbortController().signal;

/** Standard normal, by Box and Muller. */
function normal(dice: Random): number {
  return Math.sqrt(-2 * Math.log(1 - dice.next())) * Math.cos(2 * Math.PI * dice.next());
}

async function runOnce(serviceFactor: number, seed: number, ctx: Context): Promise<RunRecord> {
  const engine = createSimulated({ ...server, serviceMs: server.serviceMs * serviceFactor }, 'asked');
  const result = await engine.drive({
    stage: closedStage(users, 1, durationS), target: { url: '', request: similarityPlan, timeoutS: 10 }, bodies, golden: new Map(), tolerance: 0, seed, logFile: '', onSpawn: () => undefined, serverGone: never,
  }, ctx);
  return buildRecord({ stages: [{ users: 1, durationS: 1 }], change: () => ({ stages: [result], series: [], events: [], engine: { name: 'simulated', version: '1', why: 'asked' } }) });
}

/** Runs of both arms, pair by pair, until `isDecided` says so at a look, or all are made. `slowdown` of the second arm's service time, 0 = the same twice. */
export async function simulatePairs(slowdown: number, { runNoise, drift, rho }: Noise, seed: number, ctx: Context, isDecided: (arms: readonly [readonly RunRecord[], readonly RunRecord[]]) => boolean): Promise<number> {
  const dice = createRandom(mixSeed(seed, 0x9a7e));
  const arms: [RunRecord[], RunRecord[]] = [[], []];
  let slow = drift * normal(dice);
  let runs = 0;
  let pair = 0;
  for (const until of pairsAtLooks(design.pairs, design.mostPairs, design.looks)) {
    for (; pair < until; pair += 1) {
      for (const arm of orderOfPair(pair, 2)) {
        slow = rho * slow + Math.sqrt(1 - rho * rho) * drift * normal(dice);
        runs += 1;
        const factor = Math.exp(slow + runNoise * normal(dice)) * (arm === 1 ? 1 + slowdown : 1);
        arms[arm as 0 | 1].push(await runOnce(factor, mixSeed(seed, runs), ctx));
      }
    }
    if (isDecided(arms)) break;
  }
  return pair;
}

/** One comparison: pairs are made until its word is said. */
export async function simulateGate(slowdown: number, metric: ComparedMetric, noise: Noise, seed: number, ctx: Context): Promise<{ word: ComparisonWord; pairs: number }> {
  let word: ComparisonWord = 'inconclusive';
  const rounds: [RoundFigures[], RoundFigures[]] = [[], []];
  const pairs = await simulatePairs(slowdown, noise, seed, ctx, (arms) => {
    for (const side of [0, 1] as const) rounds[side].push(...arms[side].slice(rounds[side].length).map((record) => roundFigures(record, analyseRecord(record))));
    const comparison = compareArms({ name: 'A', rounds: rounds[0] }, { name: 'B', rounds: rounds[1] }, { equivalence: design.equivalence, metric }, confidenceOfLook(design, 2));
    word = comparison.rows[comparison.deciding ?? -1]?.word ?? 'inconclusive';
    return word !== 'inconclusive';
  });
  return { word, pairs };
}
