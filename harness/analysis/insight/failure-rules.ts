/** What failed, stalled or dragged. */
import type { RunRecord } from '../../model/record.js';
import { failedShare, insight, worst, type Rule } from './rule.js';

/** Failures of this share of the requests are bad, fewer are a warning. */
const badShare = 0.01;
/** p99 this many times p50 is a long tail. */
const longTailRatio = 10;
/** Visitors by the clock wait this much longer than users tell, and at least so many ms: then users hide it. */
const hiddenRatio = 1.5;
const hiddenMs = 10;
/** A silent second means something only where so many requests a second were usual. */
const usualPerSecond = 10;

/** A stage in which requests were sent and none was answered. */
export const noAnswers: Rule = ({ stages }) => {
  const stage = stages.find(({ result }) => result.requests.started > 0 && result.requests.completed === 0);
  return stage ? insight('no-answers', 'bad', stage.analysis, { started: stage.result.requests.started }) : null;
};

/** The first stage that did not run to its end; a job says so itself. */
export const stageIncomplete: Rule = ({ stages }) => {
  const stage = stages.find(({ result }) => result.status !== 'completed' && result.job === undefined);
  return stage ? insight('stage-incomplete', 'bad', stage.analysis, { status: stage.result.status }) : null;
};

/** Failures: the stage with the largest share and its most frequent kind. */
export const errorsByKind: Rule = ({ stages }) => {
  const stage = worst(stages, ({ result }) => failedShare(result));
  if (!stage) return null;
  const { requests, errors } = stage.result;
  const share = failedShare(stage.result);
  const [kind, count] = worst(Object.entries(errors), ([, n]) => n) ?? ['other', requests.failed];
  return insight('errors-by-kind', share >= badShare ? 'bad' : 'warn', stage.analysis, { kind, count, failed: requests.failed, started: requests.started, share });
};

/** Whole seconds of a busy stage in which no request started and none was answered. */
export const stalls: Rule = ({ stages }) => {
  const stalled = stages.map(({ result, analysis }) => ({ analysis, ...silence(result) }));
  const most = worst(stalled, (one) => one.seconds);
  return most ? insight('stalls', 'warn', most.analysis, { seconds: most.seconds, longestS: most.longestS }) : null;
};

/**
 * Closed users saw p95 or p99 within a time that visitors by the clock would have exceeded by half and by 10 ms at least: they were away while the
 * server was slow. The larger of the two ratios.
 */
export const usersHideWaits: Rule = ({ stages }) => {
  const hidden = stages.flatMap(({ analysis }) => (['p95', 'p99'] as const).flatMap((percentile) => {
    const seen = analysis.latencyMs[percentile];
    if (analysis.visitors.kind === 'absent' || seen.kind === 'absent' || seen.value.value <= 0) return [];
    const visitorsMs = analysis.visitors.value[`${percentile}Ms`];
    return [{ analysis, percentile, usersMs: seen.value.value, visitorsMs, ratio: visitorsMs / seen.value.value }];
  })).filter(({ usersMs, visitorsMs, ratio }) => ratio >= hiddenRatio && visitorsMs - usersMs >= hiddenMs);
  const most = worst(hidden, (one) => one.ratio);
  return most ? insight('users-hide-waits', 'warn', most.analysis, { percentile: most.percentile, usersMs: most.usersMs, visitorsMs: most.visitorsMs, ratio: most.ratio }) : null;
};

function silence(stage: RunRecord['stages'][number]): { seconds: number; longestS: number } {
  const windowS = (stage.windowToMs - stage.windowFromMs) / 1000;
  // Between two bursts there is silence by design, and a replay has that of its file.
  if (stage.stage.arrival.kind === 'burst' || stage.stage.arrival.kind === 'replay' || windowS < 2 || stage.requests.started / windowS < usualPerSecond) return { seconds: 0, longestS: 0 };
  const { t, started, completed } = stage.timeline;
  let seconds = 0;
  let longestS = 0;
  let run = 0;
  t.forEach((at, i) => {
    const silent = at + 1 <= windowS && started[i] === 0 && completed[i] === 0;
    run = silent ? run + 1 : 0;
    seconds += silent ? 1 : 0;
    longestS = Math.max(longestS, run);
  });
  return { seconds, longestS };
}

/** p99 of ten medians and more, where both are known; a spike has its tail by design. */
export const longTail: Rule = ({ stages }) => {
  const tails = stages.flatMap(({ analysis }) => {
    const { p50, p99 } = analysis.latencyMs;
    return analysis.level.of !== 'peak' && p50.kind === 'found' && p99.kind === 'found' && p50.value.value > 0
      ? [{ analysis, p50Ms: p50.value.value, p99Ms: p99.value.value, ratio: p99.value.value / p50.value.value }] : [];
  });
  const most = worst(tails, (one) => one.ratio);
  if (!most || most.ratio < longTailRatio) return null;
  return insight('long-tail', 'warn', most.analysis, { p50Ms: most.p50Ms, p99Ms: most.p99Ms, ratio: most.ratio });
};
