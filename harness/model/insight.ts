/** What stands out in a run, by rule: codes and their evidence; the sentences are the report’s. */

/**
 * Every insight and the names of its evidence: docs/metrics.md, "Findings". Shares are 0..1, times ms, memory MiB. Where a finding
 * names the `users` of its stage, one of an open load has `rateRps` in their place, one of bursts `burst`, one of a spike `peakRps`, one of an offline load `pairs`.
 */
export const insightEvidence = {
  // bad
  'no-answers': ['users', 'started'],
  'stage-incomplete': ['users', 'status'],
  'oracle-failed': ['oracle', 'failed', 'judged', 'n'],
  'wrong-answers': ['kind', 'count', 'wrong', 'asked'],
  'flips-under-load': ['users', 'flips', 'checked', 'maxDelta'],
  'abnormal-mishandled': ['mishandled', 'sent', 'kinds', 'serverErrors', 'timedOut', 'cutOff'],
  'not-recovered': ['peakRps', 'watchedS', 'percentile', 'limitMs', 'baseRps'],
  'figure-not-finite': ['name', 'count', 'n'],
  // bad or warn
  'fallback-answered': ['users', 'degraded', 'completed', 'share'],
  'errors-by-kind': ['users', 'kind', 'count', 'failed', 'started', 'share'],
  // warn
  'answers-move': ['users', 'moved', 'checked', 'maxDelta', 'tolerance'],
  'labels-disagree': ['count', 'n', 'threshold'],
  'family-worse': ['family', 'right', 'n', 'share', 'restShare'],
  'field-not-named': ['unnamed', 'refused', 'kinds'],
  'past-the-knee': ['peakUsers', 'peakRps', 'users', 'rps', 'loss'],
  'serial-server': ['fromUsers', 'toUsers', 'fromRps', 'toRps', 'fromP50Ms', 'toP50Ms'],
  'saturated': ['fromUsers', 'toUsers', 'fromRps', 'toRps', 'fromP50Ms', 'toP50Ms'],
  'unstable': ['rateRps', 'endedRps', 'growthRps', 'openAtStart', 'openAtEnd'],
  'server-throttled': ['users', 'share', 'cores'],
  'queueing': ['users', 'share', 'queueMs', 'serverMs'],
  'generator-limit': ['users', 'code', 'value', 'limit'],
  'censored': ['users', 'censored', 'started'],
  'warm-up-too-short': ['users', 'cutS', 'of', 'off', 'warmupS', 'neededS'],
  'too-few-samples': ['users', 'n', 'needed', 'percentile'],
  'stalls': ['users', 'seconds', 'longestS'],
  'users-hide-waits': ['users', 'percentile', 'usersMs', 'visitorsMs', 'ratio'],
  'long-tail': ['users', 'p50Ms', 'p99Ms', 'ratio'],
  'cache-carries': ['users', 'share', 'hit', 'total'],
  'padding-tax': ['users', 'share', 'batchTexts'],
  'vram-near-limit': ['gpu', 'peakMiB', 'totalMiB', 'share'],
  'vram-rising': ['users', 'gpu', 'fromMiB', 'toMiB', 'riseMiB'],
  'leak': ['users', 'what', 'slopeMiB', 'lowMiB', 'highMiB', 'medianMiB'],
  'latency-drifts': ['users', 'percentile', 'slopeMs', 'lowMs', 'highMs', 'medianMs'],
  'memory-rising': ['users', 'fromMiB', 'toMiB', 'riseMiB'],
  'busy-machine': ['load', 'cores'],
  'lines-malformed': ['count', 'json', 'tooLong'],
  'capacity-machine': ['lowRps', 'rateRps', 'code', 'probes'],
  'capacity-cliff': ['lowRps', 'highRps', 'lowMs', 'highMs', 'limitMs', 'gate'],
  // info
  'server-cpu-bound': ['users', 'serverCores', 'engineCores', 'machineCores', 'share'],
  'compute-bound': ['users', 'share', 'inferMs', 'serverMs'],
  'tokenising': ['users', 'share', 'tokenizeMs', 'serverMs'],
  'scores-meaningless': ['model'],
  'probes-failed': ['failed', 'n', 'group', 'groupFailed', 'groupN'],
  'no-gpu': ['code', 'why'],
  'cold-start': ['readyS'],
  'job-silent': ['lines'],
  // good
  'capacity': ['lowRps', 'highRps', 'confirmed', 'sent', 'probes'],
  'recovered': ['peakRps', 'timeS', 'percentile', 'limitMs'],
  'no-drift': ['users', 'windowS', 'quantities'],
  'scales': ['fromUsers', 'toUsers', 'fromRps', 'toRps', 'efficiency'],
  'keeps-up': ['rateRps', 'endedRps', 'p95Ms'],
  'answers-hold': ['checked', 'oracles'],
} as const satisfies Record<string, readonly string[]>;
export type InsightId = keyof typeof insightEvidence;

/** One observation by rule; its sentence and advice are the report's. */
export interface Insight {
  /** One of `insightEvidence`. */
  id: string;
  severity: 'good' | 'info' | 'warn' | 'bad';
  stage: number | null;
  /** Numbers and words of the sentence, by name. */
  evidence: Record<string, string | number>;
}
