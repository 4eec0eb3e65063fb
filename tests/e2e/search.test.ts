import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { RunRecord } from '../../harness/model/record.js';
import type { Result } from '../../harness/report/index.js';
import { cli, crowd, readJson, scratch, standInServer } from './cli.js';
import { oneProcess } from './one-process.js';

/** Simulated searches start nothing: all of them run in one process. */
const read = oneProcess();

/** A scenario of the simulated queue: one server, 10 ms each, so 100 requests a second at constant gaps and no more. */
function simulated(search: string, gates: string, folder: string): string {
  const file = join(folder, 'search.yaml');
  writeFileSync(file, `server: {simulated: {parallel: 1, service: 10ms}}\nload:\n  warmup: 1s\n  search: ${search}\ngates: ${gates}\n`);
  return file;
}

test('a planted capacity through the command line: found, told, recorded, judged again', async () => {
  const folder = scratch();
  const output = join(folder, 'run');
  const file = simulated('{from: 20, to: 500, arrivals: constant, confirm: 2}', '{latency: ["p(95)<50ms"], capacity: ["rate>=95"]}', folder);
  const done = await read(['run', file, '--output', output, '--progress', 'plain']);
  assert.equal(done.code, 0, done.stderr + done.stdout);
  const { search, stages } = readJson<RunRecord>(output, 'run.json');
  assert.equal(search?.end?.kind, 'found');
  const { lowRps, highRps } = search.end;
  assert.ok(lowRps !== null && highRps !== null && lowRps <= 100 && highRps > 100 && highRps / lowRps <= 1.05 + 1e-9, JSON.stringify(search.end));
  assert.deepEqual(search.probes.map(({ stage }) => stage), stages.map(({ stage }) => stage.index), 'every probe is a stage');
  const lines = done.stderr.split('\n').filter((line) => /: (pass|fail|undecided)/.test(line));
  assert.equal(lines.length, search.probes.length, 'one line a probe');
  assert.match(done.stdout, new RegExp(`Highest rate within the SLO: ${String(lowRps)} requests/s \\(between ${String(lowRps)} and ${String(highRps)}\\), confirmed 2 times`));
  const again = await read(['gate', output, '--json']);
  assert.equal(again.code, 0);
  const { analysis, checks } = JSON.parse(again.stdout) as Result;
  assert.deepEqual([analysis.search?.end, analysis.search?.lowRps, analysis.search?.cliff?.gate], ['found', lowRps, 'latency p(95)<50ms']);
  assert.ok(checks.every(({ status }) => status === 'pass'), JSON.stringify(checks));
});

test('what a search cannot answer ends with one sentence and the right code', async () => {
  const folder = scratch();
  const run = (search: string, name: string, ...more: string[]) => read(['run', simulated(search, '{latency: ["p(95)<50ms"]}', folder), '--output', join(folder, name), '--progress', 'none', ...more]);
  const lowest = await run('{from: 200, to: 500, arrivals: constant}', 'lowest');
  assert.equal(lowest.code, 1);
  assert.match(lowest.stdout, /Failed: The lowest rate of the search is not within the SLO: give a lower load\.search\.from\.$/m);
  for (const [strict, code] of [[[], 0], [['--strict'], 4]] as const) {
    const highest = await run('{from: 20, to: 60, arrivals: constant}', `highest${String(code)}`, ...strict);
    assert.equal(highest.code, code);
    assert.match(highest.stdout, /Inconclusive: Even the highest rate of the search, 60 requests\/s, is within the SLO: give a higher load\.search\.to\.$/m);
  }
  const short = await run('{from: 20, to: 500, budget: 1m}', 'short');
  assert.equal(short.code, 2);
  assert.match(short.stderr, /load\.search\.budget: 60 s are too short for 99 % confidence: .* give budget: \d+s/);
});

test('autocannon: the rate that a serial server of 10 ms bears', async () => {
  const settings: Record<string, unknown> = {
    'load.search': { from: 40, to: 320, arrivals: 'constant', resolution: 0.25, duration: '3s', confirm: 1 }, 'load.warmup': '500ms', 'load.timeout': '4s', 'answers.golden': 60, 'answers.probes': false,
    gates: { latency: ['med<150ms'] }, dataset: { seed: 7, mix: { high: 300, low: 300, boundary: 300, noisy: 300 } },
  };
  /** What is wrong with the answer; null where it is right, or where the search itself calls its probes disturbed. */
  const searched = async (): Promise<string | null> => {
    const output = join(scratch(), 'run');
    const done = await cli(['run', 'quick', '--engine', 'autocannon', '--progress', 'plain', '--output', output, ...standInServer('--mode', 'serial', '--ms', '10'), ...Object.entries(settings).flatMap(([key, value]) => ['--set', `${key}=${JSON.stringify(value)}`])]);
    const { search, stages } = readJson<RunRecord>(output, 'run.json');
    assert.deepEqual(done.left, []);
    assert.equal(stages.length, search?.probes.length);
    // On a crowded machine the generator is late, and its probes are undecided: then that is the only reason.
    const late = (search?.probes ?? []).filter(({ reason }) => reason.code === 'invalid');
    for (const { reason } of late) assert.ok(crowd.has(String(reason.params['why'])), JSON.stringify(search));
    const { end } = search ?? {};
    if (late.length > 0 || (end?.kind === 'found' && (end.lowRps ?? 0) <= 105 && (end.highRps ?? 0) >= 95 && (done.code === 0 || done.code === 4))) return null;
    return `exit ${String(done.code)}, ${JSON.stringify(search)}\n${done.stderr}${done.stdout}`;
  };
  // Nothing marks a server that others kept from its work: they may disturb one attempt; a search that is wrong is wrong in all.
  let answer = await searched();
  for (let again = 0; again < 2 && answer !== null; again += 1) answer = await searched();
  assert.equal(answer, null);
});
