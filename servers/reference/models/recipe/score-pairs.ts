import { workerSettings } from '../../inference/index.js';
import { openSession } from '../../inference/session.js';
import { labelCount } from '../../inference/types.js';
import type { ModelFolder } from '../../model/model-folder.js';
import { expectedGrade, signedCosine } from '../../similarity.js';
import type { LabelledPair } from './pairs-file.js';

/** What a model says of a pair. */
export interface PairScore {
  /** Orders pairs by how surely they match at least in part. */
  atLeastPartial: number;
  /** Orders pairs by how surely they match exactly. */
  exact: number;
  similarity: number;
  /** Logits of a cross-encoder, or the similarity alone. */
  raw: readonly number[];
}

const batchSize = 64;

/** Scores pairs with one open session, whose memory lasts as long as the process. */
export type Scorer = (pairs: readonly Pick<LabelledPair, 'a' | 'b'>[]) => Promise<PairScore[]>;

/** Runs the shipped files with the shipped tokenizer, as the server does. */
export const scorePairs = async (model: ModelFolder, pairs: readonly Pick<LabelledPair, 'a' | 'b'>[]): Promise<PairScore[]> => (await openScorer(model))(pairs);

/** The same for who has several lots of pairs. */
export const openScorer = async (model: ModelFolder): Promise<Scorer> => {
  const { kind, hidden, maxTokens, negative } = model.info;
  const session = await openSession(workerSettings(model, 1));
  const room = kind === 'cross-encoder' ? Math.floor(maxTokens / 2) : maxTokens;
  return async (pairs) => {
    const scores: PairScore[] = [];
    for (let from = 0; from < pairs.length; from += batchSize) {
      const texts = pairs.slice(from, from + batchSize).flatMap(({ a, b }) => [a, b]).map((text) => model.tokenizer.encode(text, room));
      const ids = Int32Array.from(texts.flatMap((text) => Array.from(text)));
      const { vectors } = await session.embed(ids, Int32Array.from(texts, (text) => text.length));
      const rows = kind === 'cross-encoder' ? labelCount : hidden;
      for (let at = 0; at < texts.length / 2; at += 1) {
        if (kind === 'cross-encoder') scores.push(ofLogits(Array.from(vectors.subarray(at * rows, (at + 1) * rows))));
        else scores.push(ofSimilarity(signedCosine(vectors.subarray(at * 2 * rows, (at * 2 + 1) * rows), vectors.subarray((at * 2 + 1) * rows, (at * 2 + 2) * rows), negative)));
      }
    }
    return scores;
  };
};

const ofLogits = (raw: number[]): PairScore => {
  const [not = 0, partial = 0, exact = 0] = raw;
  // Odds order pairs as probabilities do, without their rounding to 1.
  const logSum = (x: number, y: number): number => Math.max(x, y) + Math.log1p(Math.exp(-Math.abs(x - y)));
  return { atLeastPartial: logSum(partial, exact) - not, exact: exact - logSum(not, partial), similarity: expectedGrade(raw), raw };
};

const ofSimilarity = (similarity: number): PairScore => ({ atLeastPartial: similarity, exact: similarity, similarity, raw: [similarity] });
