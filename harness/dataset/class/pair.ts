import type { AddressPair } from '../../model/dataset.js';
import type { Random } from '../../model/random.js';
import type { Lexicon } from '../lexicon/lexicon.js';

/** A pair before the dataset gives it its number. */
export type PairContent = Omit<AddressPair, 'id' | 'index' | 'seed'>;

/** Makes one pair of a class; the random stream is the pair's own. `index`: which pair of its class it is. */
export type PairMaker = (lexicon: Lexicon, random: Random, index: number) => PairContent;

/** Makes one pair of a class that has easy and hard pairs: one of the kind that is asked for, never of the other. */
export type HardPairMaker = (lexicon: Lexicon, random: Random, hard: boolean) => PairContent;
