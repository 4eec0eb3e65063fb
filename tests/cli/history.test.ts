import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { history } from '../../harness/cli/history.js';
import type { Io } from '../../harness/cli/io.js';
import { createHost } from '../../harness/host/index.js';
import { BenchError } from '../../harness/model/error.js';
import type { History } from '../../harness/model/history.js';
import { plantedResults, writeRuns } from '../report/history/planted-runs.js';

const host = createHost();
const root = mkdtempSync(join(tmpdir(), 'history-verb-'));
after(() => { rmSync(root, { recursive: true, force: true }); });

const ioTo = (write: (text: string) => void): Io => ({ out: write, err: () => undefined, live: false, colour: false, columns: 120, width: null, pour: () => Promise.resolve(true) });

test('the table, the page in each language, and the same history as JSON', async () => {
  writeRuns(join(root, 'runs'), await plantedResults({ runs: 14 }));
  let out = '';
  const page = join(root, 'trend.html');
  assert.equal(await history(`${join(root, 'runs')}/`, { lang: 'both', output: page }, host, ioTo((text) => { out += text; })), 0);
  assert.match(out, /^14 runs of 1 scenario, 2026-01-01 to 2026-01-14/);
  assert.ok(out.includes(page) && out.includes(join(root, 'trend.zh-CN.html')));
  assert.match(readFileSync(page, 'utf8'), /<html lang="en">/);
  assert.match(readFileSync(join(root, 'trend.zh-CN.html'), 'utf8'), /<html lang="zh-CN">/);
  let json = '';
  assert.equal(await history(join(root, 'runs'), { lang: 'zh-CN', json: true }, host, ioTo((text) => { json += text; })), 0);
  const told = JSON.parse(json) as History;
  assert.equal(told.schema, 'mgeo-bench/history/2');
  assert.equal(told.runs.length, 14);
  assert.ok(told.series.every(({ runs, values }) => runs.length === values.length));
});

test('the table is in the language of the terminal, whatever languages the page is written in', async () => {
  for (const [language, told] of [['zh-CN', /^1 个场景共 14 次运行/], ['en', /^14 runs of 1 scenario/]] as const) {
    let out = '';
    assert.equal(await history(join(root, 'runs'), { lang: 'both' }, host, { ...ioTo((text) => { out += text; }), language }), 0);
    assert.match(out, told);
  }
});

test('of a folder with its whole path, files that were left out are named from that folder on, on the screen and on the page; programs get them whole', async () => {
  const folder = join(root, 'nightly');
  writeRuns(folder, await plantedResults({ runs: 3 }));
  mkdirSync(join(folder, 'cut'));
  writeFileSync(join(folder, 'cut', 'result.json'), '{');
  let out = '';
  const page = join(root, 'nightly.html');
  await history(folder, { lang: 'en', output: page }, host, ioTo((text) => { out += text; }));
  assert.match(out, /^ {2}nightly\/cut\/result\.json: it is not whole JSON$/m);
  const written = readFileSync(page, 'utf8');
  assert.ok(written.includes('nightly/cut/result.json') && !written.includes(root));
  let json = '';
  await history(folder, { lang: 'en', json: true }, host, ioTo((text) => { json += text; }));
  assert.deepEqual((JSON.parse(json) as History).skipped, [{ path: `${folder}/cut/result.json`, why: 'not-json' }]);
});

test('no folder, a file, no run: one sentence with what to do, and exit code 2; a page that cannot be written is told before', async () => {
  mkdirSync(join(root, 'none', 'cut'), { recursive: true });
  writeFileSync(join(root, 'none', 'cut', 'result.json'), '{');
  writeFileSync(join(root, 'file'), '');
  for (const [path, message] of [['missing', /^There is no folder .*missing\.$/], ['file', /is not a folder\.$/], ['none', /^There is no run below .*none\.$/]] as const) {
    await assert.rejects(history(join(root, path), { lang: 'en' }, host, ioTo(() => undefined)), (error) => error instanceof BenchError && error.exitCode === 2 && message.test(error.message) && error.hint !== '');
  }
  await assert.rejects(history(join(root, 'none'), { lang: 'en' }, host, ioTo(() => undefined)), (error) => error instanceof BenchError && /cut\/result\.json: it is not whole JSON/.test(error.details.join()));
  await assert.rejects(history(join(root, 'runs'), { lang: 'en', output: join(root, 'no', 'such', 'page.html') }, host, ioTo(() => undefined)), (error) => error instanceof BenchError && error.code === 'file-unwritable');
  assert.ok(!existsSync(join(root, 'no')));
});
