import type { Clock } from '../batching/clock.js';
import type { TextPair } from '../embedding/embedder.js';
import type { ModelInfo } from '../inference/types.js';
import type { Judgement } from '../similarity.js';
import { createSwitch, noSwitch, type FallbackSwitch } from './switch.js';
import type { WordSimilarity } from './words.js';

export type { FallbackState, FallbackSwitch } from './switch.js';

/** What answers when the model cannot. */
export interface Fallback extends FallbackSwitch {
  /** By words; only while `active`. */
  judge(pair: TextPair): Judgement;
}

/** What the fallback tells of itself. */
export interface FallbackEars {
  probe(failed: boolean): void;
  takeover(active: boolean): void;
}

/**
 * The similarities at which the labels begin: best macro-F1 of the three labels over the 2,000 pairs of datasets/golden (0.64), where the
 * similarity tells 96 of 100 pairs of an exact match and a different place apart.
 */
const cuts = { partial: 0.54, exact: 0.81 };

/** `load` brings the words when they are needed first. */
export const createFallback = (
  { kind, labels }: Pick<ModelInfo, 'kind' | 'labels'>,
  { enabled, clock, probe, load, ears }: { enabled: boolean; clock: Clock; probe: () => Promise<unknown>; load: () => Promise<WordSimilarity>; ears: FallbackEars },
): Fallback => {
  let similarityOf: WordSimilarity | null = null;
  const hasGrades = kind === 'cross-encoder' || labels !== null;
  const judge = ([left, right]: TextPair): Judgement => {
    if (similarityOf === null) throw new Error('the fallback was asked before it took over');
    const similarity = similarityOf(left, right);
    if (!hasGrades) return { similarity, label: similarity >= cuts.exact ? 'match' : 'no_match' };
    return { similarity, label: similarity >= cuts.exact ? 'exact' : similarity >= cuts.partial ? 'partial' : 'not' };
  };
  if (!enabled) return { ...noSwitch, judge };
  const prepare = async (): Promise<void> => {
    similarityOf = await load();
  };
  return { ...createSwitch({ clock, probe, prepare, onProbe: ears.probe, onChange: ears.takeover }), judge };
};
