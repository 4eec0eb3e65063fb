/** Why the measurement of a stage may not be believed: codes and their numbers; the sentences are the report’s. */

/** Every validity reason and the names of its `params` (value and limit stand beside them): docs/metrics.md, "Validity". */
export const validityParams = {
  'not-started': [],
  'engine-failed': ['why'],
  'server-failed': ['why'],
  'job-failed': ['why'],
  'interrupted': ['why'],
  'no-requests': [],
  'no-answer': ['started'],
  'too-few': ['n', 'needed', 'percentile'],
  'little-in-flight': ['ratio', 'perRequestMs'],
  'little-users': ['ratio', 'perRequestMs', 'users'],
  'rows-lost': ['rows', 'counted'],
  'dropped': ['dropped', 'rows'],
  'unaccounted': ['started', 'accounted'],
  'server-count': ['server', 'engine', 'unanswered'],
  'generator-cpu': ['cores', 'machineCores'],
  'event-loop': [],
  'lag': ['p50Ms'],
  'run-queue': [],
  'engine-share': ['cores', 'p95Ms'],
  'censored': ['censored', 'started'],
  'unstable': ['askedRps', 'endedRps', 'growthRps', 'openAtEnd'],
  'pool': ['waited', 'started', 'inFlight', 'longestWaitMs'],
  'unsent': ['waiting', 'due'],
  'parts-apart': ['sharedS', 'windowS'],
  'sent-again': ['pairs'],
  'unsent-pairs': ['pairs'],
  'not-all-pairs': ['answered', 'pairs', 'limitS'],
  'not-steady': ['of', 'cutS', 'off'],
  'drifting': ['of', 'change', 'seconds'],
  'clock-step': [],
  'others': [],
  'engine-paused': ['pausedMs'],
  'calibration': [],
  'neighbour': ['idle'],
  'steal': [],
  'throttled': [],
  'timed-out': ['timedOut', 'started'],
  'gpu-gap': ['gapS'],
  'engine-messages': ['messages', 'first'],
  'engine-exit': ['exitCode'],
} as const satisfies Record<string, readonly string[]>;
export type ValidityCode = keyof typeof validityParams;

export interface ValidityReason {
  /** One of `validityParams`. */
  code: string;
  level: 'suspect' | 'invalid';
  value: number | null;
  limit: number | null;
  params: Record<string, string | number>;
}
