import assert from 'node:assert/strict';
import test from 'node:test';
import { judgeAnswer } from '../../harness/load/judge-answer.js';
import { readScore, withinRange } from '../../harness/model/answer.js';
import { readAnswer } from '../../harness/request/index.js';
import { requestPlan, rowOf } from '../load/stage-setup.js';

test('a score by its path, or what is wrong with the answer', () => {
  const read = (text: string, path: (string | number)[] = ['similarity']): unknown => {
    const { score, fault } = readScore(text, path);
    return fault === '' ? score : fault;
  };
  assert.equal(read('{"similarity":0.5}'), 0.5);
  assert.equal(read('{"data":[{"score":1e-3}]}', ['data', 0, 'score']), 0.001);
  assert.equal(read('0.25', []), 0.25);
  assert.equal(read('<html>'), 'html');
  assert.equal(read(' \n<!doctype html>'), 'html');
  assert.equal(read('{"similarity":NaN}'), 'not-a-number');
  assert.equal(read('{"similarity":-Infinity}'), 'not-a-number');
  assert.equal(read('{"similarity":"NaN"}'), 'not-a-number');
  assert.equal(read('{"similarity":null}'), 'not-a-number');
  assert.equal(read('{"similarity":"0.5"}'), 'not-a-number');
  assert.equal(read('{"similarity":1e999}'), 'not-a-number');
  assert.equal(read('{"other":1}'), 'no-score');
  assert.equal(read('[]'), 'no-score');
  assert.equal(read('null'), 'no-score');
  assert.equal(read('{"similarity":0.91,"lab'), 'not-json');
  assert.equal(read(''), 'not-json');
});

test('a score may leave its range by a rounding error, and by no more', () => {
  assert.deepEqual([-1.0000005, -1, 0, 1, 1.0000005].map((score) => withinRange(score, [-1, 1])), [true, true, true, true, true]);
  assert.deepEqual([-1.00001, 1.00001, NaN].map((score) => withinRange(score, [-1, 1])), [false, false, false]);
  assert.ok(withinRange(1000.0005, [0, 1000]));
});

test('the probe and the load name every answer alike', () => {
  const bodies = ['{"similarity":0.5}', '{"similarity":1.0000005}', '{"similarity":1.7}', '{"similarity":-0.1}', '{"similarity":NaN}', '{"similarity":"x"}', '{}', '<html>', 'oops', ''];
  for (const status of [200, 201, 302, 404, 503]) {
    for (const body of bodies) {
      const probed = readAnswer(requestPlan, status, body);
      const loaded = judgeAnswer(rowOf({ startMs: 0, endMs: 1, status, ...readScore(body, requestPlan.scorePath) }), 'answer', requestPlan);
      assert.equal('wrong' in probed ? probed.wrong : 'completed', loaded.completed ? 'completed' : loaded.kind, `${String(status)} ${body}`);
    }
  }
});
