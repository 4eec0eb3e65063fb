/** Text from outside in Markdown: it stays text, whatever it holds. */
import { printable } from './printable.js';

/** What Markdown, HTML in Markdown, and tables would read is escaped; one line. */
export function inline(text: string): string {
  return printable(text).replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>|#~]/g, (character) => (character === '<' ? '&lt;' : character === '>' ? '&gt;' : `\\${character}`)).replace(/@/g, '@\u200b');
}

/** Code in a table cell: a fence longer than any run of backticks inside. */
export function code(text: string): string {
  const clean = printable(text).replace(/\s+/g, ' ').replaceAll('|', '\\|');
  const fence = '`'.repeat(Math.max(0, ...Array.from(clean.matchAll(/`+/g), (run) => run[0].length)) + 1);
  const space = clean.startsWith('`') || clean.endsWith('`') ? ' ' : '';
  return `${fence}${space}${clean}${space}${fence}`;
}

/** Cells are already escaped. `words` names the left-aligned columns besides the first. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], words: readonly number[] = []): string {
  const ruler = head.map((_, i) => (i === 0 || words.includes(i) ? '---' : '---:'));
  return [head.map(inline), ruler, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
