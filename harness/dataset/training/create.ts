import type { Address, PairClass } from '../../model/dataset.js';
import { createRandom, mixSeed, type Random } from '../../model/random.js';
import { writtenOrder, type FieldSet, type WrittenField } from '../address/render.js';
import { drawWording } from '../address/view.js';
import type { Lexicon } from '../lexicon/lexicon.js';
import type { Operator } from '../operator/index.js';
import { weightedPick } from '../operator/weights.js';
import { exactFamilies } from './exact.js';
import { classOf, type Drawn, type FamilyTable, type PickFamily, type TrainingLabel } from './family.js';
import { noiseHabits, queryHabits, recordHabits, type HabitTable } from './habits.js';
import { notFamilies } from './not.js';
import { partialFamilies } from './partial.js';
import { fieldBit, writeSide, type Role } from './side.js';
import { restrictLexicon, type Split } from './split.js';

/** One pair to learn from. */
export interface TrainingPair {
  a: string;
  b: string;
  label: TrainingLabel;
  class: PairClass;
  /** How the pair came by its label: `two-views`, `door-near`, `shared-characters`. */
  family: string;
  /** The family, then the operators that rewrote a side, in their order. */
  operators: readonly string[];
  hard: boolean;
}

export interface TrainingOptions {
  seed: number;
  count: number;
  /** Districts and roads of `train` and `held-out` have nothing in common. */
  split: Split;
  /** Families and operators that no pair has: by default `heldOutOperators` in `train`, none in `held-out`. RangeError for a name that none has. */
  without?: readonly string[];
}

/** Pairs by number, each a function of (seed, split, index). */
export interface TrainingPairs {
  readonly count: number;
  /** RangeError beyond 0 to count - 1. */
  pair(index: number): TrainingPair;
  pairs(): Iterable<TrainingPair>;
}

const tables: Readonly<Record<TrainingLabel, FamilyTable>> = { 0: notFamilies, 1: partialFamilies, 2: exactFamilies };

/** Labels in turn, so that every prefix has a third of each. */
const labelAt = (index: number): TrainingLabel => (index % 3) as TrainingLabel;

/** Every family and operator of training pairs, by name. */
export const trainingOperatorNames: readonly string[] = [
  ...new Set([...Object.values(tables).flatMap((table) => table.map(([family]) => family.name)), ...[queryHabits, recordHabits, noiseHabits].flatMap((table) => table.map(([operator]) => operator.name))]),
];

/** Kept from training, so that what a model does with a kind of difference it never saw can be told: one or two of every sort. */
export const heldOutOperators: readonly string[] = ['lane-next', 'other-gate', 'door-letter', 'look-alike', 'full-width-digits', 'building-in-words', 'record-dash'];

/**
 * Pairs to train a matcher on: hard negatives, overlaps of every kind, and two views of one place. Which side a person wrote, how much
 * of the prefix stands there, brackets, noise: drawn alike for every label, so that none of them betrays it.
 */
export function createTrainingPairs({ seed, count, split, without = split === 'train' ? heldOutOperators : [] }: TrainingOptions, lexicon: Lexicon): TrainingPairs {
  for (const name of without) if (!trainingOperatorNames.includes(name)) throw new RangeError(`no family or operator is called ${name}; there are ${trainingOperatorNames.join(', ')}`);
  const world = restrictLexicon(lexicon, split);
  const left = new Set(without);
  const pickFamily = ([0, 1, 2] as const).map((label) => {
    const table = tables[label].filter(([family]) => !left.has(family.name));
    if (table.length === 0) throw new RangeError(`without all of them, nothing makes pairs of label ${String(label)}`);
    return weightedPick(table);
  });
  const habit = (table: HabitTable): HabitTable => table.filter(([operator]) => !left.has(operator.name));
  const ofRole = { query: habit(queryHabits), record: habit(recordHabits) };
  const pickNoise = weightedPick(habit(noiseHabits).map(([operator, share]) => [operator, Math.round(share * 100)] as const));
  const stream = split === 'train' ? 0x7ea1 : 0x4e1d;

  const pair = (index: number): TrainingPair => {
    if (!Number.isInteger(index) || index < 0 || index >= count) throw new RangeError(`pair ${index} of ${count}`);
    const random = createRandom(mixSeed(mixSeed(seed, stream), index));
    const label = labelAt(index);
    for (;;) {
      const family = (pickFamily[label] as PickFamily)(random);
      const drawn = family.draw(world, random, pickFamily[1] as PickFamily);
      if (drawn === undefined) continue;
      const made = write(drawn, random);
      if (made === undefined) continue;
      // Field by field: spreading an object costs as much as a third of making it.
      const { a, b, operators } = made;
      return { a, b, label, class: drawn.noisy === true ? 'noisy' : classOf[label], family: family.name, operators: [family.name, ...operators], hard: family.hard };
    }
  };

  const write = (drawn: Drawn, random: Random): { a: string; b: string; operators: readonly string[] } | undefined => {
    const [roleA, roleB] = drawRoles(random);
    const wording = drawWording(random);
    const barred = drawn.a === drawn.b ? 0 : differing(drawn.a, drawn.b);
    const side = (place: Address, role: Role, hide: FieldSet, noise: readonly Operator[]): ReturnType<typeof writeSide> =>
      writeSide({ place, role, must: drawn.must, hide, wording: random.chance(0.5) ? wording : drawWording(random), barred, operators: [...drawHabits(ofRole[role], random), ...noise] }, random, world);
    const noise = drawn.noisy === true || random.chance(noiseShare) ? [pickNoise(random), pickNoise(random)] : [];
    const a = side(drawn.a, roleA, drawn.hideA ?? 0, []);
    const b = side(drawn.b, roleB, drawn.hideB ?? 0, noise);
    if (a.text === b.text || a.text === '' || b.text === '') return undefined;
    const operators = [...a.names, ...b.names];
    return random.chance(0.5) ? { a: a.text, b: b.text, operators } : { a: b.text, b: a.text, operators };
  };

  return {
    count,
    pair,
    *pairs() {
      for (let index = 0; index < count; index += 1) yield pair(index);
    },
  };
}

/** Noise on pairs of any family, so that noise is no sign of sameness. */
const noiseShare = 0.06;

function drawRoles(random: Random): [Role, Role] {
  const roll = random.next();
  if (roll < 0.62) return random.chance(0.5) ? ['query', 'record'] : ['record', 'query'];
  return roll < 0.8 ? ['query', 'query'] : ['record', 'record'];
}

function drawHabits(table: HabitTable, random: Random): Operator[] {
  const chosen: Operator[] = [];
  for (let i = 0; i < table.length; i += 1) {
    const entry = table[i];
    if (entry !== undefined && random.chance(entry[1])) chosen.push(entry[0]);
  }
  return chosen;
}

function differing(a: Address, b: Address): FieldSet {
  // The sub-number is written with the number.
  let fields = a.sub === b.sub ? 0 : fieldBit('number');
  for (let rank = 0; rank < writtenOrder.length; rank += 1) {
    const field = writtenOrder[rank] as WrittenField;
    if (a[field] !== b[field]) fields |= 1 << rank;
  }
  return fields;
}
