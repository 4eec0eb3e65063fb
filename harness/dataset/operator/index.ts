import type { Random } from '../../model/random.js';
import type { Writing } from '../address/writing.js';
import type { Lexicon } from '../lexicon/lexicon.js';
import {
  company, country, emoji, fullName, label, link, markup, note, nullString, orderNumber, person, phone, postcode, trailingMarks,
} from './around.js';
import { blanks, brackets, controlCharacters, escapes, invisible, lineBreaks, privateUse, punctuationWidth, reverseOrder, separators } from './layout.js';
import { nameBeforeRoad, nameWithoutRoad, poiAlias } from './name.js';
import {
  buildingInWords, buildingWord, circledNumber, dashes, floorWord, fullWidthDigits, letterCase, numberInFormalWords, numberInWords, numberSign, roomInWords, roomWord,
  scannedZero, zeroPad,
} from './number.js';
import type { Operator } from './operator.js';
import {
  complete, oldName, omitCity, omitDistrict, omitProvince, omitRegions, omitTown, regionAtEnd, repeatRegion, shortOfficialName, statisticsLevel, stripSuffixes,
} from './region.js';
import { cityInitials, english, pinyinName, plateLetter, traditional } from './script.js';
import { imeWord, maskedCharacter, nearPinyin, sameTone, swapCharacters } from './sound.js';
import { omitRoom } from './tail.js';
import { dropCharacter, homophone, lookAlike, stutter } from './typo.js';
import { weightedPick } from './weights.js';

/** Every operator that keeps the place, by name. */
export const operators: readonly Operator[] = [
  omitProvince, omitCity, omitDistrict, omitTown, omitRegions, omitRoom, complete, nameWithoutRoad, nameBeforeRoad,
  homophone, lookAlike, dropCharacter, stutter, stripSuffixes, shortOfficialName, oldName, poiAlias,
  numberSign, numberInWords, buildingInWords, buildingWord, dashes, roomWord, floorWord,
  fullWidthDigits, separators, brackets, blanks,
  repeatRegion, invisible, label, note, person, phone, emoji, trailingMarks, country,
  sameTone, nearPinyin, imeWord, swapCharacters, maskedCharacter, traditional, pinyinName, cityInitials, plateLetter, english,
  zeroPad, circledNumber, numberInFormalWords, roomInWords, scannedZero, letterCase, statisticsLevel, regionAtEnd, reverseOrder,
  lineBreaks, punctuationWidth, escapes, controlCharacters, privateUse, fullName, company, postcode, markup, nullString, orderNumber, link,
];

const hardNames = new Set(operators.filter((operator) => operator.hard === true).map((operator) => operator.name));

/** Whether the operator of this name leaves little in common, or takes knowledge of the world to see through. */
export const isHardOperator = (name: string): boolean => hardNames.has(name);

/** What people do when they write one place again. Weights after the shares seen in real queries, where they are known. */
export const pickEveryday = weightedPick<Operator>([
  [omitProvince, 10], [omitCity, 6], [omitDistrict, 4], [omitTown, 6], [omitRoom, 3], [complete, 9],
  [stripSuffixes, 9], [shortOfficialName, 3],
  [homophone, 7], [lookAlike, 3], [dropCharacter, 2], [stutter, 1],
  [numberSign, 5], [numberInWords, 3], [buildingInWords, 5], [buildingWord, 8], [dashes, 8], [roomWord, 8], [floorWord, 6],
  [fullWidthDigits, 2], [separators, 4], [brackets, 6], [blanks, 1],
  [sameTone, 2], [nearPinyin, 3], [imeWord, 2], [swapCharacters, 1], [traditional, 1], [pinyinName, 1], [cityInitials, 1], [plateLetter, 1], [english, 1],
  [zeroPad, 1], [circledNumber, 1], [numberInFormalWords, 1], [roomInWords, 2], [letterCase, 1], [regionAtEnd, 2], [reverseOrder, 1], [punctuationWidth, 2],
]);

/** Ways to write one place that leave little in common. */
export const pickHard = weightedPick<Operator>([[nameWithoutRoad, 5], [nameBeforeRoad, 3], [omitRegions, 4]]);

/** What makes a pair noisy. */
export const pickNoise = weightedPick<Operator>([
  [homophone, 5], [lookAlike, 3], [stutter, 2], [dropCharacter, 1], [fullWidthDigits, 4], [separators, 4], [blanks, 5],
  [repeatRegion, 4], [invisible, 6], [label, 5], [note, 5], [person, 4], [phone, 5], [emoji, 4], [trailingMarks, 3], [country, 2],
  [sameTone, 2], [nearPinyin, 3], [imeWord, 2], [swapCharacters, 1], [maskedCharacter, 1], [scannedZero, 1], [statisticsLevel, 1], [regionAtEnd, 2],
  [lineBreaks, 2], [controlCharacters, 2], [privateUse, 1], [escapes, 1], [markup, 2], [punctuationWidth, 1],
  [fullName, 3], [company, 2], [postcode, 1], [nullString, 2], [orderNumber, 1], [link, 1],
]);

/** Style only: no name, number or level is touched, so that it is safe on pairs that are not one place. */
export const pickStyle = weightedPick<Operator>([
  [stripSuffixes, 4], [buildingWord, 3], [roomWord, 3], [floorWord, 2], [numberSign, 2], [separators, 2], [brackets, 2], [numberInWords, 1],
  [buildingInWords, 2], [fullWidthDigits, 1],
]);

/** By stage, otherwise as they were drawn. Insertion: half a dozen operators, and a million pairs. */
function inOrder(chosen: readonly Operator[]): readonly Operator[] {
  const ordered: Operator[] = [];
  for (const operator of chosen) {
    let at = ordered.length;
    for (; at > 0; at -= 1) {
      const before = ordered[at - 1];
      if (before === undefined || before.rank <= operator.rank) break;
      ordered[at] = before;
    }
    ordered[at] = operator;
  }
  return ordered;
}

/** The writing after the operators, and the names of those that acted, in their order. */
export interface Applied {
  writing: Writing;
  names: readonly string[];
}

function undoesOne({ undoes }: Operator, names: readonly string[]): boolean {
  if (undoes === undefined) return false;
  for (const name of names) if (undoes.includes(name)) return true;
  return false;
}

/** Applies the operators stage by stage; one that refuses is left out. No operator acts twice. */
export function applyOperators(writing: Writing, chosen: readonly Operator[], random: Random, lexicon: Lexicon): Applied {
  let current = writing;
  const names: string[] = [];
  for (const operator of inOrder(chosen)) {
    if (names.length > 0 && (names.includes(operator.name) || undoesOne(operator, names))) continue;
    const next = operator.apply(current, random, lexicon);
    if (next === undefined) continue;
    current = next;
    names.push(operator.name);
  }
  return { writing: current, names };
}

export * from './neighbour.js';
export type { Operator } from './operator.js';
export {
  blanks, brackets, buildingInWords, buildingWord, complete, dashes, dropCharacter, emoji, floorWord, fullWidthDigits, homophone, invisible, label, lookAlike,
  nameBeforeRoad, nameWithoutRoad, note, numberInWords, numberSign, oldName, omitRoom, person, phone, poiAlias, repeatRegion, roomWord, separators, shortOfficialName,
  stripSuffixes, stutter, trailingMarks,
};
