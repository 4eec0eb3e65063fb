import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { gate, type GateFlags } from '../../harness/cli/gate.js';
import type { Io } from '../../harness/cli/io.js';
import { report } from '../../harness/cli/report.js';
import { parseGate } from '../../harness/gate/index.js';
import { createHost } from '../../harness/host/index.js';
import { baselineSchema, type Baseline } from '../../harness/model/baseline.js';
import { BenchError } from '../../harness/model/error.js';
import type { GatePlan } from '../../harness/model/metric.js';
import type { RunRecord } from '../../harness/model/record.js';
import type { Result } from '../../harness/report/index.js';
import { buildRecord, type RecordShape } from '../analysis/record-builder.js';

const host = createHost();
const base = mkdtempSync(join(tmpdir(), 'gate-verb-'));
const ioTo = (write: (text: string) => void): Io => ({ out: write, err: () => undefined, live: false, colour: false, columns: 120, width: null, pour: () => Promise.resolve(true) });

const gateOf = (metric: string, expression: string): GatePlan => {
  const read = parseGate(metric, expression, 'error');
  assert.ok('gate' in read);
  return read.gate;
};
const held = [gateOf('latency', 'p(95)<=baseline*1.1'), gateOf('errors', 'rate<1%')];

let made = 0;
/** A run's folder: latencies around `ms`, a little different for each number. */
function run(ms: number, { change, ...shape }: RecordShape = {}): string {
  made += 1;
  const folder = join(base, `run-${String(made)}`);
  mkdirSync(folder);
  const latenciesUs = Array.from({ length: 2000 }, (_, i) => Math.round(ms * 1000 * (0.7 + (0.6 * ((i * 7919) % 2000)) / 2000)));
  const record = buildRecord({ users: [2, 8], gates: held, ...shape, ...(shape.stages === undefined ? { latenciesUs } : {}), change: (whole) => {
    // A synthetic stage is as long as its requests take; what is asked shall be the same for all.
    const plan = { ...whole.plan, load: { ...whole.plan.load, stages: whole.plan.load.stages.map((stage) => ({ ...stage, durationS: 10 })) } };
    return { id: `run-${String(made)}`, plan, ...change?.({ ...whole, plan }) };
  } });
  writeFileSync(join(folder, 'run.json'), JSON.stringify(record));
  return folder;
}

async function judged(paths: string[], flags: Partial<GateFlags> = {}): Promise<{ code: number; out: string }> {
  let out = '';
  const code = await gate(paths, { gate: [], ...flags }, host, ioTo((text) => { out += text; }));
  return { code, out };
}

const refused = (code: string, words: RegExp, exitCode = 2) => (error: unknown): boolean => {
  assert.ok(error instanceof BenchError, String(error));
  assert.equal(error.code, code, error.message);
  assert.equal(error.exitCode, exitCode);
  assert.match([error.message, error.hint, ...error.details].join(' '), words);
  assert.ok(!error.message.slice(0, -1).includes('\n'));
  return true;
};

const accepted = join(base, 'baselines', 'synthetic.json');
const calm = [20, 20.2, 19.9, 20.1, 19.8];

