import { allClasses, type AddressPair, type AnyClass } from '../model/dataset.js';
import type { ClassFigures, DatasetFigures, LengthFigures } from '../model/dataset-figures.js';
import { familyOf } from './operator-family.js';
import { bigramOverlap } from './overlap.js';
import { countRepeats } from './repeats.js';
import { characterCount, countLengths, profileOf, type LengthCounter, type SummarisedPlan } from './summary.js';
import type { CountTokens } from './token-count.js';

/** What of a pair the figures are made of. `line`: it is one of the user's own. */
export type FiguredPair = Pick<AddressPair, 'class' | 'a' | 'b' | 'operators'> & Partial<Pick<AddressPair, 'hard' | 'certified' | 'line'>>;

/** Takes pairs one by one, in the order of the dataset, and tells what they are like together. */
export interface FigureBuilder {
  add(pair: FiguredPair): void;
  /** Of the pairs so far. */
  finish(): DatasetFigures;
}

/** Overlaps are kept to a thousandth and told by twentieths. */
const fine = 1000;
const coarse = 20;

interface ClassCounts {
  pairs: number;
  hard: number;
  characters: LengthCounter;
  tokens: LengthCounter;
  overlapSum: number;
  overlaps: Uint32Array;
}

const nothing = (): ClassCounts => ({ pairs: 0, hard: 0, characters: countLengths(), tokens: countLengths(), overlapSum: 0, overlaps: new Uint32Array(fine + 1) });

/** Figures of no pairs yet; `plan` null: pairs of a file that no plan describes. Memory: 72 to 144 bytes a pair whose addresses are new, to know the repeats (three texts in text tables); nothing else grows. */
export function collectFigures(plan: SummarisedPlan | null, countTokens: CountTokens): FigureBuilder {
  const byClass = new Map<AnyClass, ClassCounts>();
  const [addresses, pairs] = [countRepeats(), countRepeats()];
  const [characters, tokens] = [countLengths(), countLengths()];
  const operators = new Map<string, number>();
  const families = new Map<string, number>();
  const kinds = new Map<string, number>();
  let certified = 0;
  let inventedLows = 0;
  let sides = 0;

  const addSide = (text: string, of: ClassCounts): void => {
    const [length, pieces] = [characterCount(text), countTokens(text)];
    characters.add(length);
    of.characters.add(length);
    tokens.add(pieces);
    of.tokens.add(pieces);
    addresses.add(text);
    sides += 1;
  };
  return {
    add(pair) {
      let of = byClass.get(pair.class);
      if (of === undefined) byClass.set(pair.class, (of = nothing()));
      of.pairs += 1;
      if (pair.hard === true) of.hard += 1;
      if (pair.class === 'low' && pair.line === undefined) inventedLows += 1;
      if (pair.certified === true) certified += 1;
      if (pair.class === 'abnormal') {
        for (const kind of pair.operators) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
        return;
      }
      countNames(pair.operators, operators, families);
      addSide(pair.a, of);
      addSide(pair.b, of);
      pairs.add(pair.a, pair.b);
      const overlap = bigramOverlap(pair.a, pair.b);
      of.overlapSum += overlap;
      const bin = Math.round(overlap * fine);
      of.overlaps[bin] = (of.overlaps[bin] ?? 0) + 1;
    },
    finish: () => {
      const classes = allClasses.flatMap((name) => {
        const of = byClass.get(name);
        return of === undefined ? [] : [classFigures(name, of)];
      });
      return {
        seed: plan?.seed ?? null,
        ...(plan === null ? {} : profileOf(plan)),
        pairs: classes.reduce((sum, { pairs: n }) => sum + n, 0),
        addresses: sides,
        classes,
        characters: lengthFigures(characters),
        tokens: lengthFigures(tokens),
        seenShare: addresses.seenShare(),
        repeatShare: addresses.share(),
        pairsSeenShare: pairs.seenShare(),
        operators: mostFirst(operators).map(({ name, pairs: n }) => ({ name, family: familyOf(name), pairs: n })),
        families: mostFirst(families),
        kinds: mostFirst(kinds),
        certifiedLowShare: inventedLows === 0 ? null : certified / inventedLows,
      };
    },
  };
}

/** Each operator, and each family once a pair. */
function countNames(names: readonly string[], operators: Map<string, number>, families: Map<string, number>): void {
  for (let i = 0; i < names.length; i += 1) {
    const name = names[i] ?? '';
    operators.set(name, (operators.get(name) ?? 0) + 1);
    const family = familyOf(name);
    let counted = false;
    for (let before = 0; before < i && !counted; before += 1) counted = familyOf(names[before] ?? '') === family;
    if (!counted) families.set(family, (families.get(family) ?? 0) + 1);
  }
}

const mostFirst = (counts: ReadonlyMap<string, number>): { name: string; pairs: number }[] =>
  [...counts].sort(([a, na], [b, nb]) => nb - na || (a < b ? -1 : 1)).map(([name, pairs]) => ({ name, pairs }));

const lengthFigures = (lengths: LengthCounter): LengthFigures => ({ ...lengths.summary(), counts: lengths.counts() });

function classFigures(name: AnyClass, of: ClassCounts): ClassFigures {
  const { pairs, hard } = of;
  if (name === 'abnormal') return { name, pairs, hard, characters: null, tokens: null, overlap: null };
  const bins = new Array<number>(coarse).fill(0);
  let median = fine;
  let below = 0;
  for (const [i, n] of of.overlaps.entries()) {
    if (n === 0) continue;
    const bin = Math.min(coarse - 1, Math.floor((i * coarse) / fine));
    bins[bin] = (bins[bin] ?? 0) + n;
    if (below * 2 < pairs) median = i;
    below += n;
  }
  return { name, pairs, hard, characters: lengthFigures(of.characters), tokens: lengthFigures(of.tokens), overlap: { mean: of.overlapSum / pairs, median: median / fine, bins } };
}
