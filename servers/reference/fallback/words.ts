import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../model/package-root.js';
import { normaliseAddress } from '../model/address-tokenizer.js';
import { tfIdfSimilarity, type WordWeights } from './tf-idf.js';

/** The similarity of two addresses by their words alone. */
export type WordSimilarity = (left: string, right: string) => number;

/** Rarer than any word of the table: jieba prefers words that it is told are frequent over single characters. */
const frequency = 1000;

const readTable = (text: string): { words: string[]; weights: WordWeights } => {
  const rows = text.split('\n').filter((line) => line !== '').map((line) => line.split('\t'));
  const [first, ...rest] = rows;
  const areas = Number(first?.[1]);
  const known = new Map(rest.map(([word = '', count]) => [word, Math.log(areas / Number(count))]));
  return { words: [...known.keys()], weights: { known, unknown: Math.log(areas) } };
};

/**
 * Loads jieba with the address dictionary and nothing else: 11 MiB and some 50 ms, which a server that never fails does not spend. Words that
 * the dictionary lacks are found by jieba's hidden Markov model. Rejects where the package is missing for this platform.
 */
export const loadWordSimilarity = async (): Promise<WordSimilarity> => {
  const { Jieba } = await import('@node-rs/jieba');
  const { words, weights } = readTable(readFileSync(join(packageRoot(), 'servers', 'reference', 'fallback', 'words.tsv'), 'utf8'));
  const jieba = new Jieba();
  jieba.loadDict(Buffer.from(words.map((word) => `${word} ${frequency} ns\n`).join('')));
  const cut = (text: string): string[] => jieba.cut(text, true);
  return (left, right) => (left === right ? 1 : tfIdfSimilarity(normaliseAddress(left), normaliseAddress(right), cut, weights));
};
