import { toChineseNumeral, toDigitwise, toFullWidth } from '../address/numerals.js';
import { createPart, indexOfKind, withParts, withText, type Part, type Writing } from '../address/writing.js';
import { createOperator } from './operator.js';

/** Operators on house numbers and on the parts of a building. They look for the plain form and refuse any other. */

const plainNumber = /^(\d+)号/;

/** 8号 → 8#, 8＃, No.8; the last one only where no digit follows: No.8 and 301室 would become No.8301室. */
export const numberSign = createOperator({
  name: 'number-sign',
  stage: 'wording',
  digits: 'restyle',
  apply: (writing, random) => {
    const next = writing.parts[indexOfKind(writing, 'number') + 1]?.text ?? '';
    const bare = /^\d/.test(next) ? [] : ['No.'];
    return restyle(writing, 'number', plainNumber, (digits) => {
      const sign = random.pick(['#', '#', '＃', ...bare]);
      return sign === 'No.' ? sign + digits : digits + sign;
    });
  },
});

/** 8号 → 八号, 128号 → 一百二十八号 or 一二八号 */
export const numberInWords = createOperator({
  name: 'number-in-words',
  stage: 'wording',
  digits: 'restyle',
  apply: (writing, random) =>
    restyle(writing, 'number', plainNumber, (digits) =>
      digits.length > 2 && random.chance(0.3) ? `${toDigitwise(digits)}号` : `${toChineseNumeral(Number(digits))}号`),
});

/** 3号楼2单元 → 三号楼二单元 */
export const buildingInWords = createOperator({
  name: 'building-in-words',
  stage: 'wording',
  digits: 'restyle',
  apply: (writing) => {
    const inWords = (digits: string, word: string): string => toChineseNumeral(Number(digits)) + word;
    let changed = restyle(writing, 'building', plainBuilding, inWords);
    for (const kind of ['unit', 'floor'] as const) {
      changed = restyle(changed ?? writing, kind, /^(\d+)(单元|层|楼)$/, inWords) ?? changed;
    }
    return changed;
  },
});

const plainBuilding = /^(\d+)(号楼|栋|幢|座)$/;

/** 3号楼 → 3栋, 3幢, 3座, 3# */
export const buildingWord = createOperator({
  name: 'building-word',
  stage: 'wording',
  digits: 'restyle',
  apply: (writing, random) =>
    restyle(writing, 'building', plainBuilding, (digits, word) => {
      const other = random.pick(['号楼', '栋', '幢', '座', '#', '#楼']);
      return other === word ? undefined : digits + other;
    }),
});

/** 3号楼2单元301室 → 3-2-301; only with all three, else 27-4 could be read in two ways. */
export const dashes = createOperator({
  name: 'dashes',
  stage: 'wording',
  digits: 'restyle',
  apply: (writing) => {
    // The unit first: most addresses have none.
    const unit = countedIn(writing, 'unit');
    const room = unit === undefined ? undefined : countedIn(writing, 'room');
    const building = room === undefined ? undefined : countedIn(writing, 'building');
    if (building === undefined || unit === undefined || room === undefined) return undefined;
    const merged = withText(writing, indexOfKind(writing, 'building'), `${building}-${unit}-${room}`);
    return withParts(merged, merged.parts.filter((part) => part.kind !== 'unit' && part.kind !== 'room'));
  },
});

const counted = /^\d+(?=号楼|栋|幢|座|单元|室)/;

function countedIn(writing: Writing, kind: Part['kind']): string | undefined {
  const part = writing.parts[indexOfKind(writing, kind)];
  return part === undefined ? undefined : counted.exec(part.text)?.[0];
}

/** 301室 → 301, 301房 */
export const roomWord = createOperator({
  name: 'room-word',
  stage: 'wording',
  digits: 'restyle',
  apply: (writing, random) => restyle(writing, 'room', /^(\d+)室$/, (digits) => digits + random.pick(['', '', '房'])),
});

