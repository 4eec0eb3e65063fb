import assert from 'node:assert/strict';
import { test } from 'node:test';
import OnnxProto from 'onnx-proto';
import { encoderGraph, countParameters } from '../../../../servers/reference/model/encoder-graph.js';
import { chunksOf, floatTensor, model } from '../../../../servers/reference/model/onnx.js';
import { constantWeights, seededWeights } from '../../../../servers/reference/model/seeded-weights.js';

const { onnx } = OnnxProto;
const shape = { layers: 2, hidden: 8, heads: 2, feedForward: 16, vocabSize: 32, positions: 16 };
const scale = { word: 1, position: 0.2, type: 0.02, linear: 0.1 };
const bytes = (): Buffer => Buffer.concat([...chunksOf(model(encoderGraph(shape, scale, 7), { opset: 17, producer: 'tests' }))]);
const decoded = () => onnx.ModelProto.decode(bytes());

test('an independent decoder reads the header, the inputs and the output', () => {
  const proto = decoded();
  assert.equal(Number(proto.irVersion), 8);
  assert.equal(proto.producerName, 'tests');
  assert.deepEqual(proto.opsetImport.map((set) => [set.domain, Number(set.version)]), [['', 17]]);
  assert.deepEqual(proto.graph?.input?.map((input) => input.name), ['input_ids', 'attention_mask', 'token_type_ids']);
  const [output] = proto.graph?.output ?? [];
  assert.equal(output?.name, 'sentence_embedding');
  assert.deepEqual(output?.type?.tensorType?.shape?.dim?.map((dim) => dim.dimParam || Number(dim.dimValue)), ['batch', 8]);
});

test('it has as many weights as a BERT of that shape', () => {
  const weights = (decoded().graph?.initializer ?? []).filter((tensor) => !tensor.name?.startsWith('const.'));
  const count = weights.reduce((sum, tensor) => sum + (tensor.dims ?? []).reduce((product, dim) => product * Number(dim), 1), 0);
  assert.equal(count, countParameters(shape));
  for (const tensor of weights) assert.equal(tensor.rawData?.length, (tensor.dims ?? []).reduce((product, dim) => product * Number(dim), 4), tensor.name ?? '');
});

test('every input of a node is a graph input, a weight or an output before it', () => {
  const graph = decoded().graph;
  const known = new Set([...(graph?.input ?? []), ...(graph?.initializer ?? [])].map((value) => value.name));
  for (const node of graph?.node ?? []) {
    for (const name of node.input ?? []) assert.ok(known.has(name), `${node.name} reads ${name}`);
    for (const name of node.output ?? []) {
      assert.ok(!known.has(name), `${name} is written twice`);
      known.add(name);
    }
  }
  assert.ok(known.has('sentence_embedding'));
});

test('negative and large integers, floats and lists of integers survive', () => {
  const nodes = decoded().graph?.node ?? [];
  const attributesOf = (type: string) => nodes.find((node) => node.opType === type)?.attribute ?? [];
  assert.equal(Number(attributesOf('Softmax')[0]?.i), -1);
  assert.deepEqual(attributesOf('Transpose')[0]?.ints?.map(Number), [0, 2, 1, 3]);
  const epsilon = attributesOf('LayerNormalization').find((attribute) => attribute.name === 'epsilon')?.f;
  assert.equal(epsilon, Math.fround(1e-12));
  const wide = onnx.TensorProto.decode(Buffer.concat([...chunksOf(floatTensor('wide', [300], constantWeights(300, 0.5)))]));
  assert.deepEqual(wide.dims?.map(Number), [300]);
});

test('weights: the same for the same name and seed, others otherwise, with the deviation asked for', () => {
  const values = (name: string, seed: number, count = 1000): Float32Array => {
    const all = Buffer.concat([...seededWeights(name, seed, count, 0.25).chunks()]);
    return new Float32Array(all.buffer.slice(all.byteOffset, all.byteOffset + all.byteLength));
  };
  assert.deepEqual(values('a', 1), values('a', 1));
  assert.notDeepEqual(values('a', 1), values('b', 1));
  assert.notDeepEqual(values('a', 1), values('a', 2));
  // Across the border of a chunk, where a stream could start over.
  const many = values('a', 1, 300_000);
  assert.notDeepEqual(many.slice(0, 1000), many.slice(1 << 18, (1 << 18) + 1000));
  const mean = many.reduce((sum, value) => sum + value, 0) / many.length;
  const deviation = Math.sqrt(many.reduce((sum, value) => sum + (value - mean) ** 2, 0) / many.length);
  // Standard errors at n = 300,000: 0.25/√n ≈ 0.0005 for the mean, less for the deviation of a uniform.
  assert.ok(Math.abs(mean) < 0.0025, `mean ${mean}`);
  assert.ok(Math.abs(deviation - 0.25) < 0.0025, `deviation ${deviation}`);
});

test('a tensor whose bytes do not fit its shape is refused', () => {
  assert.throws(() => floatTensor('w', [2, 3], new Uint8Array(20)), /w needs 24 bytes, got 20/);
});
