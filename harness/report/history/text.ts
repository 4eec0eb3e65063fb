/** A history in a terminal: a table a scenario, machine and engine, every change point, and what was left out. */
import type { History, SkippedFile } from '../../model/history.js';
import { leastHistoryRuns } from '../../model/history.js';
import { aligned } from '../aligned.js';
import { count } from '../number.js';
import { printable } from '../printable.js';
import type { Language } from '../report-input.js';
import { textOf, type Text } from '../text/index.js';
import { breakCells, changeRows, day, groupsOf, seriesRows, summaryText, whereText } from './figure.js';

const oneLine = (cell: string): string => printable(cell).replace(/\s+/g, ' ');
const mostBreaks = 10;

function tableText({ head, rows }: { head: string[]; rows: string[][] }, words: readonly number[]): string {
  return aligned([head, ...rows].map((row) => row.map(oneLine)), words);
}

function breakLines(history: History, text: Text): string[] {
  const { breaks, runs } = history;
  if (breaks.length === 0) return [];
  const shown = breaks.slice(-mostBreaks);
  return [
    `${text.history.section.breaks}${text.colon.trimEnd()}`,
    ...(breaks.length > shown.length ? [`  ${text.history.moreBreaks(count(breaks.length - shown.length))}`] : []),
    ...shown.map((one) => {
      const [what, from, to] = breakCells(history, one, text);
      return oneLine(`  ${day(runs[one.run]?.startedAt ?? '')}  ${one.scenario}${text.colon}${what}${text.colon}${from} → ${to}`).replace(/^ /, '  ');
    }),
  ];
}

/** One line a file that was left out. */
export function skippedText(skipped: readonly SkippedFile[], language: Language): string[] {
  const text = textOf(language);
  return skipped.map(({ path, why }) => `${oneLine(path)}${text.colon}${text.history.why[why]}`);
}

/** Without a final newline. There is at least one run. */
export function historyText(history: History, language: Language): string {
  const text = textOf(language);
  const { runs, skipped } = history;
  const [only] = runs;
  const left = skipped.length === 0 ? [] : [`${text.history.section.skipped}${text.colon.trimEnd()}`, ...skippedText(skipped, language).map((line) => `  ${line}`)];
  if (runs.length === 1 && only !== undefined) return [text.history.oneRun(oneLine(only.id), count(leastHistoryRuns)), ...left].join('\n');
  const changes = changeRows(history, text);
  const invalid = runs.reduce((sum, run) => sum + run.invalidStages, 0);
  const parts = [
    `${summaryText(history, text)}${text.stop}${invalid === 0 ? '' : `${text.sentenceSpace}${text.history.invalidNote(count(invalid), invalid === 1)}`}`,
    ...groupsOf(history).map(({ series, ...group }) => `${oneLine(`${group.scenario} · ${whereText(history, group, text)}`)}\n${tableText(seriesRows(series, text), [0, 1, 5, 6])}`),
    ...(changes.rows.length === 0 ? [] : [`${text.history.section.changes}${text.colon.trimEnd()}\n${tableText(changes, [0, 1, 2, 3, 8, 9])}`]),
  ];
  const notes = [...breakLines(history, text), ...left];
  return [...parts, ...(notes.length === 0 ? [] : [notes.join('\n')])].join('\n\n');
}
