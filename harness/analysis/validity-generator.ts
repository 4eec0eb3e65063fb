/**
 * Was it the load generator that was measured? Its CPU, event loop, timers, clock and words.
 *
 *   engine-share   needs more than ¼ core (or an unknown amount) and p95 of client minus server > max(2 % of client p95, 1 ms): suspect
 *   generator-cpu  cores in use (by all engines of a mix) / cores of the machine: suspect > 70 %, invalid > 90 %
 *   event-loop     share of the loop in use: suspect > 0.6, invalid > 0.8
 *   lag            p99 of its lateness against p50 of the latency: suspect > 5 % and 2 ms; invalid > 20 % and 5 ms where the harm is unknown
 *                  open load: suspect > 5 % and 2 ms, invalid > 10 % and 10 ms, always: late requests are another load than was asked
 *                  bursts, and replays, whose logs have many requests at one moment: suspect > 10 % and 10 ms, invalid > 50 % and 50 ms
 *   run-queue      wait for a core, share of wall time: suspect > 20 %
 *   clock-step     wall against monotonic clock, k6 only (it measures on the wall clock): suspect > 1 ms, invalid > 10 ms
 *   engine-paused  share of the window in which the engine was seen stopped: suspect at all, invalid > 1 %: users who do not answer to the clock show nothing of it
 *   calibration    closed or open load of more requests a second than the engine bore on this machine against a server of known latency: suspect, where the
 *                  server does not tell its time
 *
 * Where the server tells its own time and client minus server stays within the limit of `engine-share`, lag and run queue did no
 * harm and are not judged; where it tells its time and the limit is passed, the harm is known and lag stays a doubt. An engine that needs less than ¼ core is not blamed for time spent between client and server.
 */
import type { ValidityReason } from '../model/validity.js';
import { percentileUs } from './percentile.js';
import { graded, limits, reason, type ValidityInput } from './validity-limits.js';

/** Reasons from the generator's health, in a fixed order. */
export function generatorReasons(input: ValidityInput): ValidityReason[] {
  const { stage, machineCores } = input;
  const { generator } = stage;
  const share = engineShare(input);
  const found = [
    ...graded('generator-cpu', input.allEngines === null ? null : input.allEngines / machineCores, limits.generatorCpu, { cores: input.allEngines ?? 0, machineCores }),
    ...graded('event-loop', generator.eventLoopUse, limits.eventLoop),
    ...(share === 'harmless' && input.offered === null ? [] : lagReasons(input)),
    ...(share === 'unproven' ? graded('run-queue', input.runQueueWait, [limits.runQueue, Infinity]) : []),
    ...(typeof share === 'string' ? [] : [share]),
    ...graded('engine-paused', generator.pausedMs === undefined ? null : generator.pausedMs / windowMs(stage), limits.paused, { pausedMs: generator.pausedMs ?? 0 }),
    ...(input.outside === null && input.calibratedRps !== null ? graded('calibration', stage.requests.started / (windowMs(stage) / 1000), [input.calibratedRps, Infinity]) : []),
    ...(stage.engine === 'k6' ? graded('clock-step', Math.abs(generator.clockStepMs), limits.clockStepMs) : []),
  ];
  const first = generator.messages[0];
  if (first !== undefined) found.push(reason('engine-messages', 'suspect', generator.messages.length, 0, { messages: generator.messages.length, first }));
  if (stage.status === 'completed' && generator.exitCode !== null && generator.exitCode !== 0) {
    found.push(reason('engine-exit', 'suspect', generator.exitCode, 0, { exitCode: generator.exitCode }));
  }
  return found;
}

/** The harm done to latencies: a reason, `harmless`, or `unproven` where the server does not tell its time or the engine is not to blame for it. */
function engineShare({ latency, engineCores, outside }: ValidityInput): ValidityReason | 'harmless' | 'unproven' {
  const p95Us = percentileUs(latency, 0.95);
  if (outside === null || p95Us === null) return 'unproven';
  const p95Ms = p95Us / 1000;
  const limit = Math.max(limits.engineShareMs, limits.engineShare * p95Ms);
  if (outside.p95 <= limit) return 'harmless';
  if (engineCores !== null && engineCores <= limits.engineShareCores) return 'unproven';
  return reason('engine-share', 'suspect', outside.p95, limit, { cores: engineCores ?? 'unknown', p95Ms });
}

const windowMs = ({ windowFromMs, windowToMs }: ValidityInput['stage']): number => Math.max(1, windowToMs - windowFromMs);

function lagReasons({ stage, latency, outside, offered }: ValidityInput): ValidityReason[] {
  const lagMs = stage.generator.lagP99Ms;
  const p50Us = percentileUs(latency, 0.5);
  if (lagMs === null || p50Us === null) return [];
  const p50Ms = p50Us / 1000;
  if (offered !== null) {
    const { kind } = stage.stage.arrival;
    const [floorMs, share] = kind === 'burst' || kind === 'replay' ? [limits.burstLagFloorMs, limits.burstLag] : [limits.openLagFloorMs, limits.openLag];
    const limitOf = (grade: 0 | 1): number => Math.max(floorMs[grade], share[grade] * p50Ms);
    return graded('lag', lagMs, [limitOf(0), limitOf(1)], { p50Ms });
  }
  const suspect = Math.max(limits.lagFloorMs[0], limits.lag[0] * p50Ms);
  const invalid = outside === null ? Math.max(limits.lagFloorMs[1], limits.lag[1] * p50Ms) : Infinity;
  return graded('lag', lagMs, [suspect, invalid], { p50Ms });
}
