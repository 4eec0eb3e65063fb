/**
 * How many rows the table has that token ids of an ONNX graph look up: what a vocabulary is held against.
 *
 * A Gather, or an operator with one inside it, whose places are an input of the graph that holds ids, or come of one by operators that only move numbers
 * (Cast, Concat, Pad …); its data are a weight, or come of one by operators that keep its rows (DequantizeLinear …). Of several tables the smallest counts.
 * The file is not read but leafed through: names, shapes and nodes are looked at, weights are skipped, so that 400 MB cost milliseconds and no memory.
 */
import { closeSync, openSync } from 'node:fs';
import { openPages, type Field, type Pages } from './protobuf.js';

/** Inputs that hold ids of the vocabulary; `attention_mask` and `token_type_ids` do not. */
const idInputs = ['input_ids', 'left', 'right'];

/** Where operators look a row up: [table, ids] among their inputs. The second is what ONNX Runtime's optimiser makes of the first. */
const lookUps: Readonly<Record<string, readonly [table: number, ids: number]>> = {
  Gather: [0, 1],
  GatherBlockQuantized: [0, 1],
  EmbedLayerNormalization: [2, 0],
  QEmbedLayerNormalization: [2, 0],
};

/** Operators whose output holds numbers of their first input and perhaps others that are no ids (padding, which any vocabulary has). */
const movers = new Set(['Cast', 'Clip', 'Concat', 'Expand', 'Flatten', 'Identity', 'Pad', 'Reshape', 'Slice', 'Split', 'Squeeze', 'Tile', 'Transpose', 'Unsqueeze']);

/** Operators whose output has the rows of their first input. */
const keepers = new Set(['Cast', 'DequantizeLinear', 'Identity', 'Mul', 'Sub']);

/** Field numbers of onnx.proto. */
const fieldOf = {
  model: { graph: 7 },
  graph: { node: 1, initializer: 5 },
  node: { input: 1, output: 2, kind: 4, attribute: 5 },
  attribute: { name: 1, integer: 3, tensor: 5 },
  tensor: { dims: 1, name: 8 },
} as const;

interface Tensor {
  name: string;
  dims: number[];
}

const readTensor = (pages: Pages, field: Field): Tensor => {
  const tensor: Tensor = { name: '', dims: [] };
  for (const part of pages.fields(field)) {
    if (part.number === fieldOf.tensor.name) tensor.name = pages.text(part);
    else if (part.number === fieldOf.tensor.dims) tensor.dims.push(...pages.integers(part));
  }
  return tensor;
};

interface Node {
  kind: string;
  inputs: string[];
  outputs: string[];
  /** Of a Constant. */
  value: Tensor | null;
  /** Of a Gather: which axis it looks up in. */
  axis: number;
}

const readAttribute = (pages: Pages, field: Field, node: Node): void => {
  let name = '';
  for (const part of pages.fields(field)) {
    if (part.number === fieldOf.attribute.name) name = pages.text(part);
    else if (part.number === fieldOf.attribute.tensor) node.value = readTensor(pages, part);
    else if (part.number === fieldOf.attribute.integer && name === 'axis') node.axis = part.value ?? 0;
  }
};

const readNode = (pages: Pages, field: Field): Node => {
  const node: Node = { kind: '', inputs: [], outputs: [], value: null, axis: 0 };
  for (const part of pages.fields(field)) {
    if (part.number === fieldOf.node.input) node.inputs.push(pages.text(part));
    else if (part.number === fieldOf.node.output) node.outputs.push(pages.text(part));
    else if (part.number === fieldOf.node.kind) node.kind = pages.text(part);
    else if (part.number === fieldOf.node.attribute) readAttribute(pages, part, node);
  }
  return node;
};

const rowsOf = (nodes: readonly Node[], rows: Map<string, number>): number | null => {
  const ids = new Set(idInputs);
  let least: number | null = null;
  // Nodes stand in an order in which they can be computed.
  for (const { kind, inputs, outputs, value, axis } of nodes) {
    const [first = '', output = ''] = [inputs[0], outputs[0]];
    const [table, places] = (axis === 0 ? lookUps[kind] : undefined) ?? [];
    const tableRows = table === undefined ? undefined : rows.get(inputs[table] ?? '');
    if (places !== undefined && tableRows !== undefined && ids.has(inputs[places] ?? '')) least = Math.min(least ?? tableRows, tableRows);
    const moved = kind === 'Concat' ? inputs : [first];
    if (movers.has(kind) && moved.some((name) => ids.has(name))) for (const name of outputs) ids.add(name);
    const kept = kind === 'Constant' ? value?.dims[0] : keepers.has(kind) ? rows.get(first) : undefined;
    if (kept !== undefined) rows.set(output, kept);
  }
  return least;
};

const readGraph = (pages: Pages, graph: Field): number | null => {
  const nodes: Node[] = [];
  const rows = new Map<string, number>();
  for (const field of pages.fields(graph)) {
    if (field.number === fieldOf.graph.node) nodes.push(readNode(pages, field));
    else if (field.number === fieldOf.graph.initializer) {
      const { name, dims } = readTensor(pages, field);
      if (dims[0] !== undefined) rows.set(name, dims[0]);
    }
  }
  return rowsOf(nodes, rows);
};

/** Null where no table is found, or the file is no ONNX file: the runtime says that in its own words. */
export const countEmbeddingRows = (path: string): number | null => {
  const file = openSync(path, 'r');
  try {
    const pages = openPages(file);
    for (const field of pages.fields(pages.whole)) if (field.number === fieldOf.model.graph) return readGraph(pages, field);
    return null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  } finally {
    closeSync(file);
  }
};
