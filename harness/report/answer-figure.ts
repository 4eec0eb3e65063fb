/** Figures of the answers as every output shows them. */
import type { Analysis, Estimate, Finding } from '../model/analysis.js';
import { aucNames, type AbnormalRow, type AnswerQuality, type RightShare } from '../model/answer-quality.js';
import { allClasses, type MatchLabel } from '../model/dataset.js';
import { sameFrom, type LabelRule } from '../model/label-rule.js';
import type { RunRecord } from '../model/record.js';
import { count, dash, percent, plain } from './number.js';
import { interval } from './stage-figure.js';
import type { Text } from './text/index.js';
import type { Sentence } from './text/text-code.js';
import { nameIn, own } from './words.js';

/** "0.971 [0.955, 0.983]", or why there is none. */
export function estimateText(finding: Finding<Estimate>, show: (value: number | null) => string = plain): string {
  return finding.kind === 'absent' ? dash : `${show(finding.value.value)} ${interval(finding.value.low, finding.value.high, show)}`.trim();
}

/** Why a figure of the answers is not there, with the number that would do. */
export function absentText(finding: { kind: 'absent'; why: string; needed?: number }, text: Text): string {
  return own<Sentence>(text.codes.absence, finding.why)?.({ needed: finding.needed ?? null }) ?? finding.why;
}

const estimateWithN = (finding: Finding<Estimate>, text: Text, show?: (value: number | null) => string): string =>
  finding.kind === 'absent' ? `${dash} (${absentText(finding, text)})` : `${estimateText(finding, show)}, n = ${count(finding.value.n)}`;

/** Names and values of the figures that are one number each. */
export function headFigures({ answers: { aucs, quality } }: Analysis, text: Text): [string, string][] {
  const a = text.answers;
  const found = aucNames.some((name) => aucs[name].kind === 'found' || (aucs[name].kind === 'absent' && aucs[name].why !== 'not-checked'));
  return [
    ...(found ? aucNames.map((name): [string, string] => {
      const finding = aucs[name];
      return [a.aucs[name], finding.kind === 'found' ? `${estimateText(finding)}, n = ${count(finding.value.positives)} + ${count(finding.value.negatives)}` : estimateWithN(finding, text)];
    }) : []),
    ...(quality.kind === 'found' ? [
      [a.macroF1(count(quality.value.confusion.labels.length)), estimateWithN(quality.value.macroF1, text)] as [string, string],
      [a.accuracy, estimateWithN(quality.value.accuracy, text, percent)] as [string, string],
    ] : []),
  ];
}

/** By class, in the order in which classes always stand; a name that is no class comes last. */
export function inClassOrder<Value>(byClass: Readonly<Record<string, Value>>): [string, Value][] {
  const rank = (name: string): number => (allClasses as readonly string[]).indexOf(name) >>> 0;
  return Object.entries(byClass).sort(([x], [y]) => rank(x) - rank(y));
}

/** How an answer became a label. */
export function ruleText(rule: LabelRule, text: Text): string {
  if (rule.source === 'labels') return text.answers.rules.labels;
  return rule.source === 'thresholds' ? text.answers.rules.thresholds(plain(rule.partial), plain(rule.exact)) : text.answers.rules.threshold(plain(rule.threshold));
}

/** Where on the axis of scores another label begins. */
export function ruleMarks({ answers: { quality } }: Analysis, { plan, server }: RunRecord, text: Text): { score: number; name: string }[] {
  if (quality.kind === 'found' && quality.value.rule.source === 'thresholds') {
    const { partial, exact } = quality.value.rule;
    return [{ score: partial, name: `partial ≥ ${plain(partial)}` }, { score: exact, name: `exact ≥ ${plain(exact)}` }];
  }
  const score = sameFrom(plan.request, server?.health);
  return [{ score, name: text.answers.thresholdMark(plain(score)) }];
}

/** "92%, [85%, 96%]"; few pairs are said to be few. */
export function rightShareCells({ right, n, share }: RightShare, text: Text): [string, string, string] {
  return [count(right), count(n), share.kind === 'found' ? estimateText(share, percent) : `${dash} (${text.answers.fewPairs})`];
}

/** Labels side by side: "partial / not". */
export function labelsText(labels: readonly MatchLabel[], text: Text): string {
  return labels.length === 0 ? dash : labels.map((label) => nameIn(text.codes.labels, label)).join(' / ');
}

/** Rows of the confusion table: the true label, then how often each was said, then its F1. */
export function confusionRows({ confusion: { labels, counts, f1 } }: AnswerQuality, text: Text): string[][] {
  return labels.map((label, i) => [nameIn(text.codes.labels, label), ...(counts[i] ?? []).map((n) => count(n)), plain(f1[i])]);
}

/** Whether this kind was met as it should be in every request. */
export const abnormalMet = (row: AbnormalRow): boolean => row.asExpected === row.sent;

/** Cells of one abnormal kind after its name. */
export function abnormalCells(row: AbnormalRow, text: Text): string[] {
  return [
    row.expect === null ? dash : text.codes.expectations[row.expect], count(row.sent), count(row.asExpected), count(row.refused), count(row.answered), count(row.serverErrors + row.otherStatus), count(row.timedOut), count(row.cutOff),
    row.named === null ? dash : row.named ? text.answers.yes : text.answers.no(row.field ?? ''),
  ];
}

/** Heads of the table of abnormal kinds, the kind's own first. */
export function abnormalHead(text: Text): string[] {
  const a = text.answers;
  return [a.kind, a.expectation, a.started, a.asExpected, '4xx', '2xx', a.serverError, a.timedOut, a.cutOff, a.fieldNamed];
}
