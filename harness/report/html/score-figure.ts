/** The scores of each class, drawn: whether the classes stand apart, and where the threshold lies among them. */
import type { ReportInput } from '../report-input.js';
import { estimateText, ruleMarks } from '../answer-figure.js';
import { count, plain } from '../number.js';
import type { Text } from '../text/index.js';
import { nameIn } from '../words.js';
import { scoreRowsSpec } from './chart/score-rows.js';
import type { FigureOrWhy } from './time-drawing.js';

/** null where no answers were asked for at all: the section says why. */
export function scoreFigure({ record, analysis }: ReportInput, text: Text): FigureOrWhy | null {
  const { distribution, aucs } = analysis.answers;
  if (distribution.kind === 'absent') return null;
  const { edges, classes } = distribution.value;
  const a = text.answers;
  const name = (one: string): string => nameIn(text.codes.classes, one);
  const bin = (i: number): string => `${plain(edges[i])}–${plain(edges[i + 1])}`;
  const auc = aucs.highLow;
  return {
    id: 'scores', title: text.chart.title.scores,
    caption: auc.kind === 'found' ? a.scoresCaption(estimateText(auc), count(auc.value.positives), count(auc.value.negatives)) : a.scoresCaptionShort,
    spec: scoreRowsSpec({
      rows: classes.map((one) => ({
        label: a.scoreRow(name(one.name), count(one.n), plain(one.median)), counts: one.counts, median: one.median,
        tips: one.counts.map((n, i) => a.scoreTip(name(one.name), bin(i), count(n), count(one.n))),
      })),
      edges, marks: ruleMarks(analysis, record, text), xTitle: text.chart.score,
    }),
    head: [text.chart.score, ...classes.map((one) => name(one.name))],
    rows: [
      ...edges.slice(1).map((_, i) => [bin(i), ...classes.map((one) => count(one.counts[i] ?? 0))]),
      ...([[text.chart.p10, 'low'], [text.chart.median, 'median'], [text.chart.p90, 'high']] as const).map(([label, key]) => [label, ...classes.map((one) => plain(one[key]))]),
    ],
  };
}
