/** Drawing on the time axis: bands of the stages, one span for all figures, and the table behind each. */
import type { RunRecord } from '../../model/record.js';
import type { Series } from '../../model/series.js';
import { ms, plain, rps, seconds } from '../number.js';
import { levelFigure, valueOf, type StagePair } from '../stage-figure.js';
import type { Text } from '../text/index.js';
import { timeSeriesSpec, type Band, type Level, type Line } from './chart/time-series.js';
import type { ChartSpec } from './chart/draw.js';
import type { Figure } from './figure.js';

/** A figure, or the reason why there is none. */
export type FigureOrWhy = Figure | { id: Figure['id']; part?: number; title: string; why: string };

function bandsOf(pairs: readonly StagePair[], text: Text): Band[] {
  return bandOfMix(pairs, text) ?? pairs.map(({ result, stage }) => {
    const fromS = result.windowFromMs / 1000;
    const toS = result.windowToMs / 1000;
    if (result.job !== undefined) return { fromS, toS, label: stage.name, shortLabel: '', tip: text.job.bandTip(plain(fromS), seconds(toS)) };
    return { fromS, toS, label: stage.name, shortLabel: levelFigure(stage), tip: text.chart.bandTip(stage.name, plain(fromS), seconds(toS), rps(stage.achievedRps), ms(valueOf(stage.latencyMs.p95))) };
  });
}

/** Parts of a mix go on at the same time: one band for all; null where stages follow each other. */
function bandOfMix(pairs: readonly StagePair[], text: Text): Band[] | null {
  if (!pairs.some(({ result }) => result.stage.mixed === true)) return null;
  const fromS = Math.min(...pairs.map(({ result }) => result.windowFromMs)) / 1000;
  const toS = Math.max(...pairs.map(({ result }) => result.windowToMs)) / 1000;
  const label = pairs.map(({ stage }) => stage.name).join(' + ');
  return [{ fromS, toS, label, shortLabel: '', tip: pairs.map(({ stage }) => text.chart.bandTip(stage.name, plain(fromS), seconds(toS), rps(stage.achievedRps), ms(valueOf(stage.latencyMs.p95)))).join(text.listSeparator) }];
}

/** Rows of the data table: one a tenth of a second, one column a line. Sources are read one after the other, so their moments differ by milliseconds. */
function tableOf(lines: readonly Line[]): string[][] {
  const momentOf = (xS: number): number => Math.round(xS * 10);
  const moments = [...new Set(lines.flatMap((line) => line.points.map(({ xS }) => momentOf(xS))))].sort((x, y) => x - y);
  const columns = lines.map((line) => {
    const highestAt = new Map<number, number>();
    for (const { xS, y } of line.points) highestAt.set(momentOf(xS), Math.max(y, highestAt.get(momentOf(xS)) ?? -Infinity));
    return highestAt;
  });
  return moments.map((moment) => [plain(moment / 10), ...columns.map((column) => plain(column.get(moment)))]);
}

/** What is drawn over the run's time. */
export interface Drawing {
  id: Figure['id'];
  part?: number;
  title?: string;
  caption: string;
  lines: readonly Line[];
  yTitle: string;
  log?: boolean;
  levels?: readonly Level[];
  firstColour?: number;
}

/** What the stages look like on the time axis: their bands, and the span that all charts share. */
export interface Frame {
  bands: readonly Band[];
  domainS: readonly [number, number];
}

/** The frame that all figures of one page share. */
export function frameOf(pairs: readonly StagePair[], record: RunRecord, text: Text): Frame {
  const bands = bandsOf(pairs, text);
  const ends = [...bands.map((band) => band.toS), ...record.series.map((series) => (series.t.at(-1) ?? 0) / 1000)];
  return { bands, domainS: [0, Math.max(...ends, 1)] };
}

/** The figure of a drawing, with its data table. */
export function figureOf(drawing: Drawing, { bands, domainS }: Frame, text: Text): Figure {
  const { id, part, caption, lines, yTitle, log, levels, firstColour } = drawing;
  const spec: ChartSpec = timeSeriesSpec({ lines, bands, domainS, levels, log, firstColour, xTitle: text.chart.time, yTitle });
  return { id, part, title: drawing.title ?? text.chart.title[id], caption, spec, head: [text.chart.second, ...lines.map((line) => line.name)], rows: tableOf(lines) };
}

/** Sentences one after the other, without those that are not there. */
export function sentences(text: Text, parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null).join(text.sentenceSpace);
}

/** The column of this name, where it holds a number. */
export function named(series: readonly Series[], source: string, metric: string): Series | undefined {
  return series.find((one) => one.source === source && one.metric === metric && one.v.some((value) => value !== null));
}
