import type { CapacityPlan } from '../model/capacity.js';
import type { Language } from '../model/language.js';
import type { Plan } from '../model/plan.js';
import { askedRepeatShare, repeatShareAfter, repeatsOf } from '../model/repeats.js';
import { levelOf, type Stage } from '../model/stage.js';
import type { SearchPlan } from '../model/search.js';
import { formatFineMiB, formatDuration, formatShare, groupDigits, trim } from '../model/unit.js';
import { labelled, table } from './columns.js';
import { describeConformance } from './describe-conformance.js';
import { describeJob } from './describe-job.js';
import { howSent } from './describe-offline.js';
import { serverText } from './describe-server.js';
import { estimatePlan, type Assumptions, type PlanEstimate } from './estimate.js';
import { planText, type PlanText } from './text/index.js';

/** In whose words: the language, and how a planned stage is called in it. */
export interface PlanWords {
  language: Language;
  stageName(stage: Stage): string;
}

const english: PlanWords = { language: 'en', stageName: ({ name }) => name };

/** The plan as a person reads it before saying yes. */
export function describePlan(plan: Plan, assumed?: Assumptions, { language, stageName }: PlanWords = english): string {
  const text = planText(language);
  const { label } = text;
  const { job, conformance } = plan.load;
  const title = text.title(plan.name, plan.question[language]);
  if (job !== undefined) return [title, '', ...describeJob(job, plan, serverText(plan, text), text), ...endOf(plan, text)].join('\n');
  if (conformance !== undefined) return [title, '', ...describeConformance(conformance, plan, serverText(plan, text), text), hashOf(plan, text)].join('\n');
  const estimate = estimatePlan(plan, assumed);
  const pairsSent = plan.load.stages.reduce((sum, { arrival }, i) => sum + (arrival.kind === 'offline' ? arrival.pairs : (estimate.stages[i]?.requests ?? 0)), plan.load.search ? estimate.requests : 0);
  return [
    title,
    '',
    ...(plan.load.search ? searchLines(plan.load.search, estimate, text) : stageTable(plan, estimate, stageName, text)),
    '',
    labelled(label.server, serverText(plan, text)),
    labelled(label.request, text.request(requestPaths(plan, text), plan.request.format)),
    labelled(label.engine, text.engine(plan.load.engine, formatDuration(plan.load.timeoutS * 1000))),
    labelled(label.dataset, datasetText(plan, estimate, text)),
    ...(plan.dataset.own === undefined ? [labelled(label.profile, profileText(plan.dataset, pairsSent / estimate.pairs, text))] : []),
    labelled(label.answers, text.answers(plan.answers.golden === 0 ? null : count(plan.answers.golden))),
    labelled(label.load, loadText(plan, estimate, text)),
    ...endOf(plan, text),
  ].join('\n');
}

type Kind = keyof PlanText['head']['kinds'];

function kindOf({ load }: Plan): Kind {
  return load.search ? 'open' : (load.stages[0]?.arrival.kind ?? 'closed');
}

const isMixed = ({ load }: Plan): boolean => load.stages[0]?.mixed === true;

function stageTable(plan: Plan, estimate: PlanEstimate, stageName: PlanWords['stageName'], text: PlanText): string[] {
  const { head } = text;
  const { format } = plan.request;
  const mixed = isMixed(plan);
  const rows = plan.load.stages.map((stage, i) => {
    const offline = stage.arrival.kind === 'offline';
    const requests = count(estimate.stages[i]?.requests ?? 0);
    return [
      String(stage.index + 1), mixed ? stage.name : stageName(stage), mixed ? partText(stage, format, text) : spacing(stage, format, text), offline ? text.none : formatDuration(stage.warmupS * 1000), measuredText(stage, plan, text),
      offline ? requests : text.about(requests),
    ];
  });
  return table([[head.stage, ...(mixed ? [head.part, head.load] : head.kinds[kindOf(plan)]), head.warmup, head.measured, head.requests], ...rows]);
}

function datasetText({ dataset: { own, mix, hard }, seed }: Plan, { pairs, assumed }: PlanEstimate, text: PlanText): string {
  /** How many of a class are hard, where the class has hard ones. */
  const hardOf = (name: string): string | null => (hard === undefined || (name !== 'high' && name !== 'low') ? null : String(Math.round(hard[name] * 1000) / 10));
  const classes = Object.entries(assumed.own?.byClass ?? mix).filter(([, n]) => n > 0).map(([name, n]) => text.ofClass(count(n), name, hardOf(name)));
  const what = own === undefined ? text.pairs(count(pairs)) : assumed.own === undefined ? own.file : text.pairsOf(count(pairs), own.file);
  return text.dataset(what, String(seed), classes.join(text.list));
}

