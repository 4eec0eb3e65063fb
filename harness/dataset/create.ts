import { standardHard, type AddressPair, type AnyClass, type DatasetPlan, type PairClass } from '../model/dataset.js';
import { createRandom, type Random } from '../model/random.js';
import { makeAbnormal } from './class/abnormal.js';
import { makeBoundary } from './class/boundary.js';
import { makeHigh } from './class/high.js';
import { makeLow } from './class/low.js';
import { makeNoisy } from './class/noisy.js';
import type { PairContent } from './class/pair.js';
import type { WireKeys } from './class/wire.js';
import type { Lexicon } from './lexicon/lexicon.js';
import { layOut, spread } from './mix.js';
import { createProfileWriter } from './profile/writer.js';

/** Pairs by number. Nothing is kept: a pair is made when it is asked for, the same each time. */
export interface Dataset extends Partial<Pick<DatasetPlan, 'mix' | 'hard' | 'profile'>> {
  readonly seed: number;
  readonly count: number;
  /** Pair `index`, 0 to count - 1; RangeError beyond. */
  pair(index: number): AddressPair;
  classOf(index: number): AnyClass;
  /** All pairs in order, one at a time. */
  pairs(): Iterable<AddressPair>;
}

/**
 * Throws `usage` where the profile cannot make so many pairs.
 * @param keys the two fields of the wire format and its body, for abnormal requests, which leave one out or give it a wrong value
 */
export function createDataset(plan: DatasetPlan, world: Lexicon, keys: WireKeys = { left: 'addr1', right: 'addr2' }): Dataset {
  const { seed } = plan;
  const writer = createProfileWriter(plan, world);
  const { lexicon } = writer;
  const { count, slot } = layOut(plan.mix);
  const hard = plan.hard ?? standardHard;
  const isHardHigh = spread(plan.mix.high, hard.high);
  const isHardLow = spread(plan.mix.low, hard.low);
  const draw = (name: PairClass, ordinal: number, random: Random): PairContent => {
    switch (name) {
      case 'high':
        return makeHigh(lexicon, random, isHardHigh(ordinal));
      case 'low':
        return makeLow(lexicon, random, isHardLow(ordinal));
      case 'boundary':
        return makeBoundary(lexicon, random, ordinal);
      case 'noisy':
        return makeNoisy(lexicon, random, ordinal);
      case 'abnormal':
        // No profile changes what no address is.
        return makeAbnormal(world, random, ordinal, keys);
    }
  };
  const random = createRandom(0);
  const make = (index: number): PairContent => {
    const { class: name, ordinal } = slot(index);
    random.restart(writer.begin(name, ordinal, index));
    let content = draw(name, ordinal, random);
    while (!writer.keeps(content)) content = draw(name, ordinal, random);
    return content;
  };
  const pair = (index: number): AddressPair => {
    const { class: name, a, b, expected, operators, fields, hard: isHard, distanceKm, certified, tokenIdentical, abnormal } = make(index);
    // All fields in each, absent ones as `undefined`, so that every pair is alike to the engine.
    return { id: `${seed}-${index}`, index, class: name, a, b, expected, operators, seed, fields, line: undefined, hard: isHard, distanceKm, certified, tokenIdentical, abnormal };
  };
  return {
    ...plan,
    seed,
    count,
    pair,
    classOf: (index) => slot(index).class,
    *pairs() {
      for (let index = 0; index < count; index += 1) yield pair(index);
    },
  };
}
