/** The reference server of a plan, from what was written. */
import type { ServerPlan } from '../model/plan.js';
import type { Scenario } from '../model/scenario.js';
import { simulatedDevice, simulatedDevicePlan } from '../model/scenario-simulated-device.js';
import { bytesOf, durationMs } from '../model/scenario-value.js';

type Written = NonNullable<NonNullable<Scenario['server']>['reference']>;
type Plan = Extract<ServerPlan, { kind: 'reference' }>;

const limitMs = (written: string): number | null => (written === 'off' ? null : durationMs(written));

/** Empty where the server is not started again. */
export function restartPlan(written: Written['restart']): { restart?: { afterS: number; most: number } } {
  return written === undefined ? {} : { restart: { afterS: durationMs(written.after) / 1000, most: written.most } };
}

/** Faults as a list of single ones. */
function faultsOf(written: Written['fault']): string[] {
  if (written === undefined || written === 'none') return [];
  return [written].flat().flatMap((part) => part.split(',')).map((part) => part.trim()).filter((part) => part !== '');
}

const allSteps = ['all'];

/** What is the server's own default is left out: such a plan is the plan of before there was the setting. */
export function referencePlan(written: Written): Plan {
  const { model, precision, execution, simulated, batching, bucket, maxBatch, maxDelay, tokenBudget, intraThreads, cache, workers, port, args, normalize = 'off', maxChars, deadline, inferLimit, fallback, fault, restart, readyTimeout } = written;
  const steps = normalize === 'off' ? [] : normalize === 'all' ? allSteps : [normalize].flat();
  const faults = faultsOf(fault);
  return {
    kind: 'reference', model, precision, execution,
    ...(model === 'simulated' ? { simulated: simulatedDevicePlan(simulatedDevice.parse(simulated ?? {})) } : {}),
    batching, bucket, maxBatch, maxDelayMs: durationMs(maxDelay), tokenBudget, intraThreads,
    cacheEntries: typeof cache === 'number' ? cache : null,
    ...(typeof cache === 'string' && cache !== 'off' ? { cacheBytes: bytesOf(cache) } : {}),
    ...(steps.length === 0 ? {} : { normalize: steps }),
    ...(maxChars === undefined ? {} : { maxChars }),
    ...(deadline === undefined ? {} : { deadlineMs: limitMs(deadline) }),
    ...(inferLimit === undefined ? {} : { inferLimitMs: limitMs(inferLimit) }),
    ...(fallback === undefined ? {} : { fallback }),
    ...(faults.length === 0 ? {} : { faults }),
    ...restartPlan(restart),
    workers: workers ?? null, port, args, readyTimeoutS: durationMs(readyTimeout) / 1000,
  };
}
