/**
 * Just enough of the ONNX protobuf (onnx.proto, IR version 8) to write an encoder graph.
 * A message is a list of parts whose sizes are known before their bytes exist, so a model of several
 * hundred megabytes streams to disk tensor by tensor instead of being held in memory.
 */

/** Bytes made only when they are written. */
export interface LazyBytes {
  readonly byteLength: number;
  chunks(): Iterable<Uint8Array>;
}

export type Part = Uint8Array | LazyBytes;

/** Field numbers below are those of onnx.proto. */
const wireVarint = 0;
const wireBytes = 2;
const wireFixed32 = 5;

const dataTypeFloat = 1;
const dataTypeUint8 = 2;
const dataTypeInt8 = 3;
const dataTypeInt64 = 7;
const dataTypeFloat16 = 10;

const utf8 = new TextEncoder();

/** LEB128; negative numbers as 64-bit two's complement, as protobuf's int64 wants them. */
const varint = (value: number): Uint8Array => {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
};

const tag = (field: number, wire: number): Uint8Array => varint(field * 8 + wire);

const sizeOf = (parts: readonly Part[]): number => parts.reduce((sum, part) => sum + part.byteLength, 0);

const intField = (field: number, value: number): Part[] => [tag(field, wireVarint), varint(value)];
const message = (field: number, parts: readonly Part[]): Part[] => [tag(field, wireBytes), varint(sizeOf(parts)), ...parts];
const text = (field: number, value: string): Part[] => message(field, [utf8.encode(value)]);

const floatField = (field: number, value: number): Part[] => {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return [tag(field, wireFixed32), bytes];
};

/** An attribute of a node: an integer, a float or a list of integers. */
export type Attribute = { int: number } | { float: number } | { ints: readonly number[] };

const attribute = (name: string, value: Attribute): Part[] => {
  const body = text(1, name);
  if ('int' in value) body.push(...intField(3, value.int), ...intField(20, 2));
  else if ('float' in value) body.push(...floatField(2, value.float), ...intField(20, 1));
  else body.push(...value.ints.flatMap((item) => intField(8, item)), ...intField(20, 7));
  return body;
};

/** NodeProto. */
export const node = (
  op: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Readonly<Record<string, Attribute>> = {},
): Part[] => [
  ...inputs.flatMap((name) => text(1, name)),
  ...outputs.flatMap((name) => text(2, name)),
  ...text(3, outputs[0] ?? op),
  ...text(4, op),
  ...Object.entries(attributes).flatMap(([name, value]) => message(5, attribute(name, value))),
];

const tensor = (name: string, dims: readonly number[], dataType: number, raw: Part): Part[] => [
  ...dims.flatMap((dim) => intField(1, dim)),
  ...intField(2, dataType),
  ...text(8, name),
  ...message(9, [raw]),
];

const checkedTensor = (name: string, dims: readonly number[], dataType: number, bytesEach: number, raw: Part): Part[] => {
  const expected = dims.reduce((product, dim) => product * dim, bytesEach);
  if (raw.byteLength !== expected) throw new RangeError(`tensor ${name} needs ${expected} bytes, got ${raw.byteLength}`);
  return tensor(name, dims, dataType, raw);
};

/** TensorProto of float32 values; `raw` holds them little-endian. */
export const floatTensor = (name: string, dims: readonly number[], raw: Part): Part[] => checkedTensor(name, dims, dataTypeFloat, 4, raw);

/** TensorProto of float16 values; `raw` holds them little-endian. */
export const float16Tensor = (name: string, dims: readonly number[], raw: Part): Part[] => checkedTensor(name, dims, dataTypeFloat16, 2, raw);

/** TensorProto of uint8 values. */
export const uint8Tensor = (name: string, dims: readonly number[], raw: Part): Part[] => checkedTensor(name, dims, dataTypeUint8, 1, raw);

/** TensorProto of int8 values. */
export const int8Tensor = (name: string, dims: readonly number[], raw: Part): Part[] => checkedTensor(name, dims, dataTypeInt8, 1, raw);

/** TensorProto of int64 values (axes, shapes, slice bounds). */
export const int64Tensor = (name: string, dims: readonly number[], values: readonly number[]): Part[] =>
  tensor(name, dims, dataTypeInt64, new Uint8Array(BigInt64Array.from(values, BigInt).buffer));

/** ValueInfoProto: an input or output; a dimension given by name is free. */
export const valueInfo = (name: string, type: 'float' | 'int64', dims: readonly (number | string)[]): Part[] => {
  const shape = dims.flatMap((dim) => message(1, typeof dim === 'number' ? intField(1, dim) : text(2, dim)));
  const tensorType = [...intField(1, type === 'float' ? dataTypeFloat : dataTypeInt64), ...message(2, shape)];
  return [...text(1, name), ...message(2, message(1, tensorType))];
};

/** What a graph is made of; every list holds encoded messages. */
export interface Graph {
  name: string;
  nodes: readonly Part[][];
  initializers: readonly Part[][];
  inputs: readonly Part[][];
  outputs: readonly Part[][];
}

/** ModelProto of one graph, as parts in the order they are to be written. */
export const model = (graph: Graph, options: { opset: number; producer: string }): Part[] => {
  const body = [
    ...graph.nodes.flatMap((part) => message(1, part)),
    ...text(2, graph.name),
    ...graph.initializers.flatMap((part) => message(5, part)),
    ...graph.inputs.flatMap((part) => message(11, part)),
    ...graph.outputs.flatMap((part) => message(12, part)),
  ];
  return [
    ...intField(1, 8),
    ...text(2, options.producer),
    ...message(7, body),
    ...message(8, [...text(1, ''), ...intField(2, options.opset)]),
  ];
};

/** The bytes of a message in order, in few and large chunks: small parts are gathered, lazy ones passed through. */
export function* chunksOf(parts: readonly Part[]): Generator<Uint8Array> {
  let small: Uint8Array[] = [];
  for (const part of parts) {
    if (part instanceof Uint8Array) {
      small.push(part);
      continue;
    }
    if (small.length > 0) yield Buffer.concat(small);
    small = [];
    yield* part.chunks();
  }
  if (small.length > 0) yield Buffer.concat(small);
}
