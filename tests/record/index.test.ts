import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { lineInChinese } from '../../harness/cli/text/sentence.js';
import { BenchError } from '../../harness/model/error.js';
import type { Plan } from '../../harness/model/plan.js';
import type { RunRecord, StageResult } from '../../harness/model/record.js';
import { noteFailure, openRecord, openRequestLog, readRecord } from '../../harness/record/index.js';
import { buildRecord } from '../analysis/record-builder.js';
import { testContext } from '../host/context.js';

const ctx = testContext();
const base = mkdtempSync(join(tmpdir(), 'record-'));
const { plan, environment } = buildRecord({ users: [1] });
const code = (expected: string) => (error: unknown): boolean => error instanceof BenchError && error.code === expected && error.exitCode === 2;

test('the record lies on disk before anything is started, and reads back as it was written', () => {
  const open = openRecord(plan, environment, { output: join(base, 'new'), secrets: [] }, ctx);
  const saved = JSON.parse(readFileSync(join(base, 'new/run.json'), 'utf8')) as { outcome: string };
  assert.equal(saved.outcome, 'running');
  open.record.outcome = 'completed';
  open.save();
  assert.deepEqual(readRecord(join(base, 'new'), ctx.host.files), open.record);
  assert.deepEqual(readRecord(join(base, 'new/run.json'), ctx.host.files), open.record);
});

test('an old run is never overwritten; an empty folder is welcome', () => {
  mkdirSync(join(base, 'full'));
  writeFileSync(join(base, 'full/old.txt'), 'x');
  assert.throws(() => openRecord(plan, environment, { output: join(base, 'full'), secrets: [] }, ctx), code('output-not-empty'));
  assert.throws(() => openRecord(plan, environment, { output: join(base, 'full/old.txt'), secrets: [] }, ctx), code('output-not-empty'));
  mkdirSync(join(base, 'empty'));
  openRecord(plan, environment, { output: join(base, 'empty'), secrets: [] }, ctx);
});

test('a record that is missing, torn, foreign or edited is refused in one sentence', () => {
  const write = (name: string, text: string): string => {
    mkdirSync(join(base, name));
    writeFileSync(join(base, name, 'run.json'), text);
    return join(base, name);
  };
  const good = JSON.stringify(buildRecord({ users: [1] }));
  for (const path of [join(base, 'nowhere'), write('torn', good.slice(0, 500)), write('foreign', '{"schema":"x/9"}'), write('array', '[]'), write('edited', good.replace('"outcome":"completed"', '"outcome":"splendid"'))]) {
    assert.throws(() => readRecord(path, ctx.host.files), code('record-unreadable'), path);
  }
  // A scenario's way out, to write {}, is none here.
  assert.throws(() => readRecord(write('planless', JSON.stringify({ ...buildRecord({ users: [1] }), plan: null })), ctx.host.files), (error) => error instanceof BenchError && error.details.join() === 'plan: is empty: expected a map');
});

test('a record that contradicts itself was changed by hand: refused, with the place, never a bug and never a figure', () => {
  const record = (change: (stage: StageResult, whole: RunRecord) => void): string => {
    const whole = structuredClone(buildRecord({ users: [1, 4] }));
    change(whole.stages[0]!, whole);
    return JSON.stringify(whole);
  };
  const cases: Readonly<Record<string, [change: (stage: StageResult, whole: RunRecord) => void, line: RegExp]>> = {
    'histogram': [(stage) => { stage.latency.n += 1; stage.requests.completed += 1; }, /^stages\.0\.latency: its counts do not add up to its n$/],
    'ten-times': [(stage) => { stage.requests.completed *= 10; stage.requests.started *= 10; }, /^stages\.0\.requests\.completed: is \d+0, and \d+ latencies are there$/],
    'negative': [(stage) => { stage.requests.timedOut = -3; }, /^stages\.0\.requests\.timedOut: must be at least 0$/],
    'backwards': [(stage) => { stage.windowToMs = stage.windowFromMs - 1; }, /^stages\.0\.windowToMs: its window ends before it begins$/],
    'no-length': [(stage) => { stage.windowToMs = stage.windowFromMs; }, /^stages\.0\.windowToMs: its window has no length$/],
    'column': [(stage) => { stage.timeline.completed.pop(); }, /^stages\.0\.timeline\.completed: has \d+ values at \d+ moments$/],
    'heat': [(stage) => { stage.heatmap.counts[0]!.push(...stage.heatmap.edgesMs); }, /^stages\.0\.heatmap\.counts: has more cells than edges bound$/],
    'series': [(_, { series }) => { series[0]!.t.pop(); }, /^series\.0\.v: has \d+ values at \d+ moments$/],
    'twice': [(stage, { stages }) => { stages.push(structuredClone(stage)); }, /^stages\.2\.stage\.index: stands twice$/],
  };
  for (const [name, [change, line]] of Object.entries(cases)) {
    mkdirSync(join(base, name));
    writeFileSync(join(base, name, 'run.json'), record(change));
    assert.throws(() => readRecord(join(base, name), ctx.host.files), (error) => {
      assert.ok(error instanceof BenchError && error.code === 'record-unreadable', name);
      assert.match(error.message, /run\.json contradicts itself\.$/);
      assert.equal(error.details.length, 1, `${name}: ${error.details.join('; ')}`);
      assert.match(error.details[0]!, line);
      // The whole line has its Chinese words.
      assert.match(lineInChinese(error.details[0]!), /^[^ ]+: (?!.*[a-z]{2}).*\p{Script=Han}/u);
      return true;
    });
  }
  mkdirSync(join(base, 'sound'));
  writeFileSync(join(base, 'sound', 'run.json'), record(() => undefined));
  assert.equal(readRecord(join(base, 'sound'), ctx.host.files).stages.length, 2);
});

