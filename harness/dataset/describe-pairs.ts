import stringWidth from 'string-width';
import { allClasses, type AddressPair, type AnyClass } from '../model/dataset.js';
import type { Dataset } from './create.js';
import { compareTexts, type Stretch } from './difference.js';

export interface DescribeOptions {
  /** How many pairs of each class. */
  perClass: number;
  /** ANSI colours for what differs; without them it stands in [brackets]. */
  colour: boolean;
  /** Cells of a line; null where it may have any length. */
  width: number | null;
  /** One class only. */
  only?: AnyClass;
  /** What is said of a pair behind its operators; English where nothing is given. */
  words?: PairWords;
}

export interface PairWords {
  certified: string;
  tokenIdentical: string;
  line: (line: number, labels: string) => string;
  /** Between labels that are both right. */
  or: string;
  /** Behind a body that is cut. */
  cut: (characters: number) => string;
}

const english: PairWords = { certified: ', certified', tokenIdentical: 'token-identical', line: (line, labels) => `line ${String(line)}${labels === '' ? '' : `, ${labels}`}`, or: ' or ', cut: (characters) => `… (${String(characters)} characters)` };

/** Sides wider than this stand below each other, on however wide a terminal. */
const widestColumn = 56;
const indent = '      ';
const gap = 2;
/** Cells of a body that are shown where a line may have any length. */
const bodyShown = 150;

/** The first pairs of each class, both sides next to each other, differences marked, operators named. */
export function describePairs(dataset: Dataset, options: DescribeOptions): string {
  return [...firstOfEach(dataset, options)]
    .map(([name, pairs]) => `${heading(name, options.colour)}\n${(name === 'abnormal' ? describeAbnormal(pairs, options) : describeSides(pairs, options)).join('\n')}`)
    .join('\n\n');
}

/** The first pairs of each class that occurs, in the order of the classes: at most `perClass` of each. */
export function firstOfEach(dataset: Dataset, { perClass, only }: Pick<DescribeOptions, 'perClass' | 'only'>): ReadonlyMap<AnyClass, readonly AddressPair[]> {
  const wanted = only === undefined ? allClasses : [only];
  const found = new Map<AnyClass, AddressPair[]>(wanted.map((name) => [name, []]));
  for (let index = 0; index < dataset.count; index += 1) {
    const pairs = found.get(dataset.classOf(index));
    if (pairs !== undefined && pairs.length < perClass) pairs.push(dataset.pair(index));
    if ([...found.values()].every((list) => list.length >= perClass)) break;
  }
  return new Map([...found].filter(([, pairs]) => pairs.length > 0));
}

const heading = (name: string, colour: boolean): string => (colour ? `\u001b[1m${name}\u001b[0m` : `== ${name}`);

interface Row {
  a: string;
  b: string;
  about: string;
}

/** Both sides in columns, what made them behind them or, where that is too wide, below; sides that are too wide for a column below each other. */
function describeSides(pairs: readonly AddressPair[], { colour, width, words = english }: DescribeOptions): string[] {
  const rows = pairs.map((pair): Row => {
    const { a, b } = compareTexts(pair.a, pair.b);
    return { a: mark(a, colour, removed), b: mark(b, colour, added), about: aboutPair(pair, words) };
  });
  const column = width === null ? widestColumn : Math.min(widestColumn, Math.floor((width - 2 * gap) / 2));
  const narrow = rows.filter((row) => stringWidth(row.a) <= column && stringWidth(row.b) <= column);
  const widest = (side: keyof Row): number => Math.max(0, ...narrow.map((row) => stringWidth(row[side])));
  const [widthA, widthB] = [widest('a'), widest('b')];
  const oneLine = width === null || gap + widthA + gap + widthB + gap + widest('about') <= width;
  return rows.map((row) => {
    if (!narrow.includes(row)) return `  ${row.a}\n  ${row.b}\n${indent}${row.about}`;
    const sides = `  ${pad(row.a, widthA)}  `;
    return oneLine ? `${sides}${pad(row.b, widthB)}  ${row.about}` : `${sides}${row.b}\n${indent}${row.about}`;
  });
}

/** Underlined as well as coloured: a blank has no colour of its own. */
const removed = '4;31';
const added = '4;32';

const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - stringWidth(text)));

function aboutPair(pair: AddressPair, words: PairWords): string {
  if (pair.line !== undefined) return words.line(pair.line, pair.expected.join(words.or));
  const extras = [
    ...(pair.distanceKm === undefined ? [] : [`${pair.distanceKm} km${pair.certified === true ? words.certified : ''}`]),
    ...(pair.tokenIdentical === true ? [words.tokenIdentical] : []),
  ];
  return `${pair.operators.join(' + ')}${extras.length === 0 ? '' : ` (${extras.join('; ')})`}`;
}

function mark(stretches: readonly Stretch[], colour: boolean, code: string): string {
  return stretches
    .map(({ text, shared }) => {
      const visible = showInvisible(text);
      if (shared) return visible;
      return colour ? `\u001b[${code}m${visible}\u001b[0m` : `[${visible}]`;
    })
    .join('');
}

/** Characters that a terminal swallows or obeys, by their code. */
const showInvisible = (text: string): string =>
  text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u00a0\u3000]/gu, (character) => `<${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`);

/** Kind, what a sound server does, the field it should name, and the beginning of the body. */
function describeAbnormal(pairs: readonly AddressPair[], { width, words = english }: DescribeOptions): string[] {
  return pairs.map(({ id, abnormal }) => {
    if (abnormal === undefined) return `  ${id}`;
    const { kind, expect, field, body } = abnormal;
    const about = `  ${kind.padEnd(20)} ${expect.padEnd(7)} ${(field ?? '-').padEnd(8)} `;
    const text = 'text' in body ? body.text : `base64:${body.base64}`;
    return about + beginning(text, Math.max(20, (width ?? bodyShown + about.length) - about.length), words);
  });
}

/** The text as far as it fits, and how long it is where it does not. */
function beginning(text: string, cells: number, words: PairWords): string {
  const start = showInvisible(text.slice(0, cells));
  if (text.length <= cells && stringWidth(start) <= cells) return start;
  const end = words.cut(text.length);
  let shown = '';
  for (const character of start) {
    if (stringWidth(shown + character) > cells - stringWidth(end)) break;
    shown += character;
  }
  return shown + end;
}
