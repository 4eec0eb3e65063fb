/**
 * The measured window of a closed load, on the engine's clock, and whether every request that started in it has ended.
 *
 * A user waits for its answer before it goes on. So once a user is seen to have ended a request, or to begin its next one, at or
 * after the window's close, none of its window requests is still open: the user is settled. The load may stop when all are.
 */
import { mixSeed } from '../model/random.js';
import { workersOf, type Stage } from '../model/stage.js';
import { firstSendMs } from './pace.js';

export interface Window {
  readonly fromMs: number;
  /** Where the window closes; closing early moves it. */
  readonly toMs: number;
  /** Closes the window at `ms` if it would close later. */
  closeAt(ms: number): void;
  /** A request of `user` ended; it begins the next one no sooner than `pauseMs` later. */
  ended(user: number, endMs: number, pauseMs: number): void;
  /** When the user's last request ended, or null before its first; and the pause that was planned after it. */
  lastEndMs(user: number): number | null;
  plannedPauseMs(user: number): number;
  /** True when no request that started in the window is still open. */
  settled(): boolean;
  /** Planned start of each request that is, by all that was seen, still open in the window. */
  openStartsMs(): number[];
}

/** Timers may wake a user this much before its pause is over; so much past the close it must be to count as settled, ms. */
const earlyMs = 2;

/** `startMs`: when the load began, on the engine's clock. `seed`: of the run. */
export function createWindow(stage: Stage, startMs: number, seed: number): Window {
  const users = workersOf(stage.arrival);
  const stageSeed = mixSeed(seed, stage.index);
  const fromMs = startMs + stage.warmupS * 1000;
  let toMs = fromMs + stage.durationS * 1000;
  const last = new Float64Array(users).fill(NaN);
  const pause = new Float64Array(users);
  /** The earliest moment at which the user's next request can begin. */
  const next = Float64Array.from({ length: users }, (_, user) => startMs + firstSendMs(stageSeed, user, users, stage.warmupS));
  let waiting = users;
  const recount = (): void => {
    waiting = next.reduce((sum, moment) => sum + (moment < toMs + earlyMs ? 1 : 0), 0);
  };
  recount();
  return {
    fromMs,
    get toMs() {
      return toMs;
    },
    closeAt: (ms) => {
      if (ms >= toMs) return;
      toMs = Math.max(ms, fromMs);
      recount();
    },
    ended: (user, endMs, pauseMs) => {
      const waited = (next[user] as number) < toMs + earlyMs;
      last[user] = endMs;
      pause[user] = pauseMs;
      next[user] = endMs + pauseMs;
      if (waited && (next[user] as number) >= toMs + earlyMs) waiting -= 1;
    },
    lastEndMs: (user) => (Number.isNaN(last[user]) ? null : (last[user] as number)),
    plannedPauseMs: (user) => pause[user] as number,
    settled: () => waiting === 0,
    openStartsMs: () => Array.from(next).filter((moment) => moment >= fromMs && moment < toMs),
  };
}
