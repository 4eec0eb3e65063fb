/** Pictures of one arm against the first: ratios, the pairs themselves, and where in the distribution the latencies differ. */
import type { ArmComparison, ComparisonRecord } from '../../model/comparison.js';
import { forestSpec } from '../html/chart/forest.js';
import { shiftSpec } from '../html/chart/shift.js';
import { slopesSpec } from '../html/chart/slopes.js';
import type { Figure } from '../html/figure.js';
import { count, ms, percent, plain, ratioFigure as ratioText } from '../number.js';
import { interval, ratioInterval } from '../stage-figure.js';
import type { Text } from '../text/index.js';
import { confidenceText, stageOf } from './rows.js';

export type ComparisonFigure = Figure<'ratios' | 'slopes' | 'deciles' | 'trade' | 'batch' | 'time' | 'memory'>;

/** All that can be drawn of one comparison; `part` tells it from the others of the page. */
export function pairFigures(comparison: ArmComparison, part: number, record: ComparisonRecord, text: Text): ComparisonFigure[] {
  return [ratioFigure(comparison, part, record, text), slopeFigure(comparison, part, text), decileFigure(comparison, part, record, text)].flatMap((figure) => figure ?? []);
}

function ratioFigure({ first, second, rows, pairs }: ArmComparison, part: number, record: ComparisonRecord, text: Text): ComparisonFigure | null {
  const { compare } = text;
  const { equivalence } = record.design;
  const drawn = rows.filter((row) => row.ratio !== null);
  if (drawn.length === 0) return null;
  return {
    id: 'ratios', part, title: compare.chart(second, first),
    caption: compare.caption(`±${percent(equivalence)}`, confidenceText(record), count(pairs)),
    spec: forestSpec(drawn.map((row) => ({
      name: `${stageOf(row, text)} · ${compare.metric[row.metric]}`, ratio: row.ratio?.value ?? 1, low: row.ratio?.low ?? null, high: row.ratio?.high ?? null,
      tip: `${stageOf(row, text)}, ${compare.metric[row.metric]}${text.colon}${ratioText(row.ratio?.value)} ${ratioInterval(row.ratio)}`,
    })), { xTitle: compare.ratioAxis(second, first), equivalence }),
    head: [compare.head.stage, compare.head.metric, compare.head.pair, first, second],
    rows: rows.flatMap((row) => row.pairs.map(([a, b], pair) => [stageOf(row, text), compare.metric[row.metric], count(pair + 1), `${plain(a)} ${row.unit}`, `${plain(b)} ${row.unit}`])),
    words: [1],
  };
}

/** The figure that decides, pair by pair. */
function slopeFigure({ first, second, rows, deciding }: ArmComparison, part: number, text: Text): ComparisonFigure | null {
  const { compare, compare: { figures: { slopes } } } = text;
  const row = deciding === null ? undefined : rows[deciding];
  if (row === undefined || row.first === null || row.second === null || row.pairs.length === 0) return null;
  const metric = compare.metric[row.metric];
  // The last digits of a float are no difference.
  const up = count(row.pairs.filter(([a, b]) => b > a * (1 + 1e-9)).length);
  const down = count(row.pairs.filter(([a, b]) => b < a * (1 - 1e-9)).length);
  return {
    id: 'slopes', part, title: slopes.title(metric, second, first),
    caption: row.stage === null ? slopes.captionRun(up, down, second) : slopes.caption(up, down, stageOf(row, text), second),
    spec: slopesSpec({
      sides: [first, second], mean: [row.first, row.second], yTitle: `${metric} (${row.unit})`,
      pairs: row.pairs.map((values, pair) => ({ values, tip: `${compare.head.pair} ${count(pair + 1)}${text.colon}${plain(values[0])} → ${plain(values[1])} ${row.unit}` })),
    }),
    head: [compare.head.pair, `${first} (${row.unit})`, `${second} (${row.unit})`, compare.head.ratio],
    rows: row.pairs.map(([a, b], pair) => [count(pair + 1), plain(a), plain(b), plain(b / a)]),
  };
}

function decileFigure({ first, second, rows, deciles }: ArmComparison, part: number, record: ComparisonRecord, text: Text): ComparisonFigure | null {
  const { compare, compare: { figures: { deciles: words } } } = text;
  const [lowest, highest] = [deciles?.rows[0], deciles?.rows.at(-1)];
  if (deciles === undefined || lowest === undefined || highest === undefined) return null;
  const signed = (value: number): string => (value > 0 ? `+${ms(value)}` : ms(value));
  const moved = [signed(lowest.shift), signed(highest.shift)] as const;
  const caption = deciles.pairs === 1 ? words.captionOne(stageOf(deciles, text), ...moved) : words.caption(stageOf(deciles, text), compare.pairCount(count(deciles.pairs), false), ...moved, confidenceText(record));
  const other = rows.some(({ stage, otherThroughput }) => stage === deciles.stage && otherThroughput);
  return {
    id: 'deciles', part, title: words.title(second, first),
    caption: other ? `${caption}${text.sentenceSpace}${words.otherThroughput}` : caption,
    spec: shiftSpec(deciles.rows.map(({ decile, first: at, shift, low, high }) => ({ at, shift, low, high, label: `${count(decile * 10)}%`, tip: `${count(decile * 10)}%${text.colon}${signed(shift)} ${interval(low, high)}`.trimEnd() })), { xTitle: words.x(first), yTitle: words.y }),
    head: [words.decile, `${first} (ms)`, `${second} (ms)`, `${words.shift} (ms)`, compare.head.interval],
    rows: deciles.rows.map((row) => [`${count(row.decile * 10)}%`, plain(row.first), plain(row.second), plain(row.shift), interval(row.low, row.high)]),
  };
}
