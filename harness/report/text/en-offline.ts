/** Offline load in English. This file is the type: the other language must have every entry. */
export const offline = {
  title: 'All pairs once',
  pairs: (count: string) => (count === '1' ? '1 pair' : `${count} pairs`),
  load: (pairs: string, how: string, inFlight: string) => `offline: ${pairs} pairs once each, ${how}, ${inFlight} at a time`,
  mix: (parts: string) => `at the same time: ${parts}`,
  batches: (pairs: string) => `${pairs} a request`,
  singles: 'one a request',
  done: (pairs: string, time: string, rate: string) => `all ${pairs} pairs in ${time}: ${rate}`,
  partly: (answered: string, pairs: string, time: string, rate: string) => `${answered} of ${pairs} pairs answered, all requests ended after ${time}: ${rate}`,
  notInTime: (answered: string, pairs: string, limit: string, rate: string) => `not all pairs answered in time: ${answered} of ${pairs} within ${limit}, ${rate}`,
  cutShort: (answered: string, pairs: string, time: string) => `cut short: ${answered} of ${pairs} pairs were answered in ${time}`,
  rate: (rate: string) => `${rate} pairs/s`,
  how: (requests: string, how: string, inFlight: string) => `${requests} requests, ${how}, ${inFlight} at a time`,
  noEndpoint: (asked: string) => `the wire format has no batch endpoint, so each pair was a call of its own (${asked} a request were asked for)`,
  head: { answered: 'Answered', refused: 'Refused', failed: 'Failed', missing: 'Not in time', rate: 'Pairs/s', time: 'Total time', requests: 'Requests', batch: 'Pairs a request', inFlight: 'In flight' },
  note: 'Each pair is sent once. Total time: from the first sending to the last answer; “—” where not every request ended in time. Pairs/s: answered pairs over that time. Failed pairs are not sent again. Latencies are of whole requests.',
  axis: 'pairs/s',
  caption: (sentence: string) => `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`,
  atMost: (time: string) => `at most ${time}`,
};

export type OfflineText = typeof offline;
