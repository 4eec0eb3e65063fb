import { readFileSync } from 'node:fs';

/** A labelled pair of scripts/training-pairs.ts. */
export interface LabelledPair {
  a: string;
  b: string;
  /** 0 not, 1 partial, 2 exact. */
  label: number;
  family: string;
  operators: readonly string[];
}

/** All pairs of a JSONL file. */
export const readPairs = (file: string): LabelledPair[] =>
  readFileSync(file, 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as LabelledPair);
