import type { Analysis } from '../model/analysis.js';
import type { AbnormalRow } from '../model/answer-quality.js';
import type { ConformanceResult } from '../model/conformance.js';
import type { RunRecord } from '../model/record.js';
import type { Check } from '../model/verdict.js';

/**
 * What fails a run without any gate: a server that answers quickly and wrongly, or not at all. Only failures are listed; a
 * server that answers rightly has met nobody's gate by it. An offline load asks for all its pairs. A run that sends abnormal requests asks whether the server stays up: those
 * three checks are listed also where they hold, as are those of the conformance suite.
 */
export function builtInChecks(record: RunRecord, analysis: Analysis): Check[] {
  return [...wrongAnswers(record), ...failedOracles(record), ...silentStages(record, analysis), ...unansweredPairs(record, analysis), ...abnormalChecks(analysis), ...conformanceChecks(record), ...searchChecks(record, analysis)];
}

/** Most kinds named in one sentence. */
const mostKinds = 5;

const fact = { stage: null, low: null, high: null, unit: '', level: 'error', status: 'fail' } as const;

function wrongAnswers({ probe }: RunRecord): Check[] {
  if (probe?.status !== 'done') return [];
  const kinds = Object.entries(probe.wrong).filter(([, count]) => count > 0);
  const total = kinds.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) return [];
  return [{
    ...fact, id: 'answers wrong==0', expression: 'wrong==0', metric: 'answers', actual: total, limit: 0,
    reason: { code: 'wrong-answers', params: { asked: probe.asked, ...Object.fromEntries(kinds.map(([kind, count]) => [`kind:${kind}`, count])) } },
  }];
}

function failedOracles({ probe }: RunRecord): Check[] {
  if (probe?.status !== 'done') return [];
  return probe.oracles.filter((oracle) => oracle.status === 'fail').map((oracle) => ({
    ...fact, id: `answers oracle ${oracle.id}`, expression: `oracle ${oracle.id}`, metric: 'answers', actual: oracle.value, limit: oracle.limit ?? 0,
    reason: { code: 'oracle-failed', params: { oracle: oracle.id, n: oracle.n, ...(oracle.why === null ? {} : { why: oracle.why }) } },
  }));
}

/** Stages in which requests were sent and not one was answered as it should be; an engine that failed proves nothing about the server. */
function silentStages({ stages }: RunRecord, analysis: Analysis): Check[] {
  const judged = analysis.search?.judged;
  const invalid = new Set(analysis.stages.filter((stage) => stage.validity.status === 'invalid').map((stage) => stage.index));
  return stages
    .filter(({ stage }) => judged === undefined || judged.includes(stage.index))
    .filter(({ stage, status, requests }) => (status === 'completed' || status === 'server-failed') && !invalid.has(stage.index) && requests.started > 0 && requests.completed === 0)
    .map(({ stage, requests }) => ({
      ...fact, id: `errors completed>0 @ ${stage.name}`, expression: 'completed>0', metric: 'errors', stage: stage.index, actual: 0, limit: 0,
      reason: { code: 'no-answer', params: { stage: stage.name, started: requests.started, timedOut: requests.timedOut } },
    }));
}

/** Offline loads whose time was over before all their pairs had an answer: what was asked was how long all of them take. */
function unansweredPairs({ stages }: RunRecord, analysis: Analysis): Check[] {
  return analysis.stages.flatMap(({ index, name, offline, validity }): Check[] => {
    if (offline?.ranOut !== true || validity.status === 'invalid') return [];
    // That nobody was answered at all is said already.
    if (stages.some(({ stage, requests }) => stage.index === index && requests.completed === 0)) return [];
    const { answered, pairs, limitS, missing } = offline;
    return [{
      ...fact, id: `pairs in time @ ${name}`, expression: 'missing==0', metric: 'pairs', stage: index, actual: missing, limit: 0,
      reason: { code: 'not-all-pairs', params: { stage: name, answered, pairs, limitS } },
    }];
  });
}

