import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { least, mistakesIn, planOf } from './in-memory.js';
import { mistakeTable } from './mistake-table.js';

describe('a mistake in a scenario is one line with file, line, column and what to write instead', () => {
  for (const [what, text, line] of mistakeTable) {
    it(what, () => { assert.deepEqual(mistakesIn(text), [line]); });
  }

  it('all mistakes come at once, in the order of the file', () => {
    const lines = mistakesIn('nmae: x\nload:\n  warmup: 5\n  closed: {users: 0}\nserver: {url: x, simulated: {}}\ngates: {rps: "rate>"}\n');
    assert.deepEqual(lines.map((line) => line.split(': ').slice(0, 2).join(' ')), [
      's.yaml:1:1 nmae', 's.yaml:3:11 load.warmup', 's.yaml:4:19 load.closed.users', 's.yaml:5:15 server.url', 's.yaml:5:18 server.simulated', 's.yaml:6:20 gates.rps',
    ]);
  });

  it('a key written twice hides no other mistake, neither in the first value nor in the second', () => {
    const text = 'nmae: x\nload:\n  warmup: 5\n  timeout: 3\n  closed: {users: 0, think: 9}\nserver: {url: x}\ndataset: {seed: -1, mix: {hihg: 1, low: 2}}\ngates: {rps: "rate>"}\nload: {closed: {duration: 20 sec}}\n';
    assert.deepEqual(mistakesIn(text).map((line) => line.split(': ').slice(0, 2).join(' ')), [
      's.yaml:1:1 nmae', 's.yaml:3:11 load.warmup', 's.yaml:4:12 load.timeout', 's.yaml:5:19 load.closed.users', 's.yaml:5:29 load.closed.think', 's.yaml:6:15 server.url',
      's.yaml:7:17 dataset.seed', 's.yaml:7:27 dataset.mix.hihg', 's.yaml:8:20 gates.rps', 's.yaml:9:1 this key is written twice in the same map', 's.yaml:9:27 load.closed.duration',
    ]);
  });

  it('a slip in the form of the file is told once, not again for every key below it', () => {
    assert.deepEqual(mistakesIn('load: {closed: {users: ${USERS}}}\ntelemetry: {gpu: off}\ngates:\n  errors: "rate<1%"\nrecord: {}\n').map((line) => line.slice(0, 44)), ['s.yaml:1:25: not valid YAML: unexpected flow']);
    assert.match(mistakesIn('} a: 1\nload: {closed: {users: 2}}\n')[0] ?? '', /not valid YAML/);
  });

  it('every repeat of a key is named, also on one line and in an argument', () => {
    assert.deepEqual(mistakesIn(`${least}dataset: {seed: 1, seed: 2, seed: 3}\n`, { set: ['load={warmup: 1s, warmup: 5}'] }), [
      's.yaml:2:20: this key is written twice in the same map',
      's.yaml:2:29: this key is written twice in the same map',
      '--set load={warmup: 1s, warmup: 5}: load: this key is written twice in the same map',
      '--set load={warmup: 1s, warmup: 5}: load.warmup: a unit is missing: expected a duration such as 800ms, 30s or 5m; did you mean 5s?',
    ]);
  });

  it('anchors that multiply themselves stop early', () => {
    const bomb = ['a: &a0 [1,1,1,1,1,1,1,1,1,1]', ...Array.from({ length: 9 }, (_, i) => `b${String(i)}: &a${String(i + 1)} [${Array.from({ length: 10 }, () => `*a${String(i)}`).join(',')}]`)].join('\n');
    assert.match(mistakesIn(bomb)[0] ?? '', /anchors repeat themselves too often/);
  });

  it('anchors are fine where they are sound', () => {
    assert.deepEqual(planOf('name: &n same\nquestion: *n\nload: {closed: {users: [1]}}\n').question, { en: 'same', 'zh-CN': 'same' });
  });

  it('a key named __proto__ is an unknown word like any other', () => {
    assert.match(mistakesIn(`${least}__proto__: {x: 1}\n`)[0] ?? '', /unknown word "__proto__"/);
  });
});
