import { unlikePlan } from '../baseline.js';
import type { Host } from '../host/index.js';
import type { Baseline } from '../model/baseline.js';
import { BenchError } from '../model/error.js';
import { withoutSecrets } from '../record/index.js';
import type { LoadedPlan } from '../scenario/index.js';
import { checkPlan, findBaseline } from './baseline-fit.js';

/** What a run will be held against. Whatever can be known before it of whether that fits is told now: nothing is started. */
export async function baselineOfRun({ plan: asked, fromEnvironment, arms, design }: LoadedPlan, named: string | undefined, host: Host): Promise<Baseline | undefined> {
  if (design !== null && arms.length > 1) {
    if (named === undefined) return undefined;
    throw new BenchError('usage', 'A comparison has a baseline of its own: its first arm.', { hint: 'Leave --baseline out, or run one arm alone.' });
  }
  // As its record will have it: a secret is neither compared nor shown.
  const plan = withoutSecrets(asked, fromEnvironment);
  const found = findBaseline(plan, named, host);
  if (found === null) return undefined;
  checkPlan(plan, found.baseline, found.path, unlikePlan(found.baseline.fingerprint, plan, await host.machine.describe()), plan.load.stages);
  return found.baseline;
}
