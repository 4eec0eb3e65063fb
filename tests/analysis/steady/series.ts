import type { StageResult } from '../../../harness/model/record.js';
import { createRandom, type Random } from '../../../harness/model/random.js';

const normal = (dice: Random): number => Math.sqrt(-2 * Math.log(1 - dice.next())) * Math.cos(2 * Math.PI * dice.next());

/** A steady AR(1) series of mean 0 with standard deviation `deviation` and lag-1 correlation `rho`. */
export function correlated(n: number, rho: number, deviation: number, dice: Random = createRandom(1)): number[] {
  const values: number[] = [];
  let value = deviation * normal(dice);
  for (let i = 0; i < n; i += 1) {
    values.push(value);
    value = rho * value + Math.sqrt(1 - rho * rho) * deviation * normal(dice);
  }
  return values;
}

/** `shape(t)` by second with AR(1) noise around it, as a share of it. */
export function noisy(n: number, shape: (t: number) => number, rho: number, deviation: number, dice: Random): number[] {
  return correlated(n, rho, deviation, dice).map((noise, t) => shape(t) * (1 + noise));
}

/** Changes a stage so that before the second `untilS` its throughput was `factor` of what it is after, and its latency the inverse. */
export function unlikeBefore(untilS: number, factor: number): (stage: StageResult) => Partial<StageResult> {
  return ({ timeline }) => ({
    timeline: {
      ...timeline,
      completed: timeline.completed.map((n, t) => (t < untilS ? Math.round(n * factor) : n)),
      p50Ms: timeline.p50Ms.map((p50, t) => (p50 !== null && t < untilS ? p50 / factor : p50)),
    },
  });
}

/** Changes a stage so that its latency rises by this share from end to end of its window. */
export function rising(share: number): (stage: StageResult) => Partial<StageResult> {
  return ({ timeline }) => ({ timeline: { ...timeline, p50Ms: timeline.p50Ms.map((p50, t) => (p50 === null ? null : p50 * (1 + (share * t) / timeline.t.length))) } });
}
