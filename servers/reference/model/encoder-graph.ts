import { type Attribute, type Graph, type Part, floatTensor, int64Tensor, node, valueInfo } from './onnx.js';
import { constantWeights, seededWeights } from './seeded-weights.js';

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
 */
export const encoderGraph = (shape: EncoderShape, scale: WeightScale, seed: number): Graph => {
  const { layers, hidden, heads, feedForward, vocabSize, positions } = shape;
  const nodes: Part[][] = [];
  const initializers: Part[][] = [];

  const op = (type: string, inputs: string[], output: string, attributes: Record<string, Attribute> = {}): string => {
    nodes.push(node(type, inputs, [output], attributes));
    return output;
  };
  const random = (name: string, dims: number[], std: number): string => {
    const count = dims.reduce((product, dim) => product * dim, 1);
    initializers.push(floatTensor(name, dims, seededWeights(name, seed, count, std)));
    return name;
  };
  const constant = (name: string, dims: number[], value: number): string => {
    const count = dims.reduce((product, dim) => product * dim, 1);
    initializers.push(floatTensor(name, dims, constantWeights(count, value)));
    return name;
  };
  const integers = (name: string, values: number[], dims: number[] = [values.length]): string => {
    initializers.push(int64Tensor(name, dims, values));
    return name;
  };
  const linear = (input: string, name: string, from: number, to: number): string => {
    const product = op('MatMul', [input, random(`${name}.weight`, [from, to], scale.linear)], `${name}.matmul`);
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

  const mask = op('Cast', ['attention_mask'], 'mask.float', { to: { int: 1 } });
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
    const attended = linear(op('Reshape', [context, flatShape], `${at}.context.flat`), `${at}.attention`, hidden, hidden);
    state = norm(op('Add', [attended, state], `${at}.attention.residual`), `${at}.attention.norm`);

    // GELU as x/2 · (1 + erf(x/√2)), the form the runtime knows how to fuse.
    const wide = linear(state, `${at}.wide`, hidden, feedForward);
    const erf = op('Erf', [op('Div', [wide, rootTwo], `${at}.gelu.div`)], `${at}.gelu.erf`);
    const gated = op('Mul', [wide, op('Add', [erf, floatOne], `${at}.gelu.add`)], `${at}.gelu.mul`);
    const narrow = linear(op('Mul', [gated, half], `${at}.gelu`), `${at}.narrow`, feedForward, hidden);
    state = norm(op('Add', [narrow, state], `${at}.residual`), `${at}.norm`);
  }

  // Masked mean: mask [batch, 1, tokens] × states [batch, tokens, hidden], over the number of real tokens.
  const sum = op('MatMul', [op('Unsqueeze', [mask, axisOne], 'pool.mask'), state], 'pool.sum');
  const real = op('ReduceSum', [mask, axisOne], 'pool.count', { keepdims: { int: 1 } });
  op('Div', [op('Squeeze', [sum, axisOne], 'pool.flat'), real], 'sentence_embedding');

  const ids = (name: string): Part[] => valueInfo(name, 'int64', ['batch', 'tokens']);
  return {
    name: 'encoder',
    nodes,
    initializers,
    inputs: [ids('input_ids'), ids('attention_mask'), ids('token_type_ids')],
    outputs: [valueInfo('sentence_embedding', 'float', ['batch', hidden])],
  };
};
