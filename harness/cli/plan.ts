import type { Host } from '../host/index.js';
import { allClasses } from '../model/dataset.js';
import type { Plan } from '../model/plan.js';
import { describePlan, describeSeries, estimatePlan, usualAssumptions, type Assumptions } from '../scenario/index.js';
import type { Io } from './io.js';
import { readOwnPairs } from './own-pairs.js';
import { planOf, type ScenarioFlags } from './run.js';

/** `plan`: what would be run. Starts nothing; a file of the user's own pairs is read and checked as `run` would. */
export async function plan(scenario: string, flags: ScenarioFlags & { json?: boolean }, host: Host, signal: AbortSignal, io: Io): Promise<number> {
  const { plan: made, arms, design } = planOf(scenario, flags, host);
  const assumed = { ...usualAssumptions(made), ...(await ownPairs(made, host, signal, io)) };
  const { own } = made.dataset;
  // As in a record: the folder of a file tells of people and machines.
  const shown = own === undefined ? made : { ...made, dataset: { ...made.dataset, own: { ...own, path: undefined } } };
  const series = design === null ? null : { arms: arms.map(({ name, settings, plan: own }) => ({ name, settings, planHash: own.hash })), ...design };
  if (flags.json) io.out(`${JSON.stringify({ plan: shown, estimate: estimatePlan(made, assumed), ...(series === null ? {} : { series }) }, null, 2)}\n`);
  else io.out(`${[describePlan(made, assumed), ...(design === null ? [] : ['', describeSeries(arms, design, assumed)])].join('\n')}\n`);
  return 0;
}

async function ownPairs({ dataset: { own }, seed }: Plan, host: Host, signal: AbortSignal, io: Io): Promise<Pick<Assumptions, 'own'>> {
  if (own === undefined) return {};
  const pairs = await readOwnPairs(own, seed, host, signal, io);
  const byClass = Object.fromEntries(allClasses.map((name) => [name, 0]));
  for (let index = 0; index < pairs.count; index += 1) byClass[pairs.classOf(index)] = (byClass[pairs.classOf(index)] ?? 0) + 1;
  pairs.close();
  return { own: { count: pairs.count, byClass } };
}
