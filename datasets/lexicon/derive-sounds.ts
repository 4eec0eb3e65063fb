import { pinyin } from 'pinyin-pro';
import { stripSuffix } from '../../harness/dataset/address/region.js';

/** Numerals and directions tell places apart: no slip makes or unmakes them (harness/dataset/lexicon/characters.ts). */
const distinguishing = /[零〇一二三四五六七八九十百千万亿两东西南北中上下前后左右内外新老大小甲乙丙丁]/;
const kindOfStreet = /(?:大道|大街|胡同|花园|小区|家园|新村|街道|路|街|巷|弄|里|苑)$/;
/** A list of an input method is read this far. */
const wordsKept = 6;

/** Characters by reading with tone (`yang2`), in the order of `homophones`: same-tone homophones. */
export function deriveTones(homophones: readonly (readonly [reading: string, characters: string])[]): [reading: string, characters: string][] {
  const buckets = new Map<string, string>();
  for (const [, characters] of homophones) {
    for (const character of characters) {
      const reading = pinyin(character, { toneType: 'num', v: true });
      buckets.set(reading, (buckets.get(reading) ?? '') + character);
    }
  }
  return [...buckets].filter(([, characters]) => [...characters].length > 1).sort(([a], [b]) => (a < b ? -1 : 1));
}

/**
 * Words of two characters that begin names of roads, estates, towns and districts, by the keys that are typed for them (`wenhua`): what an input
 * method offers in the place of each other. Most frequent first; only readings that two words share.
 */
export function deriveImeWords(names: Iterable<string>): [keys: string, words: string][] {
  const counts = new Map<string, number>();
  for (const name of names) {
    const word = stripSuffix(name).replace(kindOfStreet, '');
    if (/^[\u4e00-\u9fff]{2}$/.test(word) && !distinguishing.test(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const groups = new Map<string, string[]>();
  for (const [word] of [...counts].sort(([a, na], [b, nb]) => nb - na || (a < b ? -1 : 1))) {
    const keys = pinyin(word, { toneType: 'none', type: 'array', v: true }).join(' ');
    const group = groups.get(keys);
    if (group === undefined) groups.set(keys, [word]);
    else if (group.length < wordsKept) group.push(word);
  }
  return [...groups].filter(([, words]) => words.length > 1).sort(([a], [b]) => (a < b ? -1 : 1)).map(([keys, words]) => [keys, words.join(' ')]);
}
