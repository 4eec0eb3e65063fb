import type { NextProbe } from './search-step.js';
import type { SearchPlan } from './search.js';
import { workersFor, type Stage } from './stage.js';

/** The stage of a probe, named after its rate; `earlier` are the stages driven so far. */
export function probeStage({ process, inFlight, warmupS }: SearchPlan, { rateRps, durationS }: NextProbe, earlier: readonly Stage[]): Stage {
  const repeat = earlier.filter(({ arrival }) => arrival.kind === 'open' && arrival.rateRps === rateRps).length;
  const name = `${String(rateRps)}/s`;
  return {
    index: earlier.length, name: repeat === 0 ? name : `${name}, again ${String(repeat)}`, role: 'measure', arm: '', repeat, warmupS, durationS, minRequests: null,
    arrival: { kind: 'open', rateRps, process, inFlight: inFlight ?? workersFor(2 * rateRps) },
  };
}
