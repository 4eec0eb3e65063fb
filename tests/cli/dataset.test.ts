import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataset, type DatasetFlags } from '../../harness/cli/dataset.js';
import type { Io } from '../../harness/cli/io.js';
import { createHost, type Host } from '../../harness/host/index.js';

const host = createHost();
const never = new AbortController().signal;

/** Runs the verb against the scenario `quick`; what it says, and what it writes to a file that is none. */
async function say(action: string, flags: Partial<DatasetFlags>, signal = never, clock = host.clock): Promise<{ code: number; out: string; written: string }> {
  let out = '';
  let written = '';
  const io: Io = { out: (text) => (out += text), err: () => undefined, live: false, colour: false, columns: 80 };
  const writer: Host['files']['writer'] = () => ({
    write: (text) => {
      written += text;
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
    discard: () => Promise.resolve(),
  });
  const code = await dataset(action, 'quick', { format: 'jsonl', set: [], ...flags }, { ...host, clock, files: { ...host.files, writer } }, signal, io);
  return { code, out, written };
}

test('make writes exactly as many pairs as were asked for', async () => {
  for (const count of [1, 2, 7, 1001]) {
    const { code, out, written } = await say('make', { count, output: 'pairs.jsonl' });
    assert.equal(code, 0);
    assert.equal(written.split('\n').length - 1, count);
    assert.equal(out, `pairs.jsonl: ${String(count)} pairs\n`);
  }
});

test('make of one class writes that class alone, and as many of it', async () => {
  const { written } = await say('make', { count: 9, class: 'abnormal', output: 'pairs.jsonl' });
  assert.equal(written.match(/"class":"abnormal"/g)?.length, 9);
  assert.equal(written.split('\n').length - 1, 9);
});

test('show takes its count as pairs of each class', async () => {
  for (const count of [1, 2]) {
    const { out } = await say('show', { count });
    for (const name of ['high', 'low', 'boundary', 'noisy']) {
      const [, rest = ''] = out.split(`== ${name}\n`);
      const shown = rest.split('\n\n')[0] ?? '';
      // A pair that is too wide for one line stands on three.
      assert.equal(shown.split('\n').filter((line) => /^ {2}\S/.test(line)).length - shown.split('\n').filter((line) => /^ {6}\S/.test(line)).length, count, shown);
    }
  }
});

test('a stop that comes while stats are counted ends them at the next pause', async () => {
  const stop = new AbortController();
  let pauses = 0;
  const clock = {
    ...host.clock,
    sleep: (ms: number, signal?: AbortSignal) => {
      pauses += 1;
      if (pauses === 2) stop.abort(new Error('stopped'));
      return host.clock.sleep(ms, signal);
    },
  };
  await assert.rejects(say('stats', { count: 50_000 }, stop.signal, clock), /stopped/);
  assert.equal(pauses, 2);
});

test('stats count every pair once', async () => {
  const { out } = await say('stats', { count: 1_003 });
  assert.match(out, /^pairs 1003, seed /);
  assert.match(out, /^high +251 /m);
});
