import type { Address, AddressPair } from '../../model/dataset.js';
import { pairClasses } from '../../model/dataset.js';
import { certifiedKm, certifyFar } from '../lexicon/distance.js';
import type { Area, Lexicon } from '../lexicon/lexicon.js';
import { neighbours } from '../operator/neighbour.js';
import { familyOf } from '../operator-family.js';
import type { CountTokens } from '../token-count.js';
import type { FindingKind } from './finding.js';
import { plainText } from './texts.js';

/** A pair as it stands in a file: what its format leaves out is absent, and its values may be anything. */
export type StoredPair = Partial<Omit<AddressPair, 'a' | 'b' | 'class'>> & { a: string; b: string; class: string };

/** What the promises are held against. */
export interface Knowledge {
  lexicon: Lexicon;
  countTokens: CountTokens;
}

type Found = (kind: FindingKind, why: string) => void;

/** The one field that each neighbour changes. */
const changedBy = new Map<string | undefined, string>(neighbours.map(([{ name, field }]) => [name, field]));

/** Makes the check of one pair against all that its class promises and that its stored parts can show. */
export function createPromiseCheck({ lexicon, countTokens }: Knowledge): (pair: StoredPair, found: Found) => void {
  const areaOf = createAreaFinder(lexicon);
  const check: Readonly<Record<string, (pair: StoredPair, found: Found) => void>> = {
    high: (pair, found) => {
      checkOnePlace(pair, found);
      if (pair.expected?.[0] !== 'exact' || pair.expected.includes('not')) found('label', 'a high pair is exact');
    },
    noisy: (pair, found) => {
      checkOnePlace(pair, found);
      if (pair.expected?.join() !== 'exact') found('label', 'a noisy pair is exact');
      if (pair.operators !== undefined && (pair.operators.length < 2 || pair.operators.length > 4)) found('operators', `has ${pair.operators.length} kinds of noise, not two to four`);
    },
    boundary: (pair, found) => {
      checkTwoPlaces(pair, found);
      if (pair.expected === undefined || pair.expected.length === 0 || pair.expected.includes('exact')) found('label', 'a boundary pair is never exact');
      if (pair.fields === undefined) return;
      const [unlike = '', ...others] = differentFields(pair.fields.a, pair.fields.b);
      const named = changedBy.get(pair.operators?.[0]);
      if (unlike === '' || others.length > 0) found('fields', `the two places of a boundary pair differ in ${unlike === '' ? 0 : others.length + 1} fields, not in one`);
      else if (named !== undefined && named !== unlike) found('fields', `the two places of a boundary pair differ in ${unlike}, but its operator changes ${named}`);
    },
    low: (pair, found) => {
      checkTwoPlaces(pair, found);
      if (pair.expected?.join() !== 'not') found('label', 'a low pair is not the same place');
      if (pair.fields !== undefined && differentFields(pair.fields.a, pair.fields.b).length === 0) found('fields', 'the two places of a low pair are one');
      const why = certificateFault(pair, areaOf);
      if (why !== undefined) found('certificate', why);
    },
    abnormal: ({ abnormal, expected, a, b }, found) => {
      if (typeof abnormal?.kind !== 'string' || typeof abnormal.body !== 'object' || !['reject', 'answer', 'either'].includes(abnormal.expect)) found('abnormal', 'an abnormal request has no kind, no body or no expectation');
      if (expected !== undefined && expected.length > 0) found('label', 'an abnormal request has no label');
      if (a !== '' || b !== '') found('abnormal', 'an abnormal request has addresses beside its body');
    },
  };
  return (pair, found) => {
    const ofClass = Object.hasOwn(check, pair.class) ? check[pair.class] : undefined;
    if (ofClass === undefined) found('class', `has a class that is none of ${pairClasses.join(', ')}`);
    else ofClass(pair, found);
    const { operators, tokenIdentical } = pair;
    if (operators?.length === 0) found('operators', 'names no operator');
    else if (pair.class !== 'abnormal' && operators?.some((name) => familyOf(name) === name) === true) found('operators', 'names an operator that is none');
    if (tokenIdentical === true && (countTokens(pair.a) !== countTokens(pair.b) || plainText(pair.a) !== plainText(pair.b))) found('token-identical', 'is marked as token-identical, but a tokenizer tells the sides apart');
  };
}

function checkOnePlace({ a, b, fields, class: name }: StoredPair, found: Found): void {
  if (a === b) found('same-text', `the two sides of a ${name} pair are one text`);
  const unlike = fields === undefined ? [] : differentFields(fields.a, fields.b);
  if (unlike.length > 0) found('fields', `the two sides of a ${name} pair name two places: ${unlike.join(', ')}`);
}

function checkTwoPlaces({ a, b, class: name }: StoredPair, found: Found): void {
  if (a === b) found('equal-texts', `the two sides of a ${name} pair are one text`);
  else if (plainText(a) === plainText(b)) found('equal-texts', `the two sides of a ${name} pair differ in nothing that can be seen`);
}

function differentFields(a: Address, b: Address): string[] {
  const value = (address: Address, key: string): unknown => (address as unknown as Readonly<Record<string, unknown>>)[key];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((key) => value(a, key) !== value(b, key));
}

/** The stored certificate, and where both districts are known the distance of their centres once more. */
function certificateFault({ certified, distanceKm, fields }: StoredPair, areaOf: (address: Address) => Area | undefined): string | undefined {
  if (certified !== true) return 'a low pair is not certified';
  if (typeof distanceKm !== 'number' || !(distanceKm > certifiedKm)) return `a low pair has no distance above ${certifiedKm} km`;
  const [first, second] = fields === undefined ? [] : [areaOf(fields.a), areaOf(fields.b)];
  if (first === undefined || second === undefined) return undefined;
  const again = certifyFar(first.centre, second.centre);
  if (again === undefined) return 'the districts of a low pair are not certainly more than 5 km apart';
  return Math.abs(again - distanceKm) > 0.05 ? `the districts of a low pair are ${again} km apart, not ${distanceKm} km` : undefined;
}

/** By province, city and district, where these name one area alone. */
function createAreaFinder(lexicon: Lexicon): (address: Address) => Area | undefined {
  const areas = new Map<string, Area | null>();
  const key = ({ province, city, district }: { province?: string; city: string; district?: string }): string => [province ?? '', city, district ?? ''].join('/');
  for (const area of lexicon.areas) for (const one of [key(area), key({ city: area.city, ...(area.district === undefined ? {} : { district: area.district }) })]) areas.set(one, areas.has(one) && areas.get(one) !== area ? null : area);
  return (address) => areas.get(key(address)) ?? undefined;
}
