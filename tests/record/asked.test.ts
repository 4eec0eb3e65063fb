import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseGate } from '../../harness/gate/index.js';
import { createHost } from '../../harness/host/index.js';
import { shownWords } from '../../harness/record/asked.js';
import { loadPlan } from '../../harness/scenario/index.js';

const setOf = (text: string, secrets: string[] = []): string => shownWords(['quick', '--set', text], secrets)[2] ?? '';

test('ordinary words are kept as they were given', () => {
  const words = ['quick', '--set', 'load.closed.users=[2, 8]', '--engine', 'k6', '--seed', '5', '--strict'];
  assert.deepEqual(shownWords(words, []), words);
  assert.equal(setOf('server={url: "http://127.0.0.1:9000", ready: /up}'), 'server={url: "http://127.0.0.1:9000", ready: /up}');
});

test('folders are left out: of the scenario, of the baseline, of files of the user', () => {
  assert.deepEqual(shownWords(['/home/me/mine.yaml', '--baseline', '/home/me/base.json'], []), ['./mine.yaml', '--baseline', 'base.json']);
  assert.equal(setOf('dataset.file=/home/me/pairs.csv'), 'dataset.file=pairs.csv');
  assert.equal(setOf('dataset={file: "/home/me/pairs.csv", strict: true}'), 'dataset={file: "pairs.csv", strict: true}');
  assert.equal(setOf('load={replay: {file: ../logs/a.csv, speed: 2}}'), 'load={replay: {file: a.csv, speed: 2}}');
  assert.equal(setOf('dataset.file = /home/me/pairs.csv'), 'dataset.file = pairs.csv');
  assert.equal(setOf('dataset.file="/home/jane doe/pairs.csv"'), 'dataset.file="pairs.csv"');
});

test('a path inside a map is cut whole: between quotes, with blanks, with the other quote in it; where only YAML knows its end the map is hidden', () => {
  assert.equal(setOf('dataset={file: "/home/jane doe/pairs.csv"}'), 'dataset={file: "pairs.csv"}');
  assert.equal(setOf("dataset={file: '/home/jane doe, \"b\"/pairs.csv', strict: true}"), "dataset={file: 'pairs.csv', strict: true}");
  assert.equal(setOf('dataset={"file": "/home/jane/\\"b\\", c/pairs.csv"}'), 'dataset={"file": "pairs.csv"}');
  assert.equal(setOf("dataset={file: /home/jane doe's/pairs.csv, columns: {a: 1/2}}"), 'dataset={file: pairs.csv, columns: {a: 1/2}}');
  assert.equal(setOf('dataset=file: /home/jane, doe/pairs.csv'), 'dataset=(hidden)');
  assert.equal(setOf('dataset=file: >-\n  /home/jane/pairs.csv'), 'dataset=(hidden)');
});

test('what is a path stays one: run ./quick is another question than run quick; a baseline below the folder stays where it stands', () => {
  assert.deepEqual(['./quick', 'quick', 'scenarios/mine.yaml', 'mine.yaml'].map((word) => shownWords([word], [])[0]), ['./quick', 'quick', './mine.yaml', 'mine.yaml']);
  const baselineOf = (path: string): string | undefined => shownWords(['quick', '--baseline', path], [])[2];
  assert.deepEqual(['reports/baselines/x.json', '../me/x.json', 'a/../../me/x.json', '/me/x.json', 'x.json'].map(baselineOf), ['reports/baselines/x.json', 'x.json', 'x.json', 'x.json', 'x.json']);
});

test('secrets are left out: headers, variables, user and password, what came from the environment', () => {
  assert.equal(setOf('request.template.headers.authorization=Bearer abc'), 'request.template.headers.authorization=(hidden)');
  assert.equal(setOf('server.process.env={KEY: abc}'), 'server.process.env=(hidden)');
  assert.equal(setOf('server={process: {command: x, url: "http://h:1", env: {KEY: abc}}}'), 'server=(hidden)');
  assert.equal(setOf('request={template: {path: /p, headers: {x: "abc"}}}'), 'request=(hidden)');
  assert.equal(setOf('server={url: "http://me:abc@h:1"}'), 'server={url: "http://(hidden)@h:1"}');
  assert.equal(setOf('server.url=http://u:p@ss@h:1/a@b'), 'server.url=http://(hidden)@h:1/a@b');
  assert.equal(setOf('server.process.command=run --key longsecret', ['secret', 'longsecret']), 'server.process.command=run --key (hidden)');
  // A key may have blanks around it, and begin elsewhere: in the values of an arm.
  for (const key of ['server.process.env', 'request.template.headers', 'load.job.env', 'matrix.server.a.process.env']) {
    for (const text of [`${key} = {TOKEN: abc}`, ` ${key} ={TOKEN: abc}`, `${key}.TOKEN=abc`, `${key}.TOKEN = abc`]) assert.match(setOf(text), /^[^{]*=\(hidden\)$/, text);
  }
  // The words of a variable are no secret: its value is.
  assert.equal(setOf('server.url=${URL}'), 'server.url=${URL}');
});

test('the words with what is hidden ask the same question as those that were given', () => {
  const hashOf = (text: string): string => loadPlan('quick', { set: [text] }, { parseGate }, createHost()).plan.hash;
  for (const text of ['server.url=http://me:abc@127.0.0.1:1', 'server={url: "http://me:a@c@127.0.0.1:1"}']) assert.equal(hashOf(setOf(text)), hashOf(text), text);
});
