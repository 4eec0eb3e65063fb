/** Figures over the run's time: what came out, how long it took, what it cost. */
import type { Analysis } from '../../model/analysis.js';
import type { RunRecord } from '../../model/record.js';
import type { Series } from '../../model/series.js';
import { count, mib, ms, plain, rps, seconds } from '../number.js';
import { vramText } from '../gpu-figure.js';
import { isJob } from '../job-figure.js';
import { levelFigure, levelText, stagePairs, valueOf, type StagePair } from '../stage-figure.js';
import { gpuAbsenceWords } from '../words.js';
import type { Text } from '../text/index.js';
import type { ReportInput } from '../report-input.js';
import { timeSeriesSpec, type Band, type Level, type Line } from './chart/time-series.js';
import type { ChartSpec } from './chart/draw.js';
import type { Figure } from './figure.js';
import { binSeconds, gaugePoints, perSecond, slopePoints, timelineColumn, worst } from './over-time.js';

/** A figure, or the reason why there is none. */
export type FigureOrWhy = Figure | { id: Figure['id']; part?: number; title: string; why: string };

type Source = 'job' | 'server' | 'engine' | 'harness';

function sourcesOf(record: RunRecord): readonly Source[] {
  return isJob(record) ? ['job', 'server', 'harness'] : ['server', 'engine', 'harness'];
}

function coresOf({ stage }: StagePair, source: Source): number {
  return (source === 'job' ? stage.job?.cores : stage.cpu[source]) ?? -1;
}

function highest<T>(items: readonly T[], value: (item: T) => number | null): T | undefined {
  return items.reduce<T | undefined>((best, item) => ((value(item) ?? -Infinity) > (best === undefined ? -Infinity : (value(best) ?? -Infinity)) ? item : best), undefined);
}

