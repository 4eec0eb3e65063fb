/** Engine and machine against a server of known latency, in English. This file is the type: every other language must have every entry. */
export const calibration = {
  title: 'Calibration',
  absent: (why: string) => `The load engine was not calibrated on this machine: ${why}`,
  against: (engine: string, ms: string) => `Against a built-in server of ${ms}, ${engine} on this machine`,
  error: (p50: string, p95: string, rate: string) => `tells ${p50} at p50 and ${p95} at p95 more than the server took (at ${rate})`,
  bears: (rate: string) => `sends up to about ${rate} on time`,
  bearsAtLeast: (rate: string) => `sends ${rate} on time and maybe more: no higher rate was tried`,
  sound: (rate: string) => `above ${rate} its latencies may be marked suspect`,
  noneSound: 'at every rate its latencies may be marked suspect',
  bearsNone: (rate: string, late: string) => `did not even send ${rate} on time (p99 ${late} late): the machine was busy with other things`,
  measured: 'Measured just before the run.',
  kept: (age: string) => `Measured ${age} before the run.`,
  shares: 'The built-in server needs little CPU; a server under test shares the cores and leaves less.',
  rate: 'Rate (req/s)', requests: 'Answered of due', lag: 'Sent late p50 / p99 (ms)', told: 'Told p50 / p95 (ms)', took: 'Server took p50 / p95 (ms)',
};

export type CalibrationText = typeof calibration;
