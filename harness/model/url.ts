import { hidden } from './hidden.js';

/** The last @ before the path ends user name and password, as URL parsers have it: a password may hold one too. */
const credentials = /(\w+:\/\/)[^/?#\s]*@/g;

/** A URL, or a text with some, as it may be shown and kept: without user names and passwords. */
export function withoutCredentials(text: string): string {
  return text.replace(credentials, '$1');
}

/** The same, with what says that there were some. */
export function withHiddenCredentials(text: string): string {
  return text.replace(credentials, `$1${hidden}@`);
}
