import { stripSuffix } from '../address/region.js';
import { createPart, hasKind, withParts, withText, type Part, type Writing } from '../address/writing.js';
import type { Lexicon } from '../lexicon/lexicon.js';
import { createOperator } from './operator.js';
import { stemLength } from './typo.js';

/** The same words in another script: traditional characters, Latin letters, English. */

/** 建国路 → 建國路, every part at once. */
export const traditional = createOperator({
  name: 'traditional',
  stage: 'layout',
  digits: 'keep',
  apply: (writing, _random, lexicon) => {
    let changed = false;
    const parts: Part[] = [];
    for (const part of writing.parts) {
      const text = lexicon.toTraditional(part.text);
      changed ||= text !== part.text;
      parts.push(text === part.text ? part : createPart(part.kind, text, part.slip));
    }
    return changed ? withParts(writing, parts) : undefined;
  },
});

/** `undefined` where a character has no known reading. */
function readings(text: string, lexicon: Lexicon): string[] | undefined {
  const read: string[] = [];
  for (let i = 0; i < text.length; i += 1) {
    const reading = lexicon.characters.reading(text, i);
    if (reading === undefined) return undefined;
    read.push(reading);
  }
  return read;
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** 建国路 → jianguo路: one name in Latin letters, its kind as it was. Never the only name left. */
export const pinyinName = createOperator({
  name: 'pinyin-name',
  stage: 'wording',
  digits: 'keep',
  apply: (writing, random, lexicon) => {
    const at: number[] = [];
    let names = 0;
    for (const [i, { kind, slip }] of writing.parts.entries()) {
      if (kind !== 'district' && kind !== 'road' && kind !== 'estate' && kind !== 'poi') continue;
      if (slip === 'made') continue;
      names += 1;
      if (slip === undefined && kind !== 'poi') at.push(i);
    }
    if (names < 2 || at.length === 0) return undefined;
    const index = random.pick(at);
    const name = writing.parts[index]?.text ?? '';
    const stem = stemLength(name);
    const read = stem < 2 ? undefined : readings(name.slice(0, stem), lexicon);
    if (read === undefined) return undefined;
    const word = read.join('');
    return withText(writing, index, (random.chance(0.5) ? word : capital(word)) + name.slice(stem), 'made');
  },
});

/** 北京市朝阳区 → BJ朝阳区: the letters of the city, where its district stands beside it. */
export const cityInitials = createOperator({
  name: 'city-initials',
  stage: 'wording',
  digits: 'keep',
  apply: (writing, _random, lexicon) => {
    const index = writing.parts.findIndex((part) => part.kind === 'city');
    const text = writing.parts[index]?.text;
    if (text === undefined || !hasKind(writing, 'district')) return undefined;
    const stem = stripSuffix(text);
    const read = stem.length > 3 ? undefined : readings(stem, lexicon);
    return read === undefined ? undefined : withText(writing, index, read.map((word) => word.charAt(0).toUpperCase()).join(''), 'made');
  },
});

/** 江苏省南京市 → 苏南京市, 北京市朝阳区 → 京朝阳区: the letter of number plates. Only where a level below follows. */
export const plateLetter = createOperator({
  name: 'plate-letter',
  stage: 'wording',
  digits: 'keep',
  apply: (writing, _random, lexicon) => {
    const [first, second] = writing.parts;
    const letter = first?.text === undefined ? undefined : lexicon.plateLetters.get(first.text);
    if (letter === undefined || (first?.kind !== 'province' && first?.kind !== 'city')) return undefined;
    return second?.kind === 'city' || second?.kind === 'district' ? withText(writing, 0, letter, 'made') : undefined;
  },
});

const kindsInEnglish: readonly (readonly [suffix: string, word: string])[] = [
  ['大道', ' Avenue'], ['大街', ' Street'], ['胡同', ' Hutong'], ['路', ' Road'], ['街', ' Street'], ['巷', ' Lane'], ['弄', ' Lane'],
  ['区', ' District'], ['县', ' County'], ['镇', ' Town'], ['乡', ' Township'], ['市', ''], ['省', ''],
];
const countedInEnglish: Readonly<Record<string, string>> = { number: 'No.', building: 'Building ', unit: 'Unit ', floor: 'Floor ', room: 'Room ' };

/** More would be longer than an address may be (create.ts). */
const longestEnglish = 60;

/** 北京市朝阳区建国路8号 → No.8 Jianguo Road, Chaoyang District, Beijing: from the small to the large. Short addresses of plain names only. */
export const english = createOperator({
  name: 'english',
  stage: 'language',
  digits: 'keep',
  apply: (writing, _random, lexicon) => {
    const parts: Part[] = [];
    let length = 0;
    for (let i = writing.parts.length - 1; i >= 0; i -= 1) {
      const part = writing.parts[i] as Part;
      const text = partInEnglish(part, writing, lexicon);
      if (text === undefined) return undefined;
      if (parts.length > 0) parts.push(createPart('mark', parts.at(-1)?.kind === 'number' ? ' ' : ', '));
      parts.push(createPart(part.kind, text, 'barred'));
      length += text.length + 2;
    }
    return length > longestEnglish ? undefined : withParts(writing, parts);
  },
});

function partInEnglish({ kind, text }: Part, { place }: Writing, lexicon: Lexicon): string | undefined {
  if (kind === 'mark' || kind === 'extra' || kind === 'sub' || place.sub !== undefined) return undefined;
  const before = countedInEnglish[kind];
  if (before !== undefined) return before + (place[kind] ?? '');
  const [suffix, word] = kindsInEnglish.find(([candidate]) => text.endsWith(candidate)) ?? ['', ''];
  const read = readings(text.slice(0, text.length - suffix.length), lexicon);
  return read === undefined || read.length === 0 ? undefined : capital(read.join('')) + word;
}
