/**
 * The comment on a pull request, of a run and of a comparison alike: one sentence, lines of bars, and the gates, folded. Its first line is a mark by which
 * the next run finds its own comment and replaces it.
 */
import type { Verdict } from '../../model/verdict.js';
import { code, inline, table } from '../markdown-text.js';
import { count, plain } from '../number.js';
import { sparkline } from '../sparkline.js';
import { statusSymbol } from '../stage-figure.js';
import type { Text } from '../text/index.js';

/** GitHub refuses a comment of more characters. */
const mostCharacters = 65_536;
const widest = 60;
const longest = 2000;

export interface Comment {
  /** Of the scenario, and of the run's folder. */
  name: string;
  id: string;
  status: Verdict['status'];
  sentence: string;
  /** Lines of bars; an empty one is left out. */
  lines: readonly string[];
  /** The table that is folded away: its title, its columns, and its rows, escaped, those that need somebody first. */
  table: { title: string; head: readonly string[]; rows: readonly (readonly string[])[]; words: readonly number[] };
}

/** Means of so many neighbours that the line is not too wide; a gap is a gap. */
function binned(values: readonly (number | null)[]): (number | null)[] {
  const size = Math.ceil(values.length / widest);
  return Array.from({ length: Math.ceil(values.length / size) || 0 }, (_, i) => {
    const bin = values.slice(i * size, (i + 1) * size).filter((value) => value !== null);
    return bin.length === 0 ? null : bin.reduce((sum, value) => sum + value, 0) / bin.length;
  });
}

/** Name, bars and span of several values; nothing where there are fewer than two. Lines that are read beside each other are given one scale. */
export function bars(name: string, values: readonly (number | null)[], unit: string, scale?: { from: number; to: number }): string {
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return '';
  const span = `${plain(Math.min(...known))}–${plain(Math.max(...known))}${unit === '' ? '' : ` ${unit}`}`;
  return `${inline(name)} \`${sparkline(binned(values), scale?.from, scale?.to)}\` ${span}`;
}

/** No more than so many characters. */
export function clipped(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most).replace(/\p{Surrogate}$/u, '')}…`;
}

/** Only as many rows as there is room for. */
function folded({ title, head, rows, words }: Comment['table'], text: Text, room: number): string[] {
  if (rows.length === 0) return [];
  let left = room;
  const fitting = rows.findIndex((cells) => (left -= cells.join(' | ').length + 6) < 0);
  const shown = fitting === -1 ? rows : rows.slice(0, fitting);
  const more = rows.length - shown.length;
  return [`<details><summary>${title}</summary>`, table(head, shown, words), ...(more === 0 ? [] : [text.ci.more(count(more))]), '</details>'];
}

/** The whole comment, with a final newline. */
export function renderComment(comment: Comment, text: Text): string {
  const name = clipped(comment.name, 200);
  const head = [
    `<!-- mgeo-bench ${name.replace(/[^\p{L}\p{N}._]+/gu, '-')} -->`,
    `### ${statusSymbol[comment.status]} ${inline(name)}${text.colon}${text.verdictWord[comment.status]}`,
    inline(clipped(comment.sentence, longest)),
    ...comment.lines.filter((line) => line !== '').map((line) => clipped(line, longest)),
  ];
  const tail = text.ci.runLine(code(clipped(comment.id, 200)));
  const room = mostCharacters - 2000 - [...head, tail].join('\n\n').length;
  return `${[...head, ...folded(comment.table, text, room), tail].join('\n\n')}\n`;
}
