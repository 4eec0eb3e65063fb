import type { FindingKind } from './finding.js';

/** What is wrong with the characters of a text. `noisy`: control characters are the noise that was asked for. */
export function checkText(text: string, noisy: boolean, found: (kind: FindingKind, why: string) => void): void {
  if (!odd.test(text)) return;
  if (text.includes('\ufffd')) found('undecodable', 'holds bytes that are not UTF-8, or the character that stands for such');
  if (/\p{Surrogate}/u.test(text)) found('surrogate', 'holds half a character (a lone surrogate)');
  if (noisy) return;
  if (text.includes('\u0000')) found('zero-byte', 'holds a zero character');
  if (control.test(text)) found('control', 'holds a control character');
}

const odd = /[\u0000-\u001f\u007f-\u009f\ud800-\udfff\ufffd]/;
const control = /[\u0001-\u001f\u007f-\u009f]/;

/** What is left of a text for somebody who reads it aloud: no blanks, nothing invisible, one width, one case. */
export function plainText(text: string): string {
  return text.normalize('NFKC').replace(/[\p{C}\p{White_Space}]/gu, '').toLowerCase();
}
