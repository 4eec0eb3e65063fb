import type { StageResult } from '../../harness/model/record.js';
import type { SpikeArrival } from '../../harness/model/stage-shapes.js';
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
      stage: { ...stage.stage, arrival },
      schedule: { due, unsent: 0, waited: 0, longestWaitMs: 0, openAtStart: 0, heldMs: stage.latency.sumUs / 1000 },
      thinkMeanMs: null,
      dueWindows: { windowS, fromS, due: counts, beyond: values.map((value, i) => (value === null || value > (within?.limitMs ?? Infinity) ? (counts[i] as number) : 0)), quantileMs: values },
    }),
  };
}

/** A synthetic soak of closed load whose p50 and p95 of each second are as the test says. */
export function soakStage({ durationS = 120, p50Ms = () => 20, users = 4 }: { durationS?: number; p50Ms?: (second: number) => number; users?: number } = {}): StageShape {
  const seconds = Array.from({ length: durationS }, (_, t) => t);
  return {
    users, durationS: 10, latencyMs: 20,
    change: (stage): Partial<StageResult> => ({
      stage: { ...stage.stage, soak: true, durationS },
      windowToMs: stage.windowFromMs + durationS * 1000, endedAtMs: stage.windowFromMs + durationS * 1000 + 20,
      timeline: { ...stage.timeline, t: seconds, p50Ms: seconds.map(p50Ms), p95Ms: seconds.map((t) => 1.3 * p50Ms(t)), p99Ms: seconds.map(() => null), started: seconds.map(() => 10), completed: seconds.map(() => 10), failed: seconds.map(() => 0), inFlight: seconds.map(() => users) },
    }),
  };
}
