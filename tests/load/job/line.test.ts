import assert from 'node:assert/strict';
import test from 'node:test';
import { readJobLine } from '../../../harness/load/job/line.js';

const valuesOf = (line: string): Record<string, number | null> => {
  const read = readJobLine(line);
  return read.kind === 'values' ? Object.fromEntries(read.values) : assert.fail(`${line}: ${read.kind}`);
};

test('every number of a JSON object is a figure, texts and lists are not', () => {
  assert.deepEqual(valuesOf('{"epoch": 1, "loss": 0.3125, "auc": 0.97, "lr": 1e-05, "name": "run 7", "done": true, "rest": null, "shape": [1, 2]}'), { epoch: 1, loss: 0.3125, auc: 0.97, lr: 1e-5 });
  assert.deepEqual(valuesOf('  {"n": -0}\r'), { n: -0 });
  assert.deepEqual(valuesOf('{}'), {});
});

test('numbers inside maps are named by their path, down to four maps', () => {
  assert.deepEqual(valuesOf('{"eval": {"auc": 0.9, "by": {"high": 1, "low": {"n": 2, "deeper": {"x": 3}}}}, "step": 4}'), { 'eval.auc': 0.9, 'eval.by.high': 1, 'eval.by.low.n': 2, 'step': 4 });
});

test('NaN and infinities, as Python writes them, are no numbers and lose none of the others', () => {
  assert.deepEqual(valuesOf('{"epoch": 3, "loss": NaN, "best": Infinity, "worst": -Infinity, "auc": 0.5}'), { epoch: 3, loss: null, best: null, worst: null, auc: 0.5 });
  assert.deepEqual(valuesOf('{"huge": 1e999}'), { huge: null });
  // Inside a text they are its words.
  assert.deepEqual(valuesOf('{"note": "loss was NaN, \\"Infinity\\"", "loss": NaN}'), { loss: null });
});

test('what does not begin as an object is text, what begins as one and is none is malformed', () => {
  for (const text of ['', 'epoch 1', '3', '[1, 2]', '"{"', '# {"a": 1}', 'null']) assert.equal(readJobLine(text).kind, 'text', text);
  // A Python dictionary, half a line, two lines in one.
  for (const line of ["{'loss': 0.3}", '{"loss": 0.', '{"a": 1}{"a": 2}', '{', '{NaN}', '{"a": 1,}', '{"a": nan}']) assert.equal(readJobLine(line).kind, 'malformed', line);
});

test('names are short and hold nothing a terminal obeys; none is inherited', () => {
  const names = Object.keys(valuesOf(JSON.stringify({ ['n'.repeat(500)]: 1, 'red\u001b[31m': 2, 'constructor': 3 })));
  assert.deepEqual(names.map((name) => name.length <= 80), [true, true, true]);
  assert.ok(names.includes('red[31m') && names.includes('constructor'));
  assert.deepEqual(readJobLine('{"__proto__": 5, "loss": 1}'), { kind: 'values', values: [['__proto__', 5], ['loss', 1]] });
});

test('a line full of quotes that never close is passed over once', () => {
  // Tried again from each quote, these would take hours.
  for (let i = 0; i < 2000; i += 1) assert.equal(readJobLine(`{"a": ${'"\\'.repeat(30_000)}`).kind, 'malformed');
});
