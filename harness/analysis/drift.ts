/**
 * Soak: does latency drift, does memory leak? For p50 and p95 of the seconds, the server's resident memory and each GPU's memory in the window:
 *
 *   at most 100 blocks (blocks.ts), the slope of their trend with its interval (trend.ts), and one of three words:
 *   drifts      the interval of the slope leaves out 0, and slope × window is more than a change that matters
 *   steady      the whole interval × max(window, 1 h) is within a change that matters: none that large can hide
 *   too-short   all else: neither can be said
 *
 * A change that matters is 5 % of the median; of memory at least 10 MiB besides, for allocators breathe. "steady" looks an hour ahead because a leak that
 * an hour makes large is small in a minute, and a minute that shows none has shown little.
 *
 * Assumes one straight trend (a cache that fills is a bend: it looks like a leak until it is full), the load alike all along, and noise as trend.ts has
 * it. Refuses fewer than 30 blocks (`too-short`) and what was not measured (`not-measured`).
 */
import type { Estimate, Finding } from '../model/estimate.js';
import type { RunRecord, StageResult } from '../model/record.js';
import type { Drift, DriftWord } from '../model/shape-analysis.js';
import { blocksOf, middleOf, type Block } from './blocks.js';
import { fitTrend } from './trend.js';

const mostBlocks = 100;
const hourMs = 3_600_000;
const shareThatMatters = 0.05;
const leastMemoryMiB = 10;

/** One row a quantity; none for a stage that is no soak. */
export function findDrift({ series, plan }: RunRecord, stage: StageResult): Drift[] {
  if (stage.stage.soak !== true) return [];
  const { timeline, windowFromMs, windowToMs } = stage;
  const windowMs = windowToMs - windowFromMs;
  const { confidence } = plan.policy;
  const secondsMs = timeline.t.map((t) => (t + 0.5) * 1000);
  const latency = (of: Drift['of'], column: readonly (number | null)[]): Drift =>
    driftOf({ of, source: '', unit: 'ms' }, blocksOf(secondsMs, column, 0, windowMs, mostBlocks), windowMs, confidence);
  const memory = (of: Drift['of'], source: string, metric: string): Drift[] => {
    const found = series.find((one) => one.source === source && one.metric === metric);
    if (found === undefined) return [];
    return [driftOf({ of, source: of === 'vram' ? source.slice('gpu:'.length) : '', unit: 'MiB' }, blocksOf(found.t, found.v, windowFromMs, windowToMs, mostBlocks), windowMs, confidence)];
  };
  const gpus = series.filter(({ metric }) => metric === 'memoryUsedMiB').map(({ source }) => source);
  return [
    latency('latency-p50', timeline.p50Ms),
    latency('latency-p95', timeline.p95Ms),
    ...memory('memory', 'server', 'rssMiB'),
    ...gpus.flatMap((source) => memory('vram', source, 'memoryUsedMiB')),
  ];
}

/** The row of one quantity. */
export function driftOf(name: Pick<Drift, 'of' | 'source' | 'unit'>, blocks: readonly Block[], windowMs: number, confidence: number): Drift {
  const nothing = { ...name, median: null, change: null, limit: null, z: null, blocks: blocks.length, word: 'too-short' as const };
  const trend = fitTrend(blocks, confidence);
  if (trend.kind === 'absent') return { ...nothing, slope: blocks.length === 0 ? { kind: 'absent', why: 'not-measured' } : trend };
  const slope = hourly(trend.value.slope);
  const median = middleOf(blocks.map(({ value }) => value));
  const limit = Math.max(shareThatMatters * Math.abs(median), name.unit === 'MiB' ? leastMemoryMiB : 0);
  const change = (slope.value * windowMs) / hourMs;
  const found: Finding<Estimate> = { kind: 'found', value: slope };
  return { ...name, slope: found, median, change, limit, z: trend.value.z, blocks: blocks.length, word: wordOf(slope, change, limit, windowMs) };
}

function wordOf({ low, high }: Estimate, change: number, limit: number, windowMs: number): DriftWord {
  const [from, to] = [low ?? -Infinity, high ?? Infinity];
  if ((from > 0 || to < 0) && Math.abs(change) > limit) return 'drifts';
  const ahead = Math.max(windowMs, hourMs) / hourMs;
  return Math.max(Math.abs(from), Math.abs(to)) * ahead <= limit ? 'steady' : 'too-short';
}

const hourly = ({ value, low, high, ...rest }: Estimate): Estimate =>
  ({ ...rest, value: value * hourMs, low: low === null ? null : low * hourMs, high: high === null ? null : high * hourMs });
