/**
 * What one probe of a search says: pass, fail or undecided.
 *
 *   bad(gate)  latency: answers that took the limit or longer, and all that failed or never ended; errors: all that failed
 *   fail       some gate's share of bad requests is shown to be too large, or arrivals exceed service (backlog.ts)
 *   pass       every gate's share is shown to be small enough
 *   undecided  else, and always where the measurement is invalid
 *
 * The rule for shares, its reference and assumptions: model/early-stopping.ts. CPU of engine and server is not known while the run
 * goes on; the final analysis judges validity again, with it.
 */
import { countBelow, readHistogram, type Histogram } from '../../model/histogram.js';
import { decideShare, requestsToDecide, type ShareState } from '../../model/early-stopping.js';
import type { RunRecord, StageResult } from '../../model/record.js';
import { nextProbe } from '../../model/search-step.js';
import type { ProbePurpose, SearchProbe } from '../../model/search.js';
import { levelOf } from '../../model/stage.js';
import { steeringGates, type Steering } from '../../model/steering.js';
import { analyseStage } from '../stage.js';

interface Counted {
  gate: string;
  bad: number;
  n: number;
  allowed: number;
  state: ShareState;
}

/** Judges the stage that the search's next step asked for; `record.search` does not hold it yet. */
export function judgeProbe(record: RunRecord, result: StageResult): SearchProbe {
  const { search } = record.plan.load;
  const step = search === undefined ? null : nextProbe(search, record.search?.probes ?? []);
  const purpose: ProbePurpose = step?.kind === 'probe' ? step.probe.purpose : 'bracket';
  const latency = readHistogram(result.latency);
  const { validity, offered } = analyseStage(record, result, latency, { kind: 'absent', why: 'not-measured' });
  const probe = {
    stage: result.stage.index, rateRps: levelOf(result.stage.arrival).value, purpose,
    due: result.requests.started, sent: result.generator.rows,
    durationS: result.stage.durationS, tookS: (result.endedAtMs - result.spawnedAtMs) / 1000,
  };
  const verdict = (state: SearchProbe['state'], code: SearchProbe['reason']['code'], params: SearchProbe['reason']['params'], needed: number | null = null): SearchProbe =>
    ({ ...probe, state, reason: { code, params }, needed });

  const invalid = validity.reasons.find(({ level }) => level === 'invalid');
  if (result.status !== 'completed' || invalid) return verdict('undecided', 'invalid', { why: invalid?.code ?? result.status });
  const counted = steeringGates(record.plan.gates).map((gate) => count(gate, result, latency));
  const failed = byNearness(counted.filter(({ state }) => state === 'fail'))[0];
  if (failed) return verdict('fail', 'beyond', numbers(failed));
  if (offered?.unstable === true) return verdict('fail', 'unstable', { askedRps: offered.askedRps, endedRps: offered.endedRps });
  const open = byNearness(counted.filter(({ state }) => state === 'undecided'))[0];
  if (open) {
    const needed = requestsToDecide(open.bad, open.n, open.allowed);
    return verdict('undecided', 'too-few', { ...numbers(open), ...(needed === null ? {} : { needed }) }, needed);
  }
  const nearest = byNearness(counted)[0];
  return nearest ? verdict('pass', 'within', numbers(nearest)) : verdict('undecided', 'too-few', {});
}

function count({ gate, allowed, limitMs, orEqual }: Steering, { requests }: StageResult, latency: Histogram): Counted {
  const { failed, censored } = requests;
  const slow = limitMs === null ? 0 : latency.n - countBelow(latency, limitMs * 1000, !orEqual);
  const bad = slow + failed + (limitMs === null ? 0 : censored);
  const n = latency.n + failed + (limitMs === null ? 0 : censored);
  return { gate, bad, n, allowed, state: decideShare(bad, n, allowed) };
}

/** By the share of bad requests against what is allowed, the largest first; in the order of the gates where they are alike. */
function byNearness(counted: readonly Counted[]): Counted[] {
  const load = ({ bad, n, allowed }: Counted): number => bad / Math.max(1, n) / allowed;
  return counted.toSorted((x, y) => load(y) - load(x));
}

function numbers({ gate, bad, n, allowed }: Counted): SearchProbe['reason']['params'] {
  return { gate, bad, n, allowed };
}