/** Never a 5xx, never a request without an answer, never a dead server. */
function abnormalChecks({ answers: { abnormal } }: Analysis): Check[] {
  if (abnormal.kind === 'absent') return [];
  const { rows, sent, serverErrors, timedOut, cutOff, diedAfter } = abnormal.value;
  const worst = (size: (row: AbnormalRow) => number): string => {
    const kinds = rows.filter((row) => size(row) > 0).sort((x, y) => size(y) - size(x)).map(({ kind }) => kind);
    return kinds.length > mostKinds ? `${kinds.slice(0, mostKinds).join(', ')}, …` : kinds.join(', ');
  };
  const check = (name: string, actual: number, code: string, params: Record<string, string | number>): Check => ({
    ...fact, id: `abnormal ${name}==0`, expression: `${name}==0`, metric: 'abnormal', actual, limit: 0, status: actual === 0 ? 'pass' : 'fail',
    reason: actual === 0 ? { code: 'abnormal-met', params: { sent } } : { code, params: { sent, count: actual, ...params } },
  });
  return [
    check('5xx', serverErrors, 'abnormal-5xx', { kinds: worst((row) => row.serverErrors) }),
    check('no-answer', timedOut + cutOff, 'abnormal-no-answer', { timedOut, kinds: worst((row) => row.timedOut + row.cutOff) }),
    check('server-died', diedAfter === null ? 0 : 1, 'abnormal-died', { kind: diedAfter ?? '' }),
  ];
}

/** A `must` that failed fails the run, a `should` that failed is a warning. A suite without a row was never begun; one that a server's end cut off may hold no failure of a level, and does not hold for that. */
function conformanceChecks({ conformance }: RunRecord): Check[] {
  if (conformance === undefined || conformance.checks.length === 0) return [];
  return (['must', 'should'] as const).map((level): Check => {
    const rows = conformance.checks.filter((row) => row.level === level);
    const of = (status: ConformanceResult['status']): ConformanceResult[] => rows.filter((row) => row.status === status);
    const failed = of('fail').map(({ id }) => id);
    const [passed, left, notRun] = [of('pass').length, of('not-applicable').length, of('not-run').length];
    const ids = failed.length > mostKinds ? `${failed.slice(0, mostKinds).join(', ')}, …` : failed.join(', ');
    return {
      ...fact, id: `conformance ${level}==0`, expression: `${level}==0`, metric: 'conformance', actual: failed.length, limit: 0, level: level === 'must' ? 'error' : 'warn', status: failed.length > 0 ? 'fail' : notRun > 0 ? 'skipped' : 'pass',
      reason: failed.length === 0 ? { code: 'conformance-met', params: { passed, left, notRun } } : { code: `conformance-${level}`, params: { count: failed.length, of: passed + failed.length, ids, notRun } },
    };
  });
}

/** A search has to find both ends of its interval. A gate on the capacity that is decided without the upper end makes of that a warning. */
function searchChecks({ plan: { load, gates } }: RunRecord, { search }: Analysis): Check[] {
  const plan = load.search;
  const end = search?.end;
  if (!plan || !end || end.kind === 'found') return [];
  const none = end.kind === 'lowest-fails' || end.kind === 'lowest-undecided';
  const enough = !none && gates.some(({ metric }) => metric === 'capacity');
  return [{
    ...fact, id: 'search found', expression: 'found', metric: 'search', unit: '/s', level: enough ? 'warn' : 'error', status: end.kind === 'lowest-fails' ? 'fail' : 'inconclusive',
    actual: end.lowRps, low: end.lowRps, high: end.highRps, limit: none ? plan.fromRps : plan.toRps,
    reason: { code: `search-${end.kind}`, params: { confirmed: end.confirmed, ...(end.lowRps === null ? {} : { lowRps: end.lowRps }), ...(end.highRps === null ? {} : { highRps: end.highRps }), ...(end.neededS === null ? {} : { neededS: end.neededS }) } },
  }];
}
