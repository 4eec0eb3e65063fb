import type { Address, AddressPair } from '../model/dataset.js';

/**
 * The same text as `JSON.stringify(pair)`, in less than its time: the two places of a pair are often one, and most texts need no
 * escaping. Joined by +, because a template asks each value first whether it is a string; and piece by piece to the end of what is there
 * (`json = json + x + y`, not `json += x + y`), because the engine writes out such a chain faster than a tree.
 */
export function pairToJson(pair: AddressPair): string {
  const { id, fields, line, hard, distanceKm, certified, tokenIdentical, abnormal } = pair;
  let json =
    // The id of an invented pair is digits and a dash; of the user's own it holds the name of the file.
    '{"id":"' + (line === undefined ? id : escape(id)) + '","index":' + pair.index + ',"class":"' + pair.class + '","a":"' + escape(pair.a) + '","b":"' + escape(pair.b) +
    '","expected":' + namesToJson(pair.expected) + ',"operators":' + namesToJson(pair.operators) + ',"seed":' + pair.seed;
  if (fields !== undefined) {
    const a = addressToJson(fields.a);
    json = json + ',"fields":{"a":' + a + ',"b":' + (fields.b === fields.a ? a : addressToJson(fields.b)) + '}';
  }
  if (line !== undefined) json += ',"line":' + line;
  if (hard === true) json += ',"hard":true';
  if (distanceKm !== undefined) json += ',"distanceKm":' + distanceKm;
  if (certified !== undefined) json += ',"certified":' + certified;
  if (tokenIdentical !== undefined) json += ',"tokenIdentical":' + tokenIdentical;
  if (abnormal !== undefined) json += ',"abnormal":' + JSON.stringify(abnormal);
  return json + '}';
}

/** What JSON escapes: quotes, backslashes, control characters; and surrogates, which it escapes when they stand alone. */
const needsEscape = /["\\\u0000-\u001f\ud800-\udfff]/;

/** As it stands between the quotes. */
const escape = (text: string): string => (needsEscape.test(text) ? JSON.stringify(text).slice(1, -1) : text);

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
  if (district !== undefined) json = json + '","district":"' + district;
  if (town !== undefined) json = json + '","town":"' + town;
  if (road !== undefined) json = json + '","road":"' + road;
  if (number !== undefined) json = json + '","number":"' + number;
  if (sub !== undefined) json = json + '","sub":"' + sub;
  if (estate !== undefined) json = json + '","estate":"' + estate;
  if (building !== undefined) json = json + '","building":"' + building;
  if (unit !== undefined) json = json + '","unit":"' + unit;
  if (floor !== undefined) json = json + '","floor":"' + floor;
  if (room !== undefined) json = json + '","room":"' + room;
  if (poi !== undefined) json = json + '","poi":"' + poi;
  if (extra !== undefined) json = json + '","extra":"' + extra;
  return json + '"}';
}
