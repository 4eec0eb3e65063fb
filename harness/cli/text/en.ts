/** What the command line says while it works. */
import type { Phase } from '../../model/event.js';

const phases: Readonly<Record<Phase, string>> = {
  prepare: 'looking for the load engine',
  dataset: 'making the address pairs',
  boot: 'waiting for the server to be ready',
  probe: 'asking golden answers, one at a time',
  load: 'driving the load',
  job: 'running the job',
  conformance: 'making the checks of conformance, one after the other',
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
    requestsOf: (done: string, all: string) => `${done}/${all} requests`,
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
  github: (variable: string, why: string) => `warning: $${variable} could not be written: ${why}`,
  livePage: (link: string) => `live page: ${link}`,
  open: {
    inCi: 'The report was not opened: this is a CI job.',
    noScreen: 'The report was not opened: this machine has no screen (DISPLAY, WAYLAND_DISPLAY and BROWSER are not set).',
    noProgram: (names: string) => `The report was not opened: none of ${names} is on the PATH.`,
    failed: (program: string, why: string) => `The report was not opened: ${program}: ${why}.`,
  },
  accept: {
    suspect: (run: string, n: number) => `the baseline rests on ${n === 1 ? 'a suspect measurement' : `${String(n)} suspect measurements`} of the run ${run}:`,
  },
  init: {
    head: 'Written by `mgeo-bench init`. Every line may be changed; docs/scenario.md explains each word.',
    ownServer: 'The server that ships with mgeo-bench. For your own, put in place of the line below its address:',
    running: 'It runs already and is left running. To have it started and stopped: process: {command: …, url: …}.',
    model: (name: string) => `It names its model: ${name}.`,
    ready: 'The run waits until this path answers 2xx.',
    health: '/health answers: what it says stands in the report.',
    noHealth: (status: string) => `/health answers ${status}: the report cannot name the model.`,
    metrics: '/metrics answers: its count of requests is checked against ours, its queue and batches are drawn.',
    noMetrics: (status: string) => `/metrics answers ${status}: its own count of requests cannot be checked, its queue and batches are not drawn.`,
    similarity: 'POST {addr1, addr2}, answered by {similarity}.',
    recognised: (format: string) => `The server speaks: ${format}.`,
    alsoSpeaks: (format: string) => `It also speaks: ${format}.`,
    scores: (same: string, far: string) => `An address with itself scored ${same}, two that lie far apart ${far}.`,
    scoresTurned: (same: string, far: string) => `Careful: an address with itself scored ${same}, two that lie far apart ${far}. A higher score should mean the same place.`,
    cautions: {
      'labels-unsorted': 'Careful: this answer lists the scores of all labels; the first is read, whichever label it is of.',
      'many-inputs': 'Careful: the first number of the first output is read as the score.',
    },
    nothingFits: 'No format that is known brought a score from the server.',
    pages: 'Every answer is an HTML page: is this the address of the server itself, not of a login, a proxy or a website?',
    tried: 'What was tried, and what it said:',
    embeds: 'The server answers vectors, not scores: it needs a path that takes two addresses and answers one number.',
    fillIn: 'Put in what your server takes and answers:',
    scorePath: 'where the score stands in the answer',
    range: 'sound scores; any other is a wrong answer',
    threshold: 'a score at or above it says "the same place"',
    dataset: 'Pairs of addresses, the same for the same seed: written twice, far apart, next door, badly written.',
    load: 'Users who wait for their answer, pause, and ask again. `open: {rates: […]}` asks at a rate instead, whatever the server does.',
    warmup: 'not measured',
    timeout: 'what takes longer has failed',
    users: 'one stage each',
    think: 'pause between two requests of a user',
    duration: 'of each stage',
    telemetry: 'CPU, memory, and the memory of NVIDIA GPUs where there are any.',
    answers: 'Answers under load are compared with those to the same pairs asked one at a time.',
    gates: 'What the run is judged by: exit code 1 where one fails.',
    written: (file: string) => `Written: ${file}. Next:`,
  },
  failure: {
    error: (sentence: string) => `error: ${sentence}`,
    hint: (sentence: string) => `hint: ${sentence}`,
    bug: 'This is a bug in the harness, not a verdict on the server. Please report it with the lines below.',
  },
};

/** Every sentence of the command line that has no other place. */
export type CliText = typeof en;
