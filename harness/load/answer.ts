/**
 * What a row says beside the score (model/answer.ts), named the same way by every engine. No import: the k6 script runs this file
 * inside k6.
 */

/** How a request ended without an HTTP answer. */
export const transportErrors = ['timeout', 'refused', 'reset', 'closed', 'dns', 'other'] as const;
export type TransportError = (typeof transportErrors)[number];

/** `hit`, `partial` or `miss` as one letter, '' for anything else: rows stay short and hold no foreign text. */
export function cacheLetter(header: string | undefined): '' | 'h' | 'p' | 'm' {
  const letter = (header ?? '').trim().charAt(0).toLowerCase();
  return letter === 'h' || letter === 'p' || letter === 'm' ? letter : '';
}

/** `d` where the server says that a fallback answered (`X-Degraded: true`), '' for anything else. */
export function degradedLetter(header: string | undefined): '' | 'd' {
  return header?.trim().toLowerCase() === 'true' ? 'd' : '';
}

/** The batch size of a header value, or '' where it is no whole number. */
export function batchDigits(header: string | undefined): string {
  return header !== undefined && /^\d{1,9}$/.test(header) ? header : '';
}
