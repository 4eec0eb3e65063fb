/**
 * The record's columns over time, made small enough to draw: every line has at most a few hundred points, a gap stays a gap.
 */
import type { Series } from '../../model/series.js';
import { windowS, type StagePair } from '../stage-figure.js';

export interface Point {
  xS: number;
  y: number;
  /** Points of different segments are not joined. */
  segment: number;
}

/** Points a line may have over the whole run. */
const mostPoints = 240;

/** Whole seconds a point of the timelines stands for. */
export function binSeconds(pairs: readonly StagePair[]): number {
  const seconds = pairs.reduce((sum, { result }) => sum + result.timeline.t.length, 0);
  return Math.max(1, Math.ceil(seconds / mostPoints));
}

type Column = 'completed' | 'failed' | 'p50Ms' | 'p95Ms' | 'p99Ms' | 'inFlight';
type Fold = (values: readonly number[], seconds: number) => number;

/** Requests a second: the sum over the seconds the bin really covers (the last one may be short). */
export const perSecond: Fold = (values, seconds) => values.reduce((sum, value) => sum + value, 0) / seconds;
/** Percentiles of seconds cannot be averaged: the worst second stands for the bin. */
export const worst: Fold = (values) => values.reduce((most, value) => Math.max(most, value), 0);

/** One column of all stages, in bins of `binS` seconds; each stage is a segment of its own. */
export function timelineColumn(pairs: readonly StagePair[], column: Column, binS: number, fold: Fold): Point[] {
  return pairs.flatMap(({ result, stage }) => {
    const values = result.timeline[column];
    const fromS = result.windowFromMs / 1000;
    const lengthS = windowS(result);
    const points: Point[] = [];
    for (let at = 0; at < values.length; at += binS) {
      const there = values.slice(at, at + binS).filter((value): value is number => value !== null && Number.isFinite(value));
      const coveredS = Math.min(binS, Math.max(lengthS - (result.timeline.t[at] ?? at), 0));
      // A bin that the window hardly reached would show a rate made of noise.
      if (there.length === 0 || coveredS < 0.25) continue;
      points.push({ xS: fromS + (result.timeline.t[at] ?? at) + coveredS / 2, y: fold(there, coveredS), segment: stage.index });
    }
    return points;
  });
}

interface Sample {
  tS: number;
  v: number;
  segment: number;
}

function samples(series: Series): Sample[] {
  let segment = 0;
  return series.t.flatMap((t, i) => {
    const v = series.v[i];
    if (v === null || v === undefined || !Number.isFinite(v)) {
      segment += 1;
      return [];
    }
    return [{ tS: t / 1000, v, segment }];
  });
}

function buckets(all: readonly Sample[]): Sample[][] {
  const from = all[0]?.tS ?? 0;
  const widthS = Math.max(((all.at(-1)?.tS ?? 0) - from) / mostPoints, 1e-6);
  const groups: Sample[][] = [];
  let key = '';
  for (const sample of all) {
    const next = `${String(Math.floor((sample.tS - from) / widthS))}:${String(sample.segment)}`;
    if (next !== key) groups.push([]);
    key = next;
    groups.at(-1)?.push(sample);
  }
  return groups;
}

/** A gauge such as memory: the highest sample of each bucket. */
export function gaugePoints(series: Series): Point[] {
  return buckets(samples(series)).flatMap((group) => {
    const first = group[0];
    return first ? [{ xS: first.tS, y: Math.max(...group.map((sample) => sample.v)), segment: first.segment }] : [];
  });
}

/** A growing counter such as CPU seconds: its slope between buckets, which is cores in use. A counter that falls back starts anew. */
export function slopePoints(series: Series): Point[] {
  const points: Point[] = [];
  let segment = 0;
  let before: Sample | undefined;
  for (const group of buckets(samples(series))) {
    const now = group.at(-1);
    if (!now) continue;
    if (before && before.segment === now.segment && now.v >= before.v && now.tS > before.tS) points.push({ xS: now.tS, y: (now.v - before.v) / (now.tS - before.tS), segment });
    else segment += 1;
    before = now;
  }
  return points;
}

