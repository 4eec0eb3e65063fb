/** A workflow command of GitHub Actions: one line, whatever its words hold. */
import type { Verdict } from '../../model/verdict.js';
import { printable } from '../printable.js';

export type Level = 'error' | 'warning' | 'notice';

export interface Annotation {
  level: Level;
  title: string;
  message: string;
}

export const levelOfStatus: Readonly<Record<Verdict['status'], Level>> = { pass: 'notice', fail: 'error', inconclusive: 'warning', invalid: 'error' };

const longest = 1000;

/** What would end the command, or begin another one, is encoded as the runner reads it. */
function data(text: string): string {
  const clean = printable(text);
  return (clean.length > longest ? `${clean.slice(0, longest).replace(/\p{Surrogate}$/u, '')}…` : clean).replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function property(text: string): string {
  return data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}

/** Without the line's end. */
export function commandText({ level, title, message }: Annotation): string {
  return `::${level} title=${property(title)}::${data(message)}`;
}
