/** What the command line says while it works. */
import type { Phase } from '../../model/event.js';

const phases: Readonly<Record<Phase, string>> = {
  plan: 'reading the scenario',
  prepare: 'looking for the load engine',
  dataset: 'making the address pairs',
  boot: 'starting the server',
  probe: 'asking golden answers, one at a time',
  load: 'driving the load',
  job: 'running the job',
  analyse: 'analysing',
  report: 'writing the report',
};

/** English. The other language has the same keys. */
export const en = {
  colon: ': ',
  phases,
  warning: (text: string) => `warning: ${text}`,
  progress: {
    starting: (stage: string, place: string) => `${stage} (${place}): starting`,
    stageOf: (n: number, all: number) => `stage ${String(n)} of ${String(all)}`,
    probe: (n: number) => `probe ${String(n)}`,
    jobStarting: 'job: starting',
    job: 'job',
    warmingUp: (seconds: string) => `warming up, ${seconds} s to go`,
    seconds: (now: string) => `${now} s`,
    secondsOf: (now: string, all: string) => `${now}/${all} s`,
    lines: (n: number) => `${String(n)} ${n === 1 ? 'line' : 'lines'}`,
    rps: (value: string) => `RPS ${value}`,
    p95: (value: string | null) => `p95 ${value === null ? '—' : `${value} ms`}`,
    errors: (n: number) => `errors ${String(n)}`,
    errorsShort: (n: number) => `err ${String(n)}`,
    vram: (value: string) => `VRAM ${value}`,
    /** By the code of the record's `gpu`. */
    vramAbsent: {
      'not-found': 'no GPU', 'no-device': 'no GPU', 'no-driver': 'no driver', 'unsupported': 'not told', 'off': 'off', 'failed': 'failed', 'pending': '…',
    } as Readonly<Record<string, string>>,
    vramWhy: (why: string) => `VRAM: ${why}`,
    ended: {
      'completed': 'completed', 'interrupted': 'interrupted', 'engine-failed': 'the engine failed', 'server-failed': 'the server failed', 'job-failed': 'the job failed', 'not-started': 'not started',
    } as Readonly<Record<string, string>>,
    interrupted: 'stopping; what was measured is kept and rendered. Interrupt again to stop at once.',
  },
  search: {
    states: { pass: 'pass', fail: 'fail', undecided: 'undecided', invalid: 'invalid', unstable: 'unstable' } as Readonly<Record<string, string>>,
    confirming: ' (confirming)',
    counted: (gate: string, bad: string, n: string, allowed: string) => `, ${gate}: ${bad} of ${n} beyond it, fewer than ${allowed} % may be`,
    needed: (n: string) => `; ${n} requests would decide`,
    invalid: (why: string) => `, the measurement is not valid: ${why}`,
    unstable: (ended: string, asked: string) => `, arrivals exceed service: ${ended} of ${asked} requests/s ended`,
  },
  open: {
    inCi: 'The report was not opened: this is a CI job.',
    noScreen: 'The report was not opened: this machine has no screen (DISPLAY, WAYLAND_DISPLAY and BROWSER are not set).',
    noProgram: (names: string) => `The report was not opened: none of ${names} is on the PATH.`,
    failed: (program: string, why: string) => `The report was not opened: ${program}: ${why}.`,
  },
  failure: {
    error: (sentence: string) => `error: ${sentence}`,
    hint: (sentence: string) => `hint: ${sentence}`,
    bug: 'This is a bug in the harness, not a verdict on the server. Please report it with the lines below.',
  },
};

/** Every sentence of the command line that has no other place. */
export type CliText = typeof en;
