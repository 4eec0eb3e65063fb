/** Ctrl-C in each phase is over within five seconds: a promise about time, so it is measured while nothing else runs. What of a stage an interruption keeps: tests/e2e/wrong.test.ts. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Phase } from '../../harness/model/event.js';
import type { RunRecord } from '../../harness/model/record.js';
import { answersOf, needs, readJson, scratch, shortRun, standInServer, start, type Started } from '../e2e/cli.js';

interface Moment {
  when: string;
  over?: Record<string, unknown>;
  /** `null`: the scenario's own. */
  server?: string[] | null;
  /** Flags behind all others. */
  flags?: string[];
  env?: () => Record<string, string>;
  /** In place of the short run of `quick`. */
  scenario?: string;
  comes: (run: Started) => Promise<void>;
  /** How the stages ended that the record must hold. */
  stages?: string[];
  outcome?: RunRecord['outcome'];
  needsGo?: boolean;
}

/** A cache in which nothing is: no engine, no figures of the day. */
const emptyCache = (): Record<string, string> => ({ MGEO_BENCH_CACHE: scratch() });

const hasGo = (): boolean => {
  try {
    return /go1\.(2[5-9]|[3-9]\d)/.test(execFileSync('go', ['version'], { encoding: 'utf8' }));
  } catch {
    return false;
  }
};

const phase = (name: Phase) => (run: Started): Promise<void> => run.happens((event) => event.kind === 'phase' && event.phase === name);
const neverReady = ['--set', `server=${JSON.stringify({ process: { command: [process.execPath, '-e', 'setInterval(() => 0, 1000)'], url: 'http://127.0.0.1:{port}', ready: '/ready' } })}`];
const moments: readonly Moment[] = [
  // With a cache of Go's own that is empty too, or nothing would be left to build.
  { when: 'while k6 is built', env: () => ({ ...emptyCache(), GOCACHE: scratch() }), flags: ['--engine', 'k6'], needsGo: true, comes: (run) => run.happens((event) => event.kind === 'progress' && event.what.startsWith('building k6')) },
  { when: 'while the engine is calibrated', env: emptyCache, comes: (run) => run.happens((event) => event.kind === 'phase' && event.detail?.startsWith('calibrating') === true) },
  { when: 'while the pairs are made', over: { dataset: { seed: 7, mix: { high: 150_000, low: 150_000 } } }, comes: phase('dataset') },
  { when: 'while the reference server starts', server: null, comes: phase('boot') },
  { when: 'while a server is awaited that is never ready', server: neverReady, comes: phase('boot') },
  { when: 'while golden answers are asked', over: { 'answers.golden': 600 }, comes: phase('probe') },
  { when: 'while load runs', comes: (run) => run.happens(answersOf(0)), stages: ['interrupted'] },
  { when: 'between two stages', over: { 'load.closed.duration': '1s' }, comes: (run) => run.happens((event) => event.kind === 'stage-end'), stages: ['completed'] },
  { when: 'while load runs on a server that takes no notice of SIGTERM', server: standInServer('--ms', '10', '--deaf', 'on'), comes: (run) => run.happens(answersOf(0)), stages: ['interrupted'] },
  { when: 'while the conformance suite asks', scenario: 'conformance', comes: phase('conformance') },
  { when: 'while the report is written', over: { 'load.closed.users': [2], 'load.closed.duration': '2s' }, comes: phase('report'), stages: ['completed'], outcome: 'completed' },
];
for (const { when, over = {}, server = standInServer('--ms', '10'), flags = [], env = () => ({}), scenario, comes, stages = [], outcome = 'aborted', needsGo = false } of moments) {
  test(`Ctrl-C ${when}: the program has ended within five seconds`, { timeout: 60_000 }, async (t) => {
    if (needsGo && !needs(t, hasGo(), 'Go 1.25')) return;
    const output = join(scratch(), 'run');
    const words = scenario === undefined ? shortRun(output, { 'load.closed.duration': '2m', 'answers.golden': 4, ...over }) : ['run', scenario, '--output', output];
    const run = start([...words, ...(server ?? []), '--progress', 'json', ...flags], env());
    t.after(() => run.child.kill('SIGKILL'));
    await comes(run);
    run.signal('SIGINT');
    const { code, afterSignalMs, left } = await run.ended;
    assert.equal(code, 130);
    assert.deepEqual(left, []);
    const record = readJson<RunRecord>(output, 'run.json');
    assert.equal(record.outcome, outcome);
    // A stage that had only begun may stand there or not.
    assert.deepEqual(record.stages.slice(0, stages.length).map(({ status }) => status), stages);
    assert.ok(record.stages.slice(stages.length).every(({ status }) => status !== 'completed'));
    for (const name of ['report.html', 'report.md', 'junit.xml', 'result.json']) assert.ok(existsSync(join(output, name)), name);
    t.diagnostic(`${String(Math.round(afterSignalMs))} ms`);
    assert.ok(afterSignalMs < 5_000, `${String(Math.round(afterSignalMs))} ms`);
  });
}
