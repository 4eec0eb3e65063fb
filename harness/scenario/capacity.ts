import type { GatePlan } from '../model/metric.js';
import type { Scenario } from '../model/scenario.js';
import { pathText, placeAt, type Located, type Path, type Problem } from './located.js';

/** What `capacity` rests on has to be measured: a rate that is asked of the server, and a gate that says whether it was borne. */
export function checkCapacity(root: Located, { capacity, load }: Scenario, gates: readonly GatePlan[]): Problem[] {
  if (capacity === undefined) return [];
  const at: Path = ['capacity'];
  const complain = (sentence: string): Problem => ({ place: placeAt(root, at), path: pathText(at), sentence });
  const open = load.search !== undefined || load.open !== undefined || load.soak?.rate !== undefined;
  if (!open) return [complain('needs a rate that is asked of the server: load.search or load.open; users who wait for their answers, bursts and replays show none')];
  const judged = gates.some(({ level, metric }) => level === 'error' && (metric === 'latency' || metric === 'errors'));
  return judged ? [] : [complain('needs a gate that says whether a rate is borne, such as latency: ["p(95)<800ms"]')];
}
