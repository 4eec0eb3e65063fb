import { createPart, withParts, withText, type Part, type Writing } from '../address/writing.js';
import { createOperator, type Operator } from './operator.js';

/** Operators on the address as a line of text: what stands between its parts, and what cannot be seen. */

const mark = (text: string): Part => createPart('mark', text);

/** Where two parts meet that both say something, and that are `wanted`: never beside a mark. */
function seams({ parts }: Writing, wanted: (before: Part, after: Part) => boolean): number[] {
  const found: number[] = [];
  for (let i = 1; i < parts.length; i += 1) {
    const before = parts[i - 1];
    const after = parts[i];
    if (before === undefined || after === undefined || before.kind === 'mark' || after.kind === 'mark') continue;
    if (wanted(before, after)) found.push(i);
  }
  return found;
}

const notNumber = (_: Part, after: Part): boolean => after.kind !== 'number';
const isHan = (unit: number): boolean => unit >= 0x4e00 && unit <= 0x9fff;
const besideHan = (before: Part, after: Part): boolean => isHan(before.text.charCodeAt(before.text.length - 1)) || isHan(after.text.charCodeAt(0));

/** Puts `text` at these seams, which are in ascending order. */
function insertMarks(writing: Writing, at: readonly number[], text: string): Writing {
  const parts: Part[] = [];
  let next = 0;
  for (const part of writing.parts) {
    if (at[next] === parts.length - next) {
      parts.push(mark(text));
      next += 1;
    }
    parts.push(part);
  }
  return withParts(writing, parts);
}

/** 北京市·朝阳区·建国路8号 */
export const separators = createOperator({
  name: 'separators',
  stage: 'layout',
  digits: 'keep',
  apply: (writing, random) => {
    // 路-8号 would split a road from its number, as nobody writes.
    const at = seams(writing, notNumber);
    return at.length === 0 ? undefined : insertMarks(writing, at, random.pick(['·', ',', '，', '-', '/', ' ', ' ', '、']));
  },
});

const bracketPairs = ['()', '（）', '()', '（）', '【】'];

/** 朝阳区(建外街道)建国路8号, 建国路8号(金鹰大厦) */
export const brackets = createOperator({
  name: 'brackets',
  stage: 'layout',
  digits: 'keep',
  apply: (writing, random) => {
    const at: number[] = [];
    for (let i = 1; i < writing.parts.length; i += 1) {
      const part = writing.parts[i];
      if (part !== undefined && (part.kind === 'town' || part.kind === 'poi' || part.kind === 'estate') && !part.text.includes('(')) at.push(i);
    }
    if (at.length === 0) return undefined;
    const index = random.pick(at);
    const pair = random.pick(bracketPairs);
    return withText(writing, index, `${pair.charAt(0)}${writing.parts[index]?.text ?? ''}${pair.charAt(1)}`);
  },
});

/** Blanks where a tokenizer puts a word's end anyway: beside a Chinese character. */
export const blanks = createOperator({
  name: 'blanks',
  stage: 'layout',
  digits: 'keep',
  tokenIdentical: true,
  apply: (writing, random) => {
    const at = seams(writing, besideHan);
    if (at.length === 0) return undefined;
    const some = random.chance(0.5) ? at : [random.pick(at)];
    return insertMarks(writing, some, random.pick([' ', ' ', '  ', '\u3000', '\u00a0']));
  },
});

/** Line breaks and tabs, as copying from a table or a letter brings them: blanks to a tokenizer. */
export const lineBreaks = createOperator({
  name: 'line-breaks',
  stage: 'layout',
  digits: 'keep',
  tokenIdentical: true,
  apply: (writing, random) => {
    const at = seams(writing, besideHan);
    return at.length === 0 ? undefined : insertMarks(writing, [random.pick(at)], random.pick(['\n', '\t', '\r\n']));
  },
});

const otherWidth: Readonly<Record<string, string>> = { '(': '（', ')': '）', '（': '(', '）': ')', ',': '，', '，': ',', ':': '：', '：': ':' };

/** 肯德基(珠江路店) → 肯德基（珠江路店）: the other half of the punctuation keys. */
export const punctuationWidth = createOperator({
  name: 'punctuation-width',
  stage: 'around',
  digits: 'keep',
  apply: (writing) => {
    let changed = false;
    const parts = writing.parts.map((part) => {
      const text = part.text.replaceAll(/[(),:（），：]/g, (mark) => otherWidth[mark] ?? mark);
      changed ||= text !== part.text;
      return text === part.text ? part : createPart(part.kind, text, part.slip);
    });
    return changed ? withParts(writing, parts) : undefined;
  },
});

/** 8号 建国路 朝阳区 北京市: from the small to the large, held apart so that no two numbers meet. */
export const reverseOrder = createOperator({
  name: 'reverse-order',
  stage: 'layout',
  digits: 'keep',
  apply: (writing, random) => {
    if (writing.parts.length < 3 || writing.parts.some((part) => part.kind === 'mark')) return undefined;
    const between = mark(random.pick([' ', ',', '，']));
    return withParts(writing, writing.parts.toReversed().flatMap((part, i) => (i === 0 ? [part] : [between, part])));
  },
});

/** Blanks and joints of a web page, left as they are written there. */
export const escapes = createOperator({
  name: 'escapes',
  stage: 'layout',
  digits: 'add',
  apply: (writing, random) => {
    const at = seams(writing, notNumber);
    return at.length === 0 ? undefined : insertMarks(writing, [random.pick(at)], random.pick(['&nbsp;', '&#32;', '&amp;', '\\n']));
  },
});

/** Format characters (Unicode Cf): a BERT tokenizer drops them before it looks. */
export const invisibleCharacters = ['\u200b', '\u200c', '\u200d', '\u2060', '\ufeff'];

/** Puts one to `most` of these characters anywhere. */
const sprinkle = (name: string, most: number, characters: readonly string[]): Operator => createOperator({
  name,
  stage: 'hidden',
  digits: 'keep',
  tokenIdentical: true,
  apply: (writing, random) => {
    let changed = writing;
    for (let left = random.below(most) + 1; left > 0; left -= 1) {
      const index = random.below(writing.parts.length);
      const text = changed.parts[index]?.text ?? '';
      const drawn = random.below(text.length + 1);
      // Never into the middle of an emoji: half a character is no character.
      const at = drawn > 0 && (text.codePointAt(drawn - 1) ?? 0) > 0xffff ? drawn - 1 : drawn;
      changed = withText(changed, index, text.slice(0, at) + random.pick(characters) + text.slice(at));
    }
    return changed;
  },
});

/** As pasting from a web page or a chat brings them. */
export const invisible: Operator = sprinkle('invisible', 3, invisibleCharacters);

/** Control characters (Cc) that are no blanks, as an old terminal or a broken export leaves them: NUL, BEL, ESC, DEL. */
export const controlCharacters: Operator = sprinkle('control-characters', 2, ['\u0000', '\u0007', '\u001b', '\u007f']);

/** Characters of private use (Co), as fonts with company signs leave them. */
export const privateUse: Operator = sprinkle('private-use', 2, ['\ue000', '\ue0ff', '\uf8ff']);
