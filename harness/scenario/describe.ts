import type { CapacityPlan } from '../model/capacity.js';
import type { Plan } from '../model/plan.js';
import { askedRepeatShare, repeatShareAfter, repeatsOf } from '../model/repeats.js';
import { levelOf, type Stage } from '../model/stage.js';
import { longestWay } from '../model/search-step.js';
import type { SearchPlan } from '../model/search.js';
import { describeConformance } from './describe-conformance.js';
import { describeJob } from './describe-job.js';
import { howSent, offlineBytes } from './describe-offline.js';
import { formatDuration, formatMiB, formatShare, groupDigits, trim } from '../model/unit.js';

/** What cannot be known before the run, assumed. */
export interface Assumptions {
  /** Latency of one answer, ms. */
  latencyMs: number;
  /** Mean bytes of one request body. */
  bodyBytes: number;
  /** Pairs of the user's own, once they are read: in all and of each class. */
  own?: { count: number; byClass: Readonly<Record<string, number>> };
}

/** What a plan would do: of a job that it ends within `loadS`, and nothing of requests. Closed load sends as much as the server answers, so requests and bytes hold for the assumed latency only; open load sends what is asked. */
export interface PlanEstimate {
  scenario: string;
  planHash: string;
  stages: { index: number; name: string; warmupS: number; durationS: number; requests: number }[];
  /** A search chooses its stages: how many it takes at most where each decides at once, and the s of load after which it stops whatever it knows. `loadS` and `requests` are of that longest way. */
  search?: { probes: number; requestsPerProbe: number; budgetS: number };
  /** Load in all, s: warm-up and windows; the upper bound where a stage ends by a number of requests. */
  loadS: number;
  requests: number;
  pairs: number;
  /** MiB sent in request bodies. */
  sentMiB: number;
  assumed: Assumptions;
}

/** A typical address has 19 characters (docs/dataset.md), each 3 bytes in UTF-8. */
const addressBytes = 19 * 3;

/** The request's own words plus two typical addresses, for who has no pairs to weigh; 50 ms an answer. */
export function usualAssumptions(plan: Plan): Assumptions {
  return { latencyMs: 50, bodyBytes: plan.request.body.replace(/\{\{[ab]\}\}/g, '""').length + 2 * addressBytes };
}

/** Requests = users · seconds / (think + latency), the closed-load form of Little's law, or rate · seconds of open load, or size · releases of bursts; warm-up included. */
export function estimatePlan(plan: Plan, assumed: Assumptions = usualAssumptions(plan)): PlanEstimate {
  const stages = plan.load.stages.map((stage) => ({ index: stage.index, name: stage.name, warmupS: stage.warmupS, durationS: stage.durationS, requests: requestsOf(stage, assumed.latencyMs) }));
  const { search } = plan.load;
  const longest = search === undefined ? null : longestWay(search);
  const requests = longest === null ? stages.reduce((sum, stage) => sum + stage.requests, 0) : Math.round(longest.requests);
  return {
    scenario: plan.name,
    planHash: plan.hash,
    stages,
    ...(search === undefined || longest === null ? {} : { search: { probes: longest.probes, requestsPerProbe: search.requests, budgetS: search.budgetS } }),
    // Parts of a mix go on at the same time.
    loadS: longest !== null ? longest.loadS : plan.load.stages[0]?.mixed === true ? Math.max(...stages.map((stage) => stage.warmupS + stage.durationS)) : stages.reduce((sum, stage) => sum + stage.warmupS + stage.durationS, 0),
    requests,
    pairs: plan.load.job !== undefined || plan.load.conformance !== undefined ? 0 : assumed.own?.count ?? Object.values(plan.dataset.mix).reduce((sum, count) => sum + count, 0),
    sentMiB: (search === undefined ? plan.load.stages.reduce((sum, stage) => sum + bytesOf(stage, plan, assumed), 0) : requests * assumed.bodyBytes) / 2 ** 20,
    assumed,
  };
}

