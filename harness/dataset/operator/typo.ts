import type { Random } from '../../model/random.js';
import { withText, type Part, type Writing } from '../address/writing.js';
import { isDistinguishingAt } from '../lexicon/characters.js';
import type { Lexicon } from '../lexicon/lexicon.js';
import { createOperator, type Operator } from './operator.js';

/** Only names can be mistyped: numbers and the words around them belong to other operators. */
const isName = (kind: Part['kind']): boolean => kind === 'district' || kind === 'town' || kind === 'road' || kind === 'estate' || kind === 'poi';

/** The kind of a name is not mistyped: 路 → 露 would be read as another word, not as a slip. */
const longSuffixes = ['街道', '大道', '大街', '胡同', '花园', '小区', '家园', '嘉园', '佳苑', '新村', '公寓', '华庭', '大厦', '广场', '中心'];
const shortSuffixes = [...'省市区县旗镇乡路街巷弄道苑店楼园院'];

/** The last two characters of a text as one number: to cut them off as a string costs more than all the rest. */
const lastTwo = (text: string): number => (text.charCodeAt(text.length - 2) << 16) | text.charCodeAt(text.length - 1);
const longEndings = new Set(longSuffixes.map(lastTwo));
const shortEndings = new Set(shortSuffixes.map((suffix) => suffix.charCodeAt(0)));
const autonomous = lastTwo('自治');
const bracket = ')'.charCodeAt(0);

/** How many characters of a name come before its kind: 3 of 景山东街道, 3 of 肯德基(珠江路店). */
export function stemLength(name: string): number {
  const { length } = name;
  const last = name.charCodeAt(length - 1);
  if (last === bracket) return name.lastIndexOf('(');
  if (((name.charCodeAt(length - 3) << 16) | name.charCodeAt(length - 2)) === autonomous) return length - 3;
  if (longEndings.has(lastTwo(name))) return length - 2;
  return shortEndings.has(last) ? length - 1 : length;
}

/**
 * Makes one slip in one name. `change` gives the name with the slip at `index`, or `undefined`.
 * Refused: a result that is the name of another place (河东 → 河西), a second slip in one name, a numeral or a direction,
 * and a slip in the last name that is still right: something has to tell the place from others.
 */
function slip(
  writing: Writing,
  random: Random,
  lexicon: Lexicon,
  minimumStem: number,
  change: (name: string, index: number, stem: number) => string | undefined,
): Writing | undefined {
  const candidates: number[] = [];
  let stillRight = 0;
  for (let i = 0; i < writing.parts.length; i += 1) {
    const part = writing.parts[i];
    if (part === undefined || part.slip === 'made' || !isName(part.kind)) continue;
    stillRight += 1;
    if (part.slip === undefined) candidates.push(i);
  }
  if (stillRight < 2 || candidates.length === 0) return undefined;
  for (let attempt = 0; attempt < 4; attempt += 1) {
    const partIndex = random.pick(candidates);
    const name = writing.parts[partIndex]?.text ?? '';
    const stem = stemLength(name);
    if (stem < minimumStem) continue;
    const index = random.below(stem);
    const code = name.charCodeAt(index);
    if (code < 0x4e00 || code > 0x9fff || isDistinguishingAt(name, index)) continue;
    const changed = change(name, index, stem);
    if (changed === undefined || changed === name || lexicon.names.has(changed)) continue;
    return withText(writing, partIndex, changed, 'made');
  }
  return undefined;
}

/** The text with the one UTF-16 unit at `index` replaced by `by`. */
export const replaceAt = (text: string, index: number, by: string): string => text.slice(0, index) + by + text.slice(index + 1);

/** The first candidates are the most usual ones; squaring leans towards them. */
export const pickUsual = (random: Random, items: readonly string[]): string | undefined => {
  const roll = random.next();
  return items[Math.floor(roll * roll * items.length)];
};

/** An operator that makes one slip; `change` gets the name, where the slip is to be, and how long the name is before its kind. */
export const slipping = (
  name: string,
  minimumStem: number,
  change: (name: string, index: number, random: Random, lexicon: Lexicon, stem: number) => string | undefined,
): Operator => createOperator({
  name,
  stage: 'wording',
  digits: 'keep',
  apply: (writing, random, lexicon) => slip(writing, random, lexicon, minimumStem, (text, index, stem) => {
    const changed = change(text, index, random, lexicon, stem);
    // 玄武区 → 宣武区, which was one.
    return changed === undefined || lexicon.formerNames.has(changed) ? undefined : changed;
  }),
});

export const homophone = createOperator({
  name: 'homophone',
  stage: 'wording',
  digits: 'keep',
  apply: (writing, random, lexicon) =>
    slip(writing, random, lexicon, 2, (name, index) => {
      const other = pickUsual(random, lexicon.characters.homophones(name, index));
      return other === undefined ? undefined : replaceAt(name, index, other);
    }),
});

export const lookAlike = createOperator({
  name: 'look-alike',
  stage: 'wording',
  digits: 'keep',
  apply: (writing, random, lexicon) =>
    slip(writing, random, lexicon, 2, (name, index) => {
      const others = lexicon.characters.lookAlikes(name[index] ?? '');
      return others.length === 0 ? undefined : replaceAt(name, index, random.pick(others));
    }),
});

/** Only where three characters of the name stand: of two, one alone would name anything. */
export const dropCharacter = createOperator({
  name: 'drop-character',
  stage: 'wording',
  digits: 'keep',
  apply: (writing, random, lexicon) => slip(writing, random, lexicon, 3, (name, index) => replaceAt(name, index, '')),
});

export const stutter = createOperator({
  name: 'stutter',
  stage: 'wording',
  digits: 'keep',
  apply: (writing, random, lexicon) =>
    slip(writing, random, lexicon, 2, (name, index) => name.slice(0, index + 1) + name.slice(index)),
});