test('secrets of the plan stay out of the record', () => {
  const secret: Plan = {
    ...plan,
    request: { ...plan.request, headers: { 'content-type': 'application/json', authorization: 'Bearer canary-1' } },
    server: { kind: 'process', command: ['x'], url: 'http://127.0.0.1:1', ready: '/', cwd: null, env: { TOKEN: 'canary-2' }, readyTimeoutS: 1 },
  };
  openRecord(secret, environment, { output: join(base, 'secret'), secrets: [] }, ctx);
  openRecord({ ...plan, server: { kind: 'url', url: 'http://user:x@canary-3@127.0.0.1:1/x', ready: null, readyTimeoutS: 1 } }, environment, { output: join(base, 'secret-url'), secrets: [] }, ctx);
  const template: Plan = { ...plan, request: { ...plan.request, path: '/v1/canary-4/x', body: '{"key":"canary-\\"5"}' } };
  openRecord(template, environment, { output: join(base, 'secret-words'), secrets: ['canary-4', 'canary-"5'] }, ctx);
  assert.ok(!readFileSync(join(base, 'secret-words/run.json'), 'utf8').includes('canary'));
  const text = readFileSync(join(base, 'secret/run.json'), 'utf8') + readFileSync(join(base, 'secret-url/run.json'), 'utf8');
  assert.ok(!text.includes('canary'));
  assert.ok(text.includes('application/json') && text.includes('http://127.0.0.1:1/x'));
});

test('requests.csv.gz holds one line a request and no address', async () => {
  const folder = mkdtempSync(join(base, 'requests-'));
  const log = openRequestLog(folder, ctx.host.files);
  const row = { ticket: 3, user: 1, startMs: 12.5, dueMs: 10.25, latencyUs: 20_125, pauseMs: 0, status: 200, fault: '', score: 0.5, batch: 2, cache: 'miss' };
  const add = log.stage(1);
  for (let i = 0; i < 5_000; i += 1) add({ ...row, ticket: i });
  log.stage(2)({ ...row, status: 0, fault: 'timeout', score: NaN });
  await log[Symbol.asyncDispose]();
  const lines = gunzipSync(readFileSync(join(folder, 'requests.csv.gz'))).toString().trim().split('\n');
  assert.equal(lines.length, 5_002);
  assert.equal(lines[1], '1,0,1,12.500,20.125,0.000,200,,0.5,2,miss,10.250');
  assert.equal(lines.at(-1), '2,3,1,12.500,20.125,0.000,0,timeout,,2,miss,10.250');
});

test('a bug is written down with its place in the program, not with the folder that it is installed in', () => {
  const record = buildRecord({ users: [1] });
  const error = Object.assign(new Error('x'), { stack: 'Error: x\n    at f (file:///home/me/my%20apps/mgeo-bench/dist/harness/a.js:1:2)\n    at /home/me/node_modules/mgeo-bench/node_modules/zod/b.js:3:4\n    at node:internal/x:5:6' });
  noteFailure(record, error, false);
  assert.deepEqual(record.failure?.details.map((line) => line.trim()), ['at f (dist/harness/a.js:1:2)', 'at node_modules/zod/b.js:3:4', 'at node:internal/x:5:6']);
});
