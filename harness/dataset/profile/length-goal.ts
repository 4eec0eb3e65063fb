import { createRandom, mixSeed } from '../../model/random.js';
import type { PairContent } from '../class/pair.js';
import { characterCount } from '../summary.js';

/** Steers the lengths of a fitted profile: each pair has a goal, and is drawn until it comes near. */
export interface LengthGoal {
  /** The goal of the pair that begins with this seed. */
  begin(seed: number): void;
  /** Whether the pair is near enough; less and less is asked of each further draw, and nothing after 40. */
  meets(content: PairContent): boolean;
}

const mostDraws = 40;

/** Goals follow `quantiles`, the values at even steps of a distribution; both sides of a pair have one. `short`, below 1: short ones are more frequent goals, because many of them are missed. */
export function createLengthGoal(quantiles: readonly number[], short = 0): LengthGoal {
  const random = createRandom(0);
  let goal = 0;
  let draws = 0;
  return {
    begin(seed) {
      random.restart(mixSeed(seed, 0x1e57));
      draws = 0;
      const at = random.next() ** (1 / (1 - short)) * (quantiles.length - 1);
      const low = quantiles[Math.floor(at)] ?? 0;
      goal = low + ((quantiles[Math.floor(at) + 1] ?? low) - low) * (at % 1);
    },
    meets({ a, b, class: name }) {
      if (name === 'abnormal') return true;
      draws += 1;
      const off = Math.abs((characterCount(a) + characterCount(b)) / 2 - goal);
      return draws >= mostDraws || off <= 1 + (draws * draws) / 150;
    },
  };
}