function bandsOf(pairs: readonly StagePair[], text: Text): Band[] {
  return pairs.map(({ result, stage }) => {
    const fromS = result.windowFromMs / 1000;
    const toS = result.windowToMs / 1000;
    if (result.job !== undefined) return { fromS, toS, label: stage.name, shortLabel: '', tip: text.job.bandTip(plain(fromS), seconds(toS)) };
    return { fromS, toS, label: stage.name, shortLabel: levelFigure(stage), tip: text.chart.bandTip(stage.name, plain(fromS), seconds(toS), rps(stage.achievedRps), ms(valueOf(stage.latencyMs.p95))) };
  });
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

interface Drawing {
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
interface Frame {
  bands: readonly Band[];
  domainS: readonly [number, number];
}

function frameOf(pairs: readonly StagePair[], record: RunRecord, text: Text): Frame {
  const bands = bandsOf(pairs, text);
  const ends = [...bands.map((band) => band.toS), ...record.series.map((series) => (series.t.at(-1) ?? 0) / 1000)];
  return { bands, domainS: [0, Math.max(...ends, 1)] };
}

function figureOf(drawing: Drawing, { bands, domainS }: Frame, text: Text): Figure {
  const { id, part, caption, lines, yTitle, log, levels, firstColour } = drawing;
  const spec: ChartSpec = timeSeriesSpec({ lines, bands, domainS, levels, log, firstColour, xTitle: text.chart.time, yTitle });
  return { id, part, title: drawing.title ?? text.chart.title[id], caption, spec, head: [text.chart.second, ...lines.map((line) => line.name)], rows: tableOf(lines) };
}

function sentences(text: Text, parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null).join(text.sentenceSpace);
}

function trafficFigures(pairs: readonly StagePair[], frame: Frame, text: Text): Figure[] {
  const binS = binSeconds(pairs);
  const line = (name: string, column: Parameters<typeof timelineColumn>[1], fold: typeof perSecond): Line => ({ name, points: timelineColumn(pairs, column, binS, fold) });
  const started = pairs.reduce((sum, { result }) => sum + result.requests.started, 0);
  const failed = pairs.reduce((sum, { result }) => sum + result.requests.failed, 0);
  const best = highest(pairs, ({ stage }) => stage.achievedRps);
  const slowest = highest(pairs, ({ stage }) => valueOf(stage.latencyMs.p95));
  const fullest = highest(pairs, ({ result }) => result.inFlightMean);
  const binNote = binS > 1 ? text.chart.bins(seconds(binS)) : null;
  const worstNote = binS > 1 ? text.chart.worstSecond(seconds(binS)) : null;
  const bestText = rps(best?.stage.achievedRps);
  return [
    figureOf({
      id: 'throughput', yTitle: text.chart.requestsPerSecond,
      caption: sentences(text, [pairs.length > 1 ? text.caption.throughput(bestText, best?.stage.name ?? '', count(failed), count(started)) : text.caption.throughputOne(bestText, count(failed), count(started)), binNote]),
      lines: [line(text.chart.answered, 'completed', perSecond), line(text.chart.failed, 'failed', perSecond)],
    }, frame, text),
    figureOf({
      id: 'latency', yTitle: text.chart.latency, log: true,
      caption: sentences(text, [slowest && valueOf(slowest.stage.latencyMs.p95) !== null ? text.caption.latency(ms(valueOf(slowest.stage.latencyMs.p95)), slowest.stage.name, count(slowest.stage.latencyMs.n)) : text.caption.latencyNoP95, worstNote]),
      lines: [line('p50', 'p50Ms', worst), line('p95', 'p95Ms', worst), line('p99', 'p99Ms', worst)],
    }, frame, text),
    figureOf({
      id: 'in-flight', yTitle: text.chart.inFlight,
      caption: sentences(text, [text.caption.inFlight(plain(fullest?.result.inFlightMean), fullest ? levelText(text, fullest.stage.level) : '', fullest?.stage.name ?? ''), worstNote]),
      lines: [line(text.chart.inFlight, 'inFlight', worst)],
    }, frame, text),
  ];
}

function named(series: readonly Series[], source: string, metric: string): Series | undefined {
  return series.find((one) => one.source === source && one.metric === metric && one.v.some((value) => value !== null));
}

function cpuFigure(record: RunRecord, pairs: readonly StagePair[], frame: Frame, text: Text): FigureOrWhy {
  const sources = sourcesOf(record);
  const lines = sources.flatMap((source) => {
    const series = named(record.series, source, 'cpuS');
    return series ? [{ name: text.chart[source], points: slopePoints(series) }] : [];
  });
  if (lines.every((line) => line.points.length === 0)) return { id: 'cpu', title: text.chart.title.cpu, why: text.caption.cpuAbsent };
  const parts = sources.flatMap((source) => {
    const most = Math.max(...pairs.map((pair) => coresOf(pair, source)));
    return most >= 0 ? [text.caption.cpuPart(text.chart[source], plain(most))] : [];
  });
  const caption = (isJob(record) ? text.job.cpuCaption : text.caption.cpu)(parts.length > 0 ? parts.join(text.listSeparator) : text.notMeasured, count(record.environment.cores));
  return figureOf({ id: 'cpu', caption, lines, yTitle: text.chart.cores }, frame, text);
}

/** MiB, or GiB where the highest value is above four of them. */
function inReadableUnit(lines: readonly Line[], levels: readonly Level[], text: Text): { lines: readonly Line[]; levels?: readonly Level[]; yTitle: string } {
  const most = Math.max(...lines.flatMap((line) => line.points.map((point) => point.y)), ...levels.map((level) => level.y), 0);
  const divisor = most > 4096 ? 1024 : 1;
  const scaled = lines.map((line) => ({ ...line, points: line.points.map((point) => ({ ...point, y: point.y / divisor })) }));
  return { lines: scaled, ...(levels.length === 0 ? {} : { levels: levels.map((level) => ({ ...level, y: level.y / divisor })) }), yTitle: text.chart.memory(divisor === 1 ? 'MiB' : 'GiB') };
}

function memoryFigure(record: RunRecord, frame: Frame, text: Text): FigureOrWhy {
  const lines = sourcesOf(record).flatMap((source) => {
    const series = named(record.series, source, 'rssMiB');
    return series ? [{ name: text.chart[source], points: gaugePoints(series) }] : [];
  });
  if (lines.length === 0) return { id: 'memory', title: text.chart.title.memory, why: text.caption.memoryAbsent };
  const caption = text.caption.memory(lines.map((line) => text.caption.memoryPart(line.name, mib(Math.max(...line.points.map((point) => point.y))))).join(text.listSeparator));
  return figureOf({ id: 'memory', caption, ...inReadableUnit(lines, [], text) }, frame, text);
}

/** One figure a GPU: GPUs are never averaged, and two cards on one axis hide each other. */
function gpuFigures(record: RunRecord, analysis: Analysis, frame: Frame, text: Text): FigureOrWhy[] {
  const why = gpuAbsenceWords(text, record);
  if (analysis.gpus.kind === 'absent' || why !== null) return [{ id: 'vram', title: text.chart.title.vram, why: text.caption.vramAbsent(why ?? text.notMeasured) }];
  const memory = analysis.gpus.value.flatMap((gpu, i): FigureOrWhy[] => {
    const series = named(record.series, `gpu:${gpu.uuid}`, 'memoryUsedMiB');
    const name = `GPU ${String(gpu.index)}`;
    const title = `${text.chart.title.vram}${text.colon}${name} (${gpu.name})`;
    if (!series) return [{ id: 'vram', part: i, title, why: text.notMeasured }];
    const levels = ([[gpu.baselineMiB, text.chart.baseline], [gpu.loadedMiB, text.chart.loaded], [gpu.peakMiB, text.chart.peak]] as const).flatMap(([y, label]) => (y === null ? [] : [{ y, label: `${label} ${mib(y)}` }]));
    const caption = vramText(gpu, record, text);
    return [figureOf({ id: 'vram', part: i, title, caption, ...inReadableUnit([{ name, points: gaugePoints(series) }], levels, text), firstColour: i }, frame, text)];
  });
  const use = analysis.gpus.value.flatMap((gpu) => {
    const series = named(record.series, `gpu:${gpu.uuid}`, 'utilization');
    // The record has shares; the axis and the caption are in percent.
    return series ? [{ name: `GPU ${String(gpu.index)}`, points: gaugePoints(series).map((point) => ({ ...point, y: point.y * 100 })) }] : [];
  });
  if (use.length === 0) return memory;
  const caption = text.caption.gpuUse(use.map((line) => `${line.name} ${plain(Math.max(...line.points.map((point) => point.y)))}%`).join(text.listSeparator));
  return [...memory, figureOf({ id: 'gpu-use', caption, lines: use, yTitle: text.chart.use }, frame, text)];
}

/** All figures over time, in the order of reading. */
export function timeFigures({ record, analysis }: ReportInput, text: Text): FigureOrWhy[] {
  const pairs = stagePairs(record, analysis, text);
  const frame = frameOf(pairs, record, text);
  return [...(isJob(record) ? [] : trafficFigures(pairs, frame, text)), cpuFigure(record, pairs, frame, text), memoryFigure(record, frame, text), ...gpuFigures(record, analysis, frame, text)];
}
