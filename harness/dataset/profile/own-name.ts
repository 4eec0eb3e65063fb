import { isDistinguishing } from '../lexicon/characters.js';
import type { Lexicon } from '../lexicon/lexicon.js';

/**
 * Names of three characters that no two pairs share, so that no two addresses can be alike.
 *
 * The characters come from three alphabets that have none in common. The own name of a text is its first run of one character
 * of each, in this order: it is read off the text alone. A pair is kept only where the own name of both its texts is one of its
 * two names (`holds`); else it is drawn again. Equal texts have equal own names, and these belong to one pair: so the addresses
 * of two pairs always differ, with no list of those made before.
 */
export interface OwnNames {
  /** How many pairs can have names of their own. */
  readonly pairs: number;
  /** From here on `next` gives the two names of pair `number`, in turn. */
  restart(number: number): void;
  next(): string;
  /** Whether the own name of the text is one of the two. */
  holds(text: string): boolean;
}

/** Characters of each alphabet. */
const alphabetSize = 200;
const namesAPair = 2;
/** The most frequent ones stand in too many names of towns: their runs would be read for own names. */
const skipped = 120;

/** Words of an address, and what would read as a part of one. */
const words = new Set('路街道巷弄号楼栋幢座层室单元门口站园院里区县市省镇乡村店厂场铺屯堡旗盟州');

/** Names that begin elsewhere for each seed. */
export function createOwnNames(lexicon: Lexicon, seed: number): OwnNames {
  const alphabets = alphabetsOf(lexicon);
  const roles = new Uint8Array(1 << 16);
  for (const [role, alphabet] of alphabets.entries()) for (const character of alphabet) roles[character.charCodeAt(0)] = role + 1;
  const all = alphabetSize ** 3;
  // Steps of a number without a divisor of `all`: every name comes once, and neighbours are not alike. 8e6 × 5e6 stays below 2^53.
  const step = 4_944_271;
  const start = seed % all;
  const nameAt = (ordinal: number): string => {
    const code = (start + ordinal * step) % all;
    const digit = (place: number): string => alphabets[place]?.[Math.floor(code / alphabetSize ** place) % alphabetSize] ?? '';
    return digit(0) + digit(1) + digit(2);
  };
  let names = ['', ''];
  let turn = 0;
  return {
    pairs: all / namesAPair,
    restart(number) {
      names = [nameAt(number * namesAPair), nameAt(number * namesAPair + 1)];
      turn = 0;
    },
    next: () => names[turn++ % namesAPair] ?? '',
    holds(text) {
      for (let i = 0; i + 2 < text.length; i += 1) {
        if (roles[text.charCodeAt(i)] !== 1 || roles[text.charCodeAt(i + 1)] !== 2 || roles[text.charCodeAt(i + 2)] !== 3) continue;
        return names.includes(text.slice(i, i + 3));
      }
      return false;
    },
  };
}

/** Characters that names of towns and estates are made of, by frequency, dealt in turn: alike on every machine. */
function alphabetsOf(lexicon: Lexicon): readonly (readonly string[])[] {
  const uses = new Map<string, number>();
  const count = (name: string): void => {
    for (const character of name) uses.set(character, (uses.get(character) ?? 0) + 1);
  };
  for (const { towns, estates } of lexicon.areas) {
    for (const town of towns) count(town);
    for (const estate of estates) count(estate);
  }
  const usable = [...uses]
    .filter(([character]) => character >= '一' && character <= '鿿' && !words.has(character) && !isDistinguishing(character))
    .sort(([x, m], [y, n]) => n - m || (x < y ? -1 : 1))
    .slice(skipped, skipped + 3 * alphabetSize)
    .map(([character]) => character);
  if (usable.length < 3 * alphabetSize) throw new RangeError(`the lexicon has ${String(usable.length)} characters for own names, ${String(3 * alphabetSize)} are needed`);
  return [0, 1, 2].map((alphabet) => usable.filter((_, i) => i % 3 === alphabet));
}
