import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { createHost } from '../../harness/host/index.js';
import { readRuns } from '../../harness/record/index.js';
import { renderReports, type Result } from '../../harness/report/index.js';
import { job, search } from '../report/exchange/inputs.js';
import { packageRoot } from '../report/golden.js';
import { plantedResults, writeRuns } from '../report/history/planted-runs.js';

const { files } = createHost();
const root = mkdtempSync(join(tmpdir(), 'read-runs-'));
after(() => { rmSync(root, { recursive: true, force: true }); });

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

test('every result below the folder is read, each once; broken and foreign files are named with their reason', async () => {
  const results = await plantedResults({ runs: 3 });
  writeRuns(join(root, 'mixed', 'september'), results);
  const [first] = results;
  const text = JSON.stringify(first);
  put('mixed/copy/result.json', text);
  put('mixed/cut/result.json', text.slice(0, 900));
  put('mixed/empty/result.json', '');
  put('mixed/foreign/result.json', '{"schema": "somebody/else/1"}');
  put('mixed/list/result.json', '[1, 2]');
  put('mixed/null/result.json', 'null');
  put('mixed/older/result.json', JSON.stringify({ ...first, schema: 'mgeo-bench/result/0' }));
  put('mixed/edited/result.json', JSON.stringify({ ...first, run: { ...first!.run, startedAt: 'yesterday', id: 'x' } }));
  put('mixed/newer/result.json', JSON.stringify({ ...first, run: { ...first!.run, id: 'with-more', more: 1 }, more: { a: 1 } }));
  put('mixed/killed/run.json', '{}');
  put('mixed/result.json', 'no');
  put('mixed/example/result.json', JSON.stringify({ ...first, run: { ...first!.run, id: 'kept', history: false } }));
  for (const ignored of ['mixed/comparison/rounds/1-a', 'mixed/x/logs', 'mixed/node_modules/a', 'mixed/.hidden', 'mixed/a/b/c/d/e']) put(`${ignored}/result.json`, text.replaceAll(first!.run.id, ignored));
  symlinkSync(join(root, 'mixed'), join(root, 'mixed', 'loop'));
  const { runs, skipped } = readRuns(join(root, 'mixed'), files);
  assert.deepEqual(runs.map(({ id }) => id).sort(), [...results.map(({ run }) => run.id), 'with-more'].sort());
  const own = skipped.filter(({ path }) => !path.includes('loop'));
  assert.deepEqual(own.map(({ path, why }) => [path.slice(root.length + 7), why]).sort(), [
    ['cut/result.json', 'not-json'], ['edited/result.json', 'broken'], ['empty/result.json', 'not-json'], ['foreign/result.json', 'other-schema'], ['killed/run.json', 'no-result'], ['list/result.json', 'other-schema'],
    ['null/result.json', 'other-schema'], ['older/result.json', 'other-schema'], ['example/result.json', 'set-aside'], ['result.json', 'not-json'], [own.find(({ why }) => why === 'twice')!.path.slice(root.length + 7), 'twice'],
  ].sort());
});

test('the example that is committed counts in no history: its record says so', () => {
  const { runs, skipped } = readRuns(join(packageRoot(), 'reports'), files);
  assert.ok(runs.every(({ path }) => !path.includes('/example/')));
  assert.deepEqual(skipped.filter(({ path }) => path.includes('/example/')).map(({ why }) => why), ['set-aside']);
});

async function resultOf(input: Parameters<typeof renderReports>[0]): Promise<Result> {
  return JSON.parse((await renderReports(input, { languages: ['en'], formats: ['json'] }))[0]!.content) as Result;
}

test('what is read: figures of valid stages, the time of a job, the found rate of a search alone; the machine with GPUs and engine', async () => {
  const [planted] = await plantedResults({ runs: 1 });
  writeRuns(join(root, 'kinds'), [planted!, { ...(await resultOf(job())) }, { ...(await resultOf(search())) }].map((result, i) => ({ ...result, run: { ...result.run, id: `run-${String(i)}` } })));
  const [ramp, trained, searched] = readRuns(join(root, 'kinds'), files).runs;
  assert.equal(ramp!.machine, 'Example CPU 2.4 GHz, 2 cores, 8 GiB · Example GPU 80GB 80 GiB, driver 570.10');
  assert.equal(ramp!.engine, 'k6 2.2.0');
  assert.equal(ramp!.invalidStages, 1);
  assert.ok(ramp!.figures.every(({ stage }) => stage !== '64 users'));
  const p95 = ramp!.figures.find(({ stage, metric }) => stage === '8 users' && metric === 'p95')!;
  assert.equal(p95.value, planted!.stages[1]!.latencyMs.p95);
  assert.deepEqual(trained!.figures.filter(({ metric }) => metric === 'time').map(({ stage, value }) => [stage, value > 0]), [[null, true]]);
  assert.deepEqual(searched!.figures, [{ stage: null, metric: 'capacity', gpu: null, value: 120 }]);
});
