import type { Precision } from '../inference/types.js';
import { type Attribute, type Graph, type LazyBytes, type Part, float16Tensor, floatTensor, int64Tensor, int8Tensor, uint8Tensor, node, valueInfo } from './onnx.js';
import { asHalves, asInt8, constantWeights, int8ScaleOf, seededWeights } from './seeded-weights.js';

/** What enters a product with weights. */
type Range = 'state' | 'context' | 'gelu';

/**
 * How such values become eight bits, fixed beforehand by what the graph makes of its own weights: a normed state has mean 0 and variance 1 in every
 * row; a linear layer shrinks it to a standard deviation of 1/3, of which attention takes averages and GELU nothing below -0.17. What lies outside is
 * cut off. The range of the batch itself, as dynamic quantisation takes it, would let a score depend on what else is in the batch, by up to 1.1e-3 here.
 */
const int8Ranges: Readonly<Record<Range, { step: number; zero: number }>> = {
  state: { step: 6 / 127, zero: 128 },
  context: { step: 1.6 / 127, zero: 128 },
  gelu: { step: 2 / 255, zero: 26 },
};

/** The sizes of a BERT encoder. */
export interface EncoderShape {
  layers: number;
  hidden: number;
  heads: number;
  feedForward: number;
  vocabSize: number;
  positions: number;
}

/** Standard deviations of the random weights, by what they belong to. */
export interface WeightScale {
  word: number;
  position: number;
  type: number;
  linear: number;
}

/** Weights of the encoder: embeddings, then for each layer attention, two norms and the feed-forward pair. */
export const countParameters = (shape: EncoderShape): number => {
  const { layers, hidden, feedForward, vocabSize, positions } = shape;
  const norm = 2 * hidden;
  const attention = 4 * (hidden * hidden + hidden);
  const dense = 2 * hidden * feedForward + feedForward + hidden;
  return (vocabSize + positions + 2) * hidden + norm + layers * (attention + dense + 2 * norm);
};

/**
 * A BERT encoder of plain operators (opset 17) as an exporter would write it, with masked mean pooling at its end:
 * `input_ids`, `attention_mask`, `token_type_ids` (int64, [batch, tokens]) to `sentence_embedding` (float32, [batch, hidden],
 * not normalised). Pooling inside the graph keeps [batch, tokens, hidden] from ever leaving the runtime.
 *
 *   fp16   weights and everything between them are float16; the result is float32
 *   int8   products with weights are of eight bits each: weights by one scale a matrix, what enters by a fixed one; everything else is float32.
 *          Written with QuantizeLinear and DequantizeLinear, which the runtime computes as one product of integers
 */
