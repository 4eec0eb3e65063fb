import type { Against } from '../model/against.js';
import type { Analysis } from '../model/analysis.js';
import { exitCodes } from '../model/error.js';
import { metrics } from '../model/metric.js';
import type { RunRecord } from '../model/record.js';
import type { Check, Verdict } from '../model/verdict.js';
import { builtInChecks } from './built-in.js';
import { checkOf, skippedCheck } from './check.js';
import { farthestBeyond, nearestToLimit, numbersOf, type Headline } from './headline.js';

/**
 * The answer to "will it hold?", from the record and its analysis alone.
 *
 * In this order: a run that did not end is invalid; a gate or an answer that fails on valid data fails the run; an invalid stage
 * makes it invalid, also where no gate looks at that stage (INVALID beats PASS); a gate the data cannot decide makes it
 * inconclusive; else it passes. Gates of level `warn` are listed and never change the verdict. A gate that could not be measured
 * (no GPU) is skipped and counted; when nothing else was left to judge the verdict is inconclusive.
 */
export function judge({ record, analysis, against = null }: { record: RunRecord; analysis: Analysis; against?: Against | null }): Verdict {
  const checks = [...gateChecks(record, analysis, against), ...builtInChecks(record, analysis)];
  return { checks, ...conclusion(checks, record, analysis) };
}

function gateChecks({ plan, stages }: RunRecord, analysis: Analysis, against: Against | null): Check[] {
  const names = new Map([...plan.load.stages, ...stages.map(({ stage }) => stage)].map((stage) => [stage.index, stage.name]));
  return plan.gates.flatMap((gate) => {
    const measured = analysis.measured.filter((each) => each.gate === gate.id);
    if (measured.length === 0) return [skippedCheck(gate, metrics[gate.metric]?.scope === 'stage' ? 'no-stage' : 'not-measured')];
    return measured.map((each) => checkOf(gate, each, each.stage === null ? null : (names.get(each.stage) ?? String(each.stage)), { against, policy: plan.policy }));
  });
}

type Conclusion = Omit<Verdict, 'checks'>;

function conclusion(checks: readonly Check[], record: RunRecord, analysis: Analysis): Conclusion {
  const { policy } = record.plan;
  const deciding = checks.filter((check) => check.level === 'error');
  const withStatus = (status: Check['status']): Check[] => deciding.filter((check) => check.status === status);
  const counted = countsOf(checks);
  const say = (status: Verdict['status'], exitCode: number, code: string, params: Headline): Conclusion => ({ status, exitCode, headline: { code, params: { ...params, ...counted, ...suspectOf(record, analysis) } } });

  if (record.outcome !== 'completed') {
    const { failure } = record;
    return say('invalid', failure?.exitCode ?? exitCodes.invalid, record.outcome === 'running' ? 'unfinished' : failure?.code.startsWith('job-') === true ? 'job-failed' : record.outcome, { failure: failure?.code ?? null, message: failure?.message ?? null, stages: record.stages.length });
  }
  const worst = farthestBeyond(withStatus('fail'));
  if (worst) return say('fail', exitCodes.gateFailed, failCode(worst), { ...numbersOf(worst), ...searchNumbers(analysis) });

  const invalid = invalidStage(record, analysis);
  if (invalid) return say('invalid', exitCodes.invalid, 'stage-invalid', invalid);
  const unsound = withStatus('invalid')[0];
  if (unsound) return say('invalid', exitCodes.invalid, 'stage-invalid', { ...numbersOf(unsound), stages: 1 });

  const undecided = nearestToLimit(withStatus('inconclusive'));
  const nothingJudged = deciding.length > 0 && deciding.every((check) => check.status === 'skipped');
  if (undecided || nothingJudged) {
    const code = undecided?.metric === 'search' ? undecided.reason.code : undecided ? 'inconclusive' : 'nothing-judged';
    const params = undecided ? { ...numbersOf(undecided), ...searchNumbers(analysis), needed: undecided.reason.params['needed'] ?? null } : {};
    if (policy.inconclusive === 'fail') return code.startsWith('search-') ? say('fail', exitCodes.gateFailed, code, { ...params, countsAsFailed: 1 }) : say('fail', exitCodes.gateFailed, `${code}-fails`, params);
    return say('inconclusive', policy.strict ? exitCodes.invalid : exitCodes.passed, code, params);
  }
  const nearest = nearestToLimit(withStatus('pass'));
  if (nearest?.metric === 'conformance') return say('pass', exitCodes.passed, 'conformance-pass', conformanceTally(record));
  if (nearest) return say('pass', exitCodes.passed, analysis.search?.end?.kind === 'found' ? 'search-found' : 'pass', { ...numbersOf(nearest), ...searchNumbers(analysis) });
  // Every gate left is one that only warns.
  const warned = farthestBeyond(checks.filter((check) => check.status === 'fail')) ?? nearestToLimit(checks);
  return warned ? say('pass', exitCodes.passed, 'only-warnings', numbersOf(warned)) : say('pass', exitCodes.passed, 'no-gates', atPeak(analysis));
}

