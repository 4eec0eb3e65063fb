import { normaliseRows } from '../inference/pooling.js';

/** Places of a vector; two different bigrams share one seldom enough for a stand-in. */
export const bigramWidth = 512;

/** The first and the last token of every text; no character has these code points in an address. */
const [first, last] = [1, 2];

/** Highest code point of Unicode + 1. */
export const codePoints = 0x110000;

/** What BERT's tokenizer drops or takes for a gap between tokens. */
const dropped = /[\s\p{C}\uFFFD]/gu;

/** Characters as tokens, between two that mark the ends, in lower case and without those that BERT's tokenizer drops; of a text that is too long the beginning. */
export const encodeCharacters = (text: string, most: number): Int32Array => {
  const characters = Array.from(text.toLowerCase().replace(dropped, ''), (character) => character.codePointAt(0) ?? 0);
  return Int32Array.from([first, ...characters.slice(0, most - 2), last]);
};

/** Mixes two code points into 32 bits (the finaliser of MurmurHash3, Austin Appleby, public domain). */
const hashOf = (left: number, right: number): number => {
  let hash = Math.imul(left, 0x9e3779b1) ^ right;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

/**
 * Which pairs of neighbouring characters a text has, as a vector of length 1: the cosine of two is about the share of bigrams they have
 * in common. Depends on the text alone.
 */
export const bigramVector = (ids: Int32Array): Float32Array => {
  const counts = new Float32Array(bigramWidth);
  for (let at = 1; at < ids.length; at += 1) {
    const hash = hashOf(ids[at - 1] ?? 0, ids[at] ?? 0);
    const place = hash % bigramWidth;
    // A sign of its own keeps bigrams that share a place from adding up.
    counts[place] = (counts[place] ?? 0) + (hash & 0x80000000 ? -1 : 1);
  }
  return normaliseRows(counts, bigramWidth);
};
