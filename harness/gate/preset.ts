import type { GatePlan } from '../model/metric.js';
import { metrics } from '../model/metric.js';
import type { Plan } from '../model/plan.js';
import { presets, type PresetName } from '../model/preset.js';
import { parseGate } from './expression.js';

/** A search chooses its own rates, so it has no stage that a baseline could know. */
const notUnderSearch: ReadonlySet<string> = new Set(['rps', 'latency']);

/** The gates of a preset that fit the load; of `without` (metrics, as they are written) none, for there the scenario speaks for itself. */
export function presetGates(name: PresetName, load: Pick<Plan['load'], 'job' | 'search'>, without: ReadonlySet<string> = new Set()): GatePlan[] {
  return Object.entries(presets[name]).filter(([metric]) => !without.has(metric) && fits(metric, load)).flatMap(([metric, expressions]) => expressions.flatMap((expression) => {
    const read = parseGate(metric, expression, 'error');
    return 'gate' in read ? [read.gate] : [];
  }));
}

function fits(metric: string, { job, search }: Pick<Plan['load'], 'job' | 'search'>): boolean {
  const { load } = metrics[metric] ?? {};
  if (load !== undefined && (load === 'job') !== (job !== undefined)) return false;
  return search === undefined || !notUnderSearch.has(metric);
}

/** What a baseline is held against where nobody asked for anything of it: the gates of `recommended` that rest on one. */
export function usualBaselineGates(load: Pick<Plan['load'], 'job' | 'search'>): GatePlan[] {
  return presetGates('recommended', load).filter(({ baseline }) => baseline !== undefined);
}
