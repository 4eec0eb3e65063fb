import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shownWords } from '../../harness/record/asked.js';

const setOf = (text: string, secrets: string[] = []): string => shownWords(['quick', '--set', text], secrets)[2] ?? '';

test('ordinary words are kept as they were given', () => {
  const words = ['quick', '--set', 'load.closed.users=[2, 8]', '--engine', 'k6', '--seed', '5', '--strict'];
  assert.deepEqual(shownWords(words, []), words);
  assert.equal(setOf('server={url: "http://127.0.0.1:9000", ready: /up}'), 'server={url: "http://127.0.0.1:9000", ready: /up}');
});

test('folders are left out: of the scenario, of the baseline, of files of the user', () => {
  assert.deepEqual(shownWords(['/home/me/mine.yaml', '--baseline', '/home/me/base.json'], []), ['mine.yaml', '--baseline', 'base.json']);
  assert.equal(setOf('dataset.file=/home/me/pairs.csv'), 'dataset.file=pairs.csv');
  assert.equal(setOf('dataset={file: "/home/me/pairs.csv", strict: true}'), 'dataset={file: "pairs.csv", strict: true}');
  assert.equal(setOf('load={replay: {file: ../logs/a.csv, speed: 2}}'), 'load={replay: {file: a.csv, speed: 2}}');
});

test('secrets are left out: headers, variables, user and password, what came from the environment', () => {
  assert.equal(setOf('request.template.headers.authorization=Bearer abc'), 'request.template.headers.authorization=(hidden)');
  assert.equal(setOf('server.process.env={KEY: abc}'), 'server.process.env=(hidden)');
  assert.equal(setOf('server={process: {command: x, url: "http://h:1", env: {KEY: abc}}}'), 'server=(hidden)');
  assert.equal(setOf('request={template: {path: /p, headers: {x: "abc"}}}'), 'request=(hidden)');
  assert.equal(setOf('server={url: "http://me:abc@h:1"}'), 'server={url: "http://h:1"}');
  assert.equal(setOf('server.process.command=run --key longsecret', ['secret', 'longsecret']), 'server.process.command=run --key (hidden)');
  // The words of a variable are no secret: its value is.
  assert.equal(setOf('server.url=${URL}'), 'server.url=${URL}');
});
