import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asBenchError, describeFailure } from '../../harness/cli/failure.js';
import { BenchError } from '../../harness/model/error.js';

test('a failure is one sentence, what is known, and a hint', () => {
  assert.equal(
    describeFailure(new BenchError('server-crashed', 'The server ended with exit code 9.', { details: ['cannot open model.bin'], hint: 'See logs/.' })),
    'error: The server ended with exit code 9.\n  cannot open model.bin\nhint: See logs/.',
  );
});

test('what nobody foresaw is called a bug of the harness, with its place and exit code 70', () => {
  const error = asBenchError(new TypeError('x is not a function'));
  assert.equal(error.exitCode, 70);
  assert.match(describeFailure(error), /^error: x is not a function\nThis is a bug in the harness/);
  assert.match(describeFailure(error), /at /);
});
