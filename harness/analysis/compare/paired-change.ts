/**
 * Gates on a baseline, in a comparison: the first arm is the baseline, and each pair of runs gives one change.
 *
 *   ratio        paired-ratio.ts, where the limit is a multiple of the baseline, the figure has a unit and every value is positive
 *   difference   d = second − factor · first of each pair;  d̄ ± t_{1−α/2, n−1} · s_d / √n (Student 1908)
 *   baselineFlips   the most answers of a pair that changed sides: counted, so its own interval
 *
 * One interval is at 1 − (1 − c) / k, k the number of checks of level `error` whose change varies from pair to pair (Bonferroni 1936) and c the confidence of the look. Pairs in which either side is not
 * valid take no part. `beyond`: pairs in which the second arm alone failed more requests than the percentile leaves room for.
 */
import type { Measured } from '../../model/analysis.js';
import type { PairedChange } from '../../model/comparison.js';
import type { GatePlan } from '../../model/metric.js';
import { flipsBetween } from '../baseline/sides.js';
import { pairedDifference } from './paired-difference.js';
import { pairedRatio } from './paired-ratio.js';

/** What gates on a baseline ask about, in one run. */
export interface GateFigures {
  measured: readonly Measured[];
  /** Index of each measured stage to its name. */
  names: ReadonlyMap<number, string>;
  /** On which side each golden answer lies. */
  sides: string | null;
}

type Couple = readonly [GateFigures, GateFigures];

/** Of every gate and stage, the second arm's change from the first; rounds by pair, null where one gave no figures. */
export function pairedChanges(gates: readonly GatePlan[], first: readonly (GateFigures | null)[], second: readonly (GateFigures | null)[], confidence: number): PairedChange[] {
  const couples = first.flatMap((figures, pair): Couple[] => {
    const other = second[pair];
    return figures === null || !other ? [] : [[figures, other]];
  });
  const asked = gates.flatMap((gate) => stagesOf(gate, couples).map((stage) => ({ gate, stage })));
  const changes = (each: number): PairedChange[] => asked.map(({ gate, stage }) => (isFlips(gate) ? flipsOf(gate, couples) : changeOf(gate, stage, couples, each)));
  // What was not measured, what is counted, and what is the same in every pair (an AUC, no failure at all) cannot err by chance: it takes no share.
  const failing = changes(confidence).filter(({ level, first, low, high }) => level === 'error' && first !== null && (low === null || low !== high)).length;
  return changes(1 - (1 - confidence) / Math.max(1, failing));
}

/** Whether a gate asks how many answers changed sides against the baseline. */
export const isFlips = ({ metric, aggregation }: Pick<GatePlan, 'metric' | 'aggregation'>): boolean => metric === 'answers' && aggregation.kind === 'named' && aggregation.name === 'baselineFlips';

/** Where a gate is judged: names of stages, or null for the whole run; where no pair is valid, once. */
function stagesOf({ id }: GatePlan, couples: readonly Couple[]): (string | null)[] {
  const [figures] = couples[0] ?? [];
  const found = (figures?.measured ?? []).filter(({ gate }) => gate === id).map(({ stage }) => (stage === null ? null : (figures?.names.get(stage) ?? null)));
  return found.length === 0 ? [null] : found;
}

const blank = { first: null, second: null, value: null, low: null, high: null, beyond: 0 } as const;

function flipsOf(gate: GatePlan, couples: readonly Couple[]): PairedChange {
  const counted = couples.flatMap(([a, b]) => flipsBetween(a.sides, b.sides) ?? []);
  const most = counted.length === 0 ? null : Math.max(...counted.map(({ flips }) => flips));
  return { ...facts(gate, null), ...blank, pairs: counted.length, of: 'difference', value: most, low: most, high: most, none: 0, allowed: gate.limit ?? 0 };
}

function changeOf(gate: GatePlan, stage: string | null, couples: readonly Couple[], confidence: number): PairedChange {
  const { factor, offset } = gate.baseline ?? { factor: 1, offset: 0 };
  const read = ({ measured, names }: GateFigures): Measured | undefined => measured.find((one) => one.gate === gate.id && (one.stage === null ? null : (names.get(one.stage) ?? null)) === stage);
  const both = couples.flatMap(([a, b]): [Measured, Measured][] => {
    const [x, y] = [read(a), read(b)];
    return x?.valid === true && y?.valid === true ? [[x, y]] : [];
  });
  const beyond = both.filter(([x, y]) => y.infinite && !x.infinite).length;
  const pairs = both.flatMap(([x, y]): [number, number][] => (x.value.kind === 'found' && y.value.kind === 'found' && !x.infinite && !y.infinite ? [[x.value.value.value, y.value.value.value]] : []));
  const mean = (side: 0 | 1): number | null => (pairs.length === 0 ? null : pairs.reduce((sum, pair) => sum + pair[side], 0) / pairs.length);
  const base = mean(0);
  const shared = { ...facts(gate, stage), pairs: pairs.length, first: base, second: mean(1), beyond };
  const ratio = offset === 0 && gate.unit !== '' ? pairedRatio(pairs, confidence) : null;
  if (pairs.length === 0 && offset === 0 && gate.unit !== '') return { ...shared, of: 'ratio', value: null, low: null, high: null, none: 1, allowed: factor };
  if (ratio !== null) return { ...shared, of: 'ratio', value: ratio.value, low: ratio.low, high: ratio.high, none: 1, allowed: factor };
  return { ...shared, of: 'difference', ...pairedDifference(pairs.map(([a, b]) => b - factor * a), confidence), none: (1 - factor) * (base ?? 0) || 0, allowed: offset };
}

const facts = ({ id, expression, metric, operator, level, unit }: GatePlan, stage: string | null): Pick<PairedChange, 'id' | 'expression' | 'metric' | 'stage' | 'operator' | 'level' | 'unit'> => ({ id, expression, metric, stage, operator, level, unit });
