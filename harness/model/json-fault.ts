import { messageOf } from './error.js';

/** Why a text is no JSON, in words, without a full stop: by the place that JSON.parse names, where it names one. */
export function jsonFault(text: string, error: unknown): string {
  if (text.trim() === '') return 'it is empty';
  const said = messageOf(error);
  if (/end of JSON input|Unterminated/.test(said)) return 'it ends in the middle';
  const position = /position (\d+)/.exec(said)?.[1];
  if (position === undefined) return 'its text is no JSON';
  const before = text.slice(0, Number(position)).split('\n');
  return Number(position) >= text.trimEnd().length ? 'it ends in the middle' : `line ${String(before.length)}, column ${String((before.at(-1) ?? '').length + 1)} is no JSON`;
}
