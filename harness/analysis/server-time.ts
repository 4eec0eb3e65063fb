/**
 * Where the server says the time went (Server-Timing), and what is left outside it.
 *
 *   outside(p) = client latency(p) − server time(p), p = p50, p95: network, HTTP, waiting to be accepted, and the engine's own share
 *   server time = its `total` phase (the load room sums a request's phases where the server sends none), else the sum of its phases
 *
 * Reference: W3C Server Timing. Both percentiles are of the same answers, seen from either end. Means add exactly, percentiles of
 * phases do not: without `total` the sum of p95s overstates the server's p95 (unless all phases peak together) and so understates
 * the outside, which is therefore never taken below the difference of the means at p95, nor below zero.
 * Shares of phases come from sums of time, so a phase that only some answers have counts as much as it cost.
 * Refuses (null) where the server sent nothing, or sent it with fewer than half of the answers.
 */
import { readHistogram, type Histogram } from '../model/histogram.js';
import type { StageResult } from '../model/record.js';
import { percentileUs } from './percentile.js';

export type PhaseTimes = Record<string, { p50: number; p95: number; mean: number }>;

const total = 'total';

/** Percentiles and mean of each phase over the answers that have it, ms; phases without a value are left out. */
export function phaseTimes(stage: StageResult): PhaseTimes {
  const times: PhaseTimes = {};
  for (const [phase, saved] of Object.entries(stage.serverTiming)) {
    const histogram = readHistogram(saved);
    const [p50, p95] = [percentileUs(histogram, 0.5), percentileUs(histogram, 0.95)];
    if (p50 !== null && p95 !== null) times[phase] = { p50: p50 / 1000, p95: p95 / 1000, mean: histogram.sumUs / histogram.n / 1000 };
  }
  return times;
}

/** Client minus server, ms; `times` are the stage's phases. */
export function outsideServer(stage: StageResult, latency: Histogram, times: PhaseTimes): { p50: number; p95: number } | null {
  const [p50, p95] = [percentileUs(latency, 0.5), percentileUs(latency, 0.95)];
  const told = answersTold(stage);
  if (p50 === null || p95 === null || told === 0 || told < latency.n / 2) return null;
  const whole = times[total];
  if (whole) return { p50: p50 / 1000 - whole.p50, p95: p95 / 1000 - whole.p95 };
  const phases = Object.values(times);
  const meanOutside = latency.sumUs / latency.n / 1000 - serverMeanMs(stage);
  return {
    p50: Math.max(0, phases.reduce((rest, phase) => rest - phase.p50, p50 / 1000)),
    p95: Math.max(0, meanOutside, phases.reduce((rest, phase) => rest - phase.p95, p95 / 1000)),
  };
}

/** One phase: its mean over all answers that told anything, ms, the server's mean time, and the phase's share of it; null where the phase was not told. */
export function phaseShare(stage: StageResult, phase: string): { meanMs: number; serverMs: number; share: number } | null {
  const saved = stage.serverTiming[phase];
  const serverMs = serverMeanMs(stage);
  if (!saved || saved.n === 0 || serverMs <= 0) return null;
  const meanMs = saved.sumUs / answersTold(stage) / 1000;
  return { meanMs, serverMs, share: meanMs / serverMs };
}

function answersTold(stage: StageResult): number {
  return Object.values(stage.serverTiming).reduce((most, saved) => Math.max(most, saved.n), 0);
}

function serverMeanMs(stage: StageResult): number {
  const whole = stage.serverTiming[total];
  if (whole && whole.n > 0) return whole.sumUs / whole.n / 1000;
  return Object.values(stage.serverTiming).reduce((sum, saved) => sum + saved.sumUs, 0) / Math.max(1, answersTold(stage)) / 1000;
}
