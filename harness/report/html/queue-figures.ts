/** What waited in the server and how much it computed at once, by its own /metrics. */
import type { RunRecord } from '../../model/record.js';
import type { Series } from '../../model/series.js';
import { plain } from '../number.js';
import type { StagePair } from '../stage-figure.js';
import type { Text } from '../text/index.js';
import { gaugePoints, ratioPoints } from './over-time.js';
import { figureOf, named, sentences, type FigureOrWhy, type Frame } from './time-drawing.js';

/** The stage in which a value is largest, or the parts of a mix that share it; null where it is above 0 in none. */
function largest(pairs: readonly StagePair[], valueIn: (fromMs: number, toMs: number) => number | null): { value: number; stage: string } | null {
  return pairs.reduce<{ value: number; stage: string } | null>((best, { result, stage }) => {
    const value = valueIn(result.windowFromMs, result.windowToMs);
    if (value === null || value === 0 || value < (best?.value ?? 0)) return best;
    return { value, stage: best?.value === value && result.stage.mixed === true ? `${best.stage} + ${stage.name}` : value === best?.value ? best.stage : stage.name };
  }, null);
}

function queueFigure(series: Series, pairs: readonly StagePair[], frame: Frame, text: Text): FigureOrWhy {
  const most = largest(pairs, (fromMs, toMs) => Math.max(...series.v.map((value, i) => (value !== null && (series.t[i] ?? 0) >= fromMs && (series.t[i] ?? 0) <= toMs ? value : 0))));
  const caption = sentences(text, [most === null ? text.caption.queueEmpty : text.caption.queue(plain(most.value), most.stage), text.caption.queueNote]);
  return figureOf({ id: 'queue', caption, lines: [{ name: text.chart.waiting, points: gaugePoints(series) }], yTitle: text.chart.waiting }, frame, text);
}

/** By how much a counter grew from the first reading in a window to the last; null with fewer than two, or where one is a gap. */
function grown({ t, v }: Series, fromMs: number, toMs: number): number | null {
  const [first, last] = [t.findIndex((each) => each >= fromMs), t.findLastIndex((each) => each <= toMs)];
  const [before, after] = [v[first] ?? null, v[last] ?? null];
  return first < 0 || last <= first || before === null || after === null ? null : after - before;
}

function batchFigure(entries: Series, batches: Series, pairs: readonly StagePair[], frame: Frame, text: Text): FigureOrWhy {
  const most = largest(pairs, (fromMs, toMs) => {
    const [more, made] = [grown(entries, fromMs, toMs), grown(batches, fromMs, toMs)];
    return more === null || made === null || made <= 0 ? null : more / made;
  });
  const caption = sentences(text, [most === null ? null : text.caption.batchSize(plain(most.value), most.stage), text.caption.batchNote]);
  return figureOf({ id: 'batch-size', caption, lines: [{ name: text.chart.batchEntries, points: ratioPoints(entries, batches) }], yTitle: text.chart.batchEntries }, frame, text);
}

/** Queue and batches over time: one figure each; one reason for both where a server was met that tells neither, nothing where there was no server. */
export function queueFigures({ series, server }: RunRecord, pairs: readonly StagePair[], frame: Frame, text: Text): FigureOrWhy[] {
  const [queue, batches, entries] = [named(series, 'server', 'queueLength'), named(series, 'server', 'batches'), named(series, 'server', 'batchedEntries')];
  const figures = [
    ...(queue === undefined ? [] : [queueFigure(queue, pairs, frame, text)]),
    ...(batches === undefined || entries === undefined ? [] : [batchFigure(entries, batches, pairs, frame, text)]),
  ];
  return figures.length > 0 || server === null ? figures : [{ id: 'queue', title: text.chart.title.queue, why: text.caption.queueAbsent }];
}
