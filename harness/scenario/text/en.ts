/** What `plan` says, in English. This file is the type: every other language must have every entry. Numbers come as text; what has a unit has it. */
import type { LoadLevel } from '../../model/stage.js';

const upTo = (text: string | null): string => (text === null ? '' : `; ${text}`);

const pairs = (n: string): string => (n === '1' ? '1 pair' : `${n} pairs`);

export const en = {
  /** What a line is about; a column of its own. */
  label: {
    server: 'server', request: 'request', engine: 'engine', dataset: 'dataset', profile: 'profile', answers: 'answers', load: 'load', gates: 'gates', replicas: 'replicas', plan: 'plan', search: 'search', probes: 'probes',
    checks: 'checks', patience: 'patience', sockets: 'sockets', end: 'end', job: 'job', folder: 'folder', env: 'env', measured: 'measured', time: 'time', arms: 'arms', runs: 'runs', decided: 'decided', warning: 'warning', machine: 'machine',
  },
  head: {
    stage: 'stage', part: 'part', load: 'load', warmup: 'warm-up', measured: 'measured', requests: 'requests',
    kinds: { closed: ['users', 'think'], open: ['rate', 'arrivals'], burst: ['at once', 'releases'], spike: ['spike', 'course'], replay: ['replay', 'moments'], offline: ['lot', 'how'], job: ['', ''] },
  },
  title: (name: string, question: string) => `${name}${question === '' ? '' : `: ${question}`}`,
  none: 'none',
  about: (n: string) => `about ${n}`,
  warns: ' (warns)',
  request: (paths: string, format: string) => `POST ${paths} (${format})`,
  and: (one: string, other: string) => `${one} and ${other}`,
  engine: (name: string, timeout: string) => `${name}; a request has failed after ${timeout}`,
  pairs,
  pairsOf: (n: string, file: string) => `${pairs(n)} of ${file}`,
  dataset: (pairs: string, seed: string, mix: string) => `${pairs}, seed ${seed}${mix === '' ? '' : `: ${mix}`}`,
  ofClass: (n: string, name: string, hard: string | null) => `${n} ${name}${hard === null ? '' : ` (${hard} % hard)`}`,
  list: ', ',
  answers: (golden: string | null) => (golden === null ? 'not checked' : `${golden} asked one at a time before the load, and compared with answers under load`),
  /** `most`: an upper bound; `budget`: of a search; `about`: the requests are an estimate; `latency`: an assumed answer, of users who wait. */
  load: ({ length, most, budget, requests, about, bytes, latency, from }: LoadWords) =>
    `${most ? 'at most ' : ''}${length}${budget === null ? '' : ` where every probe decides at once, in any case no probe that would end after ${budget}`}, ${about ? 'about ' : ''}${requests} requests and ${bytes} of bodies${latency === null ? `; latency counts from the ${{ sending: 'sending', release: 'release', moment: 'scheduled moment' }[from]}` : ` at ${latency} an answer; a faster server gets more`}`,
  part: (load: string, spacing: string) => `${load}: ${spacing}`,
  untilAnswered: (longest: string) => `until all are answered, at most ${longest}`,
  byCount: (n: string, longest: string) => `${n} requests, at most ${longest}`,
  think: (least: string, most: string) => `${least} to ${most}`,
  open: (process: string, inFlight: string, promise: { p: string; limit: string } | null) => `${process}, at most ${inFlight} at once${promise === null ? '' : `; promised: p(${promise.p}) at most ${promise.limit}`}`,
  burst: (times: string, every: string) => `${times} times, every ${every}`,
  spike: (before: string, during: string, after: string, process: string, within: { p: string; limit: string } | null) => `${before}, ${during} of peak, ${after}; ${process}${within === null ? '' : `; recovered when p(${within.p}) is at most ${within.limit}`}`,
  replay: (file: string, moments: string, rate: string) => `${file}: ${moments} moments, ${rate}/s on average`,
  offline: (batch: string, inFlight: string) => `${batch === '1' ? 'one' : batch} a request, ${inFlight} at a time`,
  noBatch: (how: string, format: string, asked: string) => `${how}: ${format} has no batch endpoint, so single calls in place of ${asked}`,
  repeats: (name: string, share: string, law: string, again: string) => `${name}: in one pass over the pairs ${share} of the requests repeat a pair sent before${law}${again}`,
  zipf: (exponent: string, distinct: string) => ` (Zipf's law, exponent ${exponent}, over ${distinct} pairs)`,
  passes: (passes: string, share: string) => `; this load makes about ${passes} passes, so at least ${share} of all its requests repeat one`,
  capacity: (targets: string | null, growth: string | null, headroom: string, balance: string, spare: string) => `for ${targets ?? 'round rates'}${growth === null ? '' : ` and ${growth} more`}: ${headroom} kept free, balance ${balance}, ${spare} spare`,
  search: (from: string, to: string, resolution: string, confirm: number) => `the highest rate from ${from}/s to ${to}/s that meets the gates, to ${resolution} %: doubled until it fails, halved, confirmed ${confirm === 1 ? 'once' : `${String(confirm)} times`}`,
  probes: (most: string, process: string, warmup: string, length: string, requests: string) => `at most ${most}, ${process} arrivals; each ${warmup} of warm-up and ${length} or as long as ${requests} requests take`,
  server: {
    reference: ({ model, batching, bucket, cache, steps, faults, restart }: ReferenceWords) => `reference: ${model}, batching ${batching}${bucket ? ' in buckets' : ''}, cache ${cache ?? 'off'}${steps === null ? '' : `, normalised (${steps})`}${upTo(faults === null ? null : `planted faults: ${faults}`)}${upTo(restart === null ? null : `started again after ${restart}`)}`,
    process: (command: string) => `process: ${command}`,
    compose: (service: string, file: string | null, profile: string | null) => `compose: ${service} of ${file ?? 'the docker-compose.yml of mgeo-bench'}${profile === null ? '' : `, profile ${profile}`}`,
    simulated: (parallel: string, service: string) => `simulated: ${parallel} at a time, ${service} each`,
    device: (batch: string, tokenUs: string, memory: string, token: string, limit: string) => `simulated accelerator (${batch} a batch, ${tokenUs} µs a padded token; ${memory}, ${token} a token, of ${limit})`,
    on: (execution: string) => `on ${execution}`,
    window: (delay: string, texts: string) => `window of ${delay} or ${texts} texts`,
    budget: (tokens: string) => `token-budget of ${tokens}`,
  },
  job: {
    here: 'where mgeo-bench is started',
    measured: (gpu: boolean) => `its time, its exit code, CPU and memory of all its processes${gpu ? ', memory of the GPUs' : ''}, and the numbers in its JSON lines`,
    time: (longest: string) => `until it ends, at most ${longest}`,
  },
  conformance: {
    checks: 'health and readiness, answers, headers, errors, limits, sockets, slow clients, overload, drain',
    patience: (answer: string, slow: string | null) => `${answer} for an answer; ${slow === null ? 'slow clients are not waited for' : `${slow} until a slow client has to be cut off`}`,
    sockets: (n: string) => `${n} opened at once, and left`,
    end: (own: boolean): string => (own ? 'SIGTERM, for the checks of the drain' : 'the server runs already, so the checks of its start and of its drain are left out'),
  },
  series: {
    itself: 'the scenario beside itself',
    runs: (n: string, pairs: string | null, load: string) => `${n}${pairs === null ? '' : `, ${pairs} of each arm, interleaved`}: ${load}`,
    ofLoad: (length: string) => `${length} of load`,
    ofJobs: (length: string) => `at most ${length} of jobs`,
    undecided: (most: string, load: string, within: string | null) => `; undecided at most ${most}, ${load}${within === null ? '' : `, within ${within}`}`,
    booted: '; each boots its server anew',
    byAnswers: 'by the golden answers: which arm changes some',
    by: (metric: string, job: boolean, worth: string | null, confidence: string, equivalence: string) => `by ${metric} of the ${job ? 'job' : 'last stage'}${worth === null ? '' : `, worth it from ${worth} % of one on`}, at ${confidence} % over all looks; within ${equivalence} % is equivalent`,
  },
  /** The load of a part of a mix. */
  level: { users: (n: string) => `${n} users`, rate: (n: string) => `${n}/s`, pairs: (n: string) => `${n} pairs`, burst: () => '', peak: () => '', job: () => '' } as Readonly<Record<LoadLevel['of'], (n: string) => string>>,
};

export interface LoadWords {
  length: string;
  most: boolean;
  budget: string | null;
  requests: string;
  about: boolean;
  bytes: string;
  latency: string | null;
  from: 'sending' | 'release' | 'moment';
}

export interface ReferenceWords {
  model: string;
  batching: string;
  bucket: boolean;
  cache: string | null;
  steps: string | null;
  faults: string | null;
  restart: string | null;
}

export type PlanText = typeof en;
