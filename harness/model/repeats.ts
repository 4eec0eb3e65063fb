import { pairClasses, standardHard, type DatasetPlan, type PairClass } from './dataset.js';
import type { RepeatPlan } from './profile.js';
import { expectedDistinct, rankPools } from './zipf.js';

/** How the pairs of a plan come again, or null where each is sent once. */
export function repeatsOf({ profile }: Pick<DatasetPlan, 'profile'>): RepeatPlan | null {
  if (profile?.kind === 'duplicates') return profile.repeats;
  if (profile?.kind !== 'fitted' || profile.fitted.repeats.pairs === 0) return null;
  return { kind: 'share', share: profile.fitted.repeats.pairs, zipf: fittedZipf };
}

/** Exponent by which a repeat takes one of the pairs before it; requests to web caches have 0.64 to 0.83 (Breslau et al., INFOCOM 1999). */
export const fittedZipf = 0.8;

/** Pairs come again within their class and kind only, easy or hard: how many requests each of these strata has. */
export function strataCounts({ mix, hard = standardHard }: Pick<DatasetPlan, 'mix' | 'hard'>): number[] {
  return pairClasses.flatMap((name) => {
    if (name === 'abnormal') return [];
    const hards = hardCount(mix[name], name, hard);
    return [mix[name] - hards, hards];
  });
}

const hardCount = (count: number, name: PairClass, hard: { high: number; low: number }): number => (name === 'high' || name === 'low' ? Math.round(count * hard[name]) : 0);

/**
 * Share of the requests of one pass over the dataset (without abnormal ones) whose pair was sent before, 0..1, as the plan asks for it: the share itself, or
 * what is expected of independent draws by Zipf's law. The dataset meets it within a point.
 */
export function askedRepeatShare(plan: Pick<DatasetPlan, 'mix' | 'hard' | 'profile'>): number {
  const repeats = repeatsOf(plan);
  if (repeats === null) return 0;
  if (repeats.kind === 'share') return repeats.share;
  const counts = strataCounts(plan);
  const all = counts.reduce((sum, count) => sum + count, 0);
  if (all === 0) return 0;
  const distinct = rankPools(repeats.distinct, counts).reduce((sum, pool, i) => sum + (pool === 0 ? 0 : expectedDistinct(pool, repeats.zipf, counts[i] ?? 0)), 0);
  return 1 - distinct / all;
}

/** The same of a load that makes so many passes: at least so much, for only a pair's first sending is no repeat, and stages that begin elsewhere may leave some out. */
export function repeatShareAfter(passes: number, shareOfOne: number): number {
  return 1 - (1 - shareOfOne) / Math.max(1, passes);
}