/** 3层 → 3楼, 3F */
export const floorWord = createOperator({
  name: 'floor-word',
  stage: 'wording',
  digits: 'restyle',
  apply: (writing, random) =>
    restyle(writing, 'floor', /^(\d+)(层|楼)$/, (digits, word) => digits + random.pick(word === '层' ? ['楼', 'F'] : ['层', 'F'])),
});

/** Every Arabic digit of the address: 128号3号楼 → １２８号３号楼 */
export const fullWidthDigits = createOperator({
  name: 'full-width-digits',
  stage: 'layout',
  digits: 'restyle',
  apply: (writing) => {
    let changed = false;
    const parts: Part[] = [];
    for (const part of writing.parts) {
      const text = toFullWidth(part.text);
      const same = text === part.text;
      changed ||= !same;
      parts.push(same ? part : createPart(part.kind, text, part.slip));
    }
    return changed ? withParts(writing, parts) : undefined;
  },
});

/** 8号 → 08号, 1单元 → 01单元 */
export const zeroPad = createOperator({
  name: 'zero-pad',
  stage: 'wording',
  digits: 'restyle',
  apply: (writing) => restyle(writing, 'unit', /^(\d)(单元)/, (digit, word) => `0${digit}${word}`) ?? restyle(writing, 'number', /^(\d)号/, (digit) => `0${digit}号`),
});

/** ① to ⑳ */
const mostCircled = 20;

/** 8号 → ⑧号 */
export const circledNumber = createOperator({
  name: 'circled-number',
  stage: 'wording',
  digits: 'restyle',
  apply: (writing) =>
    restyle(writing, 'number', plainNumber, (digits) => (Number(digits) > mostCircled ? undefined : `${String.fromCodePoint(0x245f + Number(digits))}号`)),
});

const formal: Readonly<Record<string, string>> = { 零: '零', 一: '壹', 二: '贰', 三: '叁', 四: '肆', 五: '伍', 六: '陆', 七: '柒', 八: '捌', 九: '玖', 十: '拾', 百: '佰', 千: '仟' };

/** 128号 → 壹佰贰拾捌号: as sums are written on cheques. */
export const numberInFormalWords = createOperator({
  name: 'number-in-formal-words',
  stage: 'wording',
  digits: 'restyle',
  apply: (writing) => restyle(writing, 'number', plainNumber, (digits) => `${toChineseNumeral(Number(digits)).replaceAll(/./g, (word) => formal[word] ?? word)}号`),
});

/** 301室 → 三〇一室 */
export const roomInWords = createOperator({
  name: 'room-in-words',
  stage: 'wording',
  digits: 'restyle',
  apply: (writing) => restyle(writing, 'room', /^(\d+)室$/, (digits) => `${toDigitwise(digits)}室`),
});

/** 101室 → 1O1室: what a scanner reads. Only the zeros inside a room number, where a letter cannot be meant. */
export const scannedZero = createOperator({
  name: 'scanned-zero',
  stage: 'wording',
  digits: 'blur',
  apply: (writing, random) => restyle(writing, 'room', /^(\d+)室$/, (digits) => (/\d0\d/.test(digits) ? `${digits.replace(/(\d)0(?=\d)/, `$1${random.pick(['O', 'o'])}`)}室` : undefined)),
});

/** A座 → a座, Ａ座 */
export const letterCase = createOperator({
  name: 'letter-case',
  stage: 'wording',
  digits: 'keep',
  apply: (writing, random) => restyle(writing, 'building', /^([A-Z])(座)$/, (letter, word) => (random.chance(0.6) ? letter.toLowerCase() : String.fromCharCode(letter.charCodeAt(0) + 0xfee0)) + word),
});

/** Rewrites the match of `pattern` in the part of this kind; `write` gets the groups. */
function restyle(
  writing: Writing,
  kind: Part['kind'],
  pattern: RegExp,
  write: (digits: string, word: string) => string | undefined,
): Writing | undefined {
  const index = indexOfKind(writing, kind);
  const text = writing.parts[index]?.text ?? '';
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const written = write(match[1] ?? '', match[2] ?? '');
  return written === undefined ? undefined : withText(writing, index, written + text.slice(match[0].length));
}
