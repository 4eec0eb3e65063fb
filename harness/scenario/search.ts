import { metrics, type GatePlan } from '../model/metric.js';
import type { Scenario } from '../model/scenario.js';
import { durationMs, shareOf } from '../model/scenario-value.js';
import { longestWay } from '../model/search-step.js';
import type { SearchPlan } from '../model/search.js';
import { requestsForGates, steeringGates } from '../model/steering.js';
import { formatDuration } from '../model/unit.js';
import { nodeAt, pathText, placeAt, type Located, type Path, type Problem } from './located.js';

type Written = NonNullable<Scenario['load']['search']>;

/** A search in numbers. Without a budget of its own it has twice the longest way, so that probes may be undecided and confirmations fail. */
export function searchPlan(written: Written, warmupS: number, gates: readonly GatePlan[]): SearchPlan {
  const { from, to, arrivals, confirm, inFlight, budget } = written;
  const plan: SearchPlan = {
    fromRps: from, toRps: to, resolution: shareOf(written.resolution), process: arrivals, inFlight: inFlight ?? null, warmupS, durationS: durationMs(written.duration) / 1000,
    requests: requestsForGates(steeringGates(gates)), confirm, budgetS: Infinity,
  };
  return { ...plan, budgetS: budget === undefined ? Math.ceil(2 * longestWay(plan).loadS) : durationMs(budget) / 1000 };
}

const longestProbeS = 86_400;

/** What must fit together in a search, and a gate that only a search can answer. */
export function checkSearch(root: Located, { load }: Scenario, gates: readonly GatePlan[]): Problem[] {
  const problems: Problem[] = [];
  const complain = (path: Path, sentence: string): void => void problems.push({ place: placeAt(root, path), path: pathText(path), sentence });
  const { search } = load;
  const at = (key: string): Path => ['load', 'search', key];
  if (search === undefined) {
    if (gates.some(({ metric }) => metric === 'capacity')) complain(['gates', 'capacity'], 'the capacity is what a search finds: it needs load.search');
    return problems;
  }
  if (search.from >= search.to) complain(at('to'), `must be higher than from, which is ${String(search.from)}`);
  for (const { id, metric, selector, baseline } of gates) {
    if (metric === 'rps') complain(['gates', 'rps'], 'a search chooses the rates itself: ask for the rate that is found with capacity');
    else if (baseline !== undefined && metrics[metric]?.scope === 'stage') complain(keyOf(root, metric) ?? ['gates', metric], 'a search chooses its stages itself, so a baseline has none of them: compare the capacity, as in capacity: ["rate>=baseline*0.95"]');
    else if (Object.keys(selector).some((name) => name !== 'gpu')) complain(keyOf(root, metric) ?? ['gates'], `a search chooses its stages itself: write ${id.replace(/\{[^}]*\}/, '')} without a selector`);
  }
  if (steeringGates(gates).length === 0) complain(nodeAt(root, ['gates']) ? ['gates'] : ['load', 'search'], 'a search needs a gate that tells a rate that holds from one that does not: a percentile of the latency such as p(95)<800ms, or errors such as rate<1%');
  if (problems.length > 0) return problems;

  const plan = searchPlan(search, durationMs(load.warmup) / 1000, gates);
  const slowestS = plan.requests / plan.fromRps;
  if (Math.max(slowestS, plan.durationS) + plan.warmupS > longestProbeS) {
    complain(at('from'), `the gates need ${String(plan.requests)} requests a probe, which at ${String(plan.fromRps)} requests a second take longer than a day: begin higher`);
    return problems;
  }
  const { probes, loadS } = longestWay(plan);
  if (plan.budgetS < loadS) {
    complain(at('budget'), `${formatDuration(plan.budgetS * 1000)} are too short for 99 % confidence: the search may take ${String(probes)} probes of at least ${String(plan.requests)} requests, ${formatDuration(loadS * 1000)} in all; give budget: ${String(Math.ceil(loadS))}s, a narrower range, a coarser resolution or fewer confirmations`);
  }
  return problems;
}

/** Where a gate with a selector is written. */
function keyOf(root: Located, metric: string): Path | undefined {
  const gates = nodeAt(root, ['gates']);
  const key = gates?.kind === 'map' ? [...gates.entries.keys()].find((name) => name.startsWith(`${metric}{`)) : undefined;
  return key === undefined ? undefined : ['gates', key];
}