/**
 * What two growing counters say of each other: by how much the first grew for each step of the second, between buckets, such as entries a batch. A bucket
 * in which the second stood still, or either fell back, is a gap.
 */
export function ratioPoints(sums: Series, counts: Series): Point[] {
  const sumAt = new Map(sums.t.map((t, i) => [t / 1000, sums.v[i] ?? null]));
  const points: Point[] = [];
  let segment = 0;
  let before: { n: number; sum: number; segment: number } | undefined;
  for (const group of buckets(samples(counts))) {
    const now = group.findLast(({ tS }) => typeof sumAt.get(tS) === 'number');
    const sum = now === undefined ? null : (sumAt.get(now.tS) ?? null);
    if (now === undefined || sum === null) continue;
    if (before?.segment === now.segment && now.v > before.n && sum >= before.sum) points.push({ xS: now.tS, y: (sum - before.sum) / (now.v - before.n), segment });
    else segment += 1;
    before = { n: now.v, sum, segment: now.segment };
  }
  return points;
}

/** Columns and rows the heat map may have. */
const mostColumns = 60;
const mostRows = 14;

export interface HeatBin {
  fromS: number;
  toS: number;
  lowMs: number;
  highMs: number;
  count: number;
}

/** Counts by time and latency of all stages, folded to at most 60 × 14 cells; empty cells are left out. */
export function heatBins(pairs: readonly StagePair[]): HeatBin[] {
  const edges = latencyEdges(pairs);
  const seconds = pairs.reduce((sum, { result }) => sum + result.heatmap.counts.length * result.heatmap.binS, 0);
  const columnS = Math.max(seconds / mostColumns, 0);
  return pairs.flatMap(({ result }) => {
    const { binS, counts, edgesMs } = result.heatmap;
    const fold = Math.max(1, Math.ceil(columnS / binS));
    const fromS = result.windowFromMs / 1000;
    const toS = fromS + Math.max(windowS(result), binS);
    const bins: HeatBin[] = [];
    for (let at = 0; at < counts.length; at += fold) {
      const row = Array.from({ length: Math.max(0, edges.length - 1) }, () => 0);
      for (const line of counts.slice(at, at + fold)) line.forEach((n, i) => {
        const to = rowOf(edges, edgesMs[i] ?? 0);
        if (n > 0) row[to] = (row[to] ?? 0) + n;
      });
      row.forEach((n, i) => {
        if (n > 0) bins.push({ fromS: fromS + at * binS, toS: Math.min(toS, fromS + (at + fold) * binS), lowMs: edges[i] ?? 0, highMs: edges[i + 1] ?? 0, count: n });
      });
    }
    return bins.filter((bin) => bin.toS > bin.fromS);
  });
}

/** Row whose span begins at or below `lowMs`. */
function rowOf(edges: readonly number[], lowMs: number): number {
  let row = 0;
  while (row < edges.length - 2 && (edges[row + 1] ?? Infinity) <= lowMs * (1 + 1e-9)) row += 1;
  return row;
}

/** Edges from the fastest to the slowest bin in use, every k-th of the record's own. */
function latencyEdges(pairs: readonly StagePair[]): number[] {
  const used = new Set<number>();
  for (const { result } of pairs) {
    const { counts, edgesMs } = result.heatmap;
    for (const line of counts) line.forEach((n, i) => {
      if (n > 0) used.add(edgesMs[i] ?? 0).add(edgesMs[i + 1] ?? (edgesMs[i] ?? 1) * 1.25);
    });
  }
  const low = Math.min(...used);
  const high = Math.max(...used);
  const all = [...new Set([...pairs.flatMap(({ result }) => result.heatmap.edgesMs), high])].filter((edge) => edge >= low && edge <= high).sort((x, y) => x - y);
  const step = Math.max(1, Math.ceil((all.length - 1) / mostRows));
  return [...all.filter((_, i) => i % step === 0 && i < all.length - 1), high].map((edge) => Math.max(edge, 0.001));
}
