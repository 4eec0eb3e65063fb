import stringWidth from 'string-width';
import { allClasses, type AddressPair, type AnyClass } from '../model/dataset.js';
import type { Dataset } from './create.js';
import { compareTexts, type Stretch } from './difference.js';

export interface DescribeOptions {
  /** How many pairs of each class. */
  perClass: number;
  /** ANSI colours for what differs; without them it stands in [brackets]. */
  colour: boolean;
  /** One class only. */
  only?: AnyClass;
}

/** Sides wider than this stand below each other. */
const widestColumn = 56;
const bodyShown = 110;

/** The first pairs of each class, both sides next to each other, differences marked, operators named. */
export function describePairs(dataset: Dataset, options: DescribeOptions): string {
  const wanted = options.only === undefined ? allClasses : [options.only];
  const found = new Map<AnyClass, AddressPair[]>(wanted.map((name) => [name, []]));
  for (let index = 0; index < dataset.count; index += 1) {
    const pairs = found.get(dataset.classOf(index));
    if (pairs !== undefined && pairs.length < options.perClass) pairs.push(dataset.pair(index));
    if ([...found.values()].every((list) => list.length >= options.perClass)) break;
  }
  return [...found]
    .filter(([, pairs]) => pairs.length > 0)
    .map(([name, pairs]) => `${heading(name, options.colour)}\n${(name === 'abnormal' ? pairs.map(describeAbnormal) : describeSides(pairs, options.colour)).join('\n')}`)
    .join('\n\n');
}

const heading = (name: string, colour: boolean): string => (colour ? `\u001b[1m${name}\u001b[0m` : `== ${name}`);

function describeSides(pairs: readonly AddressPair[], colour: boolean): string[] {
  const rows = pairs.map((pair) => {
    const { a, b } = compareTexts(pair.a, pair.b);
    return { a: mark(a, colour, '31'), b: mark(b, colour, '32'), about: aboutPair(pair) };
  });
  const narrow = (text: string): boolean => stringWidth(text) <= widestColumn;
  const width = (side: 'a' | 'b'): number => Math.max(0, ...rows.filter((row) => narrow(row.a) && narrow(row.b)).map((row) => stringWidth(row[side])));
  const widthA = width('a');
  const widthB = width('b');
  return rows.map((row) =>
    narrow(row.a) && narrow(row.b)
      ? `  ${pad(row.a, widthA)}  ${pad(row.b, widthB)}  ${row.about}`
      : `  ${row.a}\n  ${row.b}\n      ${row.about}`,
  );
}

const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - stringWidth(text)));

function aboutPair(pair: AddressPair): string {
  if (pair.line !== undefined) return `line ${String(pair.line)}${pair.expected.length === 0 ? '' : `, ${pair.expected.join(' or ')}`}`;
  const extras = [
    ...(pair.distanceKm === undefined ? [] : [`${pair.distanceKm} km${pair.certified === true ? ', certified' : ''}`]),
    ...(pair.tokenIdentical === true ? ['token-identical'] : []),
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

function describeAbnormal(pair: AddressPair): string {
  const request = pair.abnormal;
  if (request === undefined) return `  ${pair.id}`;
  const body = showInvisible('text' in request.body ? request.body.text : `base64:${request.body.base64}`);
  const shown = body.length > bodyShown ? `${body.slice(0, bodyShown)}… (${body.length} characters)` : body;
  return `  ${request.kind.padEnd(20)} ${request.expect.padEnd(7)} ${(request.field ?? '-').padEnd(8)} ${shown}`;
}
