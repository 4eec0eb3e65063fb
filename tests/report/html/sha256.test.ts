import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { sha256Base64 } from '../../../harness/report/html/sha256.js';

test('agrees with the system’s SHA-256 at every padding length and for Chinese text', () => {
  for (let length = 0; length <= 200; length += 1) {
    const text = '地址a'.repeat(200).slice(0, length);
    assert.equal(sha256Base64(text), createHash('sha256').update(text, 'utf8').digest('base64'), `length ${String(length)}`);
  }
});
