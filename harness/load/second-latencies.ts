/**
 * Latencies of answered requests by the second in which they ended: percentiles of each second, and how many lie in which step of the heat map.
 *
 * A second is closed, and its latencies are let go, once a request has ended half a minute later: memory holds half a minute of latencies, however long the
 * stage. Engines write a row when its request ends, or within a twentieth of a second, so none comes so late; one that did would be in every count but
 * not in the percentiles of its second.
 */
import { nearestRank } from '../model/rank.js';
import type { StageResult } from '../model/record.js';
import { heatEdgesMs, heatStepOf } from './heat-steps.js';

const closedAfterS = 30;
const mostTimeBins = 120;
const shares = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;
type Percentile = keyof typeof shares;

export interface SecondLatencies {
  add(latencyUs: number, second: number): void;
  /** Of seconds 0..count−1; a second without an answer has no percentile. */
  save(count: number): { percentilesMs: Record<Percentile, (number | null)[]>; heatmap: StageResult['heatmap'] };
}

interface Open {
  latencies: Uint32Array;
  n: number;
}

/** Answers of one second by step of the heat map, from the first step that has any. */
interface Steps {
  from: number;
  counts: Uint32Array;
}

/** `seconds`: how many there can be at most. */
export function createSecondLatencies(seconds: number): SecondLatencies {
  const open = new Map<number, Open>();
  const percentilesMs: Record<Percentile, Float64Array> = { p50: none(seconds), p95: none(seconds), p99: none(seconds) };
  const steps: (Steps | undefined)[] = [];
  let latest = 0;
  let closedBefore = 0;

  const close = (second: number): void => {
    const one = open.get(second);
    if (one === undefined) return;
    open.delete(second);
    const sorted = one.latencies.subarray(0, one.n).sort();
    for (const name of Object.keys(shares) as Percentile[]) percentilesMs[name][second] = (sorted[nearestRank(shares[name], sorted.length) - 1] as number) / 1000;
    steps[second] = stepsOf(sorted);
  };
  const closeUpTo = (end: number): void => {
    for (; closedBefore < end; closedBefore += 1) close(closedBefore);
  };

  return {
    add: (latencyUs, second) => {
      if (second < closedBefore || second >= seconds) return;
      let one = open.get(second);
      if (one === undefined) open.set(second, (one = { latencies: new Uint32Array(64), n: 0 }));
      if (one.n === one.latencies.length) {
        const larger = new Uint32Array(2 * one.n);
        larger.set(one.latencies);
        one.latencies = larger;
      }
      one.latencies[one.n] = latencyUs;
      one.n += 1;
      if (second <= latest) return;
      latest = second;
      closeUpTo(latest - closedAfterS);
    },
    save: (count) => {
      closeUpTo(seconds);
      const column = (name: Percentile): (number | null)[] => Array.from({ length: count }, (_, second) => {
        const ms = percentilesMs[name][second] ?? NaN;
        return Number.isNaN(ms) ? null : ms;
      });
      return { percentilesMs: { p50: column('p50'), p95: column('p95'), p99: column('p99') }, heatmap: heatmapOf(steps.slice(0, count), count) };
    },
  };
}

function none(seconds: number): Float64Array {
  return new Float64Array(seconds).fill(NaN);
}

function stepsOf(sortedUs: Uint32Array): Steps {
  const from = heatStepOf((sortedUs[0] as number) / 1000);
  const counts = new Uint32Array(heatStepOf((sortedUs[sortedUs.length - 1] as number) / 1000) - from + 1);
  for (const us of sortedUs) {
    const step = heatStepOf(us / 1000) - from;
    counts[step] = (counts[step] as number) + 1;
  }
  return { from, counts };
}

function heatmapOf(steps: readonly (Steps | undefined)[], count: number): StageResult['heatmap'] {
  const binS = Math.max(1, Math.ceil(count / mostTimeBins));
  let least = Infinity;
  let most = -1;
  for (const one of steps) {
    if (one === undefined) continue;
    least = Math.min(least, one.from);
    most = Math.max(most, one.from + one.counts.length - 1);
  }
  if (most < 0) return { binS, edgesMs: [], counts: [] };
  const counts = Array.from({ length: Math.ceil(count / binS) }, () => new Array<number>(most - least + 1).fill(0));
  for (const [second, one] of steps.entries()) {
    const row = counts[Math.floor(second / binS)] as number[];
    one?.counts.forEach((n, i) => {
      const column = one.from + i - least;
      row[column] = (row[column] as number) + n;
    });
  }
  return { binS, edgesMs: heatEdgesMs.slice(least, most + 2), counts };
}