function requestsOf(stage: Stage, latencyMs: number): number {
  const { arrival } = stage;
  if (arrival.kind === 'offline') return arrival.requests;
  if (arrival.kind === 'spike') return Math.round(arrival.baseRps * (stage.warmupS + arrival.beforeS + arrival.afterS) + arrival.peakRps * arrival.duringS);
  if (arrival.kind === 'replay') return arrival.requests;
  if (arrival.kind === 'job') return 0;
  if (arrival.kind === 'open') return Math.round(arrival.rateRps * (stage.warmupS + stage.durationS));
  if (arrival.kind === 'burst') return arrival.requests * (arrival.repeats + (stage.warmupS > 0 ? 1 : 0));
  const { users, thinkMs: [least, most] } = arrival;
  const rateRps = (users * 1000) / (latencyMs + (least + most) / 2);
  return Math.round(rateRps * stage.warmupS + Math.min(rateRps * stage.durationS, stage.minRequests ?? Infinity));
}

function bytesOf(stage: Stage, { request }: Plan, { latencyMs, bodyBytes }: Assumptions): number {
  return stage.arrival.kind === 'offline' ? offlineBytes(stage.arrival, request, bodyBytes) : requestsOf(stage, latencyMs) * bodyBytes;
}

/** The plan as a person reads it before saying yes. */
export function describePlan(plan: Plan, assumed?: Assumptions): string {
  const { job, conformance } = plan.load;
  if (job !== undefined) return [...titleOf(plan), '', ...describeJob(job, plan, serverText(plan)), ...endOf(plan)].join('\n');
  if (conformance !== undefined) return [...titleOf(plan), '', ...describeConformance(conformance, plan, serverText(plan)), ...endOf(plan).slice(1)].join('\n');
  const estimate = estimatePlan(plan, assumed);
  const mixed = plan.load.stages[0]?.mixed === true;
  const kind = plan.load.search ? 'open' : (plan.load.stages[0]?.arrival.kind ?? 'closed');
  const closed = kind === 'closed';
  const columns = { closed: ['users', 'think'], open: ['rate', 'arrivals'], burst: ['at once', 'releases'], spike: ['spike', 'course'], replay: ['replay', 'moments'], offline: ['lot', 'how'], job: [] }[kind];
  const byCount = plan.load.stages.some((stage) => stage.minRequests !== null || stage.arrival.kind === 'offline');
  const offline = kind === 'offline' && !mixed;
  const pairsSent = plan.load.stages.reduce((sum, { arrival }, i) => sum + (arrival.kind === 'offline' ? arrival.pairs : (estimate.stages[i]?.requests ?? 0)), plan.load.search ? estimate.requests : 0);
  const rows = plan.load.stages.map((stage, i) => [
    String(stage.index + 1), stage.name, mixed ? partText(stage, plan.request.format) : spacing(stage, plan.request.format), stage.arrival.kind === 'offline' ? 'none' : formatDuration(stage.warmupS * 1000), measuredText(stage, plan),
    `${stage.arrival.kind === 'offline' ? '' : 'about '}${count(estimate.stages[i]?.requests ?? 0)}`,
  ]);
  const { own } = plan.dataset;
  const mix = Object.entries(estimate.assumed.own?.byClass ?? plan.dataset.mix).filter(([, pairs]) => pairs > 0).map(([name, pairs]) => `${count(pairs)} ${name}${hardText(plan, name)}`).join(', ');
  return [
    ...titleOf(plan),
    '',
    ...(plan.load.search ? searchText(plan.load.search, estimate) : table([['stage', ...(mixed ? ['part', 'load'] : columns), 'warm-up', 'measured', 'requests'], ...rows])),
    '',
    `server    ${serverText(plan)}`,
    `request   POST ${requestPaths(plan)} (${plan.request.format})`,
    `engine    ${plan.load.engine}; a request has failed after ${formatDuration(plan.load.timeoutS * 1000)}`,
    `dataset   ${own === undefined ? `${count(estimate.pairs)} pairs` : estimate.assumed.own === undefined ? own.file : `${count(estimate.pairs)} pairs of ${own.file}`}, seed ${String(plan.seed)}${mix === '' ? '' : `: ${mix}`}`,
    ...(own === undefined ? [`profile   ${profileText(plan.dataset, pairsSent / estimate.pairs)}`] : []),
    `answers   ${plan.answers.golden === 0 ? 'not checked' : `${count(plan.answers.golden)} asked one at a time before the load, and compared with answers under load`}`,
    `load      ${byCount || plan.load.search ? 'at most ' : ''}${formatDuration(estimate.loadS * 1000)}${plan.load.search ? ` where every probe decides at once, in any case no probe that would end after ${formatDuration(plan.load.search.budgetS * 1000)}` : ''}, ${offline ? '' : 'about '}${count(estimate.requests)} requests and ${formatBytes(estimate.sentMiB)} of bodies${closed ? ` at ${formatDuration(estimate.assumed.latencyMs)} an answer; a faster server gets more` : `; latency counts from the ${offline ? 'sending' : kind === 'burst' ? 'release' : 'scheduled moment'}`}`,
    ...endOf(plan),
  ].join('\n');
}

