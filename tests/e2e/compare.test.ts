/** Several runs of a scenario through the whole program, and saved runs beside each other. */
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { comparisonRecordSchema, type ComparisonRecord } from '../../harness/model/comparison.js';
import { runRecordSchema, type RunRecord } from '../../harness/model/record.js';
import { cli, readJson, scratch, start } from './cli.js';
import { oneProcess } from './one-process.js';

/** Simulated runs and comparisons of saved ones start nothing: all of them run in one process. */
const read = oneProcess();

const queue = `server: { simulated: { service: 20ms, parallel: 4, exponential: true } }
dataset: { seed: 7, mix: { high: 20, low: 20 } }
load: { warmup: 1s, closed: { users: [2, 8], duration: 20s } }
`;

function scenario(name: string, more: string): { folder: string; file: string } {
  const folder = scratch();
  const file = join(folder, `${name}.yaml`);
  writeFileSync(file, `name: ${name}\n${queue}${more}`);
  return { folder, file };
}

const recordAt = (folder: string): ComparisonRecord => comparisonRecordSchema.parse(readJson(folder, 'comparison.json'));

test('arms are run in turn, each run whole, and the one that was made quicker is found better', async () => {
  const { folder, file } = scenario('arms', 'matrix: { server.simulated.service: [20ms, 15ms] }\ncompare: { pairs: 2 }\n');
  const output = join(folder, 'out');
  const ended = await cli(['run', file, '--output', output, '--lang', 'both', '--progress', 'plain']);
  assert.equal(ended.code, 0, ended.stderr);
  assert.match(ended.stdout, /“15ms” wins against “20ms”: throughput 1\.3\d × \[.*\] at “8 users”, 2 pairs\./);
  assert.match(ended.stderr, /round 4 of 4: “20ms”/);
  const record = recordAt(output);
  assert.deepEqual(record.rounds.map(({ arm }) => arm), ['20ms', '15ms', '15ms', '20ms']);
  for (const { folder: round } of record.rounds) {
    assert.equal((runRecordSchema.parse(readJson(join(output, round), 'run.json')) satisfies RunRecord).outcome, 'completed');
    assert.ok(existsSync(join(output, round, 'report.html')));
  }
  // Four at a time, eight users, no thinking: throughput is 4 / service, so the ratio is known.
  const [comparison] = record.comparisons;
  const ratio = comparison?.rows.find(({ stage, metric }) => stage === '8 users' && metric === 'rps')?.ratio?.value ?? 0;
  assert.ok(Math.abs(ratio / (20 / 15) - 1) < 0.05, String(ratio));
  assert.match(readFileSync(join(output, 'report.zh-CN.html'), 'utf8'), /“15ms”胜过“20ms”/);
  assert.deepEqual(ended.left, []);
});

test('replicas with a known curve: four users on 2, 4 and 8 places do twice as much, then no more', async () => {
  const { folder, file } = scenario('replicas', 'matrix: { server.simulated.parallel: [2, 4, 8] }\ncompare: { by: replicas, pairs: 2 }\n');
  const output = join(folder, 'out');
  const ended = await read(['run', file, '--set', 'load.closed.users=4', '--output', output, '--progress', 'none']);
  assert.equal(ended.code, 0, ended.stderr);
  const { scaling = [], winner } = recordAt(output);
  assert.deepEqual(scaling.map(({ replicas, word }) => [replicas, word]), [[4, 'worth'], [8, 'not-worth']]);
  assert.ok(Math.abs((scaling[0]?.speedUp?.value ?? 0) - 2) < 0.15 && Math.abs((scaling[1]?.speedUp?.value ?? 0) - 2) < 0.15, JSON.stringify(scaling));
  assert.equal(winner, undefined);
  assert.match(ended.stdout, /Going from “4” to “8” is not worth it/);
});

test('a scenario beside itself is equivalent; --json is comparison.json and nothing else', async () => {
  const { folder, file } = scenario('same', 'compare: { pairs: 2 }\n');
  const output = join(folder, 'out');
  const ended = await read(['run', file, '--aa', '--output', output, '--progress', 'none', '--json']);
  assert.equal(ended.code, 0, ended.stderr);
  const whole = JSON.parse(ended.stdout) as ComparisonRecord & { verdict: { status: string } };
  assert.deepEqual([whole.verdict.status, whole.design.aa, whole.looks, whole.rounds.length], ['pass', true, 1, 4]);
  assert.equal(readFileSync(join(output, 'comparison.json'), 'utf8'), ended.stdout);
});

