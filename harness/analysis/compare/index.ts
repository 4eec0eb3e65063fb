/** Compares arms from their runs: order.ts (in which order to run), paired-ratio.ts and word.ts (what the pairs say). */
import type { ArmComparison, ComparedMetric, ComparedRow, ComparisonDesign } from '../../model/comparison.js';
import { comparedMetrics } from '../../model/comparison.js';
import { decileShifts } from './decile-shift.js';
import { pairedRatio } from './paired-ratio.js';
import type { ArmRounds, RoundFigures } from './round.js';
import { sameAnswers } from './same-answers.js';
import { unitOf } from './unit.js';
import { sentFacts, unlikeSent } from './unlike-sent.js';
import { wordFor } from './word.js';

export { hasTimeForPair, orderOfPair, pairsAtLooks } from './order.js';
export { roundFigures, type ArmRounds, type RoundFigures } from './round.js';
export { scalingOf } from './scaling.js';
export { summariseArm } from './summary.js';
export { findWinner } from './winner.js';

const ofRun: readonly ComparedMetric[] = ['rss', 'vram', 'simulatedMemory'];

/**
 * The confidence of one interval, so that all looks at all arms together keep the asked one (Bonferroni 1936):
 * 1 − (1 − confidence) / (looks · (arms − 1)).
 */
export function confidenceOfLook({ confidence, looks }: Pick<ComparisonDesign, 'confidence' | 'looks'>, arms: number): number {
  return 1 - (1 - confidence) / (looks * Math.max(1, arms - 1));
}

/** The second arm against the first, at `confidence` for each interval. */
export function compareArms(first: ArmRounds, second: ArmRounds, design: Pick<ComparisonDesign, 'equivalence' | 'metric'>, confidence: number): ArmComparison {
  const couples = first.rounds.map((round, pair) => [round, second.rounds[pair] ?? null] as const);
  const whole = couples.filter((couple): couple is readonly [RoundFigures, RoundFigures] => couple[0] !== null && couple[1] !== null);
  const traffic = [...new Set(whole.flatMap(([a, b]) => trafficDifferences(a, b, whole.length)))];
  const stages = [...new Set(whole.flatMap(([a]) => a.stages.map(({ name }) => name)))];
  const rowOf = (stage: string | null, metric: ComparedMetric): ComparedRow => {
    const figure = (round: RoundFigures): number | undefined => (stage === null ? round.run : round.stages.find(({ name }) => name === stage)?.figures ?? {})[metric];
    const pairs = whole.flatMap(([a, b]): [number, number][] => {
      const [x, y] = [figure(a), figure(b)];
      return x === undefined || y === undefined ? [] : [[x, y]];
    });
    const ratio = pairedRatio(pairs, confidence);
    const word = ratio === null || traffic.length > 0 ? 'inconclusive' : wordFor(ratio, metric, design.equivalence);
    const why = word !== 'inconclusive' ? null : ratio === null ? 'no-pair' : traffic.length > 0 ? 'traffic' : pairs.length === 1 ? 'one-pair' : 'within-noise';
    const mean = (side: 0 | 1): number | null => (pairs.length === 0 ? null : Math.exp(pairs.reduce((sum, pair) => sum + Math.log(pair[side]), 0) / pairs.length));
    return {
      stage, metric, unit: unitOf[metric], pairs, first: mean(0), second: mean(1),
      ratio: ratio === null ? null : { value: ratio.value, low: ratio.low, high: ratio.high },
      detectable: ratio?.detectable ?? null, word, why, otherThroughput: false,
    };
  };
  const measured = [
    ...stages.flatMap((stage) => comparedMetrics.filter((metric) => !ofRun.includes(metric)).map((metric) => rowOf(stage, metric))),
    ...ofRun.map((metric) => rowOf(null, metric)),
  ].filter((row) => row.pairs.length > 0);
  const rows = measured.map((row) => ({ ...row, otherThroughput: isLatency(row) && !sameThroughput(measured, row.stage, design.equivalence) }));
  const deciding = rows.findLastIndex((row) => row.metric === design.metric);
  const golden = whole[0];
  // They are asked alone, before the load: what a quicker arm was sent more of under load does not matter to them.
  const answers = golden === undefined || traffic.some((fact) => !sentFacts.includes(fact)) ? null : sameAnswers(golden[0].golden ?? new Map(), golden[1].golden ?? new Map());
  const rested = rows[deciding]?.stage ?? stages.at(-1);
  const deciles = rested === undefined ? null : decileShifts(rested, whole.flatMap(([a, b]) => {
    const [x, y] = [a, b].map((round) => round.stages.find(({ name }) => name === rested)?.deciles);
    return x && y ? [[x, y] as const] : [];
  }), confidence);
  return { first: first.name, second: second.name, pairs: whole.length, traffic, deciding: deciding < 0 ? null : deciding, rows, ...(answers === null ? {} : { answers }), ...(deciles === null ? {} : { deciles }) };
}

/** Names of the facts in which what was to be sent differs, then those in which what was really sent does, in any stage that both have. `pairs`: of so many. */
export function trafficDifferences(a: RoundFigures, b: RoundFigures, pairs = 1): string[] {
  const planned = Object.keys({ ...a.traffic, ...b.traffic }).filter((fact) => a.traffic[fact] !== b.traffic[fact]);
  const cached = a.cached !== false || b.cached !== false;
  const sent = a.stages.flatMap((stage) => {
    const other = b.stages.find(({ name }) => name === stage.name)?.sent;
    return stage.sent === undefined || other === undefined ? [] : unlikeSent(stage.sent, other, cached, pairs);
  });
  return [...planned, ...new Set(sent)];
}

function isLatency({ metric }: ComparedRow): boolean {
  return metric === 'p50' || metric === 'p95' || metric === 'p99';
}

/** A latency is only comparable where both arms did the same work a second. */
function sameThroughput(rows: readonly ComparedRow[], stage: string | null, equivalence: number): boolean {
  const ratio = rows.find((row) => row.stage === stage && row.metric === 'rps')?.ratio?.value;
  return ratio !== undefined && ratio <= 1 + equivalence && ratio >= 1 / (1 + equivalence);
}
