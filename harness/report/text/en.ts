/** The report in English. This file is the type: every other language must have every entry. */
import { baseline } from './en-baseline.js';
import { capacity } from './en-capacity.js';
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

/** A load in words: "8 users", and "8" where what it counts has been said. */
export interface LoadWords {
  long: string;
  short: string;
}

export const en = {
  baseline,
  capacity,
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

  chart: {
    time: 'time since the run started (s)', users: 'users', askedRate: 'requests/s asked', burstSize: 'requests at once', asked: 'asked', requestsPerSecond: 'requests/s', latency: 'latency (ms)', inFlight: 'requests in flight', cores: 'CPU (cores)', memory: (unit: string) => `memory (${unit})`, requests: 'requests', use: 'in use (%)', waiting: 'entries waiting', batchEntries: 'entries a batch',
    answered: 'answered', failed: 'failed', server: 'server', engine: 'engine', harness: 'harness', job: 'job',
    baseline: 'baseline', loaded: 'loaded', peak: 'peak',
    showTable: (rows: string) => `Data table (${rows} ${rows === '1' ? 'row' : 'rows'})`,
    bins: (seconds: string) => `Each point is ${seconds}.`,
    worstSecond: (seconds: string) => `Each point is the slowest second of ${seconds}.`,
    bandTip: (stage: string, from: string, to: string, rps: string, p95: string) => `${stage}: ${from}–${to}, ${rps}, p95 ${p95}`,
    title: {
      'throughput': 'Throughput over time', 'latency': 'Latency over time', 'in-flight': 'Requests in flight', 'queue': 'Queue of the server', 'batch-size': 'Batch size over time', 'cpu': 'CPU by source', 'memory': 'Resident memory by source', 'vram': 'GPU memory', 'gpu-use': 'GPU use', 'heat': 'Every latency', 'latency-users': 'Latency against users', 'throughput-users': 'Throughput against users', 'latency-rate': 'Latency against the rate asked', 'throughput-rate': 'Throughput against the rate asked', 'recovery': 'Latency through the spike', 'pairs': 'Pairs answered over time', 'latency-burst': 'Latency against the size of a burst', 'scale': 'How throughput scales', 'errors': 'Failed requests by kind', 'scores': 'Scores by class', 'search': 'Every probe of the search', 'job-figure': 'A figure of the job over time',
    },
    score: 'Score', p10: 'p10', p90: 'p90', median: 'median', from: 'from (s)', to: 'to (s)', low: 'low', high: 'high', second: 't (s)', kind: 'kind', count: 'requests', share: 'share',
  },

  caption: {
    throughput: (rps: string, stage: string, failed: string, started: string) => `Highest: ${rps} at “${stage}”. ${failed} of ${started} requests failed.`,
    throughputOne: (rps: string, failed: string, started: string) => `${rps} on average over the window; ${failed} of ${started} requests failed.`,
    latency: (p95: string, stage: string, n: string) => `Slowest stage: “${stage}” with p95 ${p95} (n = ${n} answers).`,
    latencyNoP95: 'Too few answers for a p95 in any stage; the lines show single seconds.',
    inFlight: (mean: string, load: string, stage: string) => `${mean} requests in flight on average at “${stage}” with ${load}.`,
    queue: (most: string, stage: string) => `Most seen waiting: ${most}, at “${stage}”.`,
    queueEmpty: 'In no stage was anything waiting when it was looked at.',
    queueNote: 'Read from the server’s /metrics about once a second: a queue that comes and goes between two readings is not seen.',
    batchSize: (mean: string, stage: string) => `Largest on average: ${mean} at “${stage}”.`,
    batchNote: 'Each point is the mean of the batches between two readings of the server’s /metrics.',
    queueAbsent: 'Not in the record: the server’s /metrics tells neither its queue nor its batches, or was not read.',
    cpu: (parts: string, cores: string) => `Highest mean of a stage: ${parts}; the machine has ${cores} cores.`,
    cpuPart: (source: string, cores: string) => `${source} ${cores} cores`,
    memory: (parts: string) => `Highest sample: ${parts}.`,
    memoryPart: (source: string, memory: string) => `${source} ${memory}`,
    vram: (gpu: string, baseline: string, loaded: string, peak: string, delta: string) => `${gpu}: baseline ${baseline}, loaded ${loaded}, peak ${peak} (a lower bound: the highest sample), that is ${delta} above the baseline.`,
    gpuUse: (parts: string) => `Highest sample: ${parts}.`,
    heat: (n: string, max: string) => `${n} answers; the stronger a cell’s colour, the more of them it holds. Slowest answer: ${max}.`,
    latencyLoad: (first: string, firstLoad: LoadWords, last: string, lastLoad: LoadWords) => `p95 goes from ${first} at ${firstLoad.long} to ${last} at ${lastLoad.short}.`,
    latencyLoadShort: (n: string) => `Percentiles of ${n} stages, with their 95% intervals (sampling only).`,
    throughputLoad: (peak: string, load: LoadWords, last: string, lastLoad: LoadWords) => `Peak: ${peak} at ${load.long}; ${last} at ${lastLoad.short}.`,
    throughputLoadRising: (peak: string, load: LoadWords) => `Highest at the largest load: ${peak} at ${load.long}. A fall was not reached.`,
    throughputRateKept: (rate: string, ended: string) => `The server answered what was asked up to ${rate}: ${ended}.`,
    throughputRateLost: (rate: string, ended: string) => `At ${rate} the server fell behind: ${ended} were answered.`,
    errors: (failed: string, started: string, share: string, kind: string, most: string) => `${failed} of ${started} requests failed (${share}); most often ${kind} (${most}).`,
    noErrors: (started: string) => `None of ${started} requests failed.`,
    vramAbsent: (why: string) => `No GPU was measured: ${why}`,
    serverNotOurs: 'Server CPU and memory were not read: the server was not started by this run.',
    cpuAbsent: 'CPU could not be read on this machine.',
    memoryAbsent: 'Resident memory could not be read on this machine.',
    gateLimits: 'Dashed: the limits that gates set.',
    oneLevel: 'Only one number of users was tried, so nothing can be drawn against users.',
    oneBurst: 'Only one size of burst was tried, so nothing can be drawn against sizes.',
    oneRate: 'Only one rate was tried, so nothing can be drawn against rates.',
  },

  gpu: {
    title: 'GPU memory', name: 'GPU', total: 'Total', baseline: 'Baseline', loaded: 'Loaded', peak: 'Peak (at least)', delta: 'Above baseline', scope: 'Scope', samples: 'Samples',
    scopes: { device: 'whole device', mig: 'whole device, split by MIG' },
    note: (source: string, interval: string, gap: string, restarts: string) => `Read by ${source} every ${interval}; longest time without a sample ${gap}; the reader was restarted ${restarts} times. Baseline: before the server started. Loaded: ready, before the load. A peak is the highest sample and so a lower bound.`,
    gaps: (n: string, longest: string, why: string) => `Samples broke off ${n} times, at most for ${longest}: ${why}. What was used then is not in the figures.`,
    others: (list: string) => `Other processes on the GPUs during the run: ${list}. Their memory is in the figures.`,
    othersUnknown: 'Other processes on the GPUs could not be listed.',
  },

  answers: {
    byClass: 'Answers by class', class: 'Class', stage: 'Stage', started: 'Sent', completed: 'Answered', failed: 'Failed', rejected: 'Refused (4xx)', checked: 'Compared', flips: 'Flips',
    checkedText: (checked: string, flips: string, moved: string, tolerance: string, maxDelta: string) => `${checked} answers under load were compared with the same pairs asked one at a time: ${flips} changed sides (match ↔ no match), ${moved} moved by more than ${tolerance}; largest |Δscore| ${maxDelta}.`,
    notChecked: 'No answers under load were compared.',
    oracles: 'Oracles (at concurrency 1, before the load)', oracle: 'Oracle', value: 'Value', limit: 'Limit', n: 'n', why: 'Why',
    probeSkipped: (why: string) => `Answers were not probed before the load: ${why}`,
    probeText: (asked: string, answered: string, wrong: string) => `${asked} pairs were asked one at a time: ${answered} answered, ${wrong} malformed or without an answer.`,
    meaningless: 'The server says that its scores mean nothing, so their order is not judged.',
    wrongKinds: 'Malformed or none, by kind', medians: 'Median score by class', auc: 'AUC, high against low',
    quality: 'How good the answers are (at concurrency 1, before the load)',
    aucs: { highLow: 'AUC, high against low', exactRest: 'AUC, exact against the rest', matchNot: 'AUC, exact and partial against not' },
    aucNote: 'AUC: the chance that a pair of the first kind scores above one of the second; 0.5 is chance. In brackets the 95% interval (Newcombe 2006, with the variance of Hanley and McNeil); it speaks of pairs of this dataset. A pair that may be labelled either way is on neither side.',
    macroF1: (labels: string) => `Macro-F1 of ${labels} ${labels === '1' ? 'label' : 'labels'}`, accuracy: 'Right answers',
    rules: {
      labels: 'Labels are those that the server answers.',
      thresholds: (partial: string, exact: string) => `Labels are made from the scores by the thresholds that the server names: partial from ${partial}, exact from ${exact}.`,
      threshold: (score: string) => `The server answers no label, so only two are told apart: a score of ${score} or more says “the same place”, and only exact pairs are.`,
    },
    undecidable: (pairs: string) => `${pairs} pairs may be either and are left out.`,
    thresholdMark: (score: string) => `threshold ${score}`,
    scoreRow: (name: string, n: string, median: string) => `${name}: n = ${n}, median ${median}`,
    scoreTip: (name: string, bin: string, n: string, all: string) => `${name}, ${bin}: ${n} of ${all}`,
    scoresCaption: (auc: string, high: string, low: string) => `AUC of high against low: ${auc} (n = ${high} and ${low}). Each row is as tall as its own most frequent score; the stroke is the median.`,
    scoresCaptionShort: 'Each row is as tall as its own most frequent score; the stroke is the median.',
    confusion: 'Confusion: expected against answered', expectedLabel: 'Expected', saidLabel: (label: string) => `said ${label}`, said: 'Answered',
    right: 'Right', rightShare: 'Share right', rightByFamily: 'By family of operators', rightByClass: 'By class', rightByLength: 'By length', family: 'Family', characters: 'Characters', fewPairs: 'too few pairs',
    sharesNote: 'Share of answers whose label is one of those expected, with Wilson’s 95% interval; below ten pairs none is given. A pair changed by several families counts in each; length is that of the longer address.',
    worst: 'The ten worst answers', worstNote: 'Ordered by how many labels the answer is off, then by how far its score lies on the wrong side. Right answers are listed where fewer than ten are wrong. Generated addresses are invented.',
    pair: 'Pair', operators: 'Operators', pairNumber: (index: string) => `pair ${index}`, lineNumber: (line: string) => `line ${line} of the file`,
    probes: 'Probes: knowledge of places', group: 'Group', passed: 'Passed', notPassed: 'Failed', failedProbes: (n: string) => `Probes that failed (${n})`,
    probesText: (n: string, passed: string, share: string) => `${n} fixed pairs that ask for knowledge of places: ${passed} passed (${share}).`,
    probesNote: 'A probe that fails is information, no failed run, unless a gate asks for probe_pass_rate: renamed districts and other names cannot be learnt by small models.',
    abnormal: 'Abnormal requests by kind', asExpected: 'As expected', kind: 'Kind', expectation: 'Sound is', serverError: '5xx and other', timedOut: 'Timed out', cutOff: 'Cut off', fieldNamed: 'Field named', yes: 'yes', no: (field: string) => `no (${field})`,
    abnormalText: (kinds: string, sent: string, met: string, wrong: string, named: string, refused: string) => `${kinds} kinds, ${sent} requests, ${met} met as a sound server meets them; ${wrong} kinds were not always. ${named} of ${refused} refusals that were read name the field that is wrong.`,
    abnormalNote: 'Each kind is sent once alone before the load, where the whole answer is read, and again among the load of all stages. “Sound is”: what a sound server does. Timed out: no answer within the time-out; cut off: the connection ended without an answer.',
    notAsked: (kinds: string) => `${kinds} kinds were not sent alone, because the server had died or hung.`,
    noClasses: 'No stage has answers by class.',
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
    reproduceAsked: (hash: string, lacking: boolean) => `In a clone at the commit above, in the folder of the scenario and its files. The plan hash must come out as ${hash}${lacking ? '; what stands as (hidden) has to be put in again' : ''}.`,
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
