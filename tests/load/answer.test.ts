import assert from 'node:assert/strict';
import test from 'node:test';
import { batchDigits, cacheLetter, degradedLetter } from '../../harness/load/answer.js';
import { judgeAnswer } from '../../harness/load/judge-answer.js';
import type { RequestRow } from '../../harness/load/row.js';
import { requestPlan } from './stage-setup.js';

test('only what a row may carry is carried', () => {
  assert.deepEqual(['hit', 'HIT', 'Partial', 'miss', 'x|y', undefined].map(cacheLetter), ['h', 'h', 'p', 'm', '', '']);
  assert.deepEqual(['true', ' TRUE', 'false', '1', '', undefined].map(degradedLetter), ['d', 'd', '', '', '', '']);
  assert.deepEqual(['8', '0', '8.5', '1|2', '', undefined, '12345678901'].map(batchDigits), ['8', '0', '', '', '', '', '']);
});

test('the outcome follows what the body should bring', () => {
  const row = (part: Partial<RequestRow>): RequestRow => ({
    user: 0, seq: 0, ticket: 0, startMs: 0, endMs: 0, dueMs: 0, latencyUs: 0, pauseMs: 0, status: 200, fault: '', score: NaN, scores: [], batch: 0, cache: '', degraded: false, bytes: new Uint8Array(0), timingFrom: 0, timingTo: 0, ...part,
  });
  const judge = (part: Partial<RequestRow>, expect: 'answer' | 'reject' | 'either'): string => {
    const outcome = judgeAnswer(row(part), expect, requestPlan);
    return outcome.completed ? (outcome.rejected ? 'rejected' : 'completed') : outcome.kind;
  };
  assert.equal(judge({ score: 0.5 }, 'answer'), 'completed');
  assert.equal(judge({ score: 1.0000005 }, 'answer'), 'completed', 'a rounding error above 1');
  assert.equal(judge({ score: 1.7 }, 'answer'), 'out-of-range');
  assert.equal(judge({ fault: 'html' }, 'answer'), 'html');
  assert.equal(judge({}, 'answer'), 'no-score');
  assert.equal(judge({ status: 503 }, 'answer'), 'http-503');
  assert.equal(judge({ status: 429 }, 'answer'), 'http-429');
  assert.equal(judge({ status: 302 }, 'answer'), 'http-302');
  assert.equal(judge({ status: 0, fault: 'timeout' }, 'answer'), 'timeout');
  assert.equal(judge({ status: 0 }, 'answer'), 'other');
  assert.equal(judge({ status: 400 }, 'reject'), 'rejected');
  assert.equal(judge({ status: 422 }, 'reject'), 'rejected');
  assert.equal(judge({ score: 0.5 }, 'reject'), 'accepted-bad-input');
  assert.equal(judge({ status: 500 }, 'reject'), 'http-500');
  assert.equal(judge({ status: 0, fault: 'reset' }, 'reject'), 'reset');
  assert.equal(judge({ status: 413 }, 'either'), 'rejected');
  assert.equal(judge({ score: 0 }, 'either'), 'completed');
  assert.equal(judge({ fault: 'not-a-number' }, 'either'), 'not-a-number');
  assert.equal(judge({ status: 500 }, 'either'), 'http-500');
});
