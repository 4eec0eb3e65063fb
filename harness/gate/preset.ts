import { restsOnBaseline, type GatePlan } from '../model/metric.js';
import type { Plan } from '../model/plan.js';
import { presetExpressions, type PresetName } from '../model/preset.js';
import { parseGate } from './expression.js';

/** The gates of a preset that fit the load. */
export function presetGates(name: PresetName, { job, search }: Pick<Plan['load'], 'job' | 'search'>): GatePlan[] {
  return presetExpressions(name, { job: job !== undefined, search: search !== undefined }).flatMap(({ metric, expression }) => {
    const read = parseGate(metric, expression, 'error');
    return 'gate' in read ? [read.gate] : [];
  });
}

/** What is held against a baseline where nobody asked for anything: the gates of `recommended` that rest on one. */
export function usualBaselineGates(load: Pick<Plan['load'], 'job' | 'search'>): GatePlan[] {
  return presetGates('recommended', load).filter(restsOnBaseline);
}
