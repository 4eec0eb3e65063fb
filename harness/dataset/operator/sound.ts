import type { Operator } from './operator.js';
import { isDistinguishingAt } from '../lexicon/characters.js';
import { pickUsual, replaceAt, slipping } from './typo.js';

/** Slips of the ear and of the input method, beyond the plain homophone: each makes one slip in one name (typo.ts). */

/** 建国路 → 建帼路: the same reading with the same tone. */
export const sameTone: Operator = slipping('same-tone', 2, (name, index, random, { characters }) => {
  const other = pickUsual(random, characters.sameTone(name, index));
  return other === undefined ? undefined : replaceAt(name, index, other);
});

/** 深圳路 → 森圳路: zh/z, ch/c, sh/s, n/l, h/f, an/ang, en/eng, in/ing, which half the country does not tell apart. */
export const nearPinyin: Operator = slipping('near-pinyin', 2, (name, index, random, { characters }) => {
  const other = pickUsual(random, characters.nearSounds(name, index));
  return other === undefined ? undefined : replaceAt(name, index, other);
});

/** 文化路 → 文华路 where no such road is known: the input method offers whole words that sound alike. */
export const imeWord: Operator = slipping('ime-word', 2, (name, index, random, { characters }) => {
  if (index > 0) return undefined;
  const other = pickUsual(random, characters.imeWords(name.slice(0, 2)));
  return other === undefined ? undefined : other + name.slice(2);
});

/** 锦绣花园 → 绣锦花园: two keys in the wrong order. */
export const swapCharacters: Operator = slipping('swap-characters', 2, (name, index, _random, _lexicon, stem) => {
  if (index + 1 >= stem || isDistinguishingAt(name, index + 1)) return undefined;
  return name.slice(0, index) + name.charAt(index + 1) + name.charAt(index) + name.slice(index + 2);
});

const masks = ['?', '？', '□', '*'];

/** 梅园新村街道 → 梅?新村街道: a rare character that did not survive an old encoding. Only where two others of the name stand. */
export const maskedCharacter: Operator = slipping('masked-character', 3, (name, index, random) => replaceAt(name, index, random.pick(masks)));
