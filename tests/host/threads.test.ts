import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createHost, type Thread } from '../../harness/host/index.js';
import { BenchError } from '../../harness/model/error.js';

const start = (): Thread => createHost().threads.start('tests/host/thread-child.js', { greeting: '你好' });
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

test('a thread answers in the order it was asked, with what it was started with', async () => {
  const thread = start();
  const answers = ['一', '二', '三'].map((question) => thread.ask(question));
  assert.equal(thread.waiting(), 3);
  assert.deepEqual((await Promise.all(answers)).map(textOf), ['你好 一', '你好 二', '你好 三']);
  assert.equal(thread.waiting(), 0);
  await thread.stop();
});

test('a failure that a person can act on comes whole, and the thread goes on', async () => {
  const thread = start();
  await assert.rejects(thread.ask('refuse'), (error) => {
    assert.ok(error instanceof BenchError);
    assert.deepEqual([error.code, error.message, error.hint, error.details, error.exitCode], ['lexicon-unusable', 'It is spoilt.', 'Mend it.', ['line 3'], 2]);
    return true;
  });
  assert.equal(textOf(await thread.ask('!')), '你好 !');
  await thread.stop();
});

test('a bug ends the thread, and every question says so, those to come included', async () => {
  const thread = start();
  const asked = await Promise.allSettled(['break', 'after'].map((question) => thread.ask(question)));
  for (const { status } of asked) assert.equal(status, 'rejected');
  await assert.rejects(thread.ask('later'), (error: Error) => !(error instanceof BenchError) && error.message === 'a bug');
});

test('a stopped thread leaves no question open', async () => {
  const thread = start();
  const asked = thread.ask('x').then(() => 'answered', (error: Error) => error.message);
  await thread.stop();
  assert.match(await asked, /^answered$|ended/);
  await assert.rejects(thread.ask('x'), /ended/);
});
