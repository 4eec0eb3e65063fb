import type { StageResult } from '../../harness/model/record.js';
import type { SpikeArrival } from '../../harness/model/stage-shapes.js';
import { openStage } from './open-stage.js';
import type { StageShape } from './record-builder.js';

export const spikeArrival: SpikeArrival = {
  kind: 'spike', baseRps: 20, peakRps: 100, beforeS: 10, duringS: 5, afterS: 20, process: 'constant', inFlight: 200, within: { p: 95, limitMs: 800, from: 'scenario' }, windowS: 1,
};

export interface SpikeShape {
  arrival?: Partial<SpikeArrival>;
  /** Percentile of the window that begins so many s after the step down; null = infinite. */
  quantileMs: (afterS: number) => number | null;
}

/** A synthetic spike whose windows are as the test says: those above the limit have all their requests beyond it. */
export function spikeStage({ arrival: part = {}, quantileMs }: SpikeShape): StageShape {
  const arrival = { ...spikeArrival, ...part };
  const { beforeS, duringS, afterS, baseRps, peakRps, windowS, within } = arrival;
  const stepDownS = beforeS + duringS;
  const durationS = stepDownS + afterS;
  const due = Math.round(baseRps * (beforeS + afterS) + peakRps * duringS);
  const ahead = Math.ceil(stepDownS / windowS);
  const fromS = Array.from({ length: ahead + Math.ceil(afterS / windowS) }, (_, i) => stepDownS + (i - ahead) * windowS);
  const values = fromS.map((from) => quantileMs(from - stepDownS));
  const counts = fromS.map((from) => Math.round(windowS * (from >= beforeS && from < stepDownS ? peakRps : baseRps)));
  return {
    users: 1, name: `spike ${String(baseRps)} to ${String(peakRps)}/s`, durationS, latenciesUs: Array.from({ length: due }, (_, i) => 20_000 * (0.9 + (i % 21) / 100)),
    change: (stage): Partial<StageResult> => ({
      timeline: timelineOf(Array.from({ length: durationS }, (_, t) => (t >= beforeS && t < stepDownS ? peakRps : baseRps))),
      stage: { ...stage.stage, arrival },
      schedule: { due, unsent: 0, waited: 0, longestWaitMs: 0, openAtStart: 0, heldMs: stage.latency.sumUs / 1000 },
      thinkMeanMs: null,
      dueWindows: { windowS, fromS, due: counts, beyond: values.map((value, i) => (value === null || value > (within?.limitMs ?? Infinity) ? (counts[i] as number) : 0)), quantileMs: values },
    }),
  };
}

function timelineOf(rates: readonly number[]): StageResult['timeline'] {
  const zeros = rates.map(() => 0);
  const empty = rates.map(() => null);
  return { t: rates.map((_, t) => t), started: [...rates], completed: [...rates], failed: zeros, p50Ms: empty, p95Ms: empty, p99Ms: empty, inFlight: zeros };
}

/** A synthetic soak of one request a second whose p50 and p95 of each second are as the test says. */
export function soakStage({ durationS = 120, p50Ms = () => 20 }: { durationS?: number; p50Ms?: (second: number) => number } = {}): StageShape {
  const base = openStage({ rateRps: 1, durationS });
  return {
    ...base,
    change: (stage): Partial<StageResult> => {
      const open = { ...stage, ...base.change?.(stage) };
      return { ...open, stage: { ...open.stage, soak: true }, timeline: { ...open.timeline, p50Ms: open.timeline.t.map(p50Ms), p95Ms: open.timeline.t.map((t) => 1.3 * p50Ms(t)) } };
    },
  };
}
