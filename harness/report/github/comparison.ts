/** What GitHub shows of a comparison: the summary of a step, one annotation, and the comment on a pull request. */
import type { ComparisonRecord, ComparisonVerdict, PairedCheck } from '../../model/comparison.js';
import { changeText, checkGate, limitText, sideText } from '../comparison/check-cells.js';
import { comparisonMarkdown } from '../comparison/plain.js';
import { ratioCells, ratioHead, stageOf } from '../comparison/rows.js';
import { comparisonSentence } from '../comparison/sentence.js';
import { code, inline } from '../markdown-text.js';
import { count } from '../number.js';
import type { Language, ReportFile } from '../report-input.js';
import { statusSymbol } from '../stage-figure.js';
import { textOf, type Text } from '../text/index.js';
import { commandText, levelOfStatus } from './command.js';
import { bars, clipped, renderComment, type Comment } from './comment.js';
import { githubNames } from './names.js';
import { fitSummary } from './summary.js';

/** The files for GitHub; the annotation is English, whatever the language of the rest. */
export function githubComparison(record: ComparisonRecord, verdict: ComparisonVerdict, language: Language): ReportFile[] {
  return [
    { name: githubNames.summary, content: fitSummary(comparisonMarkdown(record, verdict, language), language) },
    { name: githubNames.annotations, content: `${commandText({ level: levelOfStatus[verdict.status], title: `mgeo-bench: ${record.name}`, message: comparisonSentence(record, verdict, 'en') })}\n` },
    { name: githubNames.pullRequest, content: renderComparisonComment(record, verdict, language) },
  ];
}

function renderComparisonComment(record: ComparisonRecord, verdict: ComparisonVerdict, language: Language): string {
  const text = textOf(language);
  const { checks = [] } = record;
  return renderComment({
    name: record.name, id: record.id, status: verdict.status, sentence: comparisonSentence(record, verdict, language), lines: lines(record, text), table: checks.length > 0 ? gates(checks, text) : figures(record, text),
  }, text);
}

/** The deciding figure of every arm, pair by pair and on one scale: what wandered together was the machine. Differences are small, so the scale begins above zero. */
function lines({ comparisons }: ComparisonRecord, text: Text): string[] {
  const all = comparisons.flatMap(({ rows, deciding }) => (deciding === null ? [] : (rows[deciding]?.pairs.flat() ?? [])));
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const scale = { from: Math.max(0, low - (high - low)), to: high };
  return comparisons.flatMap(({ first, second, rows, deciding }, i) => {
    const row = deciding === null ? undefined : rows[deciding];
    if (row === undefined) return [];
    const line = (arm: string, side: 0 | 1): string => bars(text.ci.byPair(arm, text.compare.metric[row.metric]), row.pairs.map((pair) => pair[side]), row.unit, scale);
    return [...(i === 0 ? [line(first, 0)] : []), line(second, 1)];
  });
}

const urgency: Readonly<Record<PairedCheck['status'], number>> = { fail: 0, inconclusive: 1, skipped: 2, pass: 3 };
const short = (word: string): string => clipped(word, 200);

/** Gates on a baseline: what the baseline has, what the candidate has, and the change between them. */
function gates(checks: readonly PairedCheck[], text: Text): Comment['table'] {
  const { compare, gates: g } = text;
  return {
    title: text.ci.gates(count(checks.filter(({ status }) => status === 'pass').length), count(checks.length)),
    head: [g.status, compare.head.arm, compare.gates.head.gate, compare.head.stage, text.ci.baseline, text.ci.candidate, compare.gates.head.change, compare.gates.head.limit],
    rows: checks.toSorted((a, b) => urgency[a.status] - urgency[b.status]).map((check) => [
      `${statusSymbol[check.status]} ${text.status[check.status]}`, inline(short(check.arm)), `${code(short(checkGate(check)))}${check.level === 'warn' ? text.aside(text.level.warn) : ''}`, inline(short(stageOf(check, text))),
      inline(sideText(check, 'first')), inline(sideText(check, 'second')), inline(changeText(check, text)), inline(limitText(check)),
    ]),
    words: [1, 2, 3],
  };
}

/** Where no gate rests on a baseline: every figure that was compared, of all arms. */
function figures({ comparisons }: ComparisonRecord, text: Text): Comment['table'] {
  const { head } = text.compare;
  const [one] = comparisons;
  return {
    title: text.compare.section.ratios, words: [1, 2, 9],
    head: one === undefined ? [] : [head.arm, ...ratioHead({ ...one, first: text.ci.baseline, second: text.ci.candidate }, text)],
    rows: comparisons.flatMap(({ second, rows }) => rows.map((row) => [short(second), ...ratioCells(row, text)].map((cell) => inline(cell)))),
  };
}
