import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCollector } from '../../harness/load/collect.js';
import { createSentCounter } from '../../harness/load/sent.js';
import { noTokens, type BodySet } from '../../harness/model/request.js';
import { figuresOf, repeatShare, textsSent } from '../../harness/model/sent.js';
import { expectAnswers, requestPlan, rowOf, stageOf } from './stage-setup.js';

/** Four bodies: 7 and 9 tokens, 7 and 20, the first again, and one that is no pair. */
const bodies: BodySet = { file: '', count: 4, expectations: expectAnswers(4), texts: { tokens: Uint16Array.of(7, 9, 7, 20, 7, 9, noTokens, noTokens), first: Uint32Array.of(0, 1, 0, 3) } };

test('tokens by how often they were sent, texts by how often each came', () => {
  const counter = createSentCounter(bodies);
  // The first text twice by its own body and once by its double, the second once, the raw body twice.
  for (const body of [0, 2, 1, 3, 0, 3]) counter.add(body);
  const { sent } = counter.save();
  assert.deepEqual(sent, { requests: 6, tokens: [[7, 4], [9, 3], [20, 1]], times: [[1, 1], [2, 1], [3, 1]] });
  assert.deepEqual([textsSent(sent), repeatShare(sent)], [3, 0.5]);
  assert.deepEqual(figuresOf(sent.tokens), { mean: (4 * 7 + 3 * 9 + 20) / 8, p50: 7, p90: 20, max: 20 });
});

test('nothing is told of bodies that nobody looked at, nor figures of nothing', () => {
  assert.deepEqual(createSentCounter({ file: '', count: 4, expectations: expectAnswers(4) }).save(), {});
  const { sent } = createSentCounter(bodies).save();
  assert.deepEqual(sent, { requests: 0, tokens: [], times: [] });
  assert.deepEqual([figuresOf([]), repeatShare({ requests: 0, tokens: [], times: [] })], [null, 0]);
});

test('of a stage the window counts, not the warm-up', () => {
  const collector = createCollector({ stage: stageOf(1, { warmupS: 1, durationS: 2 }), seed: 1, startMs: 0, bodies, golden: new Map(), tolerance: 0, request: requestPlan });
  for (const [seq, ticket] of [2, 1, 0, 4, 3].entries()) collector.add(rowOf({ user: 0, seq, ticket, startMs: seq * 500, endMs: seq * 500 + 400 }));
  const { measured } = collector.finish();
  // The first two began in the warm-up; ticket 4 is body 0 again.
  assert.deepEqual(measured.sent, { requests: 3, tokens: [[7, 2], [9, 2]], times: [[1, 1], [2, 1]] });
});
