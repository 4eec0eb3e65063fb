import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDataset, datasetSpec, formatPairs, makeChunks, type PairFormat } from '../../../harness/dataset/index.js';
import { createHost, type Host, type Thread } from '../../../harness/host/index.js';
import { scaleMix } from '../../../harness/model/mix.js';
import type { DatasetPlan } from '../../../harness/model/dataset.js';
import { lexicon } from '../world.js';

const real = createHost();

/** A machine with so many cores; counts its threads. `idle`: they answer at once, with nothing. */
function hostWith(cores: number, idle = false): { host: Host; threads: { started: number; stopped: number } } {
  const threads = { started: 0, stopped: 0 };
  const host: Host = { ...real, machine: { ...real.machine, cores }, threads: { start: (file, data) => {
    const thread = idle ? idleThread : real.threads.start(file, data);
    threads.started += 1;
    return { ...thread, stop: () => {
      threads.stopped += 1;
      return thread.stop();
    } };
  } } };
  return { host, threads };
}

const idleThread: Thread = { ask: () => Promise.resolve(new Uint8Array()), waiting: () => 0, stop: () => Promise.resolve() };

function planOf(name: string, count: number): DatasetPlan {
  const plan = datasetSpec(name);
  if (plan === undefined) throw new Error(name);
  return { ...plan, mix: scaleMix(plan.mix, count) };
}

async function textOf(plan: DatasetPlan, format: PairFormat, host: Host, threads?: number): Promise<{ text: string; pairs: number[] }> {
  let text = '';
  const pairs: number[] = [];
  for await (const chunk of makeChunks(plan, createDataset(plan, lexicon), format, host, threads)) {
    text += typeof chunk.lines === 'string' ? chunk.lines : Buffer.from(chunk.lines).toString('utf8');
    pairs.push(chunk.pairs);
  }
  return { text, pairs };
}

test('threads make the same bytes as one thread alone, in every format and profile', async () => {
  for (const [name, format, count] of [['golden', 'jsonl', 4003], ['golden', 'csv', 1203], ['unique', 'tsv', 1203]] as const) {
    const plan = planOf(name, count);
    const { host, threads } = hostWith(2);
    const { text, pairs } = await textOf(plan, format, host, 2);
    assert.equal(text, [...formatPairs(createDataset(plan, lexicon), format)].join(''), name);
    assert.deepEqual(pairs, [...pairs].sort((a, b) => a - b));
    assert.equal(pairs.at(-1), count);
    assert.deepEqual(threads, { started: 2, stopped: 2 });
  }
});

test('threads are for many pairs on several cores: at most four of them', async () => {
  for (const [cores, count, expected] of [[1, 10_000_000, 0], [2, 199_999, 0], [2, 200_000, 2], [3, 200_000, 3], [64, 200_000, 4]] as const) {
    const plan = planOf('typical', count);
    const { host, threads } = hostWith(cores, true);
    for await (const { pairs } of makeChunks(plan, createDataset(plan, lexicon), 'jsonl', host)) if (pairs > 0) break;
    assert.deepEqual(threads, { started: expected, stopped: expected }, `${String(cores)} cores, ${String(count)} pairs`);
  }
});

test('what a thread meets is told as if it were met here, and the others are stopped', async () => {
  const { host, threads } = hostWith(2);
  const dataset = createDataset(planOf('unique', 1000), lexicon);
  // A plan that no thread can follow: more pairs than there are names.
  const impossible = planOf('unique', 40_000_000);
  await assert.rejects(async () => {
    for await (const chunk of makeChunks(impossible, dataset, 'jsonl', host, 2)) assert.fail(String(chunk.pairs));
  }, { name: 'BenchError', code: 'usage', message: /can make 4,000,000 pairs in which no address stands twice/ });
  assert.deepEqual(threads, { started: 2, stopped: 2 });
});
