import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { analyseHistory } from '../../../harness/analysis/index.js';
import { createHost } from '../../../harness/host/index.js';
import type { History } from '../../../harness/model/history.js';
import { readRuns } from '../../../harness/record/index.js';
import { historyPage, historyText } from '../../../harness/report/index.js';
import { sameAsFile } from '../golden.js';
import { plantedResults, writeRuns } from './planted-runs.js';

const { files } = createHost();
const root = mkdtempSync(join(tmpdir(), 'history-'));
after(() => { rmSync(root, { recursive: true, force: true }); });
const suffix = { 'en': '', 'zh-CN': '.zh-CN' } as const;
const languages = ['en', 'zh-CN'] as const;
let told: History;

/** The history of planted runs; paths begin at the folder, whatever it is called. */
async function historyOf(name: string, planted: Parameters<typeof plantedResults>[0]): Promise<History> {
  writeRuns(join(root, name), await plantedResults(planted));
  const found = readRuns(join(root, name), files);
  return analyseHistory({ ...found, runs: found.runs.map((run) => ({ ...run, path: run.path.slice(root.length + 1) })) });
}

before(async () => {
  told = await historyOf('reports', {
    runs: 40, steps: [{ from: 22, factor: 1.12 }],
    change: (result, i) => {
      if (i >= 22) result.run.server.modelSha256 = 'ee'.repeat(32);
      if (i >= 34) result.run.machine.cpu = 'Another CPU';
      if (i >= 37) result.run.engine = { name: 'autocannon', version: '8.0.0' };
    },
  });
  told.skipped = [{ path: 'reports/cut/result.json', why: 'not-json' }, { path: 'reports/example/result.json', why: 'set-aside' }, { path: 'reports/killed/run.json', why: 'no-result' }];
});

test('a history as people see it in a terminal, in both languages', () => {
  for (const language of languages) sameAsFile(`tests/golden/report/history/text${suffix[language]}.txt`, `${historyText(told, language)}\n`);
});

test('the step that was planted is told by every latency and throughput, at its run and nowhere else', () => {
  const changed = told.series.flatMap(({ stage, metric, changes }) => (changes.kind === 'found' ? changes.value.map(({ at, word }) => ({ stage, metric, at, word })) : []));
  assert.ok(changed.every(({ metric, word, at }) => ['throughput', 'p50', 'p95', 'p99'].includes(metric) && word === 'better' && Math.abs(at - 22) <= 1), JSON.stringify(changed));
  assert.equal(changed.length, 11);
});

test('one run is one sentence; a file that was left out is told with it', async () => {
  const one = await historyOf('one', { runs: 1 });
  assert.equal(historyText(one, 'en'), `There is one run, ${one.runs[0]!.id}: a trend takes two, and change points take 12 on one machine with one engine.`);
  assert.match(historyText({ ...one, skipped: told.skipped }, 'zh-CN'), /^只有一次运行.*\n未计入：\n.*cut\/result\.json：不是完整的 JSON$/m);
  assert.match(await historyPage(one, '1.2.3', 'en'), /There is one run/);
});

test('the page: a self-contained file under its policy, with a drawing and a table of each figure, the same bytes twice', async () => {
  for (const language of languages) {
    const page = await historyPage(told, '1.2.3', language);
    assert.equal(await historyPage(told, '1.2.3', language), page);
    assert.match(page, new RegExp(`<html lang="${language}">`));
    assert.match(page, /default-src 'none'; style-src 'sha256-/);
    assert.doesNotMatch(page, /<link|<img|src=|https?:(?!\/\/www\.w3\.org)|style="|undefined|NaN/);
    assert.equal(page.split('<figure id="chart-trend').length - 1, 12);
    for (const figure of page.split('<figure').slice(1)) assert.match(figure, /<svg[\s\S]*role="img"[\s\S]*<figcaption>[\s\S]*<table>/);
    if (language === 'zh-CN') assert.doesNotMatch(page.replaceAll('run.json', '').replaceAll('mgeo-bench report', '').replace(/<(script|style|svg|title)[^>]*>[\s\S]*?<\/\1>|<[^>]+>/g, ' '), /\b(?:run|runs|change|better|worse|first|latency|throughput|users?)\b/i);
  }
});

test('hostile names stay text, in both outputs', async () => {
  const word = '"><img src=x onerror=alert(1)>\u0007\n::error::';
  const hostile = await historyOf('hostile', { runs: 13, change: (result, i) => {
    result.run.scenario = `s${word}`;
    result.run.machine.cpu = `c${word}`;
    result.run.id = `r${String(i)}`;
    for (const stage of result.stages) stage.name += word;
  } });
  assert.doesNotMatch(await historyPage(hostile, '1.2.3', 'en'), /<img/);
  const text = historyText(hostile, 'en');
  assert.doesNotMatch(text, /^::|\u0007/m);
});

test('many runs: the page stays small, and says that its points stand for several', async () => {
  const page = await historyPage(await historyOf('many', { runs: 700, steps: [{ from: 300, factor: 1.2 }] }), '1.2.3', 'en');
  assert.ok(page.length < 1_500_000, String(page.length));
  assert.match(page, /Each point is the median of up to 3 runs\./);
});