function titleOf({ name, question }: Plan): string[] {
  return [`${name}${question.en === '' ? '' : `: ${question.en}`}`];
}

function endOf({ gates, capacity, hash }: Plan): string[] {
  return [
    ...(gates.length === 0 ? ['gates     none'] : gates.map((gate, i) => `${i === 0 ? 'gates' : '     '}     ${gate.id}${gate.level === 'warn' ? ' (warns)' : ''}`)),
    ...(capacity === undefined ? [] : [`replicas  ${capacityText(capacity)}`]),
    `plan      ${hash.slice(0, 12)}`,
  ];
}

function searchText({ fromRps, toRps, resolution, process, warmupS, durationS, confirm }: SearchPlan, { search }: PlanEstimate): string[] {
  return [
    `search    the highest rate from ${String(fromRps)}/s to ${String(toRps)}/s that meets the gates, to ${String(Math.round(resolution * 1000) / 10)} %: doubled until it fails, halved, confirmed ${confirm === 1 ? 'once' : `${String(confirm)} times`}`,
    `probes    at most ${String(search?.probes ?? 0)}, ${process} arrivals; each ${formatDuration(warmupS * 1000)} of warm-up and ${formatDuration(durationS * 1000)} or as long as ${count(search?.requestsPerProbe ?? 0)} requests take`,
  ];
}

function capacityText({ targetsRps, growth, headroom, balance, spare }: CapacityPlan): string {
  const targets = targetsRps.length === 0 ? 'round rates' : targetsRps.map((rate) => `${String(rate)}/s`).join(', ');
  return `for ${targets}${growth > 0 ? ` and ${formatShare(growth)} more` : ''}: ${formatShare(headroom)} kept free, balance ${formatShare(balance)}, ${String(spare)} spare`;
}

/** KiB where MiB would be a small fraction. */
function formatBytes(mib: number): string {
  return mib < 0.1 ? `${formatMiB(mib * 1024).replace('MiB', 'KiB')}` : formatMiB(mib);
}

function serverText({ server }: Plan): string {
  switch (server.kind) {
    case 'reference': return `reference: ${server.model}, batching ${server.batching}${server.bucket ? ' in buckets' : ''}, cache ${server.cacheEntries === null ? 'off' : count(server.cacheEntries)}`;
    case 'process': return `process: ${server.command.join(' ')}`;
    case 'compose': return `compose: ${server.service} of ${server.file ?? 'the docker-compose.yml of mgeo-bench'}${server.profile === null ? '' : `, profile ${server.profile}`}`;
    case 'url': return server.url;
    case 'none': return 'none';
    case 'simulated': return `simulated: ${String(server.parallel)} at a time, ${formatDuration(server.serviceMs)} each`;
  }
}

