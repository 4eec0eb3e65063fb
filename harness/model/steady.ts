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

export interface Steady {
  /** Null where the window is steady from its first second. */
  start: UnlikeStart | null;
  /** Whole seconds after that. */
  seconds: number;
  /** How many independent ones they are worth; null where every second was alike. */
  independent: number | null;
}

/** Why nothing is said of a window; `start` where it has no steady part: its first half, unlike the second. */
export type SteadyFinding =
  | { kind: 'found'; value: Steady }
  | { kind: 'absent'; why: 'not-steady'; start: UnlikeStart }
  | { kind: 'absent'; why: 'too-short' | 'bursts' | 'unstable' | 'no-answer' | 'warm-up'; needed?: number };
