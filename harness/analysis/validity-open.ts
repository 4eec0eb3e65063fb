/**
 * Was the load that was asked for the load that was driven, and did the server bear it? Open load only.
 *
 *   unstable   arrivals exceeded service (backlog.ts): suspect; its latencies grow with the length of the stage
 *   pool       more than 0.1 % of the requests were sent late because every worker was busy: suspect; the server never met
 *              more requests at once than there are workers. The wait is in the latency
 *   unsent     requests still waited to be sent when the stage was stopped (those on the wire are not among them): suspect where all
 *              workers were busy with a server that is too slow (gates count them as +∞), invalid where they were not, for then the
 *              generator did not send
 */
import type { ValidityReason } from '../model/validity.js';
import { workersOf } from '../model/stage.js';
import { growthRps } from './backlog.js';
import { graded, limits, reason, type ValidityInput } from './validity-limits.js';

/** Reasons from the schedule, in a fixed order. */
export function openReasons({ stage, offered }: ValidityInput): ValidityReason[] {
  const { schedule, requests } = stage;
  if (!schedule || offered === null) return [];
  const found: ValidityReason[] = [];
  if (offered.unstable) {
    const { askedRps, endedRps, openAtEnd } = offered;
    found.push(reason('unstable', 'suspect', endedRps, askedRps, { askedRps, endedRps, growthRps: growthRps(offered, stage), openAtEnd }));
  }
  found.push(...graded('pool', schedule.waited / Math.max(1, requests.started), [limits.pool, Infinity], {
    waited: schedule.waited, started: requests.started, inFlight: workersOf(stage.stage.arrival), longestWaitMs: schedule.longestWaitMs,
  }));
  if (schedule.unsent > 0) {
    const waiting = schedule.unsent;
    found.push(reason('unsent', schedule.waited > 0 ? 'suspect' : 'invalid', waiting / Math.max(1, schedule.due), 0, { waiting, due: schedule.due }));
  }
  return found;
}
