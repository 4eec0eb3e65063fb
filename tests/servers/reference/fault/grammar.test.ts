import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFaults } from '../../../../servers/reference/fault/grammar.js';

test('every kind of fault is understood', () => {
  const text = 'error:0.1@5s..15s, delay:50ms, delay:1s:20%, hang@2s..4s, hang-after:100, crash-after:200, crash@10s, leak:4KiB, slow-start:5s, reset:10%, status:503:0.2@1m, slow-client:40@10s';
  const always = { fromMs: 0, toMs: Infinity };
  assert.deepEqual(readFaults(text), [
    { text: 'error:0.1@5s..15s', kind: 'error', share: 0.1, fromMs: 5000, toMs: 15_000 },
    { text: 'delay:50ms', kind: 'delay', delayMs: 50, share: 1, ...always },
    { text: 'delay:1s:20%', kind: 'delay', delayMs: 1000, share: 0.2, ...always },
    { text: 'hang@2s..4s', kind: 'hang', afterRequests: 0, fromMs: 2000, toMs: 4000 },
    { text: 'hang-after:100', kind: 'hang', afterRequests: 100, ...always },
    { text: 'crash-after:200', kind: 'crash', afterRequests: 200, ...always },
    { text: 'crash@10s', kind: 'crash', afterRequests: 0, fromMs: 10_000, toMs: Infinity },
    { text: 'leak:4KiB', kind: 'leak', bytes: 4096, ...always },
    { text: 'slow-start:5s', kind: 'slow-start', delayMs: 5000, ...always },
    { text: 'reset:10%', kind: 'reset', share: 0.1, ...always },
    { text: 'status:503:0.2@1m', kind: 'status', status: 503, share: 0.2, fromMs: 60_000, toMs: Infinity },
    { text: 'slow-client:40@10s', kind: 'slow-client', clients: 40, fromMs: 10_000, toMs: Infinity },
  ]);
});

test('what is not a fault is named', () => {
  const wrong = ['error', 'error:0', 'error:1.5', 'error:0.1:2', 'delay:50', 'delay:50ms:0', 'delay', 'hang:5', 'hang-after', 'hang-after:0', 'crash', 'crash@5s..6s', 'crash-after:x', 'leak:0B', 'slow-client:0', 'slow-client', 'leak:4', 'slow-start:1s@2s', 'status:404', 'status:503:0.1:2', 'reset', 'fire', '', 'error:0.1@', 'error:0.1@5s..5s', 'error:0.1@1s..2s..3s', 'error:0.1@1s@2s'];
  for (const text of wrong) assert.deepEqual(readFaults(`hang, ${text}`), { notAFault: text }, text);
});
