import { count, decimals } from './card-number.js';
import type { FinishedScores, TrainingFacts } from './training-facts.js';

/** Mean and sample standard deviation (over n - 1) of the runs. */
const meanAndSpread = (values: readonly number[], write: (value: number) => string): string => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return values.length < 2 ? '–' : `${write(mean)} ± ${write(Math.sqrt(variance))}`;
};

const spreadRow = (title: string, values: readonly number[], write: (value: number) => string): string =>
  `| ${title} | ${values.map((value) => write(value)).join(' | ')} | ${meanAndSpread(values, write)} |`;

/** The table of runs that differ in the seed alone, as lines of Markdown; where they are as long as the shipped one, it is among them. No lines without runs. */
export const spreadLines = ({ spread, steps, seed }: TrainingFacts, testPairs: number): string[] => {
  const [first] = spread;
  if (first === undefined) return [];
  const score = (title: string, pick: (scores: FinishedScores['fp32']) => number): string[] =>
    (['fp32', 'int8'] as const).map((weights) => spreadRow(`${title}, ${weights}`, spread.map((run) => pick(run[weights])), (value) => decimals(value)));
  const alike = first.steps === steps;
  return [
    `${count(spread.length)} runs that differ in the seed alone, ${count(first.steps)} steps each${alike ? '' : ` rather than ${count(steps)}`}, exported and calibrated ${alike ? `alike; seed ${String(seed)} is the shipped one` : 'like the shipped one'}. ± is the standard deviation over the runs.`,
    '',
    `| seed | ${spread.map((run) => run.seed).join(' | ')} | mean ± s |`,
    `|---|${spread.map(() => '---|').join('')}---|`,
    ...score('AUC exact or partial / not', ({ auc }) => auc.atLeastPartial),
    ...score('AUC exact / rest', ({ auc }) => auc.exactOrRest),
    ...score('AUC exact / not', ({ auc }) => auc.exactOrNot),
    ...score('macro-F1', ({ macroF1 }) => macroF1.balanced),
    ...score('macro-F1, real mix', ({ macroF1 }) => macroF1.realMix),
    spreadRow(`labels of ${count(testPairs)} that int8 changes`, spread.map(({ flips }) => flips), (value) => decimals(value, Number.isInteger(value) ? 0 : 1)),
    '',
  ];
};
