/** Wire formats that servers of pairs speak, as data. `{{a}}` and `{{b}}` stand for the addresses, `{{model}}` for the model's name. */

export interface WireFormat {
  /** Shown to people; a name of a product is the same in every language. */
  name: string;
  path: string;
  body: unknown;
  /** Dotted path to the score in the answer; '' = the answer itself. */
  score: string;
  label?: string;
  range: readonly [number, number];
  threshold: number;
  /** The scenario's own word for it, where it has one. */
  word?: 'similarity';
  /** A warning for the file, by its code. */
  caution?: 'labels-unsorted' | 'many-inputs';
}

const unit = [0, 1] as const;
const cosine = [-1, 1] as const;

/** In the order in which they are tried: the surest first. */
export const wireFormats: readonly WireFormat[] = [
  { name: 'similarity', path: '/similarity', body: { addr1: '{{a}}', addr2: '{{b}}' }, score: 'similarity', range: cosine, threshold: 0.9, word: 'similarity' },
  { name: 'similarity (address1, address2)', path: '/similarity', body: { address1: '{{a}}', address2: '{{b}}' }, score: 'similarity', range: cosine, threshold: 0.5 },
  { name: 'similarity (text1, text2)', path: '/similarity', body: { text1: '{{a}}', text2: '{{b}}' }, score: 'score', range: cosine, threshold: 0.5 },
  { name: 'Text Embeddings Inference, /rerank', path: '/rerank', body: { query: '{{a}}', texts: ['{{b}}'], raw_scores: false }, score: '0.score', range: unit, threshold: 0.5 },
  { name: 'Text Embeddings Inference, /similarity', path: '/similarity', body: { inputs: { source_sentence: '{{a}}', sentences: ['{{b}}'] } }, score: '0', range: cosine, threshold: 0.9 },
  { name: 'Text Embeddings Inference, /predict', path: '/predict', body: { inputs: ['{{a}}', '{{b}}'], raw_scores: false }, score: '0.score', label: '0.label', range: unit, threshold: 0.5, caution: 'labels-unsorted' },
  { name: 'ModelScope, text ranking', path: '/call', body: { input: { source_sentence: ['{{a}}'], sentences_to_compare: ['{{b}}'] } }, score: 'scores.0', range: unit, threshold: 0.5 },
  { name: 'ModelScope, sentence similarity', path: '/call', body: { input: { source_text: '{{a}}', target_text: '{{b}}' } }, score: 'scores.0', label: 'labels.0', range: unit, threshold: 0.5, caution: 'labels-unsorted' },
  { name: 'Cohere, Jina, vLLM: /v1/rerank', path: '/v1/rerank', body: { model: '{{model}}', query: '{{a}}', documents: ['{{b}}'] }, score: 'results.0.relevance_score', range: unit, threshold: 0.5 },
  { name: 'vLLM, /v1/score', path: '/v1/score', body: { model: '{{model}}', text_1: '{{a}}', text_2: '{{b}}' }, score: 'data.0.score', range: unit, threshold: 0.5 },
  { name: 'KServe v1', path: '/v1/models/{{model}}:predict', body: { instances: [['{{a}}', '{{b}}']] }, score: 'predictions.0', range: unit, threshold: 0.5 },
];

interface Input {
  name: string;
  datatype: string;
  shape: number[];
}

/** KServe v2 tells its inputs: two texts, or one that holds both. null where they are not texts. */
export function kserveFormat(model: string, inputs: readonly Input[]): WireFormat | null {
  const texts = inputs.filter(({ datatype }) => datatype === 'BYTES');
  const [first, second] = texts;
  if (first === undefined || texts.length !== inputs.length || texts.length > 2) return null;
  // A dimension of −1 is the server's to leave open: one pair is asked.
  const one = (shape: readonly number[]): number[] => shape.map((size) => (size < 0 ? 1 : size));
  const both = (shape: readonly number[]): number[] => one(shape).map((size, i) => (i === shape.length - 1 ? 2 : size));
  const asked = second === undefined
    ? [{ name: first.name, shape: both(first.shape), datatype: 'BYTES', data: ['{{a}}', '{{b}}'] }]
    : [{ name: first.name, shape: one(first.shape), datatype: 'BYTES', data: ['{{a}}'] }, { name: second.name, shape: one(second.shape), datatype: 'BYTES', data: ['{{b}}'] }];
  return { name: `KServe v2, ${model}`, path: `/v2/models/${model}/infer`, body: { inputs: asked }, score: 'outputs.0.data.0', range: unit, threshold: 0.5, caution: 'many-inputs' };
}
