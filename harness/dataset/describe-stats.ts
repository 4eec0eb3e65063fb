import { allClasses, type AddressPair, type AnyClass, type DatasetSummary } from '../model/dataset.js';
import { bigramOverlap } from './overlap.js';
import { characterCount, countLengths, summariseDataset, type SummarisedPlan } from './summary.js';

const overlapBins = 10;

/** Takes pairs one by one, in any order, and tells what they are like together. */
export interface DatasetStats {
  add(pair: AddressPair): void;
  /** Of the pairs so far: classes, lengths, repeats, operators and, by class, how much the two sides have in common. */
  text(): string;
}

interface ClassFigures {
  lengths: ReturnType<typeof countLengths>;
  overlapSum: number;
  overlapBins: number[];
}

/** Statistics of no pairs yet. */
export function createStats(plan: SummarisedPlan): DatasetStats {
  const summary = summariseDataset(plan);
  const figures = new Map<AnyClass, ClassFigures>();
  return {
    add(pair) {
      summary.add(pair, 0);
      if (pair.class === 'abnormal') return;
      const ofClass = figures.get(pair.class) ?? { lengths: countLengths(), overlapSum: 0, overlapBins: new Array<number>(overlapBins).fill(0) };
      figures.set(pair.class, ofClass);
      ofClass.lengths.add(characterCount(pair.a));
      ofClass.lengths.add(characterCount(pair.b));
      const share = bigramOverlap(pair.a, pair.b);
      ofClass.overlapSum += share;
      const bin = Math.min(overlapBins - 1, Math.floor(share * overlapBins));
      ofClass.overlapBins[bin] = (ofClass.overlapBins[bin] ?? 0) + 1;
    },
    text: () => describeStats(plan.seed, summary.finish(''), figures),
  };
}

function describeStats(seed: number, summary: DatasetSummary, figures: ReadonlyMap<AnyClass, ClassFigures>): string {
  const { byClass, characters, repeatShare, operators, certifiedLowShare, count } = summary;
  const classRows = allClasses.flatMap((name) => {
    const n = byClass[name] ?? 0;
    const ofClass = figures.get(name);
    const length = ofClass?.lengths.summary();
    if (n === 0) return [];
    const [mean, bins] = ofClass === undefined ? ['-', '-'] : [(ofClass.overlapSum / n).toFixed(2), sparkline(ofClass.overlapBins)];
    return [[name, String(n), percent(n / count), ...(length === undefined ? ['-', '-', '-', '-'] : lengthCells(length)), mean, bins]];
  });
  return [
    `pairs ${count}, seed ${seed}`,
    '',
    table([['class', 'pairs', 'share', 'mean chars', 'p50', 'p90', 'max', 'mean overlap', `bigram overlap 0 … 1`], ...classRows]),
    '',
    `characters: mean ${characters.mean.toFixed(1)}, p50 ${characters.p50}, p90 ${characters.p90}, max ${characters.max}`,
    `addresses that stand more than once: ${percent(repeatShare)}`,
    ...repeatLines(summary),
    ...(certifiedLowShare === null ? [] : [`lows certified more than 5 km apart: ${percent(certifiedLowShare)}`]),
    '',
    table([['operator', 'pairs', 'share'], ...Object.entries(operators).map(([name, n]) => [name, String(n), percent(n / count)])]),
  ].join('\n');
}

function repeatLines({ profile, seenShare, askedRepeatShare }: DatasetSummary): string[] {
  const asked = askedRepeatShare === undefined ? '' : `, asked for ${percent(askedRepeatShare)}`;
  return [`addresses that came before: ${percent(seenShare ?? 0)}${asked}`, ...(profile === undefined ? [] : [`profile: ${profile}`])];
}

const lengthCells = (length: { mean: number; p50: number; p90: number; max: number }): string[] => [
  length.mean.toFixed(1), String(length.p50), String(length.p90), String(length.max),
];

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** Bars of eight heights; the highest is the fullest bin. */
function sparkline(bins: readonly number[]): string {
  const top = Math.max(1, ...bins);
  return bins.map((n) => (n === 0 ? '·' : '▁▂▃▄▅▆▇█'.charAt(Math.min(7, Math.floor((n / top) * 8))))).join('');
}

/** Columns of plain ASCII: names to the left, figures to the right, the last column as it is. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ').trimEnd())
    .join('\n');
}
