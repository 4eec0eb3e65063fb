import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeBaseline } from '../../harness/baseline.js';
import type { Files } from '../../harness/host/index.js';
import { BenchError } from '../../harness/model/error.js';
import { baselinePath, readBaseline, writeBaseline } from '../../harness/record/index.js';
import { buildRecord } from '../analysis/record-builder.js';
import { testContext } from '../host/context.js';

const { files } = testContext().host;
const base = mkdtempSync(join(tmpdir(), 'baseline-'));
const accepted = { at: '2026-01-02T03:04:05.000Z', by: 'someone', commit: 'abcdef123456', version: '0.1.0' };
const baseline = makeBaseline([buildRecord({ users: [2, 8] })], accepted);
const refused = (code: string, words: RegExp) => (error: unknown): boolean => error instanceof BenchError && error.code === code && error.exitCode === 2 && words.test(`${error.message} ${error.hint}`);

test('a baseline is written with one value a line, in a fixed order, and reads back', () => {
  const path = join(base, 'made', 'quick.json');
  writeBaseline(path, baseline, files);
  const text = readFileSync(path, 'utf8');
  const again = readBaseline(path, files);
  assert.deepEqual([again.scenario, again.accepted, again.fingerprint, again.runs], [baseline.scenario, accepted, baseline.fingerprint, baseline.runs]);
  writeBaseline(join(base, 'made', 'other.json'), { ...again, stages: again.stages.map((stage) => ({ ...stage, figures: Object.fromEntries(Object.entries(stage.figures).reverse()) })) }, files);
  assert.equal(readFileSync(join(base, 'made', 'other.json'), 'utf8'), text, 'the order of the figures is the file’s own');
  for (const line of text.split('\n')) assert.ok((line.match(/: /g) ?? []).length <= 1, line);
  assert.deepEqual(again.stages.map(({ name, load }) => [name, load]), [['2 users', 'users:2'], ['8 users', 'users:8']]);
  assert.ok(again.stages.every(({ figures }) => 'latency p(95)' in figures && 'rps rate' in figures && 'errors rate' in figures));
  assert.equal(baselinePath('quick'), 'reports/baselines/quick.json');
});

test('a baseline that is missing names the nearest; one that is cut, foreign, of another version or edited is refused in one sentence', () => {
  const folder = join(base, 'made');
  assert.throws(() => readBaseline(join(folder, 'quik.json'), files), refused('baseline-missing', /did you mean .*made\/quick\.json\?/));
  assert.throws(() => readBaseline(join(base, 'nowhere', 'x.json'), files), refused('baseline-missing', /gate RUN --accept/));
  // In a folder without any, those of the usual place are told.
  const usual: Files = { ...files, exists: (path) => path === 'reports/baselines', list: () => ['quick.json', 'ramp.json'], tryReadText: (path) => (path.startsWith('reports/baselines/') ? '"mgeo-bench/baseline/2"' : null) };
  assert.throws(() => readBaseline('nowhere/quik.json', usual), refused('baseline-missing', /There are reports\/baselines\/quick\.json, reports\/baselines\/ramp\.json; did you mean reports\/baselines\/quick\.json\?/));
  assert.throws(() => readBaseline('quick.json', { ...usual, exists: () => false }), refused('baseline-missing', /--accept\.$/));
  const good = readFileSync(join(folder, 'quick.json'), 'utf8');
  const write = (name: string, text: string): string => {
    mkdirSync(join(base, 'bad'), { recursive: true });
    writeFileSync(join(base, 'bad', name), text);
    return join(base, 'bad', name);
  };
  assert.throws(() => readBaseline(write('cut.json', good.slice(0, 200)), files), refused('record-unreadable', /not whole JSON/));
  assert.throws(() => readBaseline(write('newer.json', good.replace('baseline/2', 'baseline/3')), files), refused('record-unreadable', /its schema is "mgeo-bench\/baseline\/3", not "mgeo-bench\/baseline\/2"/));
  assert.throws(() => readBaseline(write('edited.json', good.replace('"cores": ', '"cores": "many", "old": ')), files), refused('record-unreadable', /breaks the record's schema/));
  assert.throws(() => readBaseline(write('run.json', JSON.stringify(buildRecord({ users: [1] }))), files), refused('record-unreadable', /mgeo-bench\/run\/1/));
});