/** How many checks of the conformance suite ended how. */
function conformanceTally({ conformance }: RunRecord): Headline {
  const of = (status: string): number => (conformance?.checks ?? []).filter((row) => row.status === status).length;
  return { held: of('pass'), shortfalls: of('fail'), left: of('not-applicable') };
}

/** Where a search ended. */
function searchNumbers({ search }: Analysis): Headline {
  const end = search?.end;
  return end ? { lowRps: end.lowRps, highRps: end.highRps, confirmed: end.confirmed, neededS: end.neededS } : {};
}

/** Stages the verdict rests on: of a search, those at the rate it found. */
function judgedBy({ search }: Analysis): (stage: { index: number }) => boolean {
  return ({ index }) => search === undefined || search.judged.includes(index);
}

/** How many stages of a whole run may be doubted: told with every verdict on it. */
function suspectOf({ outcome }: RunRecord, analysis: Analysis): Headline {
  if (outcome !== 'completed') return {};
  // A search without a rate that passed says so; that the failing probe is doubtful adds nothing.
  if (analysis.search?.end?.lowRps === null) return {};
  const stages = analysis.stages.filter(judgedBy(analysis));
  const suspect = stages.filter(({ validity }) => validity.status === 'suspect').length;
  return suspect === 0 ? {} : { suspect, ofStages: stages.length };
}

const failCodes: Readonly<Record<string, string>> = { 'wrong-answers': 'answers-wrong', 'oracle-failed': 'answers-wrong', 'no-answer': 'no-answer', 'not-all-pairs': 'not-all-pairs', 'abnormal-died': 'abnormal', 'abnormal-5xx': 'abnormal', 'abnormal-no-answer': 'abnormal', 'conformance-must': 'conformance', 'search-lowest-fails': 'search-lowest-fails', 'beyond-every-bound': 'fail-infinite' };
const failCode = (check: Check): string => failCodes[check.reason.code] ?? 'fail';

function countsOf(checks: readonly Check[]): Headline {
  const count = (test: (check: Check) => boolean): number => checks.filter(test).length;
  return {
    checks: checks.length,
    passed: count(({ status }) => status === 'pass'),
    failed: count(({ status, level }) => status === 'fail' && level === 'error'),
    warned: count(({ status, level }) => status === 'fail' && level === 'warn'),
    inconclusive: count(({ status }) => status === 'inconclusive'),
    invalid: count(({ status }) => status === 'invalid'),
    skipped: count(({ status }) => status === 'skipped'),
  };
}

/** The first invalid measured stage, how many there are, and the reason with its number. */
function invalidStage(record: RunRecord, analysis: Analysis): Headline | undefined {
  const planned = analysis.search === undefined ? record.plan.load.stages : record.stages.map(({ stage }) => stage).filter(judgedBy(analysis));
  const measured = planned.filter((stage) => stage.role === 'measure');
  const found = measured.flatMap((stage): Headline[] => {
    const result = record.stages.find((each) => each.stage.index === stage.index);
    const validity = analysis.stages.find((each) => each.index === stage.index)?.validity;
    const reason = validity?.reasons.find((each) => each.level === 'invalid');
    if (validity?.status === 'invalid') return [{ stage: stage.name, reason: reason?.code ?? null, actual: reason?.value ?? null, limit: reason?.limit ?? null }];
    // A stage that never ran, or was cut off, is no measurement whatever else is known of it.
    if (result?.status !== 'completed') return [{ stage: stage.name, reason: result?.status ?? 'not-started', actual: null, limit: null }];
    return [];
  });
  return found[0] && { ...found[0], stages: found.length };
}

/** With no gate the number is the highest throughput, and p95 there; of a job its time, of an offline load that and its pairs a second. */
function atPeak({ peak, stages }: Analysis): Headline {
  const stage = peak.kind === 'found' ? stages.find((each) => each.index === peak.value.stage) : undefined;
  const p95 = stage?.latencyMs.p95;
  const job = stages.find((each) => each.job !== undefined)?.job;
  if (job !== undefined) return { jobS: job.durationS };
  const lot = stages.length === 1 ? stages[0]?.offline : undefined;
  if (lot !== undefined) return { pairs: lot.pairs, timeS: lot.timeS, pairsPerS: lot.pairsPerS };
  return { stage: stage?.name ?? null, rps: stage?.achievedRps ?? null, p95Ms: p95?.kind === 'found' ? p95.value.value : null, stages: stages.length };
}
