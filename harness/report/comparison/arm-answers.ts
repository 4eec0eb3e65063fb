/** Which arm changes answers, and what it costs: sentences and cells, the same for page, Markdown and terminal. */
import type { ArmSummary, ComparisonRecord } from '../../model/comparison.js';
import { count, dash, plain } from '../number.js';
import type { Text } from '../text/index.js';

const small = (delta: number): string => (delta === 0 ? '0' : delta.toPrecision(2));
const missing = (value: number | null | undefined): value is null | undefined => value === null || value === undefined;
const quality = (value: number | null | undefined): string => (missing(value) ? dash : value.toFixed(3));
const summaryOf = ({ summaries }: ComparisonRecord, arm: string): ArmSummary | undefined => summaries.find((one) => one.arm === arm);

/** Arms that change answers, then those that change scores alone, then those that change nothing. */
export function answersSentences(record: ComparisonRecord, text: Text): string[] {
  const t = text.armAnswers;
  const told = record.comparisons.flatMap(({ second, answers }) => (answers === undefined ? [] : [{ second, ...answers }]));
  const names = (arms: readonly string[]): string => arms.map((arm) => `“${arm}”`).join(text.enumeration);
  const figures = (arm: string): string => { const told = figuresOf(record, arm, text).join(text.listSeparator); return told === '' ? '' : text.aside(told); };
  const without = told.filter(({ flips, maxDelta }) => flips === 0 && maxDelta === 0);
  const first = record.arms[0]?.name ?? '';
  const silent = record.comparisons.filter(({ answers }) => answers === undefined).map(({ second }) => second);
  return [
    ...told.filter(({ flips }) => flips > 0).sort((x, y) => y.flips - x.flips).map(({ second, flips, asked }) => t.changes(second, count(flips), count(asked), figures(second))),
    ...told.filter(({ flips, maxDelta }) => flips === 0 && maxDelta > 0).map(({ second, asked, maxDelta }) => t.scoresOnly(second, count(asked), small(maxDelta), figures(second))),
    ...(without.length === 0 ? [] : [t.none(names(without.map(({ second }) => second)), count(without[0]?.asked ?? 0))]),
    ...told.flatMap(({ second, lost = 0, gained = 0 }) => [...(gained === 0 ? [] : [t.gained(second, count(gained), first)]), ...(lost === 0 ? [] : [t.gained(first, count(lost), second)])]),
    ...(silent.length === 0 ? [] : [t.notAsked(names(silent))]),
  ];
}

/** How good the answers are before and after, and what the step takes. */
function figuresOf(record: ComparisonRecord, arm: string, text: Text): string[] {
  const t = text.armAnswers;
  const [before, after] = [record.arms[0]?.name ?? '', arm].map((name) => summaryOf(record, name)?.quality);
  const ms = summaryOf(record, arm)?.work?.normaliseMs;
  return [
    ...(['auc', 'macroF1'] as const).flatMap((key) => (missing(before?.[key]) || missing(after?.[key]) ? [] : [t.from(t[key], quality(before?.[key]), quality(after?.[key]))])),
    ...(missing(ms) ? [] : [t.cost(plain(ms))]),
  ];
}

/** Names of the columns of `answersCells`. */
export function answersHead({ armAnswers: { head } }: Text): string[] {
  return [head.arm, head.flips, head.delta, head.auc, head.macroF1, head.cost];
}

/** A row for every arm; of the first no change. */
export function answersCells(record: ComparisonRecord, text: Text): string[][] {
  return record.arms.map(({ name }) => {
    const answers = record.comparisons.find(({ second }) => second === name)?.answers;
    const summary = summaryOf(record, name);
    const ms = summary?.work?.normaliseMs;
    return [name, answers === undefined ? dash : text.armAnswers.of(count(answers.flips), count(answers.asked)), answers === undefined ? dash : small(answers.maxDelta), quality(summary?.quality?.auc), quality(summary?.quality?.macroF1), missing(ms) ? dash : plain(ms)];
  });
}
