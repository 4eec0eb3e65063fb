/**
 * How many WordPiece tokens a text has, without [CLS] and [SEP]: what a model of BERT's family is given to read. The steps are those
 * of BERT's BasicTokenizer and WordpieceTokenizer (Devlin et al., 2018): control and format characters go, white space parts, Chinese
 * characters and punctuation stand alone, everything else is lower-cased, stripped of accents and cut into the longest known pieces.
 */

/** Tokens of one text. */
export type CountTokens = (text: string) => number;

/** Where the vocabulary of bert-base-chinese lies in the package. Read as a table; nothing of a server's code is used (docs/decisions/0007-token-counts.md). */
export const vocabularyPath = 'servers/reference/model/vocab/vocab.txt';

/** Longer words become one unknown token, as in BERT. */
const longestWord = 100;
/** Words recur: house numbers, letters of buildings. Beyond this many they are forgotten and counted anew. */
const mostKnown = 20_000;

const notSeen = 0;
const gone = 1;
const blank = 2;
const alone = 3;
const inWord = 4;
/** Surrogates, and characters that become several. */
const slow = 5;
type Kind = typeof notSeen | typeof gone | typeof blank | typeof alone | typeof inWord | typeof slow;

const isLine = /^[\t\n\r]$/;
const isBlank = /^\p{White_Space}$/u;
/** Unassigned characters stay: which ones they are changes with the version of the runtime. */
const isGone = /^[\0\ufffd\p{Cc}\p{Cf}\p{Co}\p{Cs}]$/u;
const isPunctuation = /^[!-/:-@[-`{-~\p{P}]$/u;
/** The blocks that BERT counts as Chinese characters. */
const isChinese = /^[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{2a6df}\u{2a700}-\u{2ceaf}\u{2f800}-\u{2fa1f}]$/u;

function kindOf(character: string): Kind {
  if (isLine.test(character)) return blank;
  // Other control characters go, also those that Unicode calls white space.
  if (isGone.test(character)) return gone;
  if (isBlank.test(character)) return blank;
  if (isChinese.test(character) || isPunctuation.test(character)) return alone;
  return inWord;
}

/** Without accents, in lower case. */
const plainOf = (character: string): string => Array.from(character.normalize('NFD').replace(/\p{Mn}/gu, ''), (part) => part.toLowerCase()).join('');

/** @param vocabulary text of a `vocab.txt`, one token a line ended by `\n` */
export function createTokenCounter(vocabulary: string): CountTokens {
  const known = new Set(vocabulary.split('\n'));
  const pieces = new Map<string, number>();
  const kinds = new Uint8Array(0x10000);
  const plain = new Map<number, string>();

  const cut = (word: string): number => {
    if (word.length > longestWord && [...word].length > longestWord) return 1;
    let found = 0;
    for (let start = 0; start < word.length; found += 1) {
      let end = word.length;
      while (end > start && !known.has(start === 0 ? word.slice(0, end) : `##${word.slice(start, end)}`)) end -= 1;
      if (end === start) return 1;
      start = end;
    }
    return found;
  };
  const piecesOf = (word: string): number => {
    const before = pieces.get(word);
    if (before !== undefined) return before;
    if (pieces.size >= mostKnown) pieces.clear();
    const found = cut(word);
    pieces.set(word, found);
    return found;
  };
  const look = (unit: number): Kind => {
    const character = String.fromCharCode(unit);
    const folded = plainOf(character);
    const kind = unit >= 0xd800 && unit <= 0xdfff ? slow : kindOf(character);
    // A character that folds into several, or into another kind, is looked at part by part each time: there are few.
    const simple = kind !== inWord || (folded.length === 1 && kindOf(folded) === inWord);
    if (kind === inWord && simple) plain.set(unit, folded);
    return simple ? kind : slow;
  };

  return (text) => {
    let count = 0;
    let word = '';
    for (let i = 0; i < text.length; i += 1) {
      const unit = text.charCodeAt(i);
      let kind = kinds[unit] as Kind;
      if (kind === notSeen) {
        kind = look(unit);
        kinds[unit] = kind;
      }
      if (kind === inWord) {
        word += unit < 0x80 && (unit < 0x41 || unit > 0x5a) ? text[i] ?? '' : plain.get(unit) ?? '';
        continue;
      }
      if (kind === gone) continue;
      if (kind === slow) {
        const code = text.codePointAt(i) ?? unit;
        if (code > 0xffff) i += 1;
        const character = String.fromCodePoint(code);
        const whole = kindOf(character);
        if (whole === gone) continue;
        for (const part of whole === inWord ? plainOf(character) : [character]) {
          const partKind = whole === inWord ? (isPunctuation.test(part) ? alone : isBlank.test(part) ? blank : inWord) : whole;
          if (partKind === inWord) word += part;
          else {
            if (word !== '') count += piecesOf(word);
            word = '';
            if (partKind === alone) count += 1;
          }
        }
        continue;
      }
      if (word !== '') {
        count += piecesOf(word);
        word = '';
      }
      if (kind === alone) count += 1;
    }
    return word === '' ? count : count + piecesOf(word);
  };
}