function loadText(plan: Plan, estimate: PlanEstimate, text: PlanText): string {
  const { stages, search } = plan.load;
  const kind = kindOf(plan);
  const offline = kind === 'offline' && !isMixed(plan);
  return text.load({
    length: formatDuration(estimate.loadS * 1000), most: search !== undefined || stages.some((stage) => stage.minRequests !== null || stage.arrival.kind === 'offline'), budget: search === undefined ? null : formatDuration(search.budgetS * 1000),
    requests: count(estimate.requests), about: !offline, bytes: formatFineMiB(estimate.sentMiB), latency: kind === 'closed' ? formatDuration(estimate.assumed.latencyMs) : null,
    from: offline ? 'sending' : kind === 'burst' ? 'release' : 'moment',
  });
}

function endOf(plan: Plan, text: PlanText): string[] {
  const { gates, capacity } = plan;
  const { label } = text;
  return [
    ...(gates.length === 0 ? [labelled(label.gates, text.none)] : gates.map((gate, i) => labelled(i === 0 ? label.gates : '', `${gate.id}${gate.level === 'warn' ? text.warns : ''}`))),
    ...(capacity === undefined ? [] : [labelled(label.replicas, capacityText(capacity, text))]),
    hashOf(plan, text),
  ];
}

const hashOf = ({ hash }: Plan, { label }: PlanText): string => labelled(label.plan, hash.slice(0, 12));

function searchLines({ fromRps, toRps, resolution, process, warmupS, durationS, confirm }: SearchPlan, { search }: PlanEstimate, text: PlanText): string[] {
  return [
    labelled(text.label.search, text.search(String(fromRps), String(toRps), String(Math.round(resolution * 1000) / 10), confirm)),
    labelled(text.label.probes, text.probes(String(search?.probes ?? 0), process, formatDuration(warmupS * 1000), formatDuration(durationS * 1000), count(search?.requestsPerProbe ?? 0))),
  ];
}

function capacityText({ targetsRps, growth, headroom, balance, spare }: CapacityPlan, text: PlanText): string {
  const targets = targetsRps.length === 0 ? null : targetsRps.map((rate) => `${String(rate)}/s`).join(text.list);
  return text.capacity(targets, growth > 0 ? formatShare(growth) : null, formatShare(headroom), formatShare(balance), String(spare));
}

/** Where requests go: of a load that sends batches alone, nothing but the golden answers goes to the other path. */
function requestPaths({ request: { path, batch }, load: { stages } }: Plan, text: PlanText): string {
  if (batch === undefined) return path;
  return stages.every(({ arrival }) => arrival.kind === 'offline') ? batch.path : text.and(path, batch.path);
}

/** A part of a mix: its load, and what lies between two requests. */
function partText(stage: Stage, format: string, text: PlanText): string {
  const { of, value } = levelOf(stage.arrival);
  return text.part(text.level[of](of === 'rate' ? String(value) : count(value)), spacing(stage, format, text));
}

function measuredText({ arrival, minRequests, durationS, mixed }: Stage, { load }: Plan, text: PlanText): string {
  const longest = formatDuration(durationS * 1000);
  if (arrival.kind === 'offline' || (mixed === true && load.stages.some((stage) => stage.arrival.kind === 'offline'))) return text.untilAnswered(longest);
  return minRequests === null ? longest : text.byCount(count(minRequests), longest);
}

/** What lies between two requests: a think time, or the schedule. */
function spacing({ arrival, drill }: Stage, format: string, text: PlanText): string {
  const limitOf = (within: { p: number; limitMs: number }): { p: string; limit: string } => ({ p: String(within.p), limit: formatDuration(within.limitMs) });
  switch (arrival.kind) {
    case 'offline': return howSent(arrival, format, text);
    case 'spike': {
      const { beforeS, duringS, afterS, process, within } = arrival;
      const [before, during, after] = [beforeS, duringS, afterS].map((lengthS) => formatDuration(lengthS * 1000)) as [string, string, string];
      return text.spike(before, during, after, process, within === null ? null : limitOf(within));
    }
    case 'replay': return text.replay(arrival.file, count(arrival.requests), String(arrival.rateRps));
    case 'job': return '';
    case 'burst': return text.burst(count(arrival.repeats), formatDuration(arrival.everyS * 1000));
    case 'open': return text.open(arrival.process, count(arrival.inFlight), drill === undefined ? null : limitOf(drill.within));
    case 'closed': {
      const [least, most] = arrival.thinkMs;
      if (most === 0) return text.none;
      return least === most ? formatDuration(least) : text.think(formatDuration(least), formatDuration(most));
    }
  }
}

const count = (value: number): string => groupDigits(Math.round(value));

/** `passes`: how often the load goes over the pairs. */
function profileText(dataset: Plan['dataset'], passes: number, text: PlanText): string {
  const { profile } = dataset;
  const repeats = repeatsOf(dataset);
  const name = profile?.kind === 'fitted' ? profile.file : (profile?.kind ?? 'typical');
  if (repeats === null) return name;
  const law = repeats.kind === 'zipf' ? text.zipf(String(repeats.zipf), count(repeats.distinct)) : '';
  const share = askedRepeatShare(dataset);
  const again = passes > 1.05 ? text.passes(trim(passes), formatShare(repeatShareAfter(passes, share))) : '';
  return text.repeats(name, formatShare(share), law, again);
}