test('repeats tell their mean; arms that are sent other traffic are shown, not judged', async () => {
  const repeated = scenario('again', 'repeat: 3\n');
  const ended = await read(['run', repeated.file, '--output', join(repeated.folder, 'out'), '--progress', 'none']);
  assert.equal(ended.code, 0, ended.stderr);
  assert.match(ended.stdout, /3 runs: throughput \d+ \[\d.*\] req\/s at “8 users”/);
  const cached = scenario('cached', 'matrix: { dataset.mix.high: [20, 40] }\n');
  const beside = await read(['run', cached.file, '--output', join(cached.folder, 'out'), '--progress', 'none']);
  assert.equal(beside.code, 0, beside.stderr);
  assert.match(beside.stdout, /“40” beside “20”: throughput .*sent different traffic \(number of requests, .*neither is called better/);
});

test('an interrupted series keeps and compares what was run', async () => {
  const { folder, file } = scenario('cut', 'matrix: { server.simulated.service: [20ms, 15ms] }\ncompare: { pairs: 50 }\n');
  const output = join(folder, 'out');
  const run = start(['run', file, '--output', output, '--progress', 'plain']);
  await run.says('round 6 of 100');
  run.signal('SIGINT');
  const ended = await run.ended;
  assert.equal(ended.code, 130, ended.stderr);
  const record = recordAt(output);
  assert.equal(record.outcome, 'aborted');
  assert.ok(record.rounds.length < 50, `${String(record.rounds.length)} of 100 rounds were run`);
  assert.ok((record.comparisons[0]?.pairs ?? 0) >= 2);
  assert.match(ended.stdout, /The series ended early; what was run until then is compared\./);
  assert.ok(existsSync(join(output, 'report.html')));
});

test('a server that cannot be started ends the series with its own exit code and sentence', async () => {
  const { folder, file } = scenario('broken', '');
  const ended = await cli(['run', file, '--set', 'server={process: {command: "node -e process.exit(7)", url: "http://127.0.0.1:{port}"}}', '--set', 'load.engine=autocannon', '--set', 'repeat=3', '--output', join(folder, 'out'), '--progress', 'none']);
  assert.equal(ended.code, 3, ended.stderr);
  assert.equal(readdirSync(join(folder, 'out', 'rounds')).length, 1);
  assert.match(ended.stderr, /ended/);
});

test('saved runs: compared in pairs, refused where they are unlike, unless told', async () => {
  const { folder, file } = scenario('saved', '');
  const runOnce = async (name: string, ...set: string[]): Promise<string> => {
    const output = join(folder, name);
    const ended = await read(['run', file, '--output', output, '--progress', 'none', ...set.flatMap((text) => ['--set', text])]);
    assert.equal(ended.code, 0, ended.stderr);
    return output;
  };
  const [a1, a2, b1, b2] = [await runOnce('a1'), await runOnce('a2'), await runOnce('b1', 'server.simulated.service=10ms'), await runOnce('b2', 'server.simulated.service=10.1ms')];
  const ended = await read(['compare', `${a1},${a2}`, `${b1},${b2}`, '--output', join(folder, 'compared')]);
  assert.equal(ended.code, 0, ended.stderr);
  assert.match(ended.stdout, /is better than .*: throughput (1\.9\d|2|2\.0\d) ×/);
  assert.ok(existsSync(join(folder, 'compared', 'report.html')));
  // Where the runs lie on this machine is none of the comparison's business.
  assert.deepEqual(readJson<ComparisonRecord>(join(folder, 'compared'), 'comparison.json').rounds.map((round) => round.folder), ['a1', 'a2', 'b1', 'b2']);
  for (const name of readdirSync(join(folder, 'compared'))) assert.ok(!readFileSync(join(folder, 'compared', name), 'utf8').includes(folder), name);
  const twins = [join(folder, 'x', 'run'), join(folder, 'y', 'run')] as const;
  [a1, b1].forEach((from, i) => { cpSync(from, twins[i] ?? '', { recursive: true }); });
  const alike = await read(['compare', ...twins, '--json']);
  assert.deepEqual([alike.code, (JSON.parse(alike.stdout) as ComparisonRecord).arms.map((arm) => arm.name), alike.stdout.includes(folder)], [0, ['run', 'run (2)'], false]);
  const single = await read(['compare', a1, b1]);
  assert.deepEqual([single.code, /one pair has no interval/.test(single.stdout)], [0, true]);
  const other = await runOnce('other', 'load.closed.users=[2]');
  const refused = await read(['compare', a1, other]);
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /cannot be compared: they differ in the load\./);
  assert.ok(!refused.stderr.includes('    at '));
  const anyway = await read(['compare', a1, other, '--anyway']);
  assert.equal(anyway.code, 0, anyway.stderr);
  // The same run on another machine: everything else is alike.
  const elsewhere = join(folder, 'elsewhere');
  mkdirSync(elsewhere);
  const record = readJson<RunRecord>(a1, 'run.json');
  writeFileSync(join(elsewhere, 'run.json'), JSON.stringify({ ...record, environment: { ...record.environment, cpu: 'Another CPU', cores: record.environment.cores + 1 } }));
  const unlike = await read(['compare', a1, elsewhere]);
  assert.equal(unlike.code, 2);
  assert.match(unlike.stderr, /cannot be compared: they differ in the CPU, the cores\.\nhint: .+--anyway/);
  const told = await read(['compare', a1, elsewhere, '--anyway', '--output', join(folder, 'told')]);
  assert.equal(told.code, 0, told.stderr);
  assert.match(readFileSync(join(folder, 'told', 'report.html'), 'utf8'), /Compared although these differ: CPU, cores/);
  const uneven = await read(['compare', `${a1},${a2}`, b1]);
  assert.equal(uneven.code, 2);
  assert.match(uneven.stderr, /2 on one side and 1 on the other/);
  const none = await read(['compare', join(folder, 'nowhere'), b1]);
  assert.equal(none.code, 2);
});