test('five runs are accepted as one baseline: who, when, on what, and every figure with its interval', async () => {
  const { code, out } = await judged(calm.map((ms) => run(ms)), { accept: true, by: 'an engineer', baseline: accepted });
  assert.equal(code, 0);
  assert.match(out, /^Baseline of synthetic, 5 runs, accepted by an engineer/);
  assert.match(out, /8 users: latency p\(95\) 2\d\.?\d* ms \[/);
  const baseline: Baseline = baselineSchema.parse(JSON.parse(readFileSync(accepted, 'utf8')));
  assert.deepEqual([baseline.runs.length, baseline.accepted.by, baseline.fingerprint.cpu, baseline.fingerprint.engine, baseline.fingerprint.modelSha256], [5, 'an engineer', 'Synthetic CPU', 'k6 2.2.0', 'cd'.repeat(32)]);
  assert.ok(!Number.isNaN(Date.parse(baseline.accepted.at)));
  const p95 = baseline.stages[0]?.figures['latency p(95)'];
  assert.ok(p95 && p95.values.length === 5 && p95.low !== null && p95.high !== null && p95.low < p95.value && p95.value < p95.high);
});

test('the same passes, slower fails, both with value, ratio and interval; --json has them as numbers', async () => {
  const same = await judged([run(20)], { baseline: accepted });
  assert.equal(same.code, 0, same.out);
  assert.match(same.out, /✓ pass latency p\(95\)<=baseline\*1\.1 at “2 users”: .*baseline 2\d\.?\d* ms \(5 runs\); × \d.*\[/);
  const slow = await judged([run(25)], { baseline: accepted });
  assert.equal(slow.code, 1);
  assert.match(slow.out, /✗ Failed: latency p\(95\)<=baseline\*1\.1 does not hold at .*limit 2\d\.?\d* ms \(baseline 2/);
  const { checks } = JSON.parse((await judged([run(25)], { baseline: accepted, json: true })).out) as Result;
  const check = checks.find(({ id }) => id.startsWith('latency'));
  assert.equal(check?.baseline?.runs, 5);
  assert.ok(Math.abs((check?.baseline?.change.value ?? 0) - 1.25) < 0.02);
  assert.ok(Math.abs((check?.limit ?? 0) - 1.1 * (check?.baseline?.value ?? 0)) < 1e-6);
});

test('several runs of one scenario count together', async () => {
  const three = await judged([run(20), run(20.1), run(19.9)], { baseline: accepted });
  assert.match(three.out, /3 runs against 5 runs/);
  assert.equal(three.code, 0);
});

test('a run whose gates rest on a baseline, and none there: undecided, and told how to make one', async () => {
  const first = await judged([run(20)]);
  assert.equal(first.code, 0);
  assert.match(first.out, /Inconclusive: .*no baseline yet: make one .*gate RUN --accept/);
  const strict = await judged([run(20, { change: ({ plan }) => ({ plan: { ...plan, policy: { ...plan.policy, strict: true } } }) })]);
  assert.equal(strict.code, 4);
});

test('a run that asks nothing of a baseline is held against it by the usual gates', async () => {
  const { out } = await judged([run(20, { gates: [] })], { baseline: accepted });
  assert.match(out, /rps rate>=baseline\*0\.95/);
  assert.match(out, /latency p\(95\)<=baseline\*1\.1/);
});

test('few runs: what noise could be is left open, what it cannot be fails', async () => {
  const single = join(base, 'baselines', 'single.json');
  await judged([run(20)], { accept: true, baseline: single });
  const open = await judged([run(23)], { baseline: single });
  assert.equal(open.code, 0);
  assert.match(open.out, /1 run against 1 run cannot tell the noise between runs/);
  assert.equal((await judged([run(40)], { baseline: single })).code, 1);
});

describe('a baseline of something else', () => {
  const elsewhere = (change: Partial<RunRecord['environment']>): string => run(20, { change: ({ environment }) => ({ environment: { ...environment, ...change } }) });
  const policy = (baseline: RunRecord['plan']['policy']['baseline']): string => run(40, { change: ({ environment, plan }) => ({ environment: { ...environment, cores: 8 }, plan: { ...plan, policy: { ...plan.policy, baseline } } }) });

  test('is refused: another machine, driver, engine, model, plan', async () => {
    const server = (record: RunRecord): RunRecord['server'] => record.server && { ...record.server, modelSha256: 'ee'.repeat(32) };
    await assert.rejects(judged([elsewhere({ cores: 8 })], { baseline: accepted }), refused('baseline-unlike', /differs from this run in the machine\. .*the machine: Synthetic CPU, 4 cores, 16 GiB → Synthetic CPU, 8 cores, 16 GiB/));
    await assert.rejects(judged([run(20, { change: (record) => ({ server: server(record) }) })], { baseline: accepted }), refused('baseline-unlike', /the model: mgeo-shape cdcd/));
    await assert.rejects(judged([run(20, { change: () => ({ engine: { name: 'autocannon', version: '9.0.0', why: 'asked' } }) })], { baseline: accepted }), refused('baseline-unlike', /the load engine: k6 2\.2\.0 → autocannon 9\.0\.0/));
    await assert.rejects(judged([run(20, { gpus: [{ uuid: 'GPU-1', baselineMiB: 1, loadedMiB: 2, peakMiB: 3 }] })], { baseline: accepted }), refused('baseline-unlike', /the GPU or its driver: no GPU → /));
    await assert.rejects(judged([run(20, { change: ({ plan }) => ({ plan: { ...plan, seed: 99 } }) })], { baseline: accepted }), refused('baseline-unlike', /the plan: seed: 1 → 99$/));
  });

  test('of another plan: every setting that differs is named, old and new; a file of version 1 is read, and says that it cannot name them', async () => {
    const changed = run(20, { change: ({ plan }) => ({ plan: { ...plan, answers: { ...plan.answers, golden: 5 }, load: { ...plan.load, timeoutS: 3, stages: plan.load.stages.slice(0, 1) } } }) });
    await assert.rejects(judged([changed], { baseline: accepted }), (error) => {
      assert.ok(error instanceof BenchError);
      assert.deepEqual(error.details, ['the plan: answers.golden: 200 → 5', 'the plan: load.timeoutS: 10 → 3', 'the plan: load.stages[1]: 8 users → —']);
      return true;
    });
    const { fingerprint: { asked, ...print }, ...rest } = baselineSchema.parse(JSON.parse(readFileSync(accepted, 'utf8')));
    assert.equal(asked?.['load.stages[1].arrival.users'], '8');
    const old = join(base, 'baselines', 'old.json');
    writeFileSync(old, JSON.stringify({ ...rest, schema: 'mgeo-bench/baseline/1', fingerprint: print }));
    assert.equal((await judged([run(20)], { baseline: old })).code, 0);
    await assert.rejects(judged([run(20, { change: ({ plan }) => ({ plan: { ...plan, seed: 99 } }) })], { baseline: old }), refused('baseline-unlike', /the plan: [0-9a-f]{12} → [0-9a-f]{12} the plan: the baseline does not say what it asked/));
  });

  test('is not refused for other gates, another name of the host, or a little memory that the kernel keeps', async () => {
    assert.equal((await judged([elsewhere({ memoryMiB: 16_300, kernel: '6.9' })], { baseline: accepted })).code, 0);
    assert.equal((await judged([run(20, { gates: [gateOf('latency', 'p(50)<=baseline*1.2')] })], { baseline: accepted })).code, 0);
  });

  test('is advisory or accepted where the policy says so', async () => {
    const advisory = await judged([policy({ machine: 'advisory' })], { baseline: accepted });
    assert.equal(advisory.code, 0, 'it only warns');
    assert.match(advisory.out, /✗ fail latency p\(95\).*it only warns, for the baseline is unlike in machine \(Synthetic CPU, 4 cores, 16 GiB → Synthetic CPU, 8 cores, 16 GiB\)/);
    assert.equal((await judged([policy({ machine: 'accept' })], { baseline: accepted })).code, 1);
  });

  test('of another scenario, missing, or without the stage: exit 2 with the nearest names', async () => {
    await assert.rejects(judged([run(20, { change: ({ plan }) => ({ plan: { ...plan, name: 'other' } }) })], { baseline: accepted }), refused('baseline-unfit', /is of the scenario synthetic, not of other/));
    const others = join(base, 'baselines', 'others.json');
    writeFileSync(others, readFileSync(accepted, 'utf8').replace('"scenario": "synthetic"', '"scenario": "others"'));
    await assert.rejects(judged([run(20)], { baseline: others }), refused('baseline-unfit', /is of the scenario others, not of synthetic\. .* There are \S.*; did you mean \S*baselines\/synthetic\.json\?/));
    unlinkSync(others);
    await assert.rejects(judged([run(20)], { baseline: join(base, 'baselines', 'synthetik.json') }), refused('baseline-missing', /did you mean .*synthetic\.json/));
    writeFileSync(join(base, 'baselines', 'synthetie.json'), '{"name": "something else"}');
    await assert.rejects(judged([run(20)], { baseline: join(base, 'baselines', 'synthetik.json') }), refused('baseline-missing', /There (?:is|are) (?!.*synthetie)(?:\S+, )*\S*baselines\/synthetic\.json; did you mean/), 'only baselines are told');
    const loose = ({ plan }: RunRecord): Partial<RunRecord> => ({ plan: { ...plan, policy: { ...plan.policy, baseline: { plan: 'accept' } } } });
    await assert.rejects(judged([run(20, { users: [3], gates: [gateOf('latency{users:3}', 'p(95)<=baseline')], change: loose })], { baseline: accepted }), refused('baseline-unfit', /"latency\{users:3\} p\(95\)<=baseline" fits no stage of the baseline .* There are users:2, users:8; did you mean users:2\?/));
  });
});

test('further gates and presets on a saved run; one that fits no stage is a mistake with the nearest name', async () => {
  assert.equal((await judged([run(20, { gates: [] })], { gate: ['latency{users:8}: p(95)<10ms'] })).code, 1);
  assert.equal((await judged([run(20, { gates: [] })], { preset: 'smoke' })).code, 0);
  await assert.rejects(judged([run(20)], { gate: ['latency{users:9}: p(95)<1s'] }), refused('usage', /fits no stage of the run.*did you mean users:8\?/));
  await assert.rejects(judged([run(20)], { gate: ['latency{stage:8 user}: p(95)<1s'] }), refused('usage', /did you mean stage:8 users\?/));
  await assert.rejects(judged([run(20)], { gate: ['latncy: p(95)<1s'] }), refused('usage', /Did you mean "latency"\?/));
  await assert.rejects(judged([run(20)], { gate: ['p(95)<1s'] }), refused('usage', /is no gate/));
});

test('what is accepted has to be sound, alike and named once', async () => {
  const path = join(base, 'baselines', 'never.json');
  const accept = (...runs: string[]): Promise<unknown> => judged(runs, { accept: true, baseline: path });
  await assert.rejects(accept(run(20, { change: () => ({ outcome: 'aborted', failure: { code: 'interrupted', message: 'Interrupted.', hint: '', exitCode: 130, details: [] } }) })), refused('baseline-unfit', /it was interrupted/));
  await assert.rejects(accept(run(20, { gates: [gateOf('latency', 'p(95)<1ms')] })), refused('baseline-unfit', /it fails latency p\(95\)<1ms/));
  await assert.rejects(accept(run(20, { change: ({ stages }) => ({ stages: stages.map((stage) => ({ ...stage, generator: { ...stage.generator, rows: stage.generator.rows + 500 } })) }) })), refused('baseline-unfit', /a measurement of it is invalid\. .*2 users: /));
  await assert.rejects(accept(run(20), run(20, { seed: 3 })), refused('unlike-runs', /differs from .* in the plan\. .*the plan: seed: /));
  const twice = run(20);
  await assert.rejects(accept(twice, twice), refused('usage', /named twice/));
  assert.ok(!existsSync(path));
});

test('a suspect run is accepted, and stderr says which stages and why; strictly it is refused', async () => {
  const suspect = (strict = false): string => run(20, { change: ({ plan, stages }) => ({
    plan: { ...plan, policy: { ...plan.policy, strict } },
    stages: stages.map((stage, i) => (i === 1 ? { ...stage, generator: { ...stage.generator, messages: ['level=warning msg=x'] } } : stage)),
  }) });
  const path = join(base, 'baselines', 'suspect.json');
  for (const [language, words] of [['en', /^warning: the baseline rests on a suspect measurement of the run run-\d+:\n {2}8 users: .+\n$/], ['zh-CN', /^警告：基线所依据的运行 run-\d+ 中有 1 个阶段的测量存疑：\n {2}8 个用户：.+\n$/]] as const) {
    let err = '';
    assert.equal(await gate([suspect()], { gate: [], accept: true, baseline: path }, host, { ...ioTo(() => undefined), language, err: (text) => { err += text; } }), 0);
    assert.match(err, words);
    assert.ok(existsSync(path));
  }
  const never = join(base, 'baselines', 'never-suspect.json');
  await assert.rejects(judged([suspect()], { accept: true, strict: true, baseline: never }), refused('baseline-unfit', /can be no baseline: a measurement of it is suspect.*8 users: /));
  await assert.rejects(judged([suspect(true)], { accept: true, baseline: never }), refused('baseline-unfit', /a measurement of it is suspect/));
  assert.ok(!existsSync(never));
  let err = '';
  await gate([run(20)], { gate: [], accept: true, baseline: path }, host, { ...ioTo(() => undefined), err: (text) => { err += text; } });
  assert.equal(err, '', 'of a sound run nothing is said');
});

test('gate --strict: what is undecided ends with 4', async () => {
  assert.equal((await judged([run(20)], { strict: true })).code, 4);
});

describe('records that are not as they should be', () => {
  const whole = (): string => readFileSync(join(run(20), 'run.json'), 'utf8');
  const folderWith = (text: string): string => {
    const folder = mkdtempSync(join(base, 'bad-'));
    writeFileSync(join(folder, 'run.json'), text);
    return folder;
  };
  const unreadable: [string, () => string, RegExp][] = [
    ['of an older version', () => whole().replace('mgeo-bench/run/1', 'mgeo-bench/run/0'), /its schema is "mgeo-bench\/run\/0"/],
    ['of a newer version', () => whole().replace('mgeo-bench/run/1', 'mgeo-bench/run/2'), /its schema is "mgeo-bench\/run\/2"/],
    ['cut off', () => whole().slice(0, 5000), /not whole JSON/],
    ['edited by hand', () => whole().replace('"outcome":"completed"', '"outcome":"splendid"'), /breaks the record's schema/],
  ];
  for (const [name, text, words] of unreadable) {
    test(`${name}: report and gate refuse in one sentence`, async () => {
      const folder = folderWith(text());
      await assert.rejects(judged([folder]), refused('record-unreadable', words));
      await assert.rejects(report(folder, { lang: 'en' }, host, ioTo(() => undefined)), refused('record-unreadable', words));
    });
  }

  const failure = { code: 'interrupted', message: 'Interrupted.', hint: '', exitCode: 130, details: [] };
  const odd: [string, RecordShape, number, RegExp][] = [
    ['of an aborted run', { change: ({ stages }) => ({ outcome: 'aborted', failure, stages: stages.slice(0, 1) }) }, 130, /interrupted after 1 completed stage/],
    ['with one stage', { users: [4] }, 0, /Inconclusive|Passed/],
    ['with no stage at all', { change: () => ({ outcome: 'failed', failure: { ...failure, code: 'server-not-ready', message: 'The server was not ready.', exitCode: 3 }, stages: [] }) }, 3, /ended early, before any stage/],
    ['that never ended', { change: () => ({ outcome: 'running' }) }, 4, /never ended/],
    ['with no successful request', { stages: [{ users: 4, latenciesUs: Array.from({ length: 400 }, () => 5000), errors: { 'http-500': 400 } }] }, 1, /none of \d+ requests was answered/],
    ['whose GPU vanished', { gates: [gateOf('vram', 'max<24GiB')], gpus: [{ uuid: 'GPU-1', baselineMiB: 100, loadedMiB: 2000, peakMiB: 3000 }], change: ({ series }) => ({ series: series.map((one) => (one.source === 'GPU-1' || one.source.includes('GPU-1') ? { ...one, v: one.v.map(() => null) } : one)) }) }, 0, /vram|VRAM/i],
  ];
  for (const [name, shape, code, words] of odd) {
    test(`${name}: rendered and judged by what is true of it`, async () => {
      const folder = run(20, shape);
      for (const flags of [{}, { baseline: undefined }]) {
        const { code: ended, out } = await judged([folder], flags as Partial<GateFlags>);
        assert.equal(ended, code, out);
        assert.match(out, words);
        assert.doesNotMatch(out, /NaN|undefined|Infinity/);
      }
      assert.equal(await report(folder, { lang: 'both' }, host, ioTo(() => undefined)), 0);
      for (const file of ['report.html', 'report.zh-CN.html', 'report.md', 'junit.xml', 'result.json']) assert.doesNotMatch(readFileSync(join(folder, file), 'utf8'), /\bNaN\b|>undefined</, file);
    });
  }
});

test('report shows what the run was held against, in both languages; it never looks for a baseline of its own accord', async () => {
  const baseline = baselineSchema.parse(JSON.parse(readFileSync(accepted, 'utf8')));
  const folder = run(25, { change: () => ({ baseline }) });
  await report(folder, { lang: 'both' }, host, ioTo(() => undefined));
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  assert.match(read('report.html'), /Baseline; change \[interval\].*\(5 runs\); × 1\.2\d/s);
  assert.match(read('report.zh-CN.html'), /基线；变化 \[区间\].*（5 次运行）/s);
  assert.match(read('report.md'), /Baseline; change \\?\[interval\\?\].*5 runs/s);
  assert.match(read('junit.xml'), /<failure message="latency p\(95\)&lt;=baseline\*1\.1 @ 2 users: .*baseline .*5 runs\); × 1\.2/);
  const without = run(25);
  await report(without, { lang: 'en', baseline: accepted, format: 'markdown' }, host, ioTo(() => undefined));
  assert.match(readFileSync(join(without, 'report.md'), 'utf8'), /5 runs/);
});
