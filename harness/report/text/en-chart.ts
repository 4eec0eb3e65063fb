/** Titles, axes and captions of the report’s charts in English. */

/** A load in words: "8 users", and "8" where what it counts has been said. */
export interface LoadWords {
  long: string;
  short: string;
}

export const chart = {
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
};

export type ChartText = typeof chart;

export const caption = {
  throughput: (rps: string, stage: string, failed: string, started: string) => `Highest: ${rps} at “${stage}”. ${failed} of ${started} requests failed.`,
  throughputOne: (rps: string, failed: string, started: string) => `${rps} on average over the window; ${failed} of ${started} requests failed.`,
  latency: (p95: string, stage: string, n: string) => `Slowest stage: “${stage}” with p95 ${p95} (n = ${n} answers).`,
  latencyNoP95: 'Too few answers for a p95 in any stage; the lines show single seconds.',
  inFlight: (mean: string, load: string, stage: string) => `${mean} requests in flight on average at “${stage}”${load === stage ? '' : ` with ${load}`}.`,
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
};

export type CaptionText = typeof caption;
