import type { BadCode } from './row.js';

/** What one line of JSON Lines holds. */
export type JsonRecord = Readonly<Record<string, unknown>> | readonly unknown[];

/** The map or list of one line, or the code of what is wrong with it. */
export function readJsonLine(text: string): JsonRecord | BadCode {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'not-json';
  }
  return typeof value === 'object' && value !== null ? (value as JsonRecord) : 'not-a-map';
}

/** A label or a moment as it would stand in a CSV file. */
export function jsonCell(value: unknown): string {
  if (Array.isArray(value)) return value.map(String).join('|');
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
