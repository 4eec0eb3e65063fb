import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fit, type FitFlags } from '../../harness/cli/fit.js';
import type { Io } from '../../harness/cli/io.js';
import { createHost } from '../../harness/host/index.js';
import { fittedProfileSchema } from '../../harness/model/profile.js';
import { loadPlan } from '../../harness/scenario/index.js';
import { parseGate } from '../../harness/gate/index.js';

const host = createHost();
const folder = mkdtempSync(join(tmpdir(), 'mgeo-bench-fit-'));
after(() => { rmSync(folder, { recursive: true, force: true }); });

async function run(name: string, content: string | Buffer, flags: FitFlags = {}, machine = host, live = false): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const io: Io = { out: (text) => (out += text), err: (text) => (err += text), pour: () => Promise.resolve(true), live, colour: false, columns: 80, width: null };
  writeFileSync(join(folder, name), content);
  const code = await fit(join(folder, name), flags, machine, new AbortController().signal, io);
  return { code, out, err };
}

const rows = Array.from({ length: 40 }, (_, i) => `北京市朝阳区建国路${String(i + 1)}号,朝阳区建国路${String(i + 1)}号,${i % 2 === 0 ? 'exact' : 'not'},2026-01-01 08:00:${String(i).padStart(2, '0')}`);

test('a log becomes a profile that a scenario takes', async () => {
  const output = join(folder, 'mine.json');
  const { code, out } = await run('log.csv', `query,candidate,gold,ts\n${rows.join('\n')}\n,only one,not,\n`, { columns: 'a=query,b=candidate,label=gold,time=ts', output });
  assert.equal(code, 0);
  assert.match(out, /pairs +40/);
  const profile = fittedProfileSchema.parse(JSON.parse(readFileSync(output, 'utf8')));
  assert.deepEqual([profile.pairs, profile.skipped, profile.gapsMs?.mean, profile.labels], [40, 1, 1000, { exact: 0.5, partial: 0, not: 0.5 }]);
  writeFileSync(join(folder, 's.yaml'), 'extends: quick\ndataset: {profile: mine.json}\n');
  const { plan } = loadPlan(join(folder, 's.yaml'), { set: [] }, { parseGate }, host);
  assert.equal(plan.dataset.profile?.kind, 'fitted');
});

test('--json: the profile alone on stdout, whether or not it goes into a file, which is known to be writable before the log is read', async () => {
  const log = `a,b,label,time\n${rows.join('\n')}\n`;
  const output = join(folder, 'json.json');
  const { out } = await run('log.csv', log, { output, json: true });
  assert.equal(out, readFileSync(output, 'utf8'));
  assert.equal((await run('log.csv', log, { json: true })).out, out);
  assert.equal(fittedProfileSchema.parse(JSON.parse(out)).pairs, 40);
  const unread = { ...host, files: { ...host.files, reader: () => assert.fail('the log was opened') } };
  await assert.rejects(run('log.csv', log, { output: join(folder, 'nowhere/x.json') }, unread), /its folder does not exist/);
});

test('bad lines are counted and named; --strict makes one of them the end', async () => {
  const log = `query,candidate\n${rows.map((row) => row.split(',').slice(0, 2).join(',')).join('\n')}\n`;
  const file = join(folder, 'bad.csv');
  assert.equal((await run('bad.csv', log)).err, '');
  assert.equal((await run('bad.csv', `${log},only one\n`)).err, `warning: 1 of 41 lines is no pair and was left out: ${file}:42: the first address is missing\n`);
  const many = `${log}${'x\n'.repeat(7)}`;
  const { err } = await run('bad.csv', many);
  assert.ok(err.startsWith(`warning: 7 of 47 lines are no pairs and were left out: ${file}:42: has another number of columns than the first line; `), err);
  assert.ok(err.endsWith(' and 2 more\n'), err);
  const output = join(folder, 'strict.json');
  await assert.rejects(run('bad.csv', many, { strict: true, output }), (error: { message: string; exitCode: number; details: readonly string[] }) => error.exitCode === 2 && /7 of 47 lines are no pairs/.test(error.message) && error.details[0] === `${file}:42: has another number of columns than the first line`);
  assert.equal(existsSync(output), false);
});

test('a long log shows a bar on a terminal, and takes it away', async () => {
  let now = 0;
  const clock = { ...host.clock, nowMs: () => (now += 400) };
  const long = `${rows.join('\n')}\n`.repeat(600);
  const { err } = await run('long.csv', long, { columns: 'a=1,b=2,time=4' }, { ...host, clock }, true);
  assert.match(err, /reading .*long\.csv, MiB [█░]{10} \d+\/\d+/);
  assert.ok(err.endsWith('\r\u001b[2K'));
});

const mistakes: readonly (readonly [string, string | Buffer, FitFlags, RegExp])[] = [
  ['empty.csv', '', {}, /the file is empty/],
  ['one.csv', '北京市\n上海市\n', {}, /one\.csv:1: has one column/],
  ['wide.csv', 'x,y,z,w\n北京,上海,天津,重庆\n', { columns: 'a=x,b=q' }, /wide\.csv:1: has no column "q"/],
  ['wrong.csv', Buffer.from([0xb1, 0xb1, 0xbe, 0xa9, 0x2c, 0xc9, 0xcf, 0xba, 0xa3, 0x0a]), { encoding: 'utf-8' }, /wrong\.csv:1: is not UTF-8/],
  ['columns.csv', '北京,上海\n', { columns: 'a=1' }, /both addresses/],
  ['words.csv', '北京,上海\n', { columns: 'left=1,b=2' }, /does not understand "left=1"/],
];
for (const [name, content, flags, sentence] of mistakes) {
  test(`${name}: one sentence, a hint, exit 2 and no file`, async () => {
    const output = join(folder, `${name}.json`);
    await assert.rejects(run(name, content, { ...flags, output }), (error: { message: string; hint: string; exitCode: number }) => {
      assert.match(error.message, sentence);
      assert.ok(error.hint !== '');
      assert.equal(error.exitCode, 2);
      return true;
    });
    assert.equal(existsSync(output), false);
  });
}

test('a profile that is none is a mistake of the scenario, with its place', () => {
  writeFileSync(join(folder, 'broken.json'), '{"schema": "mgeo-bench/profile/1"}');
  const at = (line: string): readonly string[] => {
    writeFileSync(join(folder, 'bad.yaml'), `extends: quick\ndataset:\n  ${line}\n`);
    try {
      loadPlan(join(folder, 'bad.yaml'), { set: [] }, { parseGate }, host);
    } catch (error) {
      return (error as { details: readonly string[] }).details;
    }
    return [];
  };
  assert.match(at('profile: typcal').join(), /bad\.yaml:3:12: dataset\.profile: unknown profile "typcal"; did you mean "typical"\?/);
  assert.match(at('profile: absent.json').join(), /bad\.yaml:3:12: dataset\.profile: there is no file absent\.json/);
  assert.match(at('profile: broken.json').join(), /broken\.json is no fitted profile: pairs/);
  assert.match(at('repeats: 30%').join(), /bad\.yaml:3:12: dataset\.repeats: belongs to profile: duplicates, not to typical/);
  assert.match(at('profile: duplicates\n  repeats: 130%').join(), /dataset\.repeats/);
  assert.match(at('profile: duplicates\n  repeats: {zpif: 1}').join(), /unknown word "zpif"; did you mean "zipf"\?/);
});
