/**
 * The highest open rate that met every gate: C_slo, with the lower bound that capacity is planned by.
 *
 *   search   lowRps of its end, where it was confirmed (model/search-step.ts); highRps the lowest rate that failed
 *   rates    of stages of open load: the highest rate all of whose valid stages passed, below the lowest of which one failed
 *
 * A stage passes where the measurement is not invalid, arrivals did not exceed service, and each gate of level `error` that speaks of it holds with its whole
 * interval (model/decide.ts); it fails where one of these is shown not to; what the data cannot decide, or could not measure validly, bounds nothing. A rate with
 * both a pass and a fail is in doubt and bounds from neither side; so is one of which fewer metrics are asked than of another (latency{rate:200}). Gates that
 * could not be measured (no such counter) are left out, as in the verdict; so are those on a baseline, `rps`, which lower rates have less of by design, and `recovery`.
 *
 * Assumes that a rate below one that passes passes too. Refuses, with a word: `closed-load` (no rate was asked), `no-gates` (nothing says whether a rate
 * is borne), `unfinished` (the run or its search did not end), `wrong-answers` and `run-gate-failed` (answers, memory: the server fails at any rate),
 * `invalid` (no valid stage to rest on), `no-rate-passed`, `not-confirmed` (the search passed a rate and did not confirm it).
 */
import type { Measured, SearchAnalysis, StageAnalysis } from '../../model/analysis.js';
import type { HeldRate } from '../../model/capacity.js';
import { decide } from '../../model/decide.js';
import type { Finding } from '../../model/estimate.js';
import { metrics, type GatePlan } from '../../model/metric.js';
import type { RunRecord } from '../../model/record.js';

export interface HeldInput {
  record: RunRecord;
  /** Measured stages of the whole run. */
  stages: readonly StageAnalysis[];
  search: SearchAnalysis | undefined;
  measured: readonly Measured[];
}

/** Gates of these say nothing of whether a rate is borne. */
const besides: ReadonlySet<string> = new Set(['rps', 'recovery', 'capacity']);

type Word = 'pass' | 'fail' | 'open';

/** The rate, or why there is none. */
export function heldRate(input: HeldInput): Finding<HeldRate> {
  const { record, stages, search, measured } = input;
  const refuse = (why: string): Finding<HeldRate> => ({ kind: 'absent', why });
  const gates = record.plan.gates.filter(({ level, metric, limit }) => level === 'error' && limit !== null && !besides.has(metric));
  const rates = stages.filter(({ index }) => record.stages.some(({ stage }) => stage.index === index && stage.arrival.kind === 'open'));
  if (search === undefined && rates.length === 0) return refuse('closed-load');
  if (!gates.some(({ metric }) => metric === 'latency' || metric === 'errors')) return refuse('no-gates');
  if (record.outcome !== 'completed') return refuse('unfinished');
  if (answeredWrongly(record)) return refuse('wrong-answers');
  if (gates.some((gate) => metrics[gate.metric]?.scope === 'run' && measured.some((one) => one.gate === gate.id && wordOn(gate, one) === 'fail'))) return refuse('run-gate-failed');
  return search === undefined ? ofRates(rates, gates, measured) : ofSearch(input, search, gates);
}

function answeredWrongly({ probe }: RunRecord): boolean {
  return probe?.status === 'done' && (Object.values(probe.wrong).some((count) => count > 0) || probe.oracles.some(({ status }) => status === 'fail'));
}

/** The search has judged by counting; what is left is what it could not know: CPU, and gates that are no shares. */
function ofSearch({ record, stages, measured }: HeldInput, { end, judged }: SearchAnalysis, gates: readonly GatePlan[]): Finding<HeldRate> {
  if (end === null) return { kind: 'absent', why: 'unfinished' };
  if (end.lowRps === null) return { kind: 'absent', why: 'no-rate-passed' };
  if (end.confirmed < (record.plan.load.search?.confirm ?? 1)) return { kind: 'absent', why: 'not-confirmed' };
  const rested = stages.filter(({ index }) => judged.includes(index));
  if (rested.some(({ validity }) => validity.status === 'invalid')) return { kind: 'absent', why: 'invalid' };
  if (rested.some((stage) => wordOf(stage, gates, measured) === 'fail')) return { kind: 'absent', why: 'no-rate-passed' };
  return { kind: 'found', value: { from: 'search', lowRps: end.lowRps, highRps: end.highRps, stages: judged, suspect: suspects(rested) } };
}

function ofRates(stages: readonly StageAnalysis[], gates: readonly GatePlan[], measured: readonly Measured[]): Finding<HeldRate> {
  const valid = stages.filter(({ validity }) => validity.status !== 'invalid');
  if (valid.length === 0) return { kind: 'absent', why: 'invalid' };
  const askedOf = ({ index }: StageAnalysis): Set<string> => new Set(gates.filter(({ id }) => measured.some(({ gate, stage }) => gate === id && stage === index)).map(({ metric }) => metric));
  const asked = new Set(valid.flatMap((stage) => [...askedOf(stage)]));
  const words = new Map<number, Word[]>();
  for (const stage of valid) {
    const said = wordOf(stage, gates, measured);
    words.set(stage.level.value, [...(words.get(stage.level.value) ?? []), said === 'pass' && askedOf(stage).size < asked.size ? 'open' : said]);
  }
  const ratesOf = (test: (said: readonly Word[]) => boolean): number[] => [...words].filter(([, said]) => test(said)).map(([rate]) => rate).sort((x, y) => x - y);
  const highRps = ratesOf((said) => said.includes('fail') && !said.includes('pass'))[0] ?? null;
  const lowRps = ratesOf((said) => said.every((word) => word === 'pass')).findLast((rate) => rate < (highRps ?? Infinity));
  if (lowRps === undefined) return { kind: 'absent', why: 'no-rate-passed' };
  const rested = valid.filter(({ level }) => level.value === lowRps);
  return { kind: 'found', value: { from: 'rates', lowRps, highRps, stages: rested.map(({ index }) => index), suspect: suspects(rested) } };
}

const suspects = (stages: readonly StageAnalysis[]): number => stages.filter(({ validity }) => validity.status === 'suspect').length;

/** What the gates say of one stage; `open` where no gate of latency or errors says anything. */
function wordOf({ index, offered }: StageAnalysis, gates: readonly GatePlan[], measured: readonly Measured[]): Word {
  if (offered?.unstable === true) return 'fail';
  const said = gates.flatMap((gate) => measured.filter((one) => one.gate === gate.id && one.stage === index).flatMap((one) => wordOn(gate, one) ?? []));
  if (said.includes('fail')) return 'fail';
  return said.length > 0 && said.every((word) => word === 'pass') ? 'pass' : 'open';
}

/** As the gate is judged (gate/check.ts); null where it could not be measured. */
function wordOn({ operator, limit }: GatePlan, { valid, value, infinite }: Measured): Word | null {
  if (!valid || limit === null) return 'open';
  if (infinite) return decide({ low: Infinity, high: Infinity }, operator, limit) === 'pass' ? 'pass' : 'fail';
  if (value.kind === 'absent') return value.needed === undefined ? null : 'open';
  const word = decide(value.value, operator, limit);
  return word === 'inconclusive' ? 'open' : word;
}
