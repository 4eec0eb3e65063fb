import stringWidth from 'string-width';
import type { RunEvent } from '../../model/event.js';
import { cut } from '../../report/index.js';
import type { Io } from '../io.js';

/** The fullest of the texts that fits into so many cells; the last one, cut, where none does. */
export function fitting(texts: readonly string[], cells: number): string {
  return texts.find((text) => stringWidth(text) <= cells) ?? cut(texts[texts.length - 1] ?? '', Math.max(1, cells));
}

/** Paints the line of an event: warnings yellow, a stage in which requests fail red; the words say the same without it. */
export function tintOf(event: RunEvent, { errColour }: Pick<Io, 'errColour'>): (text: string) => string {
  const code = event.kind === 'note' && event.level === 'warn' ? 33 : event.kind === 'tick' && event.failed > 0 ? 31 : null;
  return code === null || errColour !== true ? (text) => text : (text) => `\u001b[${String(code)}m${text}\u001b[39m`;
}
