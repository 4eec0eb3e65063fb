import type { Host } from '../host/index.js';
import { describePlan, estimatePlan } from '../scenario/index.js';
import type { Io } from './io.js';
import { planOf, type ScenarioFlags } from './run.js';

/** `plan`: what would be run. Starts nothing. */
export function plan(scenario: string, flags: ScenarioFlags & { json?: boolean }, host: Host, io: Io): number {
  const { plan: made } = planOf(scenario, flags, host);
  io.out(flags.json ? `${JSON.stringify({ plan: made, estimate: estimatePlan(made) }, null, 2)}\n` : `${describePlan(made)}\n`);
  return 0;
}
