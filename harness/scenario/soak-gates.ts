import type { GatePlan } from '../model/metric.js';
import type { Scenario } from '../model/scenario.js';
import { pathText, placeAt, type Located, type Path, type Problem } from './located.js';

/** Drift and leaks are looked for in soaks alone. */
export function checkSoakGates(root: Located, { load }: Scenario, gates: readonly GatePlan[]): Problem[] {
  if (load.soak !== undefined) return [];
  const asked = [...new Set(gates.map(({ metric }) => metric))].filter((metric) => metric === 'drift' || metric === 'leak');
  return asked.map((metric): Problem => {
    const path: Path = ['gates', metric];
    return { place: placeAt(root, path), path: pathText(path), sentence: `${metric} is what a soak looks for: it needs load.soak` };
  });
}
