/**
 * The next probe of a search, from its plan and its log alone.
 *
 * Upwards by doubling until a rate does not pass; then the geometric middle between the highest pass and what did not pass above it,
 * until both lie within the resolution; then the found rate again, `confirm` times. An undecided probe is repeated once, with as many
 * requests as would decide, at most four times the window. So is one that failed narrowly, for requests of one run depend on each
 * other. A rate that stays undecided, or of which runs disagree (one passed, one failed), is in doubt: it bounds what is known to
 * pass, and the lowest failing rate is sought above it, so that the interval is wider. Where the generator was the reason, on cores that it
 * shares with the server say, nothing above is sought: more load would not make it better, and the search ends with a lower bound.
 *
 * Assumes that a rate above one that fails fails too; refuses nothing: every log has a next probe or an end.
 */
import type { ValidityCode } from './validity.js';
import type { ProbePurpose, SearchEnd, SearchPlan, SearchProbe } from './search.js';

export interface NextProbe {
  rateRps: number;
  purpose: ProbePurpose;
  durationS: number;
}

export type SearchStep = { kind: 'probe'; probe: NextProbe } | { kind: 'end'; end: SearchEnd };

/** Reasons of an invalid probe by which this machine, not the server, has met its limit. */
const machineCodes: ReadonlySet<unknown> = new Set(['lag', 'event-loop', 'generator-cpu', 'unsent'] satisfies ValidityCode[]);

/** A probe that stays undecided is asked so many times in all. */
const attempts = 2;
const longestRetry = 4;
const narrowFail = 2;
/** Windows below this have no thirds in which a backlog could be seen to grow (analysis/backlog.ts). */
const leastCoarseS = 6;
/** A gap of more steps than this is coarse. */
const coarseSteps = 4;
/** Engine start and the last answers, s: what a probe takes beside its load. */
const besidesS = 1.5;

/** The next probe, within the budget, or how the search ended. */
export function nextProbe(plan: SearchPlan, log: readonly SearchProbe[]): SearchStep {
  const step = nextWithoutBudget(plan, log);
  if (step.kind === 'end' || log.length === 0) return step;
  const spentS = log.reduce((sum, { tookS }) => sum + tookS, 0);
  if (spentS + secondsOf(plan, step.probe) <= plan.budgetS) return step;
  return { kind: 'end', end: { ...bounds(log), kind: 'budget', neededS: Math.ceil(spentS + longestWay(plan, log).loadS) } };
}

/**
 * The window of a probe, s: long enough for the requests it needs, and three standard deviations more, for a Poisson schedule may have
 * fewer than asked. A probe that is `coarse`, far from the answer, is half as long, but not so short that a growing backlog cannot be seen.
 */
export function windowS({ durationS, requests }: SearchPlan, rateRps: number, coarse = false): number {
  const shortest = coarse ? Math.min(durationS, Math.max(leastCoarseS, durationS / 2)) : durationS;
  return Math.max(shortest, Math.ceil((10 * (requests + 3 * Math.sqrt(requests))) / rateRps) / 10);
}

/** The most that a search takes from here on, where every probe decides at once and each confirmation passes. */
export interface LongestWay {
  probes: number;
  /** s; a probe that fails is given twice its load, for the backlog has to drain. */
  loadS: number;
  requests: number;
}

/** By walking through every way the rest of the search can go. */
export function longestWay(plan: SearchPlan, log: readonly SearchProbe[] = []): LongestWay {
  const step = nextWithoutBudget(plan, log);
  if (step.kind === 'end') return { probes: 0, loadS: 0, requests: 0 };
  const { probe } = step;
  const requests = probe.rateRps * (plan.warmupS + probe.durationS);
  const ways = (['pass', 'fail'] as const).filter((state) => state === 'pass' || probe.purpose !== 'confirm').map((state): LongestWay => {
    const rest = longestWay(plan, [...log, { ...imagined, ...probe, state }]);
    return { probes: rest.probes + 1, loadS: rest.loadS + secondsOf(plan, probe) * (state === 'fail' ? 2 : 1), requests: rest.requests + requests };
  });
  const most = (of: (way: LongestWay) => number): number => Math.max(...ways.map(of));
  return { probes: most((way) => way.probes), loadS: most((way) => way.loadS), requests: most((way) => way.requests) };
}

const imagined = { stage: 0, reason: { code: 'within', params: {} }, due: 0, sent: 0, tookS: 0, needed: null } as const satisfies Partial<SearchProbe>;

function secondsOf(plan: SearchPlan, { durationS }: Pick<NextProbe, 'durationS'>): number {
  return plan.warmupS + durationS + besidesS;
}

