import type { Clock } from '../host/index.js';

/** Watches for steps of the wall clock against the monotonic one. */
export interface StepWatch {
  /** Call it about ten times a second. */
  look(): void;
  /** The largest step seen, ms, less the millisecond that the wall clock's rounding can make. */
  largestMs(): number;
}

/** Looks between two anchors: a clock that is slewed drifts less than the rounding in that time, and is no step. */
const looksPerAnchor = 10;
const roundingMs = 1;
/** Whoever loses the core between reading the one clock and the other has read two moments, which would look like a step. */
const apartMs = 0.5;

/** Starts the watch: the difference of both clocks at the first look is the first anchor. */
export function createStepWatch(clock: Clock): StepWatch {
  const aheadMs = (): number | null => {
    const beforeMs = clock.nowMs();
    const wallMs = clock.epochMs();
    return clock.nowMs() - beforeMs > apartMs ? null : wallMs - beforeMs;
  };
  let anchorMs = aheadMs();
  let looks = 0;
  let largestMs = 0;
  return {
    look: () => {
      const nowMs = aheadMs();
      if (nowMs === null) return;
      anchorMs ??= nowMs;
      largestMs = Math.max(largestMs, Math.abs(nowMs - anchorMs) - roundingMs);
      looks += 1;
      if (looks % looksPerAnchor === 0) anchorMs = nowMs;
    },
    largestMs: () => largestMs,
  };
}
