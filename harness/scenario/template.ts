import type { RequestPlan } from '../model/request.js';

/** What can be put into a body: the two addresses, or in the frame of a batch all its pairs. */
type Place = 'a' | 'b' | 'pairs';

/** A body with its places, or what is wrong with it. */
export type BodyRead = { body: string; keys: RequestPlan['keys'] | null } | { error: string };

/** No text that anybody writes. */
const stand: Readonly<Record<Place, string>> = { a: '\u0000a', b: '\u0000b', pairs: '\u0000pairs' };
const addresses: readonly Place[] = ['a', 'b'];

/**
 * Makes the JSON text of a template. `"{{a}}"` and `{{a}}` mean the same: the address as a JSON string. The names of the two
 * fields are read off the body where each address is the whole value of a key. The frame of a batch has one place, `{{pairs}}`, an entry of the list that
 * the pairs come to stand in.
 */
export function readBody(body: unknown, places: readonly Place[] = addresses): BodyRead {
  const word = places.join('|');
  const text = (typeof body === 'string' ? body : JSON.stringify(body)).replace(new RegExp(`"\\{\\{\\s*(${word})\\s*\\}\\}"|\\{\\{\\s*(${word})\\s*\\}\\}`, 'g'), (_, quoted?: string, bare?: string) => `{{${quoted ?? bare ?? ''}}}`);
  const missing = places.filter((side) => !text.includes(`{{${side}}}`));
  if (missing.length > 0) return { error: missingPlaces(missing) };
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.replace(new RegExp(`\\{\\{(${word})\\}\\}`, 'g'), (_, side: Place) => JSON.stringify(stand[side])));
  } catch {
    return { error: places.includes('pairs') ? 'the body is not valid JSON once the pairs are put in; {{pairs}} is an entry of a list' : 'the body is not valid JSON once the addresses are put in; an address cannot be part of a longer text' };
  }
  const left = keyOf(parsed, stand.a);
  const right = keyOf(parsed, stand.b);
  return { body: text, keys: left === undefined || right === undefined ? null : { left, right } };
}

function missingPlaces(missing: readonly Place[]): string {
  if (missing.length === 2) return '{{a}} and {{b}} must stand in the body, where the addresses go';
  return missing.includes('pairs') ? '{{pairs}} must stand in the body, where the pairs go' : `{{${missing.join('')}}} must stand in the body, where the address goes`;
}

/** One pair of a batch, as it stands in the list. */
export function readPair(pair: unknown): BodyRead {
  return readBody(pair);
}

function keyOf(value: unknown, sought: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, child] of Object.entries(value)) {
    if (child === sought && !Array.isArray(value)) return key;
    const below = keyOf(child, sought);
    if (below !== undefined) return below;
  }
  return undefined;
}

/** `data.0.score` as steps: whole numbers are places in lists. */
export function scorePathOf(score: string | readonly (string | number)[]): (string | number)[] {
  if (typeof score !== 'string') return [...score];
  return score === '' ? [] : score.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}
