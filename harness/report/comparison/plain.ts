/** A comparison for a terminal and for a pull request. */
import type { ComparisonRecord, ComparisonVerdict } from '../../model/comparison.js';
import { aligned } from '../aligned.js';
import type { Language } from '../report-input.js';
import { percent } from '../number.js';
import { printable } from '../printable.js';
import { statusSymbol } from '../stage-figure.js';
import { textOf } from '../text/index.js';
import { checkCells, checkHead } from './check-cells.js';
import { answersCells, answersHead } from './arm-answers.js';
import { limitCells, limitHead } from './limits.js';
import { questionOf, subjectFacts } from './subject.js';
import { scalingCells, scalingHead } from './scaling.js';
import { designSentence, ratioCells, ratioHead, summaryCells, summaryHead } from './rows.js';
import { comparisonSentence, drillSentences } from './sentence.js';

const oneLine = (text: string): string => printable(text).replace(/\s+/g, ' ');

/** Tables and verdict as text, without a final newline. */
export function comparisonText(record: ComparisonRecord, verdict: ComparisonVerdict, language: Language): string {
  const text = textOf(language);
  const clean = (rows: readonly (readonly string[])[]): string[][] => rows.map((row) => row.map(oneLine));
  const tables = record.comparisons.length === 0
    ? [aligned(clean([summaryHead(text), ...record.summaries.flatMap((summary) => summaryCells(summary, text))]), [0, 1, 2, 6])]
    : record.comparisons.map((comparison) => `${oneLine(text.compare.against(comparison.second, comparison.first))}\n${aligned(clean([ratioHead(comparison, text), ...comparison.rows.map((row) => ratioCells(row, text))]), [0, 1, 8])}`);
  const checks = record.checks ?? [];
  const gates = checks.length === 0 ? [] : [`${oneLine(text.compare.gates.title)}\n${aligned(clean([checkHead(text), ...checks.map((check) => checkCells(check, text))]), [0, 1, 2, 3, 4, 6, 7])}`];
  const drills = drillSentences(record, text).map(oneLine);
  if (record.drills !== undefined) return [...drills, '', `${statusSymbol[verdict.status]} ${text.verdictWord[verdict.status]}${text.colon}${oneLine(comparisonSentence(record, verdict, language))}`].join('\n');
  const { scaling } = record;
  const asked = [
    ...(scaling === undefined ? [] : [`${oneLine(text.scaling.title)}\n${aligned(clean([scalingHead(text), ...scaling.map((step) => scalingCells(step, text))]), [0, 4])}`]),
    ...(record.design.by === 'answers' ? [`${oneLine(text.armAnswers.title)}\n${aligned(clean([answersHead(text), ...answersCells(record, text)]), [0])}`] : []),
  ];
  return [...tables, ...asked, ...gates, designSentence(record, text), '', `${statusSymbol[verdict.status]} ${text.verdictWord[verdict.status]}${text.colon}${oneLine(comparisonSentence(record, verdict, language))}`].join('\n');
}

const cell = (text: string): string => oneLine(text).replace(/[\\`*_{}[\]<>|#~]/g, (character) => (character === '<' ? '&lt;' : character === '>' ? '&gt;' : `\\${character}`));

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row, i) => `| ${row.map((one) => (i === 1 ? one : cell(one))).join(' | ')} |`).join('\n');
}

/** report.md: the verdict first. */
export function comparisonMarkdown(record: ComparisonRecord, verdict: ComparisonVerdict, language: Language): string {
  const text = textOf(language);
  const drills = record.drills === undefined ? [] : [drillSentences(record, text).map((sentence) => `- ${cell(sentence)}`).join('\n'), cell(text.drill.note)];
  const compared = record.comparisons.map((comparison) => `#### ${cell(text.compare.against(comparison.second, comparison.first))}\n\n${markdownTable(ratioHead(comparison, text), comparison.rows.map((row) => ratioCells(row, text)))}`);
  const checks = record.checks ?? [];
  const gates = checks.length === 0 ? [] : [`#### ${cell(text.compare.gates.title)}\n\n${markdownTable(checkHead(text), checks.map((check) => checkCells(check, text)))}\n\n${cell(text.compare.gates.note)}`];
  const { scaling } = record;
  const asked = [
    ...(scaling === undefined ? [] : [`#### ${cell(text.scaling.title)}\n\n${markdownTable(scalingHead(text), scaling.map((step) => scalingCells(step, text)))}\n\n${cell(text.scaling.note(percent(record.design.worth ?? 1)))}`]),
    ...(record.design.by === 'answers' ? [`#### ${cell(text.armAnswers.title)}\n\n${markdownTable(answersHead(text), answersCells(record, text))}\n\n${cell(text.armAnswers.note(record.arms[0]?.name ?? ''))}`] : []),
  ];
  const question = questionOf(record, language);
  const limitRows = limitCells(record, text);
  const limits = limitRows.length === 0 ? [] : [`#### ${cell(text.compare.limits.title)}\n\n${markdownTable(limitHead(text), limitRows)}\n\n${cell(text.compare.limits.note)}`];
  const rows = record.summaries.flatMap((summary) => summaryCells(summary, text));
  const repeats = rows.length === 0 ? [] : [`<details><summary>${text.compare.section.repeats}</summary>\n\n${markdownTable(summaryHead(text), rows)}\n\n</details>`];
  return `${[`### ${statusSymbol[verdict.status]} ${cell(record.name)}${text.colon}${text.verdictWord[verdict.status]}`, ...(question === '' ? [] : [cell(question)]), cell(comparisonSentence(record, verdict, language)), ...gates, ...limits, ...drills, ...asked, ...compared, ...repeats, ...(record.drills === undefined ? [cell(designSentence(record, text))] : []), cell(subjectFacts(record, text).map((fact) => fact.join(text.colon)).join(' · '))].join('\n\n')}\n`;
}
