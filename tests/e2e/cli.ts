import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestContext } from 'node:test';
import type { RunEvent } from '../../harness/model/event.js';

/** The built command line and the built stand-in server, wherever this test was built to. */
export const main = fileURLToPath(new URL('../../harness/cli/main.js', import.meta.url));
const standIn = fileURLToPath(new URL('../stand-ins/known-latency-server.js', import.meta.url));

export interface Ended {
  code: number | null;
  signal: string | null;
  stdout: string;
  stderr: string;
  /** From the first signal we sent to the end, ms; NaN when none was sent. */
  afterSignalMs: number;
  /** Command lines of processes of this run that still live. */
  left: string[];
}

export interface Started {
  child: ChildProcess;
  stderr(): string;
  /** Sends a signal to the harness alone. */
  signal(name: NodeJS.Signals): void;
  /** Resolves when stderr holds the words; rejects when the run ends before. */
  says(words: string): Promise<void>;
  /** Of a run with `--progress json`: resolves with the first event that fits; rejects when the run ends before. */
  happens(fits: (event: RunEvent) => boolean): Promise<void>;
  /** Ids of the processes this run started that live now, by a word of their command line. */
  pids(word: string): number[];
  ended: Promise<Ended>;
}

/** A folder for one test. */
export const scratch = (): string => mkdtempSync(join(tmpdir(), 'e2e-'));

/** Starts the program. Everything it starts inherits a mark, by which leftovers are found. */
export function start(args: readonly string[], env: Record<string, string> = {}): Started {
  const mark = `MGEO_TEST_RUN=${randomUUID()}`;
  const [name = '', value = ''] = mark.split('=');
  const child = spawn(process.execPath, [main, ...args], { env: { ...process.env, ...env, [name]: value }, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  let signalledAtMs = NaN;
  child.stdout.setEncoding('utf8').on('data', (text: string) => { stdout += text; });
  child.stderr.setEncoding('utf8').on('data', (text: string) => { stderr += text; });
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code, signal) => {
      const afterSignalMs = performance.now() - signalledAtMs;
      void settled(mark, child.pid ?? 0).then((left) => { resolve({ code, signal, stdout, stderr, afterSignalMs, left }); });
    });
  });
  const shows = (what: string, seen: () => boolean): Promise<void> => new Promise((resolve, reject) => {
    const look = (): void => {
      if (seen()) resolve();
    };
    child.stderr.on('data', look);
    child.once('close', () => { reject(new Error(`ended without ${what}:\n${stderr}${stdout}`)); });
    look();
  });
  return {
    child,
    ended,
    stderr: () => stderr,
    signal: (which) => {
      if (Number.isNaN(signalledAtMs)) signalledAtMs = performance.now();
      child.kill(which);
    },
    says: (words) => shows(`saying "${words}"`, () => stderr.includes(words)),
    happens: (fits) => shows('the event', () => eventsIn(stderr).some(fits)),
    pids: (word) => marked(mark).filter(({ pid, command }) => pid !== child.pid && command.includes(word)).map(({ pid }) => pid),
  };
}

/** Events among the lines of a run with `--progress json`; what is no whole line yet is left out. */
export function eventsIn(stderr: string): RunEvent[] {
  return stderr.split('\n').slice(0, -1).filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as RunEvent);
}

/** That requests of a stage's window have been answered: it is under way, and there is something to keep. */
export const answersOf = (index: number) => (event: RunEvent): boolean => event.kind === 'tick' && event.stage.index === index && event.completed > 0;

/** Runs the program to its end. */
export const cli = (args: readonly string[], env: Record<string, string> = {}): Promise<Ended> => start(args, env).ended;

