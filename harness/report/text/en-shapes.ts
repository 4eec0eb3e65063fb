/** Spike, soak and replay in English. This file is the type: the other language must have every entry. */
export const shapes = {
  recoveryTitle: 'Recovery from the spike', driftTitle: 'Drift and leaks',
  spikeName: (base: string, peak: string) => `spike ${base} → ${peak}/s`,
  drillName: (rate: string) => `drill at ${rate}/s`,
  replayName: (speed: string | null) => (speed === null ? 'replay' : `replay, ${speed} times as fast`),
  peak: (rate: string) => `a peak of ${rate} requests/s`,
  loadSpike: (base: string, peak: string, process: string, before: string, during: string, after: string) => `spike: ${base} requests/s for ${before}, ${peak} for ${during}, ${base} again for ${after}; ${process}`,
  loadReplay: (file: string, requests: string, speeds: string, span: string) => `replay: ${requests} moments of ${file}, at speed ${speeds}, ${span} in the window`,
  soak: (load: string) => `soak, ${load}`,
  recovered: (percentile: string, limit: string, time: string, interval: string) => `${percentile} was within ${limit} again, and stayed so, ${time} after the peak ${interval}`,
  neverBroken: (percentile: string, limit: string, after: string) => `${percentile} stayed within ${limit} through the peak and the ${after} after it`,
  notBrokenAfter: (percentile: string, limit: string) => `${percentile} was within ${limit} as soon as the peak was over`,
  notRecovered: (percentile: string, limit: string, watched: string) => `did not recover within ${watched} after the peak: ${percentile} did not stay within ${limit}`,
  notJudged: (why: string) => `recovery was not judged: ${why}`,
  caption: (sentence: string, worst: string, windowS: string) => `${sentence}. Slowest window: ${worst}. Each point is ${windowS} of requests, by the moment at which they were due.`,
  infinite: 'so many failed that the percentile is infinite',
  axis: 'time since the end of the peak (s)', line: (percentile: string) => `${percentile} by scheduled moment`, limit: (limit: string) => `limit ${limit}`,
  bands: { before: 'before', peak: 'peak', recovering: 'recovering', within: 'within' },
  from: 'from (s)', due: 'Requests', beyond: 'Beyond the limit',
  quantity: 'Quantity', slope: (confidence: string) => `Slope an hour [${confidence} interval]`, median: 'Median', change: 'Change in the window', matters: 'A change that matters', z: 'z', blocks: 'Blocks', word: 'In a word',
  quantities: { 'latency-p50': 'latency, p50', 'latency-p95': 'latency, p95', 'memory': 'server memory', 'vram': 'GPU memory' },
  words: { 'drifts': 'drifts', 'steady': 'no drift shown', 'too-short': 'too short to tell' },
  perHour: (value: string) => `${value}/h`,
  driftNote: (share: string, leastMiB: string) => `Slope: Theil–Sen over at most 100 medians of equal spans; interval after Kendall, widened where neighbours are alike; z: Mann–Kendall. Drifts: the interval leaves out 0 and the change in the window is more than ${share} of the median (of memory ${leastMiB} at least). No drift shown: not even the ends of the interval come to as much in an hour, or in the window where that is longer. All else is too short to tell.`,
  driftLine: (quantity: string, slope: string, word: string) => `${quantity} ${slope}: ${word}`,
};

export type ShapesText = typeof shapes;
