/**
 * May a stage's numbers be believed? VALID, SUSPECT or INVALID, each reason with its value and limit.
 *
 * A stage is as bad as its worst reason. The thresholds stand in validity-limits.ts and in docs/metrics.md; they are choices, not laws. What
 * is judged is harm wherever harm can be measured: a generator that shares its cores with the server always waits for them now and
 * then, so its CPU, timers and run queue are judged by what they do to latencies (`engine-share`) where the server tells its own
 * time, and by themselves where it does not.
 * A check whose input is absent is not made; it neither clears nor stains a stage.
 */
import type { StageAnalysis } from '../model/analysis.js';
import type { ValidityReason } from '../model/validity.js';
import { workersOf } from '../model/stage.js';
import { valuesNeeded } from './interval.js';
import { leastOff } from './steady/unlike.js';
import { countReasons } from './validity-counts.js';
import { generatorReasons } from './validity-generator.js';
import { limits, reason, type ValidityInput } from './validity-limits.js';
import { machineReasons } from './validity-machine.js';
import { mixReasons } from './validity-mix.js';
import { offlineReasons } from './validity-offline.js';
import { openReasons } from './validity-open.js';

/** All reasons in a fixed order, and the worst of them. */
export function judgeValidity(input: ValidityInput): StageAnalysis['validity'] {
  const ended = endReasons(input);
  const reasons = input.stage.requests.started === 0 ? ended : [...ended, ...countReasons(input), ...openReasons(input), ...offlineReasons(input), ...mixReasons(input), ...steadyReasons(input), ...littleReasons(input), ...generatorReasons(input), ...machineReasons(input)];
  const invalid = reasons.some((reason) => reason.level === 'invalid');
  return { status: invalid ? 'invalid' : reasons.length > 0 ? 'suspect' : 'valid', reasons };
}

/** How the stage ended, and whether there is anything to measure. */
function endReasons({ stage, latency, offline, confidence }: ValidityInput): ValidityReason[] {
  const why = { why: stage.why ?? '' };
  if (stage.status === 'not-started') return [reason('not-started', 'invalid', null, null)];
  const found: ValidityReason[] = [];
  if (stage.status === 'engine-failed' || stage.status === 'server-failed') found.push(reason(stage.status, 'invalid', null, null, why));
  if (stage.status === 'interrupted') found.push(reason('interrupted', 'suspect', null, null, why));
  const needed = valuesNeeded(0.95, confidence);
  if (stage.requests.started === 0) found.push(reason('no-requests', 'invalid', 0, null));
  // That nobody was answered is a finding about the server, not a fault of the measurement: gates judge it (as +∞).
  else if (latency.n === 0) found.push(reason('no-answer', 'suspect', 0, null, { started: stage.requests.started }));
  // An offline load is about its pairs; how many requests they come in is its own choice.
  else if (latency.n < needed && offline === null) found.push(reason('too-few', 'suspect', latency.n, needed, { n: latency.n, needed, percentile: 'p95' }));
  return found;
}

/** No part of half the window or more is steady, or what is drifts: what its numbers mean depends on when one looked. */
function steadyReasons({ steady }: ValidityInput): ValidityReason[] {
  if (steady.kind === 'found') {
    const { drift, seconds } = steady.value;
    return drift === null ? [] : [reason('drifting', 'suspect', Math.abs(drift.change), leastOff, { of: drift.of, change: drift.change, seconds })];
  }
  if (steady.why !== 'not-steady') return [];
  const { of, cutS, off } = steady.start;
  return [reason('not-steady', 'suspect', Math.abs(off), leastOff, { of, cutS, off })];
}

function littleReasons({ stage, little }: ValidityInput): ValidityReason[] {
  const { turns, answerMs, turnMs } = little;
  if (turns === null || answerMs === null || turnMs === null) return [];
  /** `spanMs`: the time of one request that the ratio is about; less than `floorMs` a request either way is not said. */
  const judge = (code: 'little-in-flight' | 'little-users', ratio: number | null, spanMs: number, floorMs: number, params: ValidityReason['params']): ValidityReason[] => {
    if (ratio === null || ratio <= 0) return [];
    const off = Math.abs(ratio - 1);
    const suspectLimit = Math.max(limits.little[0], turns < limits.littleTurns ? 1 / turns : 0);
    const perRequestMs = spanMs / ratio - spanMs;
    if (off <= suspectLimit || Math.abs(perRequestMs) <= floorMs) return [];
    // Missing time of well under a millisecond a request is the generator turning round, not a broken clock: said, not condemned.
    const small = ratio < 1 && perRequestMs <= limits.littleGraceMs;
    const level = off > limits.little[1] && turns >= limits.littleTurns && !small ? 'invalid' : 'suspect';
    return [reason(code, level, ratio, level === 'invalid' ? limits.little[1] : suspectLimit, { ratio, perRequestMs, ...params })];
  };
  return [
    ...judge('little-in-flight', little.inFlight, answerMs, limits.littleFloorMs, {}),
    ...judge('little-users', little.users, turnMs, 0, { users: workersOf(stage.stage.arrival) }),
  ];
}