/** Processes whose environment holds the mark. */
function marked(mark: string): { pid: number; command: string }[] {
  return readdirSync('/proc').filter((entry) => /^\d+$/.test(entry)).flatMap((entry) => {
    try {
      if (!readFileSync(`/proc/${entry}/environ`, 'latin1').includes(mark)) return [];
      return [{ pid: Number(entry), command: readFileSync(`/proc/${entry}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() }];
    } catch {
      return [];
    }
  });
}

/** The warden may need a moment after the harness is gone; what lives after ten seconds is an orphan. */
async function settled(mark: string, own: number): Promise<string[]> {
  for (let waited = 0; waited < 100; waited += 1) {
    const left = marked(mark).filter(({ pid }) => pid !== own);
    if (left.length === 0) return [];
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return marked(mark).map(({ command }) => command);
}

/** --set for a stand-in server of a given behaviour, booted by the harness. */
export function standInServer(...flags: string[]): string[] {
  const command = [process.execPath, standIn, '--port', '{port}', ...flags];
  return ['--set', `server=${JSON.stringify({ process: { command, url: 'http://127.0.0.1:{port}', ready: '/ready' } })}`];
}

/** A short run: two stages of users who do not think, no probes, few golden answers, no gates unless given. */
export function shortRun(output: string, over: Record<string, unknown> = {}): string[] {
  const settings: Record<string, unknown> = {
    'load.closed.users': [2, 6], 'load.closed.think': '0s', 'load.closed.duration': '2s', 'load.warmup': '500ms', 'load.timeout': '2s', 'answers.golden': 60, 'answers.probes': false, gates: {},
    dataset: { seed: 7, mix: { high: 300, low: 300, boundary: 300, noisy: 300 } }, ...over,
  };
  return ['run', 'quick', '--engine', 'autocannon', '--progress', 'plain', '--output', output, ...Object.entries(settings).flatMap(([key, value]) => ['--set', `${key}=${JSON.stringify(value)}`])];
}

/** Skips a test whose tool is missing; with CI=true that is a failure. */
export function needs(test: TestContext, present: boolean, what: string): boolean {
  if (present) return true;
  if (process.env['CI']) throw new Error(`${what} is missing`);
  test.skip(`${what} is missing`);
  return false;
}

/** A JSON file of a run's folder. */
export function readJson<T>(folder: string, name: string): T {
  return JSON.parse(readFileSync(join(folder, name), 'utf8')) as T;
}

/** What a crowded machine does to a measurement. Everything else that makes a stage invalid is a fault of ours. */
export const crowd: ReadonlySet<string> = new Set(['lag', 'run-queue', 'generator-cpu', 'event-loop', 'engine-share', 'clock-step', 'little-users', 'too-few', 'neighbour', 'steal', 'throttled', 'calibration']);

interface Judged {
  checks: { status: string }[];
  stages: { validity: { status: string; reasons: { code: string; level: string }[] } }[];
}

/** Whether a crowd made a stage of the run invalid; fails where anything else did. What makes a stage only suspect is no matter here. */
export function crowded(output: string, said: string): boolean {
  const invalid = readJson<Judged>(output, 'result.json').stages.filter(({ validity }) => validity.status === 'invalid');
  for (const { validity } of invalid) assert.deepEqual(validity.reasons.filter(({ code, level }) => level === 'invalid' && !crowd.has(code)), [], said);
  return invalid.length > 0;
}

/**
 * A run that must not fail: exit 0. Where other programs held the cores, a stage may rightly be called invalid and the run end with 4;
 * then the crowd must be the only reason, and every check that could be judged must have passed.
 */
export function assertPassed(done: Said, output: string): void {
  if (done.code === 0) return;
  assert.equal(done.code, 4, done.stderr + done.stdout);
  assert.ok(crowded(output, done.stdout), done.stdout);
  assert.deepEqual(readJson<Judged>(output, 'result.json').checks.filter(({ status }) => status !== 'pass' && status !== 'invalid'), [], done.stdout);
}

/** A run that a gate must fail: exit 1; where a crowd made a stage invalid that the gate judges, and nothing else did, exit 4. */
export function assertGateFailed(done: Said, output: string): void {
  const invalid = crowded(output, done.stdout);
  assert.ok(done.code === 1 || (done.code === 4 && invalid), `exit ${String(done.code)}\n${done.stderr}${done.stdout}`);
}

type Said = Pick<Ended, 'code' | 'stdout' | 'stderr'>;
