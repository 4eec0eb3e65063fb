import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import OnnxProto from 'onnx-proto';
import { countEmbeddingRows } from '../../../../servers/reference/model/embedding-rows.js';
import { shippedModelPath, shippedModels } from '../../../../servers/reference/model/shipped-models.js';
import { weightsFile } from '../../../../servers/reference/model/model-folder.js';

const { onnx } = OnnxProto;
const folder = mkdtempSync(join(tmpdir(), 'embedding-rows-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const node = (opType: string, input: string[], output: string, attribute: object[] = []): object => ({ opType, input, output: [output], attribute });
const integer = (name: string, i: number): object => ({ name, i, type: 2 });
/** Larger than a page of the reader, so that something is skipped. */
const weight = (name: string, dims: number[]): object => ({ name, dims, dataType: 1, rawData: new Uint8Array(4 * dims.reduce((product, dim) => product * dim, 1)) });

const bytesOf = (nodes: object[], initializer: object[]): Uint8Array =>
  onnx.ModelProto.encode(onnx.ModelProto.fromObject({ irVersion: 8, producerName: 'tests', graph: { name: 'g', node: nodes, initializer }, opsetImport: [{ domain: '', version: 17 }] })).finish();

const count = (bytes: Uint8Array): number | null => {
  const path = join(folder, 'model.onnx');
  writeFileSync(path, bytes);
  return countEmbeddingRows(path);
};
const rows = (nodes: object[], initializer: object[] = [weight('large', [100, 200]), weight('table', [300, 64]), weight('types', [2, 64])]): number | null => count(bytesOf(nodes, initializer));

test('the table that ids look up, not that of types or places, nor one whose rows are something else', () => {
  assert.equal(rows([node('Gather', ['types', 'token_type_ids'], 't'), node('Gather', ['table', 'input_ids'], 'x')]), 300);
  assert.equal(rows([node('Gather', ['types', 'token_type_ids'], 't')]), null);
  assert.equal(rows([node('Greater', ['input_ids', 'zero'], 'mask'), node('Gather', ['table', 'mask'], 'x')]), null);
  assert.equal(rows([node('Gather', ['table', 'input_ids'], 'x', [integer('axis', 1)])]), null);
  assert.equal(rows([node('MatMul', ['input_ids', 'table'], 'x')]), null);
});

test('ids that were cast, padded, put together or cut are ids', () => {
  const moved = [node('Pad', ['left', 'pads'], 'l'), node('Cast', ['right'], 'r'), node('Concat', ['none', 'l', 'r'], 'both'), node('Slice', ['both', 'a', 'b'], 'some')];
  assert.equal(rows([...moved, node('Gather', ['table', 'some'], 'x', [integer('axis', 0)])]), 300);
});

test('a table in eight bits, in a Constant, and in an operator of the optimiser', () => {
  assert.equal(rows([node('DequantizeLinear', ['table', 'scale', 'zero'], 'float'), node('Cast', ['float'], 'half'), node('Gather', ['half', 'input_ids'], 'x')]), 300);
  const value = { name: 'value', type: 4, t: weight('', [70, 3]) };
  assert.equal(rows([node('Constant', [], 'inner', [value]), node('Gather', ['inner', 'input_ids'], 'x')]), 70);
  assert.equal(rows([node('EmbedLayerNormalization', ['input_ids', 'token_type_ids', 'table', 'large', 'types'], 'x')]), 300);
});

test('of two tables the smaller one', () => {
  assert.equal(rows([node('Gather', ['table', 'input_ids'], 'x'), node('Gather', ['large', 'input_ids'], 'y')]), 100);
});

test('what is no ONNX file, or ends too early anywhere, has no table', () => {
  assert.equal(count(Buffer.from('{"no": "protobuf"}')), null);
  assert.equal(count(new Uint8Array()), null);
  const whole = bytesOf([node('Gather', ['table', 'input_ids'], 'x')], [weight('table', [30, 2])]);
  for (let length = 0; length < whole.length - 6; length += 1) assert.equal(count(whole.subarray(0, length)), null, `${String(length)} bytes`);
});

test('the shipped models in every precision', () => {
  for (const name of shippedModels) for (const file of Object.values(weightsFile)) assert.equal(countEmbeddingRows(join(shippedModelPath(name) ?? '', file)), 9587, `${name} ${file}`);
});
