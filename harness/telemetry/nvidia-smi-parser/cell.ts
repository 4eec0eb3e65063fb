import type { FieldKind } from './field.js';

/** One value. What the driver would not tell is absent, with the word it used instead; it is never a zero. */
export type Cell =
  | { kind: 'number'; value: number; unit: string | null }
  | { kind: 'text'; text: string }
  | { kind: 'absent'; raw: string };

const numberPattern = /^(-?\d+(?:\.\d+)?)(?: ([a-z%][a-z%/]*))?$/i;
const hexPattern = /^0x[0-9a-f]+$/i;
/** `N/A`, and any phrase in brackets: `[N/A]`, `[Not Supported]`, `[Unknown Error]`, `[Requested functionality has been deprecated]`, … */
const absentPattern = /^(?:|n\/a|err!?|\[.*\])$/i;

/**
 * Reads one value. In a `number` column everything that is not a number or a hexadecimal mask is absent; so is a number too large to be exact
 * (NVML's all-ones sentinel). The unit in the value wins over the unit of the header.
 */
export function parseCell(raw: string, kind: FieldKind, headerUnit: string | null): Cell {
  const text = raw.trim();
  if (absentPattern.test(text)) return { kind: 'absent', raw: text };
  if (kind === 'text') return { kind: 'text', text };
  const match = numberPattern.exec(text);
  const number = match !== null ? Number(match[1]) : hexPattern.test(text) ? Number(text) : null;
  if (number !== null && Math.abs(number) <= Number.MAX_SAFE_INTEGER) return { kind: 'number', value: number, unit: match?.[2] ?? headerUnit };
  return kind === 'any' && number === null ? { kind: 'text', text } : { kind: 'absent', raw: text };
}
