import type { Address, AddressPair } from '../model/dataset.js';

/**
 * The same text as `JSON.stringify(pair)`, in less than its time: the two places of a pair are often one, and most texts need no
 * escaping. Joined by +, because a template asks each value first whether it is a string.
 */
export function pairToJson(pair: AddressPair): string {
  const { fields, line, hard, distanceKm, certified, tokenIdentical, abnormal } = pair;
  let json =
    `{"id":${quote(pair.id)},"index":${pair.index},"class":"${pair.class}","a":${quote(pair.a)},"b":${quote(pair.b)}` +
    `,"expected":${namesToJson(pair.expected)},"operators":${namesToJson(pair.operators)},"seed":${pair.seed}`;
  if (fields !== undefined) {
    const a = addressToJson(fields.a);
    json += `,"fields":{"a":${a},"b":${fields.b === fields.a ? a : addressToJson(fields.b)}}`;
  }
  if (line !== undefined) json += `,"line":${line}`;
  if (hard === true) json += ',"hard":true';
  if (distanceKm !== undefined) json += `,"distanceKm":${distanceKm}`;
  if (certified !== undefined) json += `,"certified":${certified}`;
  if (tokenIdentical !== undefined) json += `,"tokenIdentical":${tokenIdentical}`;
  if (abnormal !== undefined) json += `,"abnormal":${JSON.stringify(abnormal)}`;
  return json + '}';
}

/** What JSON escapes: quotes, backslashes, control characters; and surrogates, which it escapes when they stand alone. */
const needsEscape = /["\\\u0000-\u001f\ud800-\udfff]/;

const quote = (text: string): string => (needsEscape.test(text) ? JSON.stringify(text) : '"' + text + '"');

/** Labels and names of operators are plain words. */
function namesToJson(names: readonly string[]): string {
  if (names.length === 0) return '[]';
  let json = '["' + (names[0] ?? '');
  for (let i = 1; i < names.length; i += 1) json += '","' + (names[i] ?? '');
  return json + '"]';
}

/** Fields are made of lexicon names and digits, and `loadLexicon` lets no name in that JSON would escape. One by one, in the order of `createPlace`. */
function addressToJson(address: Address): string {
  const { province, district, town, road, number, sub, estate, building, unit, floor, room, poi, extra } = address;
  let json = province === undefined ? '{"city":"' + address.city : '{"province":"' + province + '","city":"' + address.city;
  if (district !== undefined) json += '","district":"' + district;
  if (town !== undefined) json += '","town":"' + town;
  if (road !== undefined) json += '","road":"' + road;
  if (number !== undefined) json += '","number":"' + number;
  if (sub !== undefined) json += '","sub":"' + sub;
  if (estate !== undefined) json += '","estate":"' + estate;
  if (building !== undefined) json += '","building":"' + building;
  if (unit !== undefined) json += '","unit":"' + unit;
  if (floor !== undefined) json += '","floor":"' + floor;
  if (room !== undefined) json += '","room":"' + room;
  if (poi !== undefined) json += '","poi":"' + poi;
  if (extra !== undefined) json += '","extra":"' + extra;
  return json + '"}';
}