export const encoderGraph = (shape: EncoderShape, scale: WeightScale, seed: number, precision: Precision = 'fp32'): Graph => {
  const { layers, hidden, heads, feedForward, vocabSize, positions } = shape;
  const nodes: Part[][] = [];
  const initializers: Part[][] = [];

  const op = (type: string, inputs: string[], output: string, attributes: Record<string, Attribute> = {}): string => {
    nodes.push(node(type, inputs, [output], attributes));
    return output;
  };
  const floatType = precision === 'fp16' ? 10 : 1;
  const countOf = (dims: number[]): number => dims.reduce((product, dim) => product * dim, 1);
  const floats = (name: string, dims: number[], values: LazyBytes): string => {
    initializers.push(precision === 'fp16' ? float16Tensor(name, dims, asHalves(values)) : floatTensor(name, dims, values));
    return name;
  };
  const random = (name: string, dims: number[], std: number): string => floats(name, dims, seededWeights(name, seed, countOf(dims), std));
  const constant = (name: string, dims: number[], value: number): string => floats(name, dims, constantWeights(countOf(dims), value));
  const integers = (name: string, values: number[], dims: number[] = [values.length]): string => {
    initializers.push(int64Tensor(name, dims, values));
    return name;
  };
  const known = new Set<string>();
  const rangeOf = (range: Range): [step: string, zero: string] => {
    const { step, zero } = int8Ranges[range];
    const names: [string, string] = [`range.${range}.step`, `range.${range}.zero`];
    if (!known.has(range)) {
      constant(names[0], [], step);
      initializers.push(uint8Tensor(names[1], [], Uint8Array.of(zero)));
    }
    known.add(range);
    return names;
  };
  /** A state is quantised once, however many products it enters. */
  const quantise = (input: string, range: Range): string => {
    const name = `${input}.int8`;
    if (known.has(name)) return `${name}.float`;
    known.add(name);
    const [step, zero] = rangeOf(range);
    op('QuantizeLinear', [input, step, zero], name);
    return op('DequantizeLinear', [name, step, zero], `${name}.float`);
  };
  const integerProduct = (input: string, name: string, from: number, to: number, range: Range): string => {
    const weightScale = int8ScaleOf(scale.linear);
    initializers.push(int8Tensor(`${name}.weight`, [from, to], asInt8(seededWeights(`${name}.weight`, seed, from * to, scale.linear), weightScale)));
    initializers.push(int8Tensor(`${name}.weight.zero`, [], new Uint8Array(1)));
    const weight = op('DequantizeLinear', [`${name}.weight`, constant(`${name}.weight.scale`, [], weightScale), `${name}.weight.zero`], `${name}.weight.float`);
    return op('MatMul', [quantise(input, range), weight], `${name}.matmul`);
  };
  const linear = (input: string, name: string, from: number, to: number, range: Range = 'state'): string => {
    const product = precision === 'int8' ? integerProduct(input, name, from, to, range) : op('MatMul', [input, random(`${name}.weight`, [from, to], scale.linear)], `${name}.matmul`);
    return op('Add', [product, constant(`${name}.bias`, [to], 0)], `${name}.out`);
  };
  const norm = (input: string, name: string): string =>
    op('LayerNormalization', [input, constant(`${name}.weight`, [hidden], 1), constant(`${name}.bias`, [hidden], 0)], `${name}.out`, {
      axis: { int: -1 },
      epsilon: { float: 1e-12 },
    });

  const zero = integers('const.zero', [0]);
  const one = integers('const.one', [1]);
  const axisOne = integers('const.axis1', [1]);
  const axesOneTwo = integers('const.axes12', [1, 2]);
  const headShape = integers('const.head_shape', [0, 0, heads, hidden / heads]);
  const flatShape = integers('const.flat_shape', [0, 0, hidden]);
  const floatOne = constant('const.float_one', [1], 1);
  const masked = constant('const.masked', [1], -10_000);
  const rootHead = constant('const.root_head', [1], Math.sqrt(hidden / heads));
  const rootTwo = constant('const.root_two', [1], Math.SQRT2);
  const half = constant('const.half', [1], 0.5);

  const mask = op('Cast', ['attention_mask'], 'mask.float', { to: { int: floatType } });
  const inverted = op('Sub', [floatOne, op('Unsqueeze', [mask, axesOneTwo], 'mask.broadcast')], 'mask.inverted');
  const maskBias = op('Mul', [inverted, masked], 'mask.bias');

  const words = op('Gather', [random('embeddings.word', [vocabSize, hidden], scale.word), 'input_ids'], 'embeddings.word.out');
  const types = op('Gather', [random('embeddings.type', [2, hidden], scale.type), 'token_type_ids'], 'embeddings.type.out');
  const shapeOut = op('Shape', ['input_ids'], 'tokens.shape');
  const tokenCount = op('Slice', [shapeOut, one, integers('const.two', [2])], 'tokens.count');
  const table = random('embeddings.position', [positions, hidden], scale.position);
  const places = op('Slice', [table, zero, tokenCount, zero], 'embeddings.position.out');
  const summed = op('Add', [op('Add', [words, types], 'embeddings.word_type'), places], 'embeddings.sum');
  let state = norm(summed, 'embeddings.norm');

  for (let index = 0; index < layers; index += 1) {
    const at = `layer.${index}`;
    const split = (name: string, perm: number[]): string => {
      const projected = linear(state, `${at}.${name}`, hidden, hidden);
      const reshaped = op('Reshape', [projected, headShape], `${at}.${name}.heads`);
      return op('Transpose', [reshaped], `${at}.${name}.transposed`, { perm: { ints: perm } });
    };
    const query = split('query', [0, 2, 1, 3]);
    const key = split('key', [0, 2, 3, 1]);
    const value = split('value', [0, 2, 1, 3]);
    const scores = op('Div', [op('MatMul', [query, key], `${at}.scores`), rootHead], `${at}.scaled`);
    const weights = op('Softmax', [op('Add', [scores, maskBias], `${at}.masked`)], `${at}.softmax`, { axis: { int: -1 } });
    const context = op('Transpose', [op('MatMul', [weights, value], `${at}.context`)], `${at}.context.transposed`, {
      perm: { ints: [0, 2, 1, 3] },
    });
    const attended = linear(op('Reshape', [context, flatShape], `${at}.context.flat`), `${at}.attention`, hidden, hidden, 'context');
    state = norm(op('Add', [attended, state], `${at}.attention.residual`), `${at}.attention.norm`);

    // GELU as x/2 · (1 + erf(x/√2)), the form the runtime knows how to fuse.
    const wide = linear(state, `${at}.wide`, hidden, feedForward);
    const erf = op('Erf', [op('Div', [wide, rootTwo], `${at}.gelu.div`)], `${at}.gelu.erf`);
    const gated = op('Mul', [wide, op('Add', [erf, floatOne], `${at}.gelu.add`)], `${at}.gelu.mul`);
    const narrow = linear(op('Mul', [gated, half], `${at}.gelu`), `${at}.narrow`, feedForward, hidden, 'gelu');
    state = norm(op('Add', [narrow, state], `${at}.residual`), `${at}.norm`);
  }

  // Masked mean: mask [batch, 1, tokens] × states [batch, tokens, hidden], over the number of real tokens.
  const sum = op('MatMul', [op('Unsqueeze', [mask, axisOne], 'pool.mask'), state], 'pool.sum');
  const real = op('ReduceSum', [mask, axisOne], 'pool.count', { keepdims: { int: 1 } });
  const flat = op('Squeeze', [sum, axisOne], 'pool.flat');
  if (precision === 'fp16') op('Cast', [op('Div', [flat, real], 'pool.mean')], 'sentence_embedding', { to: { int: 1 } });
  else op('Div', [flat, real], 'sentence_embedding');

  const ids = (name: string): Part[] => valueInfo(name, 'int64', ['batch', 'tokens']);
  return {
    name: 'encoder',
    nodes,
    initializers,
    inputs: [ids('input_ids'), ids('attention_mask'), ids('token_type_ids')],
    outputs: [valueInfo('sentence_embedding', 'float', ['batch', hidden])],
  };
};