/** Where requests go: of a load that sends batches alone, nothing but the golden answers goes to the other path. */
function requestPaths({ request: { path, batch }, load: { stages } }: Plan): string {
  if (batch === undefined) return path;
  return stages.every(({ arrival }) => arrival.kind === 'offline') ? batch.path : `${path} and ${batch.path}`;
}

/** A part of a mix: its load, and what lies between two requests. */
function partText(stage: Stage, format: string): string {
  const { of, value } = levelOf(stage.arrival);
  const load = { users: `${count(value)} users`, rate: `${String(value)}/s`, pairs: `${count(value)} pairs`, burst: '', peak: '', job: '' }[of];
  return `${load}: ${spacing(stage, format)}`;
}

function measuredText({ arrival, minRequests, durationS, mixed }: Stage, { load }: Plan): string {
  const longest = formatDuration(durationS * 1000);
  if (arrival.kind === 'offline' || (mixed === true && load.stages.some((stage) => stage.arrival.kind === 'offline'))) return `until all are answered, at most ${longest}`;
  return minRequests === null ? longest : `${count(minRequests)} requests, at most ${longest}`;
}

/** What lies between two requests: a think time, or the schedule. */
function spacing({ arrival }: Stage, format: string): string {
  if (arrival.kind === 'offline') return howSent(arrival, format);
  if (arrival.kind === 'spike') {
    const { beforeS, duringS, afterS, process, within } = arrival;
    const [before, during, after] = [beforeS, duringS, afterS].map((lengthS) => formatDuration(lengthS * 1000)) as [string, string, string];
    return `${before}, ${during} of peak, ${after}; ${process}${within === null ? '' : `; recovered when p(${String(within.p)}) is at most ${formatDuration(within.limitMs)}`}`;
  }
  if (arrival.kind === 'replay') return `${arrival.file}: ${count(arrival.requests)} moments, ${String(arrival.rateRps)}/s on average`;
  if (arrival.kind === 'job') return '';
  if (arrival.kind === 'burst') return `${count(arrival.repeats)} times, every ${formatDuration(arrival.everyS * 1000)}`;
  if (arrival.kind === 'open') return `${arrival.process}, at most ${count(arrival.inFlight)} at once`;
  const [least, most] = arrival.thinkMs;
  if (most === 0) return 'none';
  return least === most ? formatDuration(least) : `${formatDuration(least)} to ${formatDuration(most)}`;
}

const count = (value: number): string => groupDigits(Math.round(value));

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd());
}

/** `passes`: how often the load goes over the pairs. */
function profileText(dataset: Plan['dataset'], passes: number): string {
  const { profile } = dataset;
  const repeats = repeatsOf(dataset);
  const name = profile?.kind === 'fitted' ? profile.file : (profile?.kind ?? 'typical');
  if (repeats === null) return name;
  const law = repeats.kind === 'zipf' ? ` (Zipf's law, exponent ${String(repeats.zipf)}, over ${count(repeats.distinct)} pairs)` : '';
  const share = askedRepeatShare(dataset);
  const again = passes > 1.05 ? `; this load makes about ${trim(passes)} passes, so at least ${formatShare(repeatShareAfter(passes, share))} of all its requests repeat one` : '';
  return `${name}: in one pass over the pairs ${formatShare(share)} of the requests repeat a pair sent before${law}${again}`;
}

/** How many of a class are hard, where the class has hard ones. */
function hardText(plan: Plan, name: string): string {
  const { hard } = plan.dataset;
  if (hard === undefined || (name !== 'high' && name !== 'low')) return '';
  return ` (${String(Math.round(hard[name] * 1000) / 10)} % hard)`;
}
