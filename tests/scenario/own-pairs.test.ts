import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseGate } from '../../harness/gate/index.js';
import type { BenchError } from '../../harness/model/error.js';
import { loadPlan } from '../../harness/scenario/index.js';
import { least, machineWith, mistakesIn, planOf } from './in-memory.js';

const others = { 'pairs.csv': 'a,b\n', '/data/pairs.csv': 'a,b\n', 'lib/base.yaml': 'dataset: {file: base.csv}\n', 'lib/base.csv': '', 'made.yaml': 'dataset: {seed: 3, pairs: 500, mix: {high: 1, low: 1}, hard: {high: 10%}}\n' };
const own = (text: string, written: Parameters<typeof planOf>[1] = {}) => planOf(text, { others, ...written }).dataset;

describe('a file of own pairs in a scenario', () => {
  it('stands in the plan with all that was said, and no mix', () => {
    const dataset = own(`${least}dataset: {file: pairs.csv, seed: 4, pairs: 20, format: tsv, encoding: gb18030, header: false, strict: true, columns: {a: 1, b: x, label: false}, labels: {"2": exact}}\n`);
    assert.deepEqual(dataset, {
      seed: 4, mix: { high: 0, low: 0, boundary: 0, noisy: 0, abnormal: 0 },
      own: { file: 'pairs.csv', path: 'pairs.csv', pairs: 20, format: 'tsv', encoding: 'gb18030', header: false, strict: true, columns: { a: 1, b: 'x', label: false }, labels: { 2: 'exact' } },
    });
    assert.deepEqual(own(`${least}dataset: {file: pairs.csv}\n`).own, { file: 'pairs.csv', path: 'pairs.csv', strict: false, pairs: null });
  });

  it('lies beside the scenario that names it; named on the command line, where the program was started', () => {
    assert.equal(own(`extends: lib/base.yaml\n${least}`).own?.path, 'lib/base.csv');
    assert.equal(own(`extends: lib/base.yaml\n${least}`, { set: ['dataset.file=pairs.csv'] }).own?.path, 'pairs.csv');
    assert.equal(own(`${least}dataset: {file: "\${DATA}/pairs.csv"}\n`, { variables: { DATA: '/data' } }).own?.path, '/data/pairs.csv');
  });

  it('and a fitted profile lie beside a scenario that ships, not in a folder that only has its name', () => {
    const machine = machineWith({ '/package/scenarios/mine.yaml': `${least}dataset: {profile: mine.json}\n`, '/package/scenarios/mine.json': '{"schema": "of the package"}', 'scenarios/mine.json': 'no JSON', 'other.txt': '' });
    assert.throws(() => loadPlan('mine', { set: [] }, { parseGate }, machine), (error: BenchError) => /mine\.json is no fitted profile: schema/.test(error.details.join()));
  });

  it('takes the place of invented pairs and leaves the seed', () => {
    const dataset = own(`extends: made.yaml\n${least}`, { set: ['dataset.file=pairs.csv'] });
    assert.deepEqual([dataset.seed, dataset.own?.pairs, dataset.hard], [3, null, undefined]);
    const back = own(`${least}dataset: {file: pairs.csv, strict: true, pairs: 2}\n`, { set: ['dataset.mix={high: 4}'] });
    assert.equal(back.own, undefined);
    assert.equal(back.mix.high, 4);
    assert.equal(own(`${least}dataset: {file: pairs.csv}\n`, { set: ['dataset.columns={a: 2, b: 1}', 'dataset.pairs=7'] }).own?.pairs, 7);
  });

  it('--strict reaches the lines of the file, and a scenario without one as before', () => {
    assert.equal(own(`${least}dataset: {file: pairs.csv}\n`, { flags: { strict: true } }).own?.strict, true);
    assert.equal(own(least, { flags: { strict: true } }).own, undefined);
  });

  it('has one hash wherever it lies, another with another name or other columns', () => {
    const hashOf = (file: string, rest = ''): string => planOf(`${least}dataset: {file: ${file}${rest}}\n`, { others: { ...others, 'other.csv': '' } }).hash;
    assert.equal(hashOf('pairs.csv'), hashOf('/data/pairs.csv'));
    assert.notEqual(hashOf('pairs.csv'), hashOf('other.csv'));
    assert.notEqual(hashOf('pairs.csv'), hashOf('pairs.csv', ', columns: {a: 1, b: 2}'));
  });

  const table: [string, string, string][] = [
    ['a file that is not there', 'dataset:\n  file: nope.csv\n', 's.yaml:3:9: dataset.file: there is no file "nope.csv" beside the scenario'],
    ['a mix beside it', 'dataset:\n  file: pairs.csv\n  mix: {high: 3}\n', 's.yaml:4:3: dataset.mix: cannot stand beside file: pairs of your own are taken as they are'],
    ['hard beside it', 'dataset: {file: pairs.csv, hard: {high: 0.1}}\n', 's.yaml:2:28: dataset.hard: cannot stand beside file: pairs of your own are taken as they are'],
    ['columns without it', 'dataset: {columns: {a: 1, b: 2}}\n', 's.yaml:2:11: dataset.columns: belongs to dataset.file: pairs of your own'],
    ['one address', 'dataset: {file: pairs.csv, columns: {a: x}}\n', 's.yaml:2:41: dataset.columns.a: columns.b is missing: name both addresses, or neither'],
    ['one column twice', 'dataset: {file: pairs.csv, columns: {a: 1, b: 2, label: 2}}\n', 's.yaml:2:57: dataset.columns.label: is the same column as columns.b'],
    ['a column that is none', 'dataset: {file: pairs.csv, columns: {a: 0, b: 2}}\n', 's.yaml:2:41: dataset.columns.a: must be at least 1'],
    ['an unknown encoding', 'dataset: {file: pairs.csv, encoding: gbk}\n', 's.yaml:2:38: dataset.encoding: expected one of auto, utf-8, gb18030, not "gbk"'],
    ['an unknown label', 'dataset: {file: pairs.csv, labels: {"2": excat}}\n', 's.yaml:2:42: dataset.labels.2: expected one of exact, partial, not, same, different, not "excat"; did you mean "exact"?'],
  ];
  for (const [what, text, line] of table) it(what, () => { assert.deepEqual(mistakesIn(`${least}${text}`, { others }), [line]); });

  it('a file that is not there, on the command line', () => {
    assert.deepEqual(mistakesIn(least, { others, set: ['dataset.file=nope.csv'] }), ['--set dataset.file=nope.csv: dataset.file: there is no file "nope.csv" in this folder']);
  });
});
