/** Figures over the run's time: what came out, how long it took, what it cost. */
import type { Analysis } from '../../model/analysis.js';
import { engineSource } from '../../model/mixed.js';
import type { RunRecord } from '../../model/record.js';
import { count, mib, ms, plain, rps, seconds } from '../number.js';
import { vramText } from '../gpu-figure.js';
import { isJob } from '../job-figure.js';
import { levelText, stagePairs, valueOf, type StagePair } from '../stage-figure.js';
import { gpuAbsenceWords } from '../words.js';
import type { Text } from '../text/index.js';
import type { ReportInput } from '../report-input.js';
import type { Level, Line } from './chart/time-series.js';
import type { Figure } from './figure.js';
import { binSeconds, gaugePoints, perSecond, slopePoints, timelineColumn, worst } from './over-time.js';
import { queueFigures } from './queue-figures.js';
import { figureOf, frameOf, named, sentences, type FigureOrWhy, type Frame } from './time-drawing.js';

type Name = 'job' | 'server' | 'engine' | 'harness';
/** What is drawn under one name; each part of a mix has an engine of its own, told by its stage. */
interface Source {
  name: Name;
  series: string;
  label: string;
  part?: string;
}

function sourcesOf(record: RunRecord, text: Text): readonly Source[] {
  const plain = (name: Name): Source => ({ name, series: name, label: text.chart[name] });
  const parts = record.plan.load.stages.filter(({ mixed }) => mixed === true);
  const engines = parts.length === 0 ? [plain('engine')] : parts.map((stage): Source => ({ name: 'engine', series: engineSource(stage), label: `${text.chart.engine} ${stage.name}`, part: stage.name }));
  return isJob(record) ? [plain('job'), plain('server'), plain('harness')] : [plain('server'), ...engines, plain('harness')];
}

function coresOf({ result, stage }: StagePair, { name, part }: Source): number {
  if (part !== undefined && result.stage.name !== part) return -1;
  return (name === 'job' ? stage.job?.cores : stage.cpu[name]) ?? -1;
}

function highest<T>(items: readonly T[], value: (item: T) => number | null): T | undefined {
  return items.reduce<T | undefined>((best, item) => ((value(item) ?? -Infinity) > (best === undefined ? -Infinity : (value(best) ?? -Infinity)) ? item : best), undefined);
}

function trafficFigures(pairs: readonly StagePair[], frame: Frame, text: Text): Figure[] {
  const binS = binSeconds(pairs);
  const mixed = pairs.some(({ result }) => result.stage.mixed === true);
  /** Stages one after the other make one line; parts of a mix, at the same time, one each: of those no more than a legend can hold. */
  const line = (name: string, column: Parameters<typeof timelineColumn>[1], fold: typeof perSecond): Line[] => (mixed
    ? pairs.filter(({ result }) => column !== 'failed' || result.requests.failed > 0).map((pair) => ({ name: `${name}${text.listSeparator}${pair.stage.name}`, points: timelineColumn([pair], column, binS, fold) }))
    : [{ name, points: timelineColumn(pairs, column, binS, fold) }]);
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
      lines: [...line(text.chart.answered, 'completed', perSecond), ...line(text.chart.failed, 'failed', perSecond)],
    }, frame, text),
    figureOf({
      id: 'latency', yTitle: text.chart.latency, log: true,
      caption: sentences(text, [slowest && valueOf(slowest.stage.latencyMs.p95) !== null ? text.caption.latency(ms(valueOf(slowest.stage.latencyMs.p95)), slowest.stage.name, count(slowest.stage.latencyMs.n)) : text.caption.latencyNoP95, worstNote]),
      lines: [...line('p50', 'p50Ms', worst), ...line('p95', 'p95Ms', worst), ...(mixed ? [] : line('p99', 'p99Ms', worst))],
    }, frame, text),
    figureOf({
      id: 'in-flight', yTitle: text.chart.inFlight,
      caption: sentences(text, [text.caption.inFlight(plain(fullest?.result.inFlightMean), fullest ? levelText(text, fullest.stage.level) : '', fullest?.stage.name ?? ''), worstNote]),
      lines: line(text.chart.inFlight, 'inFlight', worst),
    }, frame, text),
  ];
}

function cpuFigure(record: RunRecord, pairs: readonly StagePair[], frame: Frame, text: Text): FigureOrWhy {
  if (record.plan.server.kind === 'simulated') return { id: 'cpu', title: text.chart.title.cpu, why: text.terminal.simulated };
  const sources = sourcesOf(record, text);
  const lines = sources.flatMap((source) => {
    const series = named(record.series, source.series, 'cpuS');
    return series ? [{ name: source.label, points: slopePoints(series) }] : [];
  });
  if (lines.every((line) => line.points.length === 0)) return { id: 'cpu', title: text.chart.title.cpu, why: text.caption.cpuAbsent };
  const parts = sources.flatMap((source) => {
    const most = Math.max(...pairs.map((pair) => coresOf(pair, source)));
    return most >= 0 ? [text.caption.cpuPart(source.label, plain(most))] : [];
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
  if (record.plan.server.kind === 'simulated') return { id: 'memory', title: text.chart.title.memory, why: text.terminal.simulated };
  const lines = sourcesOf(record, text).flatMap((source) => {
    const series = named(record.series, source.series, 'rssMiB');
    return series ? [{ name: source.label, points: gaugePoints(series) }] : [];
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
  return [...(isJob(record) ? [] : trafficFigures(pairs, frame, text)), ...queueFigures(record, pairs, frame, text), cpuFigure(record, pairs, frame, text), memoryFigure(record, frame, text), ...gpuFigures(record, analysis, frame, text)];
}
