/** The charts of a dataset: one axis for all classes, so that they can be compared. */
import type { ClassFigures, DatasetFigures, LengthFigures } from '../../model/dataset-figures.js';
import { barsSpec } from '../html/chart/bars.js';
import { scoreRowsSpec } from '../html/chart/score-rows.js';
import type { Figure } from '../html/figure.js';
import { count, percent, plain } from '../number.js';
import type { Text } from '../text/index.js';
import { nameIn } from '../words.js';

export type DatasetChart = keyof Text['dataset']['title'];
type DatasetFigure = Figure<DatasetChart>;

/** Bins of a histogram of lengths: no more than can be told apart. */
const mostBins = 32;
/** Operators that are drawn; the table has all of them. */
const mostBars = 20;

const percentOf = (n: number, all: number): string => percent(all === 0 ? 0 : n / all);

/** How many pairs each class has. */
export function classFigure({ classes, pairs }: DatasetFigures, text: Text): DatasetFigure {
  const words = text.dataset;
  const name = (one: ClassFigures): string => nameIn(text.codes.classes, one.name);
  const largest = classes.reduce((most, one) => (one.pairs > most.pairs ? one : most), classes[0] ?? { name: 'high', pairs: 0 } as ClassFigures);
  return {
    id: 'classes', title: words.title.classes,
    caption: words.caption.classes(name(largest), percentOf(largest.pairs, pairs)),
    spec: barsSpec(classes.map((one) => ({ name: name(one), value: one.pairs, label: percentOf(one.pairs, pairs) })), { x: words.axis.pairs }),
    head: [words.class, words.pairs, words.share],
    rows: classes.map((one) => [name(one), count(one.pairs), percentOf(one.pairs, pairs)]),
  };
}

/** One histogram: what is counted, for the classes that have it. */
interface Histogram {
  id: DatasetChart;
  caption: string;
  xTitle: string;
  edges: readonly number[];
  binName: (bin: number) => string;
  rows: readonly { name: string; counts: readonly number[]; median: number }[];
}

function histogramFigure({ id, caption, xTitle, edges, binName, rows }: Histogram, text: Text): DatasetFigure {
  const words = text.dataset;
  const total = (counts: readonly number[]): number => counts.reduce((sum, n) => sum + n, 0);
  return {
    id, title: words.title[id], caption,
    spec: scoreRowsSpec({
      rows: rows.map(({ name, counts, median }) => ({
        label: words.rowLabel(name, count(total(counts)), plain(median)), counts, median,
        tips: counts.map((n, bin) => words.binTip(name, binName(bin), count(n), percentOf(n, total(counts)))),
      })),
      edges, marks: [], xTitle,
    }),
    head: [xTitle, ...rows.map(({ name }) => name)],
    rows: edges.slice(1).map((_, bin) => [binName(bin), ...rows.map(({ counts }) => count(counts[bin] ?? 0))]),
  };
}

/** Lengths of the addresses by class, in at most so many bins as fit the width. */
export function lengthFigure(figures: DatasetFigures, what: 'characters' | 'tokens', text: Text): DatasetFigure {
  const all = figures[what];
  const width = Math.max(1, Math.ceil((all.max + 1) / mostBins));
  const bins = Math.ceil((all.max + 1) / width);
  const grouped = ({ counts }: LengthFigures): number[] => Array.from({ length: bins }, (_, bin) => counts.slice(bin * width, (bin + 1) * width).reduce((sum, n) => sum + n, 0));
  return histogramFigure({
    id: what, caption: text.dataset.caption.lengths(plain(all.mean), plain(all.p90), plain(all.max)), xTitle: text.dataset.axis[what],
    edges: Array.from({ length: bins + 1 }, (_, i) => i * width),
    binName: (bin) => (width === 1 ? String(bin) : `${String(bin * width)}–${String((bin + 1) * width - 1)}`),
    rows: figures.classes.flatMap((one) => {
      const lengths = one[what];
      // A length stands for the cell that begins with it.
      return lengths === null ? [] : [{ name: nameIn(text.codes.classes, one.name), counts: grouped(lengths), median: lengths.p50 + (width === 1 ? 0.5 : 0) }];
    }),
  }, text);
}

/** What both sides have in common, by class. */
export function overlapFigure({ classes }: DatasetFigures, text: Text): DatasetFigure {
  const words = text.dataset;
  const median = (name: string): number | undefined => classes.find((one) => one.name === name)?.overlap?.median;
  const [high, low] = [median('high'), median('low')];
  const bins = Math.max(1, ...classes.map(({ overlap }) => overlap?.bins.length ?? 0));
  const edges = Array.from({ length: bins + 1 }, (_, i) => i / bins);
  return histogramFigure({
    id: 'overlap', caption: high === undefined || low === undefined ? words.caption.overlapShort : words.caption.overlap(plain(high), plain(low)), xTitle: words.axis.overlap,
    edges, binName: (bin) => `${plain(edges[bin])}–${plain(edges[bin + 1])}`,
    rows: classes.flatMap(({ name, overlap }) => (overlap === null ? [] : [{ name: nameIn(text.codes.classes, name), counts: overlap.bins, median: overlap.median }])),
  }, text);
}

/** In how many pairs each family of operators had a hand; a pair counts for each of its families. */
export function familyFigure({ families, pairs }: DatasetFigures, text: Text): DatasetFigure {
  const words = text.dataset;
  const name = (family: string): string => nameIn(text.codes.families, family);
  return {
    id: 'families', title: words.title.families, caption: `${words.caption.families(count(families.length))}${text.sentenceSpace}${words.familiesNote}`,
    spec: barsSpec(families.map((one) => ({ name: name(one.name), value: one.pairs, label: percentOf(one.pairs, pairs) })), { x: words.axis.pairs }),
    head: [words.family, words.pairs, words.share],
    rows: families.map((one) => [name(one.name), count(one.pairs), percentOf(one.pairs, pairs)]),
  };
}

/** The most frequent operators as bars, all of them in the table behind. */
export function operatorFigure({ operators, pairs }: DatasetFigures, text: Text): DatasetFigure {
  const words = text.dataset;
  const shown = operators.slice(0, mostBars);
  return {
    id: 'operators', title: words.title.operators, caption: words.caption.operators(count(shown.length), count(operators.length)),
    spec: barsSpec(shown.map((one) => ({ name: one.name, value: one.pairs, label: percentOf(one.pairs, pairs) })), { x: words.axis.pairs }),
    head: [words.operator, words.pairs, words.share, words.family],
    rows: operators.map((one) => [one.name, count(one.pairs), percentOf(one.pairs, pairs), nameIn(text.codes.families, one.family)]),
    words: [3],
  };
}
