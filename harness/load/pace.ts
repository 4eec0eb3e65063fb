/**
 * When a user begins its next request. Both engines run this file in their own process, so the same plan gives the same pauses:
 * a pause is a function of (seed, user, how many pauses before it, failures in a row) alone.
 */
import { createRandom, mixSeed } from '../model/random.js';

/** One user's pauses, ms. */
export interface Pace {
  /** The pause after an answer (`failed` = there was none, for a reason other than a time-out). */
  next(failed: boolean): number;
}

/** Think time uniform in `thinkMs`; while requests fail without an answer, at least the back-off. */
export function createPace(seed: number, user: number, thinkMs: readonly [number, number]): Pace {
  const random = createRandom(mixSeed(seed, user));
  const [least, most] = thinkMs;
  let failures = 0;
  return {
    next: (failed) => {
      failures = failed ? failures + 1 : 0;
      const think = most > least ? least + random.next() * (most - least) : least;
      return Math.max(think, backOffMs(failures));
    },
  };
}

/** Pause after `failures` failures in a row: none after the first (a lone reset is not a dead server), then 20, 40, … up to 1,000 ms. */
export function backOffMs(failures: number): number {
  return failures < 2 ? 0 : Math.min(1000, 10 * 2 ** Math.min(failures - 1, 10));
}

/** When user `user` sends first, ms after the load began. An offline load has no warm-up of its own: all its users begin when the window opens. */
export function firstPauseMs({ seed, users, warmupS, requests }: { seed: number; users: number; warmupS: number; requests: number | null }, user: number): number {
  return requests === null ? firstSendMs(seed, user, users, warmupS) : warmupS * 1000;
}

/** Sets the first moments' stream apart from that of the pauses. */
const startStream = 0x57a7;

/**
 * When user `user` of `users` sends first, ms after the load began: at a random moment of its own N-th of the first second of the
 * warm-up (a stratified sample; Cochran 1977, ch. 5). Even steps would do harm: where the server's latency is a multiple of the
 * step, or nearly so, whole groups of users send at the same moment ever after. Without a warm-up all start at once.
 * `seed`: of the stage.
 */
export function firstSendMs(seed: number, user: number, users: number, warmupS: number): number {
  const within = createRandom(mixSeed(mixSeed(seed, startStream), user)).next();
  return ((user + within) / users) * Math.min(1, warmupS) * 1000;
}
