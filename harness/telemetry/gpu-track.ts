import type { GpuTelemetry, Series } from '../model/series.js';
import { createColumns } from './columns.js';
import { numberOf, type Row } from './nvidia-smi-parser/index.js';

type Gap = Extract<GpuTelemetry, { status: 'present' }>['gaps'][number];

/** After this many silent intervals a GPU, or the whole sampler, counts as gone. */
export const silentIntervals = 5;

/** What is kept of the rows, GPU by GPU. Times are ms since the run started. */
export interface GpuTrack {
  /** A new nvidia-smi has been started: its first row of each GPU may show its own start and is not kept. */
  restarted(): void;
  take(row: Row, tMs: number): void;
  /** One interval has passed: a GPU that the others have left behind gets a gap of its own. */
  tick(tMs: number): void;
  /** Nothing comes any more. The gap lasts until the next kept row. */
  lost(tMs: number, why: string): void;
  /** Kept rows of the GPU that has the most. */
  samples(): number;
  /** Memory in use on all GPUs by their latest rows, MiB; null while nothing is known. */
  latestMiB(): number | null;
  /** The latest row of each GPU that has one and is not missing. */
  latest(): { uuid: string; memoryMiB: number | null; utilization: number | null }[];
  finish(tMs: number): { series: Series[]; gaps: Gap[]; largestGapMs: number };
}

interface Seen {
  source: string;
  kept: number;
  firstDropped: boolean;
  lastMs: number | null;
  silentTicks: number;
  missing: boolean;
  latestMiB: number | null;
  latestUse: number | null;
}

const metrics: readonly { metric: string; unit: string; read: (row: Row) => number | null }[] = [
  { metric: 'memoryUsedMiB', unit: 'MiB', read: (row) => numberOf(row, 'memory.used', 'MiB') },
  { metric: 'utilization', unit: 'share', read: (row) => scaled(numberOf(row, 'utilization.gpu', '%'), 0.01) },
  { metric: 'powerW', unit: 'W', read: (row) => numberOf(row, 'power.draw', 'W') },
  { metric: 'temperatureC', unit: 'C', read: (row) => numberOf(row, 'temperature.gpu') },
  { metric: 'smClockMHz', unit: 'MHz', read: (row) => numberOf(row, 'clocks.current.sm', 'MHz') },
  { metric: 'clocksEventReasons', unit: 'bitmask', read: (row) => numberOf(row, 'clocks_event_reasons.active') },
];

/** Keeps rows as series with marked gaps; nothing is ever interpolated. */
export function createGpuTrack(startedMs: number): GpuTrack {
  const columns = createColumns();
  const seen = new Map<string, Seen>();
  const gaps: Gap[] = [];
  let outage: { fromMs: number; why: string } | null = null;
  let largestGapMs = 0;

  const lastOfAnyMs = (): number => Math.max(startedMs, ...[...seen.values()].map((gpu) => gpu.lastMs ?? startedMs));
  const addGap = (fromMs: number, toMs: number, why: string): void => void gaps.push({ fromMs: Math.round(fromMs), toMs: Math.round(toMs), why });
  const markMissing = (gpu: Seen, tMs: number): void => {
    gpu.latestMiB = null;
    gpu.latestUse = null;
    columns.gap(gpu.source, tMs);
  };

  return {
    restarted: () => {
      for (const gpu of seen.values()) Object.assign(gpu, { firstDropped: false, silentTicks: 0 });
    },
    take: (row, tMs) => {
      if (row.uuid === null) return;
      const gpu = seen.get(row.uuid) ?? { source: `gpu:${row.uuid}`, kept: 0, firstDropped: false, lastMs: null, silentTicks: 0, missing: false, latestMiB: null, latestUse: null };
      seen.set(row.uuid, gpu);
      gpu.silentTicks = 0;
      if (!gpu.firstDropped) {
        gpu.firstDropped = true;
        return;
      }
      if (outage !== null) addGap(outage.fromMs, tMs, outage.why);
      outage = null;
      if (gpu.missing && gpu.lastMs !== null) addGap(gpu.lastMs, tMs, goneSentence(row.uuid));
      if (gpu.lastMs !== null) largestGapMs = Math.max(largestGapMs, tMs - gpu.lastMs);
      gpu.missing = false;
      gpu.lastMs = tMs;
      gpu.kept += 1;
      for (const { metric, unit, read } of metrics) columns.push(gpu.source, metric, unit, tMs, read(row));
      gpu.latestMiB = numberOf(row, 'memory.used', 'MiB');
      gpu.latestUse = scaled(numberOf(row, 'utilization.gpu', '%'), 0.01);
    },
    tick: (tMs) => {
      if (outage !== null) return;
      for (const gpu of seen.values()) {
        gpu.silentTicks += 1;
        if (gpu.silentTicks < silentIntervals || gpu.missing || gpu.lastMs === null) continue;
        gpu.missing = true;
        markMissing(gpu, tMs);
      }
    },
    lost: (tMs, why) => {
      outage = { fromMs: outage?.fromMs ?? lastOfAnyMs(), why };
      for (const gpu of seen.values()) markMissing(gpu, tMs);
    },
    samples: () => Math.max(0, ...[...seen.values()].map((gpu) => gpu.kept)),
    latestMiB: () => {
      const known = [...seen.values()].flatMap((gpu) => gpu.latestMiB ?? []);
      return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
    },
    latest: () => [...seen].flatMap(([uuid, { latestMiB, latestUse }]) => (latestMiB === null && latestUse === null ? [] : [{ uuid, memoryMiB: latestMiB, utilization: latestUse }])),
    finish: (tMs) => {
      if (outage !== null) addGap(outage.fromMs, tMs, outage.why);
      for (const [uuid, gpu] of seen) {
        if (gpu.lastMs === null) continue;
        if (gpu.missing) addGap(gpu.lastMs, tMs, goneSentence(uuid));
        largestGapMs = Math.max(largestGapMs, tMs - gpu.lastMs);
      }
      return { series: columns.finish(), gaps, largestGapMs: Math.round(largestGapMs) };
    },
  };
}

function goneSentence(uuid: string): string {
  return `${uuid} was not in the listing`;
}

function scaled(value: number | null, factor: number): number | null {
  return value === null ? null : value * factor;
}
