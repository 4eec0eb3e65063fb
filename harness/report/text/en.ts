/** The report in English. This file is the type: every other language must have every entry. */
import { answers } from './en-answers.js';
import { baseline } from './en-baseline.js';
import { capacity } from './en-capacity.js';
import { caption, chart } from './en-chart.js';
import { codes } from './en-codes.js';
import { calibration } from './en-calibration.js';
import { ci } from './en-ci.js';
import { compare } from './en-compare.js';
import { conformance } from './en-conformance.js';
import { dataset } from './en-dataset.js';
import { history } from './en-history.js';
import { job } from './en-job.js';
import { offline } from './en-offline.js';
import { scale } from './en-scale.js';
import { search } from './en-search.js';
import { armAnswers } from './en-arm-answers.js';
import { drill } from './en-drill.js';
import { scaling } from './en-scaling.js';
import { shapes } from './en-shapes.js';
import { users as usersText } from './text-code.js';

export const en = {
  answers,
  baseline,
  capacity,
  caption,
  chart,
  codes,
  calibration,
  ci,
  compare,
  conformance,
  dataset,
  history,
  job,
  offline,
  scale,
  search,
  armAnswers,
  drill,
  scaling,
  shapes,
  brand: 'mgeo-bench',
  pageTitle: (scenario: string, verdict: string) => `${scenario}: ${verdict} · mgeo-bench`,
  listSeparator: ', ',
  enumeration: ', ',
  sentenceSpace: ' ',
  colon: ': ',
  stop: '.',
  aside: (words: string) => ` (${words})`,
  contents: 'Contents',

  section: { verdict: 'Verdict', gates: 'Gates', validity: 'Can the numbers be trusted?', findings: 'Findings', stages: 'Stages', evidence: 'In detail', answers: 'Answers', health: 'The load generator itself', appendix: 'Appendix' },

  status: { pass: 'pass', fail: 'fail', inconclusive: 'inconclusive', invalid: 'invalid', skipped: 'skipped', valid: 'valid', suspect: 'suspect', good: 'good', info: 'note', warn: 'warning', bad: 'problem' },
  verdictWord: { pass: 'Passed', fail: 'Failed', inconclusive: 'Inconclusive', invalid: 'Invalid' },
  level: { error: 'must hold', warn: 'warning only' },

  head: {
    server: 'Server', model: 'Model', machine: 'Machine', gpu: 'GPU', load: 'Load', engine: 'Load engine', dataset: 'Addresses', started: 'Started (UTC)', seed: 'Seed', plan: 'Plan', run: 'Run', versions: 'Versions', commit: 'Commit',
    modelUnknown: 'the server does not say',
    simulatedDevice: (memory: string) => `simulated accelerator: no model computed, and what is said of its times and its memory (peak ${memory}) is simulated`,
    modelNotMeaningful: 'its scores mean nothing (random weights)',
    noServer: 'none was started or met',
    noEngine: 'none was started',
    noDataset: 'not made',
    machineText: (cpu: string, cores: string, memory: string) => `${cpu}, ${cores} cores, ${memory}`,
    gpuText: (name: string, memory: string, driver: string, n: number) => `${n === 1 ? '' : `${String(n)} × `}${name}, ${memory}, driver ${driver}`,
    loadClosed: (users: string, think: string, window: string) => `closed: ${users} users, ${think}, ${window} a stage`,
    loadOpen: (rates: string, process: string, window: string) => `open: ${rates} requests/s, ${process}, ${window} a stage`,
    loadBurst: (sizes: string, every: string, repeats: string) => `bursts: ${sizes} requests at once, every ${every}, ${repeats} times a stage`,
    process: { poisson: 'Poisson arrivals', constant: 'constant gaps' },
    noThink: 'no think time',
    think: (text: string) => `think time ${text}`,
    datasetText: (count: string, classes: string) => `${count} pairs (${classes})`,
    ownPairs: (file: string) => `from ${file}`,
    took: (time: string) => `took ${time}`,
    readyAfter: (time: string) => `ready after ${time}`,
    coresAtMost: (cores: string) => `at most ${cores} cores`,
    memoryAtMost: (memory: string) => `at most ${memory}`,
    serverKind: { reference: 'reference server', process: 'own command', compose: 'compose service', url: 'running server', simulated: 'simulated queue', none: 'none' } as Record<string, string>,
    engineWhy: { asked: 'as asked', cache: 'from the cache', path: 'from the PATH', built: 'built for this machine', 'simulated server': 'the server is simulated' } as Record<string, string>,
    fallback: (why: string) => `fallback: ${why}`,
  },

  outcome: {
    running: 'The record was never closed: the program was killed. What it holds is shown.',
    aborted: 'The run was interrupted. What was measured until then is shown.',
    failed: 'The run ended early. What was measured until then is shown.',
    /** The same in a word or two. */
    state: { completed: 'completed', running: 'never closed', aborted: 'interrupted', failed: 'ended early' },
    hint: 'What to do',
    details: 'Last lines',
    warnings: 'Notes of the run',
    nothingMeasured: 'No stage was measured, so there is nothing to draw.',
    stageStatus: { 'completed': 'completed', 'interrupted': 'interrupted', 'engine-failed': 'the load engine failed', 'server-failed': 'the server failed', 'job-failed': 'the job failed', 'not-started': 'not started' },
  },

  gates: {
    expression: 'Expression', stage: 'Stage', measured: 'Measured [interval]', limit: 'Limit', limitOf: (limit: string) => `limit ${limit}`, status: 'Status', why: 'Why',
    none: 'The scenario has no gates: nothing was asked, so nothing could fail.',
    wholeRun: 'whole run',
    rows: 'Each row is one check: a gate, or a rule about answers that always holds, at one stage or over the whole run.',
    failuresAsInfinite: 'Failed requests and time-outs count as infinitely slow in latency gates.',
  },

  validity: {
    allValid: 'Every stage passed every check of the measurement itself.',
    explain: 'Checked in each stage: Little’s law both ways, rows against counts, the server’s own counter, the generator’s CPU and lag, lost requests, clock steps, sample size. An invalid stage is never passed.',
    reason: 'Reason', value: 'Value', limit: 'Limit',
  },

  findings: { none: 'No rule fired: nothing stood out.', whatToDo: 'What to do' },

  table: {
    stage: 'Stage', users: 'Users', asked: 'Asked (req/s)', atOnce: 'At once', peak: 'Peak (req/s)', pairs: 'Pairs', load: 'Load', window: 'Window', started: 'Started', ok: 'Answered', failed: 'Failed', timedOut: 'Timed out', censored: 'Never ended', rps: 'Throughput', mean: 'Mean', min: 'Fastest', max: 'Slowest', requests: 'How requests ended, and the extremes', errorRate: 'Errors',
    cpuServer: 'Server CPU', cpuEngine: 'Engine CPU', rss: 'Server memory', vram: 'VRAM', validity: 'Validity',
    cores: 'cores', unitRps: 'req/s', samples: 'n',
    plannedStage: (users: string) => usersText(users),
    plannedRate: (rate: string) => `${rate} requests/s`,
    plannedBurst: (size: string) => `${size} requests at once`,
    repeatedStage: (load: string, again: string) => `${load}, again ${again}`,
    needsMore: (more: string) => `needs ${more} more`,
    note: 'Latencies are of successful answers, in ms, nearest rank; in brackets the 95% interval from the order statistics of this one run (sampling only). “—”: too few answers for a bound; below it how many more it needs. Throughput counts successful answers only.',
    burstNote: 'Bursts: all requests of a burst are due at its release, and their latency counts from there. The slowest one is the time until the whole burst was answered; the lag says how long it took to send.',
    openNote: 'Open load: a request is sent at its scheduled moment, whether or not others have ended, and its latency counts from that moment. Throughput counts the answers that came in the window: where it is below what was asked, the server did not keep up.',
    visitors: 'What a visitor by the clock would wait', byUsers: (figure: string) => `${figure}, users (ms)`, byClock: (figure: string) => `${figure}, visitors (ms)`,
    visitorsNote: 'Closed users send nothing while they wait, so a stall is seen by one request of each. A visitor comes every millisecond (less often in long windows), whatever the users do: its wait is that of the next request any user began, or, while all users waited, at least until the first of them was answered.',
    schedule: 'What became of the schedule', scheduled: 'Scheduled', ended: 'Ended', waitedHead: 'Waited for a worker', longestWait: 'Longest wait', unsent: 'Not sent', backlog: 'Open at start → end',
  },

  sent: {
    title: 'What was sent', requests: 'Requests', texts: 'Different texts', repeats: 'Repeats', most: 'Most often', tokens: 'Tokens an address, mean', max: 'most',
    note: 'Of the requests of the window that ended. Repeats: their text had been sent before in the window, so that a cache without end could answer. Tokens: WordPiece with the vocabulary of bert-base-chinese, without [CLS] and [SEP]; the server’s own tokenizer may count otherwise.',
  },

  notMeasured: 'not measured',
  noData: 'no data',

  gpu: {
    title: 'GPU memory', name: 'GPU', total: 'Total', baseline: 'Baseline', loaded: 'Loaded', peak: 'Peak (at least)', delta: 'Above baseline', scope: 'Scope', samples: 'Samples',
    scopes: { device: 'whole device', mig: 'whole device, split by MIG' },
    note: (source: string, interval: string, gap: string, restarts: string) => `Read by ${source} every ${interval}; longest time without a sample ${gap}; the reader was restarted ${restarts} times. Baseline: before the server started. Loaded: ready, before the load. A peak is the highest sample and so a lower bound.`,
    gaps: (n: string, longest: string, why: string) => `Samples broke off ${n} times, at most for ${longest}: ${why}. What was used then is not in the figures.`,
    others: (list: string) => `Other processes on the GPUs during the run: ${list}. Their memory is in the figures.`,
    othersUnknown: 'Other processes on the GPUs could not be listed.',
  },

  timing: { title: 'Where the time goes', outside: 'outside the server', both: (phase: string) => `${phase}, p50 / p95 (ms)`, none: 'The server sends no Server-Timing header, so its latency cannot be split.', batch: 'Batch size (mean / max)', cache: 'Cache (hit / partial / miss)' },

  health: {
    engineCpu: 'Engine CPU (cores)', lag: 'Lag p50 / p99 (ms)', rows: 'Rows', counted: 'Counted', dropped: 'Dropped', loop: 'Event loop in use', queue: 'Run-queue wait', clock: 'Clock step (ms)', littleInFlight: 'X·R ÷ in flight', littleUsers: 'X·(R+Z) ÷ users', serverCount: 'Server’s count ÷ ours',
    note: 'Rows = Counted when nothing was lost. Both Little ratios are 1 when nothing was lost or made up (X throughput, R mean latency, Z mean think time).',
    independent: 'Independent seconds', independentOf: (independent: string, seconds: string) => `${independent} of ${seconds}`,
    notSteady: { 'too-short': 'under 50 s', 'not-steady': 'not steady', 'bursts': 'load changes by design', 'unstable': 'backlog grows', 'no-answer': 'seconds without answers', 'warm-up': 'warm-up' },
    independentNote: 'Independent seconds: seconds in a row resemble each other; for a mean they are worth so many unrelated ones (of throughput or median latency, whichever gives fewer; a start that is unlike the rest is left out). Intervals within a run are of sampling only and take every request, or second, as independent: the fewer independent seconds, the wider a true interval would be. No number is changed by this.',
    messages: 'Messages of the engine',
  },

  appendix: {
    methods: 'Methods', reproduce: 'Do it again', settings: 'Settings', environment: 'Environment', identity: 'Identity of this run', raw: 'Numbers for machines', rawText: 'This page holds result.json (mgeo-bench/result/1) in itself; the whole record is run.json beside it.',
    reproduceText: (hash: string) => `In a clone at the commit above. The plan hash must come out as ${hash}; settings given on the command line must be given again.`,
    reproduceRound: 'This run is one round of a comparison; the command repeats all of it:',
    reproduceAsked: (hash: string, lacking: boolean, round: boolean) => `In a clone at the commit above, in the folder of the scenario and its files. ${round ? 'The command repeats the whole comparison of which this run is one round; the plan hash of this round' : 'The plan hash'} must come out as ${hash}${lacking ? '; what stands as (hidden) has to be put in again' : ''}.`,
    setting: 'Setting', value: 'Value',
    health: 'What the server said of itself (/health)',
    loadBefore: 'Load average before the run',
    methodList: [
      'Percentiles: nearest rank over the exact latencies (whole µs) of successful answers that started in the window. Shown only where a finite two-sided 95% bound exists (p95 from 72 answers, p99 from 368, p99.9 from 3,688).',
      'Intervals: order statistics (binomial ranks) for percentiles, Wilson for shares. Requests of one run depend on each other, so these intervals cover sampling only, not the difference between runs.',
      'Latency counts from the sending of a request (in open load from its scheduled moment, in a burst from the release) to the end of its answer. Requests belong to the stage in which they started; load stays on until all of them ended.',
      'Latency gates treat failed requests and time-outs as infinitely slow. Throughput counts successful answers only.',
      'Validity: Little’s law N = X·R against the in-flight count and against the configured users; suspect beyond 2%, invalid beyond 5%; of the in-flight count, less than 0.2 ms a request is no doubt.',
      'Memory is MiB = 2^20 bytes. GPU memory peaks are the highest samples and therefore lower bounds. GPUs are never averaged together.',
      'CPU is in cores: 1.0 = one core busy the whole window.',
    ],
    id: 'Run id', planHash: 'Plan hash (sha256)', bodies: 'Hash of all request bodies', modelSha: 'Model sha256', schema: 'Record schema', outcome: 'Outcome',
    dataset: 'Addresses', characters: (mean: string, p50: string, p90: string, max: string) => `characters an address: mean ${mean}, p50 ${p50}, p90 ${p90}, max ${max}`,
    own: 'Your file', ownFile: (format: string, encoding: string, rows: string, labelled: string, bad: string) => `${format}, ${encoding}: ${rows} pairs, with a label ${labelled}; bad lines left out ${bad}`, ownSha: 'SHA-256 of your file',
    repeat: (share: string) => `addresses that stand more than once: ${share}`,
  },

  markdown: {
    details: 'Details', throughputSpark: 'Throughput by stage', record: (id: string, hash: string) => `Run ${id}, plan ${hash}`,
  },

  terminal: { users: 'users', asked: 'asked/s', atOnce: 'at once', peak: 'peak/s', pairs: 'pairs', load: 'load', rps: 'req/s', p50: 'p50 ms', p95: 'p95 ms', p99: 'p99 ms', errors: 'errors', cpu: 'server CPU', memory: 'memory', vram: 'VRAM', validity: 'validity', stage: 'stage', noGpu: (why: string) => `VRAM: ${why}`, noStages: 'No stage was measured.', simulated: 'Simulated queue: these are figures of a calculation, and no server was measured.', simulatedDevice: (memory: string) => `Simulated accelerator: no model computed; its times and its memory (peak ${memory}) are simulated.`, auc: (value: string) => `AUC ${value}`, macroF1: (value: string) => `macro-F1 ${value}`, probes: (passed: string, n: string) => `${passed} of ${n} probes passed`, abnormal: (met: string, sent: string) => `${met} of ${sent} abnormal requests met as expected`, needs: (more: string, percentile: string) => `${percentile} is “—”: ${more} more requests needed` },
};

/** Every text of a report. */
export type Text = typeof en;
