import type { RequestPlan } from '../model/request.js';

/** A body with its places for the two addresses, or what is wrong with it. */
export type BodyRead = { body: string; keys: RequestPlan['keys'] | null } | { error: string };

/** No text that anybody writes. */
const stand = { a: '\u0000a', b: '\u0000b' } as const;

/**
 * Makes the JSON text of a template. `"{{a}}"` and `{{a}}` mean the same: the address as a JSON string. The names of the two
 * fields are read off the body where each address is the whole value of a key.
 */
export function readBody(body: unknown): BodyRead {
  const text = (typeof body === 'string' ? body : JSON.stringify(body)).replace(/"\{\{\s*([ab])\s*\}\}"|\{\{\s*([ab])\s*\}\}/g, (_, quoted?: string, bare?: string) => `{{${quoted ?? bare ?? ''}}}`);
  const missing = (['a', 'b'] as const).filter((side) => !text.includes(`{{${side}}}`));
  if (missing.length > 0) return { error: `${missing.map((side) => `{{${side}}}`).join(' and ')} must stand in the body, where the ${missing.length === 2 ? 'addresses go' : 'address goes'}` };
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.replace(/\{\{([ab])\}\}/g, (_, side: string) => JSON.stringify(side === 'a' ? stand.a : stand.b)));
  } catch {
    return { error: 'the body is not valid JSON once the addresses are put in; an address cannot be part of a longer text' };
  }
  const left = keyOf(parsed, stand.a);
  const right = keyOf(parsed, stand.b);
  return { body: text, keys: left === undefined || right === undefined ? null : { left, right } };
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
