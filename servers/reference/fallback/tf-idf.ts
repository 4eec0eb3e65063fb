/**
 * Similarity of two addresses by their words, without a model: the cosine of their TF-IDF vectors (Salton & Buckley 1988).
 *
 *   weight(word) = (number of times it stands in the address) × idf(word)      idf(word) = ln(areas / areas that have the word)
 *
 * An area (district, county) is the document: the name of a province stands in a hundred of them and says little, the name of a
 * road stands in one and says much. A word that no table knows, a house number above all, counts like one that stands in a single area.
 */

/** Words of an address, in any order. */
export type CutWords = (text: string) => readonly string[];

/** idf by word, and of a word that is not in it. */
export interface WordWeights {
  known: ReadonlyMap<string, number>;
  unknown: number;
}

/** What only says what kind of thing a number counts. Dropped: 88号 and 88 are the same words. */
const structure = new Set(['号', '栋', '幢', '座', '楼', '层', '单元', '室', '房', '号楼', '号院', '户', '门', '院', '弄', '巷', '附', '之', '第']);
const hasContent = /[\p{L}\p{N}]/u;

const vectorOf = (text: string, cut: CutWords, { known, unknown }: WordWeights): Map<string, number> => {
  const vector = new Map<string, number>();
  for (const word of cut(text)) {
    if (structure.has(word) || !hasContent.test(word)) continue;
    vector.set(word, (vector.get(word) ?? 0) + (known.get(word) ?? unknown));
  }
  return vector;
};

const lengthOf = (vector: Map<string, number>): number => Math.hypot(...vector.values());

/** From 0 (no word in common, or one without words) to 1; equal texts are exactly 1. Symmetric. */
export const tfIdfSimilarity = (left: string, right: string, cut: CutWords, weights: WordWeights): number => {
  if (left === right) return 1;
  const [a, b] = [vectorOf(left, cut, weights), vectorOf(right, cut, weights)];
  const lengths = lengthOf(a) * lengthOf(b);
  if (lengths === 0) return 0;
  let dot = 0;
  for (const [word, weight] of a) dot += weight * (b.get(word) ?? 0);
  return Math.min(1, dot / lengths);
};
