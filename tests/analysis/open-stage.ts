import type { StageShape } from './record-builder.js';

export interface OpenShape {
  rateRps: number;
  /** Latency counted from the scheduled moment, ms. */
  latencyMs?: number;
  /** Requests a second that ended; as many as were asked unless the test says otherwise. */
  endedRps?: number;
  durationS?: number;
  lagP99Ms?: number;
  /** Requests sent late because all workers were busy; requests never sent. */
  waited?: number;
  unsent?: number;
  errors?: Readonly<Record<string, number>>;
}

/** A synthetic stage of open load: constant gaps, and a backlog that grows evenly where fewer ended than were asked. */
export function openStage(shape: OpenShape): StageShape {
  const { rateRps, latencyMs = 20, endedRps = rateRps, durationS = 12, lagP99Ms = 1, waited = 0, unsent = 0, errors = {} } = shape;
  const due = rateRps * durationS;
  const inFlight = (rateRps * latencyMs) / 1000;
  return {
    users: 1, name: `${String(rateRps)}/s`, errors, durationS, latenciesUs: Array.from({ length: due }, (_, i) => latencyMs * 1000 * (0.9 + (i % 21) / 100)),
    change: (stage) => {
      const seconds = Array.from({ length: durationS }, (_, t) => t);
      const failed = Object.values(errors).reduce((sum, n) => sum + n, 0) / durationS;
      return {
        stage: { ...stage.stage, arrival: { kind: 'open', rateRps, process: 'constant', inFlight: 400 } },
        schedule: { due, unsent, waited, longestWaitMs: waited === 0 ? 0 : 250, openAtStart: Math.round(inFlight), heldMs: (stage.latency.sumUs + (stage.failedSumUs ?? 0)) / 1000 },
        requests: { ...stage.requests, completed: stage.requests.completed - unsent, censored: unsent },
        latency: stage.latency,
        generator: { ...stage.generator, lagP50Ms: lagP99Ms / 2, lagP99Ms },
        timeline: {
          ...stage.timeline, t: seconds, started: seconds.map(() => rateRps), completed: seconds.map(() => endedRps - failed), failed: seconds.map(() => failed),
          p50Ms: seconds.map(() => latencyMs), p95Ms: seconds.map(() => latencyMs), p99Ms: seconds.map(() => latencyMs),
          inFlight: seconds.map((t) => inFlight + (rateRps - endedRps) * (t + 0.5)),
        },
        inFlightMean: inFlight + ((rateRps - endedRps) * durationS) / 2,
        thinkMeanMs: null,
      };
    },
  };
}

/** A synthetic stage of bursts that one server answers one after the other, so that latencies are even from 0 to `longestMs`. */
export function burstStage({ requests, repeats = 4, everyS = 3, longestMs = 1000, lagP99Ms = 5 }: { requests: number; repeats?: number; everyS?: number; longestMs?: number; lagP99Ms?: number }): StageShape {
  const due = requests * repeats;
  const durationS = everyS * repeats;
  return {
    users: 1, name: `burst of ${String(requests)}`, durationS, latenciesUs: Array.from({ length: due }, (_, i) => Math.round((longestMs * 1000 * ((i % requests) + 1)) / requests)),
    change: (stage) => {
      const seconds = Array.from({ length: durationS }, (_, t) => t);
      const atRelease = seconds.map((t) => (t % everyS === 0 ? requests : 0));
      return {
        stage: { ...stage.stage, arrival: { kind: 'burst', requests, everyS, repeats } },
        schedule: { due, unsent: 0, waited: 0, longestWaitMs: 0, openAtStart: 0, heldMs: stage.latency.sumUs / 1000 },
        generator: { ...stage.generator, lagP50Ms: lagP99Ms / 2, lagP99Ms },
        timeline: { ...stage.timeline, t: seconds, started: atRelease, completed: atRelease, failed: seconds.map(() => 0), p50Ms: seconds.map(() => null), p95Ms: seconds.map(() => null), p99Ms: seconds.map(() => null), inFlight: atRelease.map((n) => n / 2) },
        inFlightMean: requests / 2 / everyS,
        thinkMeanMs: null,
      };
    },
  };
}
