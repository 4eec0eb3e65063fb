/** What stands between the numbers and the truth: the generator, the machine, too little data. */
import type { ValidityReason } from '../../model/validity.js';
import { picksStage } from '../../model/gate-stage.js';
import { valuesNeeded } from '../interval.js';
import { insight, worst, type Rule } from './rule.js';

const generatorCodes: readonly string[] = ['generator-cpu', 'event-loop', 'engine-share', 'run-queue', 'little-users'];

/** Late timers (`lag`) are not among them: they say that cores are shared, not that the generator set the numbers. */
const blamesGenerator = ({ code }: ValidityReason): boolean => generatorCodes.includes(code);

/** Load average a core before the run above which the machine was not idle. */
const busyShare = 0.5;

/** The generator, not the server, set a stage's numbers: the first invalid stage, else the first suspect one. */
export const generatorLimit: Rule = ({ stages }) => {
  const reasons = stages.flatMap(({ analysis }) =>
    analysis.validity.reasons.filter(blamesGenerator).map((reason) => ({ analysis, reason })));
  const first = reasons.find(({ reason }) => reason.level === 'invalid') ?? reasons[0];
  if (!first) return null;
  const { code, value, limit } = first.reason;
  return insight('generator-limit', 'warn', first.analysis, { code, value: value ?? 0, limit: limit ?? 0 });
};

/** Requests whose end was never seen, where they are most. A backlog that was never sent is no mystery: the finding is `unstable`. */
export const censored: Rule = ({ stages }) => {
  const stage = worst(stages.filter(({ result }) => (result.schedule?.unsent ?? 0) === 0), ({ result: { requests } }) => requests.censored / Math.max(1, requests.started));
  return stage ? insight('censored', 'warn', stage.analysis, { censored: stage.result.requests.censored, started: stage.result.requests.started }) : null;
};

/** Too few requests for a percentile that a gate asks for, or for p95: the stage that lacks most. */
export const tooFewSamples: Rule = ({ record, stages }) => {
  const { gates, policy } = record.plan;
  const lacking = stages.filter(({ result }) => result.requests.started > 0).flatMap(({ result, analysis }) => {
    const asked = gates.flatMap((gate) => (gate.metric === 'latency' && gate.aggregation.kind === 'percentile' && picksStage(gate, result.stage) ? [gate.aggregation.p] : []));
    const { completed, failed, censored: unended } = result.requests;
    const n = completed + failed + unended;
    return [95, ...asked].map((p) => ({ analysis, percentile: `p${String(p)}`, n, needed: valuesNeeded(p / 100, policy.confidence) }));
  });
  const most = worst(lacking, ({ n, needed }) => needed - n);
  return most ? insight('too-few-samples', 'warn', most.analysis, { n: most.n, needed: most.needed, percentile: most.percentile }) : null;
};

/** The window opened too early: the stage whose first seconds, unlike the rest, are most. */
export const warmUpTooShort: Rule = ({ stages }) => {
  const early = stages.flatMap(({ result, analysis }) => {
    const start = analysis.steady.kind === 'found' ? analysis.steady.value.start : null;
    return start === null ? [] : [{ result, analysis, start }];
  });
  const most = worst(early, ({ start }) => start.cutS);
  if (!most) return null;
  const { warmupS } = most.result.stage;
  return insight('warm-up-too-short', 'warn', most.analysis, { ...most.start, warmupS, neededS: Math.ceil(warmupS + most.start.cutS) });
};

/** Others were at work on the machine before the run began; a virtual clock does not mind. */
export const busyMachine: Rule = ({ record: { environment, plan } }) => {
  if (plan.server.kind === 'simulated') return null;
  const { loadBefore, cores } = environment;
  return loadBefore !== null && loadBefore > busyShare * cores ? insight('busy-machine', 'warn', null, { load: loadBefore, cores }) : null;
};
