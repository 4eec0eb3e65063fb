/**
 * WordPiece as bert-base-chinese uses it: clean, isolate CJK characters, strip accents, lower-case, split at
 * punctuation, then the longest known piece first. The steps and their order are those of BERT's BasicTokenizer and
 * WordpieceTokenizer (Devlin et al., 2018), checked token by token against the Hugging Face implementation.
 * Special tokens written out in the text ("[SEP]") are ordinary characters here: an address cannot forge a boundary.
 */
export interface Tokenizer {
  /** WordPiece ids with [CLS] in front and [SEP] behind, cut to `maxTokens` in all. */
  encode(text: string, maxTokens: number): Int32Array;
  /** Lines of `vocab.txt`: every id lies below it. */
  readonly vocabSize: number;
}

/** Words longer than this become [UNK], as in BERT. */
const maxWordChars = 100;
/** Letters and digits recur (house numbers, building names); beyond this many the oldest are forgotten. */
const maxCached = 20_000;

const isSpace = /^[\t\n\r\p{White_Space}]$/u;
/** Unassigned code points (Cn) are kept: which ones they are changes with every Unicode version of the runtime. */
const isDropped = /^[\0\uFFFD\p{Cc}\p{Cf}\p{Co}\p{Cs}]$/u;
const isMark = /\p{Mn}/gu;
const isPunctuation = /^[!-/:-@[-`{-~\p{P}]$/u;

/** The blocks BERT counts as Chinese characters. */
const isCjk = (code: number): boolean =>
  (code >= 0x4e00 && code <= 0x9fff) ||
  (code >= 0x3400 && code <= 0x4dbf) ||
  (code >= 0xf900 && code <= 0xfaff) ||
  (code >= 0x20000 && code <= 0x2a6df) ||
  (code >= 0x2a700 && code <= 0x2b73f) ||
  (code >= 0x2b740 && code <= 0x2b81f) ||
  (code >= 0x2b820 && code <= 0x2ceaf) ||
  (code >= 0x2f800 && code <= 0x2fa1f);

/** What one character of the input turns into. */
type Piece = { kind: 'drop' } | { kind: 'space' } | { kind: 'single'; text: string } | { kind: 'word'; text: string };

const drop: Piece = { kind: 'drop' };
const space: Piece = { kind: 'space' };

const classify = (character: string): Piece[] => {
  const code = character.codePointAt(0) ?? 0;
  if (code !== 0x09 && code !== 0x0a && code !== 0x0d && isDropped.test(character)) return [drop];
  if (isSpace.test(character)) return [space];
  const bare = character.normalize('NFD').replace(isMark, '');
  const folded = Array.from(bare, (part) => part.toLowerCase()).join('');
  // Isolation comes before decomposition: a compatibility ideograph (豈, U+F900) stays one token.
  if (isCjk(code)) return [space, { kind: 'word', text: folded }, space];
  return Array.from(folded, (part): Piece => {
    if (isSpace.test(part)) return space;
    return isPunctuation.test(part) ? { kind: 'single', text: part } : { kind: 'word', text: part };
  });
};

/** Keeps what was computed once, up to `maxCached` entries. */
const remember = <Value>(compute: (key: string) => Value): ((key: string) => Value) => {
  const known = new Map<string, Value>();
  return (key) => {
    const old = known.get(key);
    if (old !== undefined) return old;
    const value = compute(key);
    if (known.size >= maxCached) known.delete(known.keys().next().value ?? '');
    known.set(key, value);
    return value;
  };
};

const parseVocab = (text: string): { ids: Map<string, number>; size: number } => {
  // `\n` only: the vocabulary holds U+2028 as a token.
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const ids = new Map<string, number>();
  lines.forEach((line, id) => ids.set(line.endsWith('\r') ? line.slice(0, -1) : line, id));
  return { ids, size: lines.length };
};

/** Builds the tokenizer from the text of a `vocab.txt`; throws when [UNK], [CLS] or [SEP] is missing. */
export const createTokenizer = (vocabText: string): Tokenizer => {
  const { ids, size } = parseVocab(vocabText);
  const special = (token: string): number => {
    const id = ids.get(token);
    if (id === undefined) throw new Error(`the vocabulary has no ${token}`);
    return id;
  };
  const unknown = special('[UNK]');
  const first = special('[CLS]');
  const last = special('[SEP]');

  const splitWord = (word: string): number[] => {
    if (word.length > maxWordChars && Array.from(word).length > maxWordChars) return [unknown];
    const found: number[] = [];
    for (let start = 0; start < word.length; ) {
      let end = word.length;
      let id: number | undefined;
      for (; end > start; end -= 1) {
        id = ids.get(start === 0 ? word.slice(0, end) : `##${word.slice(start, end)}`);
        if (id !== undefined) break;
      }
      if (id === undefined) return [unknown];
      found.push(id);
      start = end;
    }
    return found;
  };

  const lookUp = remember(splitWord);
  const inspect = remember(classify);

  // Per code unit of the basic plane: -1 not looked at yet, -2 needs the slow way, -3 a letter or digit, otherwise the id of a character alone.
  const notSeen = -1;
  const slow = -2;
  const letter = -3;
  const alone = new Int32Array(0x10000).fill(notSeen);
  /** What a letter or digit adds to its word. */
  const letters: string[] = [];
  /** A CJK character or a punctuation mark ends the word before it and is a token by itself: nothing to assemble. */
  const lookAt = (character: string, unit: number): number => {
    if (unit >= 0xd800 && unit <= 0xdfff) return slow;
    const found = inspect(character);
    const [piece] = found;
    if (found.length === 1 && piece?.kind === 'single') return ids.get(piece.text) ?? unknown;
    if (found.length === 1 && piece?.kind === 'word') {
      letters[unit] = piece.text;
      return letter;
    }
    const middle = found[1];
    if (found.length === 3 && piece?.kind === 'space' && middle?.kind === 'word') return lookUp(middle.text)[0] ?? unknown;
    return slow;
  };

  const encode = (text: string, maxTokens: number): Int32Array => {
    const room = maxTokens - 1;
    const out: number[] = [first];
    let word = '';
    const flush = (): void => {
      if (word === '') return;
      for (const id of lookUp(word)) out.push(id);
      word = '';
    };
    for (let at = 0; at < text.length && out.length < room; at += 1) {
      const unit = text.charCodeAt(at);
      let id = alone[unit] ?? slow;
      if (id === notSeen) {
        id = lookAt(text.charAt(at), unit);
        alone[unit] = id;
      }
      if (id === letter) {
        word += letters[unit] ?? '';
        continue;
      }
      if (id >= 0) {
        flush();
        out.push(id);
        continue;
      }
      const code = text.codePointAt(at) ?? unit;
      if (code > 0xffff) at += 1;
      for (const piece of inspect(String.fromCodePoint(code))) {
        if (piece.kind === 'word') word += piece.text;
        else if (piece.kind !== 'drop') {
          flush();
          if (piece.kind === 'single') out.push(ids.get(piece.text) ?? unknown);
        }
      }
    }
    flush();
    if (out.length > room) out.length = room;
    out.push(last);
    return Int32Array.from(out);
  };

  return { encode, vocabSize: size };
};
