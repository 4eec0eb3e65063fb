/**
 * The tokenizer of the `address-mini` models: one token a Chinese character, a number, or a word in Latin letters. What one place
 * writes in two ways becomes one: full width and half width, upper and lower case, 八十八号 and 88号, 88# and 88号, blanks, commas
 * and invisible characters. A character that the vocabulary lacks falls into one of many buckets by a hash, never into one
 * [UNK] for all: two unknown names still differ.
 *
 * The training data are tokenised by this code too (models/recipe): there is no second tokenizer.
 */
import { writeNumeralsAsDigits } from './chinese-numeral.js';
import type { Tokenizer } from './tokenizer.js';

/** How the lines of vocab.txt are called that stand for no text of their own. */
const special = { padding: '[PAD]', empty: '[EMPTY]', symbol: '[SYMBOL]' } as const;

/** Kinds whose texts are hashed into numbered lines: `[LATIN 0]`, `[LATIN 1]` … */
const bucketKinds = ['LATIN', 'NUMBER', 'CHARACTER'] as const;
type BucketKind = (typeof bucketKinds)[number];

/** Dropped: category C but for unassigned code points, whose set changes with every Unicode version; blanks; what only separates. */
const separators = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{White_Space}\uFFFD,，、;；:：.。·・'"“”‘’`|]+/gu;
const pieces = /\d+|[a-z]+|[-~–—−_/]|[([{<【〔《「『]|[)\]}>】〕》」』]|./gsu;

/** FNV-1a over UTF-16 code units, finished as MurmurHash3 finishes: the same on every machine. */
const hash = (text: string): number => {
  let h = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) h = Math.imul(h ^ text.charCodeAt(at), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  return (h ^ (h >>> 13)) >>> 0;
};

/** The text as the tokens see it. */
export const normaliseAddress = (text: string): string => {
  const plain = text.normalize('NFKC').toLowerCase().replace(separators, '').replace(/(?<=\d)#/g, '号');
  return writeNumeralsAsDigits(plain).replace(/\d+/g, (digits) => digits.replace(/^0+(?=\d)/, ''));
};

/** One piece of a normalised text: a number, a word, a mark, or a single character. */
export const splitAddress = (text: string): string[] => {
  const found = text.match(pieces) ?? [];
  return found.map((piece) => {
    if (/^[-~–—−_/]$/.test(piece)) return '-';
    if (/^[[{<【〔《「『]$/.test(piece)) return '(';
    return /^[\]}>】〕》」』]$/.test(piece) ? ')' : piece;
  });
};

const kindOf = (piece: string): BucketKind | null => {
  if (/^\d/.test(piece)) return 'NUMBER';
  if (/^[a-z]/.test(piece)) return 'LATIN';
  return /^\p{L}/u.test(piece) ? 'CHARACTER' : null;
};

const parseVocab = (text: string): { ids: Map<string, number>; size: number } => {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const ids = new Map(lines.map((line, id) => [line, id]));
  if (ids.size !== lines.length) throw new Error('a line stands twice');
  if (lines[0] !== special.padding) throw new Error(`its first line is not ${special.padding}`);
  return { ids, size: lines.length };
};

/** Builds the tokenizer from the text of a `vocab.txt`, one token a line; throws when a line it needs is missing. */
export const createAddressTokenizer = (vocabText: string): Tokenizer => {
  const { ids, size } = parseVocab(vocabText);
  const idOf = (token: string): number => {
    const id = ids.get(token);
    if (id === undefined) throw new Error(`the vocabulary has no ${token}`);
    return id;
  };
  const empty = idOf(special.empty);
  const symbol = idOf(special.symbol);
  const buckets = Object.fromEntries(
    bucketKinds.map((kind) => {
      const first = idOf(`[${kind} 0]`);
      let count = 1;
      while (ids.get(`[${kind} ${count}]`) === first + count) count += 1;
      return [kind, { first, count }];
    }),
  ) as Record<BucketKind, { first: number; count: number }>;

  const lookUp = (piece: string): number => {
    const known = ids.get(piece);
    if (known !== undefined) return known;
    const kind = kindOf(piece);
    if (kind === null) return symbol;
    const { first, count } = buckets[kind];
    return first + (hash(piece) % count);
  };

  return {
    vocabSize: size,
    encode: (text, maxTokens) => {
      const found = splitAddress(normaliseAddress(text));
      if (found.length === 0) return Int32Array.of(empty);
      return Int32Array.from(found.length > maxTokens ? found.slice(0, maxTokens) : found, lookUp);
    },
  };
};
