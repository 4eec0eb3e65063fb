import type { AnyClass } from './dataset.js';

/** How long the addresses are: how many there are of each length. */
export interface LengthFigures {
  mean: number;
  /** Percentiles by nearest rank. */
  p50: number;
  p90: number;
  max: number;
  /** `counts[n]`: addresses of length n. */
  counts: readonly number[];
}

/** What the two sides of pairs have in common without any sense: Jaccard index of character bigrams, 0 to 1. */
export interface OverlapFigures {
  mean: number;
  /** To a thousandth. */
  median: number;
  /** Pairs by twentieths: 0 to 0.05, …, 0.95 to 1. */
  bins: readonly number[];
}

/** One class of pairs. Lengths and overlap are null for abnormal pairs, which hold no addresses. */
export interface ClassFigures {
  name: AnyClass;
  pairs: number;
  /** Pairs marked as hard. */
  hard: number;
  characters: LengthFigures | null;
  tokens: LengthFigures | null;
  overlap: OverlapFigures | null;
}

/** What a dataset is like, without any of its texts. */
export interface DatasetFigures {
  /** null for a file of pairs, which may come from any. */
  seed: number | null;
  /** typical, long, unique, duplicates, or the file of a fitted profile; absent for pairs of the user's own. */
  profile?: string | undefined;
  /** The share of repeated pairs that the profile asks for; absent where it asks for none. */
  askedRepeatShare?: number | undefined;
  pairs: number;
  /** Addresses: both sides of all pairs but the abnormal ones. */
  addresses: number;
  /** Classes that occur, in their order. */
  classes: readonly ClassFigures[];
  characters: LengthFigures;
  /** WordPiece tokens without [CLS] and [SEP]. */
  tokens: LengthFigures;
  /** Share of addresses that stood before in the order of the dataset: what a cache without end could answer, 0..1. */
  seenShare: number;
  /** Share of addresses that stand more than once, 0..1. */
  repeatShare: number;
  /** Share of pairs that stood before, 0..1. */
  pairsSeenShare: number;
  /** Of pairs of addresses, most frequent first. A pair has several. */
  operators: readonly { name: string; family: string; pairs: number }[];
  /** Pairs that a family of operators had a hand in, most first. */
  families: readonly { name: string; pairs: number }[];
  /** Kinds of abnormal requests, most frequent first. */
  kinds: readonly { name: string; pairs: number }[];
  /** Share of low pairs with a certificate; null where there are no low pairs. */
  certifiedLowShare: number | null;
}
