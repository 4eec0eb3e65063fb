import type { ChartSpec } from './draw.js';
import { colour, seriesColour } from './theme.js';

/** Scores of one class: how many fell between each two edges. */
export interface ScoreRow {
  /** Written above the row: the class with its n and median. */
  label: string;
  counts: readonly number[];
  median: number;
  /** Said of each bar, by bin. */
  tips: readonly string[];
}

export interface ScoreChart {
  rows: readonly ScoreRow[];
  /** One more than there are bins. */
  edges: readonly number[];
  /** Scores at which another label begins, with the name to write there. */
  marks: readonly { score: number; name: string }[];
  xTitle: string;
}

const rowHeight = 62;
/** Room above the rows for the names of the marks, in rows. */
const strip = 0.3;
/** Share of a row that its tallest bar takes; above it stands the label. */
const fill = 0.58;

/**
 * A histogram a class, one above the other on one axis of scores. Each is as tall as its own most frequent bin, so that classes of unlike
 * size can be compared in shape; rows are named where they stand, not by colour alone.
 */
export function scoreRowsSpec({ rows, edges, marks, xTitle }: ScoreChart): ChartSpec {
  const [from, to] = [edges[0] ?? 0, edges.at(-1) ?? 1];
  const count = rows.length;
  const bars = rows.flatMap((row, i) => {
    const most = Math.max(...row.counts, 1);
    const base = count - 1 - i;
    return row.counts.flatMap((n, bin) => (n === 0 ? [] : [{ x: edges[bin] ?? 0, x2: edges[bin + 1] ?? 0, y: base, y2: base + (n / most) * fill, s: String(i), tip: row.tips[bin] ?? '' }]));
  });
  const labels = rows.map((row, i) => ({ y: count - 1 - i + fill + 0.23, x: from, label: row.label }));
  const bases = rows.map((_, i) => ({ y: count - 1 - i }));
  const medians = rows.map((row, i) => ({ x: row.median, y: count - 1 - i, y2: count - 1 - i + fill + 0.04 }));
  const shown = marks.filter(({ score }) => score >= from && score <= to);
  const x = { field: 'x', type: 'quantitative', title: xTitle, scale: { domain: [from, to], nice: false, zero: false }, axis: { grid: false, tickCount: 6, format: '~r' } };
  const y = { field: 'y', type: 'quantitative', title: null, scale: { domain: [0, count + strip], nice: false }, axis: null };
  const color = { field: 's', type: 'nominal', scale: { domain: rows.map((_, i) => String(i)), range: rows.map((_, i) => seriesColour(i)) }, legend: null };
  return {
    height: 70 + (count + strip) * rowHeight,
    layer: [
      { data: { values: shown }, mark: { type: 'rule', strokeDash: [4, 3], stroke: colour('muted'), strokeWidth: 1.2, aria: false }, encoding: { x: { ...x, field: 'score' } } },
      { data: { values: shown.map((mark) => ({ ...mark, y: count + strip / 2 })) }, mark: { type: 'text', align: 'right', baseline: 'middle', dx: -4, aria: false }, encoding: { x: { ...x, field: 'score' }, y, text: { field: 'name' } } },
      { data: { values: bars }, mark: { type: 'rect', stroke: null }, encoding: { x, x2: { field: 'x2' }, y, y2: { field: 'y2' }, fill: color, description: { field: 'tip' } } },
      { data: { values: bases }, mark: { type: 'rule', stroke: colour('band'), strokeWidth: 1, aria: false }, encoding: { y } },
      { data: { values: medians }, mark: { type: 'rule', stroke: colour('ink'), strokeWidth: 2, aria: false }, encoding: { x, y, y2: { field: 'y2' } } },
      { data: { values: labels }, mark: { type: 'text', align: 'left', baseline: 'middle', fill: colour('ink'), aria: false }, encoding: { x, y, text: { field: 'label' } } },
    ],
  };
}
