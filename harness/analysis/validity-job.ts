/**
 * May the figures of a job be believed? Nothing of requests is asked.
 *
 *   job-failed, server-failed, not-started, interrupted   the command did not do what it was asked for: invalid
 *   clock-step   the wall clock jumped against the monotonic one by more than 100 ms: suspect. The duration is monotonic; times that the job took
 *                itself, by the wall clock, may be wrong, or the machine was stopped for a while
 *   others       other programs used more than 10 % of the machine: suspect
 *   steal        the hypervisor gave more than 5 % of the time to other machines: suspect
 */
import type { JobAnalysis, StageAnalysis } from '../model/analysis.js';
import type { ValidityReason } from '../model/validity.js';
import type { StageResult } from '../model/record.js';
import { graded, limits, reason } from './validity-limits.js';

/** All reasons in a fixed order, and the worst of them. */
export function judgeJobValidity(stage: StageResult, { others, steal }: JobAnalysis): StageAnalysis['validity'] {
  const ended = endReason(stage);
  const reasons = ended?.code === 'not-started' ? [ended] : [
    ...(ended === null ? [] : [ended]),
    ...graded('clock-step', Math.abs(stage.generator.clockStepMs), [limits.jobClockStepMs, Infinity]),
    ...graded('others', others, [limits.jobOthers, Infinity]),
    ...graded('steal', steal, [limits.jobSteal, Infinity]),
  ];
  const invalid = reasons.some(({ level }) => level === 'invalid');
  return { status: invalid ? 'invalid' : reasons.length > 0 ? 'suspect' : 'valid', reasons };
}

function endReason({ status, why }: StageResult): ValidityReason | null {
  switch (status) {
    case 'completed': return null;
    case 'not-started': return reason('not-started', 'invalid', null, null);
    // Of a request load the part that was seen still counts; half a job is no job.
    default: return reason(status, 'invalid', null, null, { why: why ?? '' });
  }
}
