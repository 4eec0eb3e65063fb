/** Whether a stage's window was steady, second by second. Formulas: harness/analysis/steady/. */

/** The series of seconds that showed it: successful answers a second, or their median latency. */
export type SteadySeries = 'throughput' | 'latency';

/** The first seconds of a window, unlike the rest of it. */
export interface UnlikeStart {
  /** How many seconds. */
  cutS: number;
  of: SteadySeries;
  /** Mean of those seconds over that of the rest, less 1: 0.3 = 30 % above. Of latency it is the geometric mean. */
  off: number;
}

/** A slope through what is left of a window. */
export interface SteadyDrift {
  of: SteadySeries;
  /** Its change from end to end, as a share of its median: 0.1 = 10 % up. */
  change: number;
}

export interface Steady {
  /** Null where the window is steady from its first second. */
  start: UnlikeStart | null;
  /** Whole seconds after that. */
  seconds: number;
  /** How many independent ones they are worth; null where every second was alike. */
  independent: number | null;
  /** Null where those seconds do not drift; of a soak, whose drift is asked by itself, and of a drill always. */
  drift: SteadyDrift | null;
}

/** Why nothing is said of a window; `start` where it has no steady part: its first half, unlike the second. */
export type SteadyFinding =
  | { kind: 'found'; value: Steady }
  | { kind: 'absent'; why: 'not-steady'; start: UnlikeStart }
  | { kind: 'absent'; why: 'too-short' | 'bursts' | 'unstable' | 'no-answer' | 'warm-up'; needed?: number };
