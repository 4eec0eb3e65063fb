/** A job on a terminal: what it cost, then its figures. */
import stringWidth from 'string-width';
import { figureHead, figureNotes, figureRows, jobFacts, type JobPair } from './job-figure.js';
import type { ReportInput } from './report-input.js';
import { validitySymbol } from './stage-figure.js';
import { cut, line, pad } from './terminal-text.js';
import type { Text } from './text/index.js';

const widestName = 28;
/** Rows of figures: a screen has no more. */
const mostRows = 20;
/** Columns in the order they are given up on a narrow terminal. */
const dropOrder = [7, 2, 4, 5] as const;

/** Lines for a terminal of `columns` cells. `quiet` greys what only heads the others, `toned` paints the word of validity. */
export function jobLines(pair: JobPair, input: ReportInput, text: Text, columns: number, quiet: (text: string) => string, toned: (text: string) => string): string[] {
  const { status } = pair.pair.stage.validity;
  const facts: [string, string][] = [...jobFacts(pair, input, text)];
  const width = Math.max(...facts.map(([name]) => stringWidth(name)), stringWidth(text.job.valid));
  const rows = [figureHead(text), ...figureRows(pair, text).slice(0, mostRows)].map((row) => row.map((cell, i) => (i === 0 ? cut(line(cell), widestName) : line(cell))));
  const widths = figureHead(text).map((_, column) => Math.max(...rows.map((row) => stringWidth(row[column] ?? ''))));
  let shown = widths.map((_, column) => column);
  const total = (): number => shown.reduce((sum, column) => sum + (widths[column] ?? 0) + 2, -2);
  for (const column of dropOrder) if (total() > columns) shown = shown.filter((one) => one !== column);
  const figures = pair.job.metrics.length === 0 ? [] : rows.map((row, i) => {
    const drawn = shown.map((column) => pad(row[column] ?? '', widths[column] ?? 0, column === 0)).join('  ').trimEnd();
    return i === 0 ? quiet(drawn) : drawn;
  });
  const more = pair.job.metrics.length - mostRows;
  return [
    ...facts.map(([name, value]) => `${pad(name, width, true)}  ${line(value)}`),
    `${pad(text.job.valid, width, true)}  ${toned(`${validitySymbol[status]} ${text.status[status]}`)}`,
    ...(figures.length === 0 ? [] : ['', ...figures]),
    ...(more > 0 ? [quiet(`… +${String(more)}`)] : []),
    ...figureNotes(pair, text).map(quiet),
  ];
}
