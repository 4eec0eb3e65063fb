import type { Random } from '../../model/random.js';
import type { Writing } from '../address/writing.js';
import type { Lexicon } from '../lexicon/lexicon.js';

/**
 * What an operator may do to Arabic digits: leave them, write them otherwise, leave some out with their field, add some,
 * or blur one (0 read as O), where nothing else can be meant.
 * No operator on a writing changes a number; that is what the boundary class is for (neighbour.ts).
 */
export type DigitUse = 'keep' | 'restyle' | 'omit' | 'add' | 'blur';

/**
 * When it acts: the view (which fields stand there), the language of the whole, the wording of fields, the layout of the whole, what is added around it, what nobody sees.
 * Operators of one pair run in this order, so that a later one never undoes what an earlier one looked for.
 */
export const operatorStages = ['view', 'language', 'wording', 'layout', 'around', 'hidden'] as const;
export type OperatorStage = (typeof operatorStages)[number];

/** Writes the same place otherwise. A pure function of its arguments. */
export interface Operator extends OperatorSpec {
  /** Number of its stage in `operatorStages`. */
  readonly rank: number;
}

/** What is said of an operator where it is defined. */
export interface OperatorSpec {
  readonly name: string;
  readonly stage: OperatorStage;
  readonly digits: DigitUse;
  /** A BERT tokenizer sees the same ids before and after. */
  readonly tokenIdentical?: true;
  /** Operators that it would undo: it does not follow them. */
  readonly undoes?: readonly string[];
  /** Little of the text is left in common, or it takes knowledge of the world to see the same place. */
  readonly hard?: true;
  /** `undefined`: it refuses, because it would change nothing or break the promise of the class. */
  apply(writing: Writing, random: Random, lexicon: Lexicon): Writing | undefined;
}

/** An operator with all its fields, so that every one is alike to the engine. */
export const createOperator = ({ name, stage, digits, tokenIdentical, undoes, hard, apply }: OperatorSpec): Operator => ({
  name, stage, rank: operatorStages.indexOf(stage), digits, tokenIdentical, undoes, hard, apply,
});