function nextWithoutBudget(plan: SearchPlan, log: readonly SearchProbe[]): SearchStep {
  const again = retry(plan, log);
  if (again !== null) return { kind: 'probe', probe: again };
  const at = (rateRps: number, purpose: ProbePurpose, coarse = purpose === 'bracket'): SearchStep => ({ kind: 'probe', probe: { rateRps, purpose, durationS: windowS(plan, rateRps, coarse) } });
  const between = (low: number, high: number): SearchStep => at(middle(low, high), 'bisect', Math.log(high / low) > coarseSteps * Math.log1p(plan.resolution));
  if (log.length === 0) return at(plan.fromRps, 'bracket');

  const known = bounds(log);
  const { lowRps: low, highRps: high } = known;
  const end = (kind: SearchEnd['kind']): SearchStep => ({ kind: 'end', end: { ...known, kind } });
  if (low === null) return end(high === plan.fromRps ? 'lowest-fails' : 'lowest-undecided');
  const doubts = ratesOf(log, 'doubt').filter((rate) => rate > low && rate < (high ?? Infinity));
  const ceiling = doubts[0] ?? high;
  if (ceiling === null) {
    if (low < plan.toRps) return at(upwards(plan, low), 'bracket');
  } else if (!close(plan, low, ceiling)) return between(low, ceiling);
  if (known.confirmed < plan.confirm) return at(low, 'confirm');

  const highest = doubts.at(-1);
  if (highest === undefined) return end(high === null ? 'highest-passes' : 'found');
  if (doubts.some((rate) => beyondMachine(log, rate)) && (high === null || !close(plan, low, high))) return end('machine');
  if (high !== null) return close(plan, highest, high) ? end('found') : between(highest, high);
  return highest >= plan.toRps || log.findLast(({ rateRps }) => rateRps === highest)?.reason.code === 'invalid' ? end('unbounded') : at(upwards(plan, highest), 'bracket');
}

/** Whether the last word on a rate is that the generator could not drive it. */
function beyondMachine(log: readonly SearchProbe[], rate: number): boolean {
  const last = log.findLast(({ rateRps }) => rateRps === rate);
  return last?.reason.code === 'invalid' && machineCodes.has(last.reason.params['why']);
}

/** The last probe once more, where it was undecided for the first time, or failed so narrowly that another run may say otherwise. */
function retry(plan: SearchPlan, log: readonly SearchProbe[]): NextProbe | null {
  const last = log.at(-1);
  if (last === undefined) return null;
  const { rateRps, purpose, durationS } = last;
  if (narrow(last) && log.filter((probe) => probe.rateRps === rateRps).length === 1) return { rateRps, purpose, durationS: windowS(plan, rateRps) };
  if (last.state !== 'undecided') return null;
  const same = log.toReversed().findIndex((probe) => probe.state !== 'undecided' || probe.rateRps !== rateRps || probe.purpose !== purpose);
  if ((same < 0 ? log.length : same) >= attempts) return null;
  const growth = last.reason.code !== 'too-few' ? 1 : last.needed === null || last.due === 0 ? longestRetry : Math.min(longestRetry, Math.max(1, last.needed / last.due));
  return { rateRps, purpose, durationS: Math.ceil(10 * growth * durationS) / 10 };
}

/** A share of bad requests above what is allowed, and less than twice that: within what one run may differ from the next. */
function narrow({ state, reason: { code, params } }: SearchProbe): boolean {
  return state === 'fail' && code === 'beyond' && Number(params['bad']) < narrowFail * Number(params['allowed']) * Number(params['n']);
}

type Word = 'pass' | 'fail' | 'doubt';

/** What is known of a rate. Runs that disagree, and two undecided probes in a row, leave it in doubt. */
function wordOn(log: readonly SearchProbe[], rateRps: number): Word {
  const states = log.filter((probe) => probe.rateRps === rateRps).map(({ state }) => state);
  if (states.includes('fail')) return states.includes('pass') ? 'doubt' : 'fail';
  return states.at(-1) === 'pass' ? 'pass' : 'doubt';
}

/** The lowest rate that failed, and the highest below it that passed. */
function bounds(log: readonly SearchProbe[]): SearchEnd {
  const failed = ratesOf(log, 'fail');
  const highRps = failed[0] ?? null;
  const lowRps = ratesOf(log, 'pass').findLast((rate) => rate < (highRps ?? Infinity)) ?? null;
  const confirmed = log.filter(({ state, purpose, rateRps }) => state === 'pass' && purpose === 'confirm' && rateRps === lowRps).length;
  return { kind: 'found', lowRps, highRps, confirmed, neededS: null };
}

/** Rates of which so much is known, ascending. */
function ratesOf(log: readonly SearchProbe[], word: Word): number[] {
  return [...new Set(log.map(({ rateRps }) => rateRps))].filter((rate) => wordOn(log, rate) === word).sort((x, y) => x - y);
}

function close({ resolution }: SearchPlan, low: number, high: number): boolean {
  return high / low <= (1 + resolution) * (1 + 1e-9);
}

function upwards({ toRps }: SearchPlan, rate: number): number {
  return Math.min(toRps, 2 * rate);
}

/** The geometric middle, at three digits where they leave it in the middle. */
function middle(low: number, high: number): number {
  const exact = Math.sqrt(low * high);
  return Number(exact.toPrecision(high / low > 1.02 ? 3 : 6));
}
