import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { InferenceError } from '../../../../servers/reference/inference/error.js';
import type { WorkerSettings } from '../../../../servers/reference/inference/protocol.js';
import { openSession } from '../../../../servers/reference/inference/session.js';
import { chunksOf, floatTensor, int64Tensor, model, node, valueInfo } from '../../../../servers/reference/model/onnx.js';

const folder = mkdtempSync(join(tmpdir(), 'cross-encoder-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const vocabSize = 8;
const floats = (values: number[]): Uint8Array => new Uint8Array(Float32Array.from(values).buffer);

/** "Logits" are sums over the tokens: of their ids, of one each, and of the segment. What is looked up for padding (id 0) is zero. */
const writeModel = (name: string, inputs: readonly string[], width = 3): WorkerSettings => {
  const table = Array.from({ length: vocabSize }, (_, id) => Array.from({ length: width }, (_, at) => (id === 0 ? 0 : at === 0 ? id : at === 1 ? 1 : 0))).flat();
  const segments = [0, 1].flatMap((segment) => Array.from({ length: width }, (_, at) => (at === 2 ? segment : 0)));
  const [ids = '', second = ''] = inputs;
  const nodes = [
    node('Gather', ['table', ids], ['words']),
    node('Gather', [second === 'right' ? 'table' : 'segments', second], ['others']),
    node('ReduceSum', ['words', 'axis'], ['left_sum'], { keepdims: { int: 0 } }),
    node('ReduceSum', ['others', 'axis'], ['right_sum'], { keepdims: { int: 0 } }),
    node('Add', ['left_sum', 'right_sum'], ['logits']),
  ];
  const graph = {
    name: 'sums',
    nodes,
    initializers: [floatTensor('table', [vocabSize, width], floats(table)), floatTensor('segments', [2, width], floats(segments)), int64Tensor('axis', [1], [1])],
    inputs: inputs.map((input) => valueInfo(input, 'int64', ['batch', `${input}_tokens`])),
    outputs: [valueInfo('logits', 'float', ['batch', width])],
  };
  const modelPath = join(folder, `${name}.onnx`);
  writeFileSync(modelPath, Buffer.concat([...chunksOf(model(graph, { opset: 17, producer: 'tests' }))]));
  return { modelPath, kind: 'cross-encoder', hidden: 1, vocabSize, pooling: null, intraThreads: 1, execution: 'cpu' };
};

/** [CLS] 5 [SEP] with [CLS] 6 7 [SEP]; [CLS] [SEP] with [CLS] 4 [SEP]. */
const ids = Int32Array.of(2, 5, 3, 2, 6, 7, 3, 2, 3, 2, 4, 3);
const lengths = Int32Array.of(3, 4, 2, 3);

test('a graph of an encoder reads [CLS] a [SEP] b [SEP], b in the second segment', async () => {
  const session = await openSession(writeModel('joined', ['input_ids', 'token_type_ids']));
  const { vectors } = await session.embed(ids, lengths);
  assert.deepEqual(Array.from(vectors), [2 + 5 + 3 + 6 + 7 + 3, 6, 3, 2 + 3 + 4 + 3, 4, 2]);
});

test('a graph of two sides gets them apart', async () => {
  const session = await openSession(writeModel('sides', ['left', 'right']));
  const { vectors } = await session.embed(ids, lengths);
  assert.deepEqual(Array.from(vectors), [10 + 18, 7, 0, 5 + 9, 5, 0]);
});

test('what does not give three logits, or does not know the vocabulary, is refused in words', async () => {
  const refused = (words: RegExp) => (error: unknown) => error instanceof InferenceError && error.code === 'model-unusable' && words.test(error.message);
  await assert.rejects(openSession(writeModel('wide', ['left', 'right'], 4)), refused(/output of model\.onnx is \[1, 4\], not \[1, 3\]/));
  await assert.rejects(openSession({ ...writeModel('small', ['left', 'right']), vocabSize: 9 }), refused(/does not know the last of the 9 tokens/));
  await assert.rejects(openSession({ ...writeModel('sides', ['left', 'right']), kind: 'bi-encoder', pooling: 'mean' }), refused(/takes left, right; a text encoder takes input_ids/));
});
