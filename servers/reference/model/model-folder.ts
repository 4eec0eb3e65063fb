import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { InferenceError } from '../inference/error.js';
import { precisions, type ModelInfo, type Precision } from '../inference/types.js';
import { createAddressTokenizer } from './address-tokenizer.js';
import { countEmbeddingRows } from './embedding-rows.js';
import { createTokenizer, type Tokenizer } from './tokenizer.js';

/** A model that was found whole and whose hash was checked. */
export interface ModelFolder {
  path: string;
  modelPath: string;
  info: ModelInfo;
  tokenizer: Tokenizer;
}

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hexadecimal digits');

const everyCard = {
  name: z.string().min(1),
  /** How vocab.txt is to be read: BERT's WordPiece, or one token a character, number and word (address-tokenizer.ts). */
  tokenizer: z.enum(['wordpiece', 'address']).optional(),
  maxTokens: z.int().min(8).max(4096),
  /** Of model.onnx. */
  sha256: sha256Schema,
  /** Of model-int8.onnx and model-fp16.onnx, where there is one. */
  int8Sha256: sha256Schema.optional(),
  fp16Sha256: sha256Schema.optional(),
  /** Of vocab.txt: checked when given. */
  vocabSha256: sha256Schema.optional(),
  origin: z.string().min(1),
  scoresMeaningful: z.boolean(),
  layers: z.int().positive(),
  hidden: z.int().positive(),
  parameters: z.int().positive(),
};

const biEncoderSchema = z.strictObject({
  ...everyCard,
  kind: z.literal('bi-encoder'),
  pooling: z.enum(['mean', 'cls']),
  /** How many of a vector's last components count negatively in a similarity; 0, a cosine, by default. */
  negative: z.int().nonnegative().optional(),
  /** Similarities from which on the label is `partial` or `exact`. */
  labels: z
    .strictObject({ partial: z.number().min(-1).max(1), exact: z.number().min(-1).max(1) })
    .refine(({ partial, exact }) => partial <= exact, 'partial must not lie above exact')
    .optional(),
});

const crossEncoderSchema = z.strictObject({
  ...everyCard,
  kind: z.literal('cross-encoder'),
  /** Added to the logits (not, partial, exact) before the largest gives the label. */
  labels: z.strictObject({ logitBias: z.tuple([z.number(), z.number(), z.number()]) }).optional(),
});

/** `model.json`: what the graph itself does not say. */
export const modelCardSchema = z.discriminatedUnion('kind', [biEncoderSchema, crossEncoderSchema]);

export type ModelCard = z.infer<typeof modelCardSchema>;
export type BiEncoderCard = z.infer<typeof biEncoderSchema>;
export type CrossEncoderCard = z.infer<typeof crossEncoderSchema>;

/** The file of the weights in a precision, and the key of its hash in the card. */
export const weightsFile = { fp32: 'model.onnx', fp16: 'model-fp16.onnx', int8: 'model-int8.onnx' } as const satisfies Record<Precision, string>;
const hashKey = { fp32: 'sha256', fp16: 'fp16Sha256', int8: 'int8Sha256' } as const satisfies Record<Precision, keyof ModelCard>;

/** sha256 of a file in lower-case hex, streamed: a model is hundreds of megabytes. */
export const hashFile = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
};

const layoutHint = 'A model folder holds model.onnx, vocab.txt and model.json; servers/reference/model/README.md shows one.';

const refuse = (message: string, hint: string = layoutHint, cause?: unknown): InferenceError =>
  new InferenceError('model-folder', message, hint, cause);

const readCard = async (path: string): Promise<ModelCard> => {
  const text = await readFile(path, 'utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw refuse(`${path} is not JSON: ${(error as Error).message}`, layoutHint, error);
  }
  const parsed = modelCardSchema.safeParse(value);
  if (parsed.success && (!('negative' in parsed.data) || (parsed.data.negative ?? 0) < parsed.data.hidden)) return parsed.data;
  if (parsed.success) throw refuse(`${path} is not a model card: negative must lie below hidden`);
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'model.json'}: ${issue.message}`);
  throw refuse(`${path} is not a model card: ${problems.join('; ')}`);
};

/**
 * Reads a model folder and checks it: files present, card valid, hash equal, vocabulary usable and of the graph.
 * Throws InferenceError `model-folder` that names the first thing missing or wrong.
 */
export const loadModelFolder = async (path: string, precision: Precision = 'fp32'): Promise<ModelFolder> => {
  const folder = await stat(path).catch(() => null);
  if (!folder?.isDirectory()) throw refuse(`model folder ${path} ${folder ? 'is not a folder' : 'does not exist'}`);
  const isThere = async (name: string): Promise<boolean> => (await stat(join(path, name)).catch(() => null))?.isFile() === true;
  for (const name of ['model.json', weightsFile[precision], 'vocab.txt']) {
    if (await isThere(name)) continue;
    const others: Precision[] = [];
    for (const other of precisions) if (name === weightsFile[precision] && (await isThere(weightsFile[other]))) others.push(other);
    throw refuse(`model folder ${path} has no ${name}`, others.length === 0 ? layoutHint : `Its precisions are ${others.join(', ')}.`);
  }
  const card = await readCard(join(path, 'model.json'));
  const modelPath = join(path, weightsFile[precision]);
  const expected = card[hashKey[precision]];
  if (expected === undefined) throw refuse(`${join(path, 'model.json')} has no ${hashKey[precision]} for ${weightsFile[precision]}`);
  const sha256 = await checkHash(modelPath, expected);
  const vocabPath = join(path, 'vocab.txt');
  if (card.vocabSha256 !== undefined) await checkHash(vocabPath, card.vocabSha256);
  let tokenizer: Tokenizer;
  try {
    const create = card.tokenizer === 'address' ? createAddressTokenizer : createTokenizer;
    tokenizer = create(await readFile(vocabPath, 'utf8'));
  } catch (error) {
    throw refuse(`${vocabPath} is unusable: ${(error as Error).message}`, layoutHint, error);
  }
  checkVocabulary(modelPath, tokenizer.vocabSize);
  return {
    path,
    modelPath,
    tokenizer,
    info: infoOf(card, { sha256, precision, vocabSize: tokenizer.vocabSize }),
  };
};

const infoOf = (card: ModelCard, found: Pick<ModelInfo, 'sha256' | 'precision' | 'vocabSize'>): ModelInfo => {
  const { name, kind, origin, layers, hidden, maxTokens, scoresMeaningful, parameters } = card;
  const [pooling, negative] = card.kind === 'bi-encoder' ? [card.pooling, card.negative ?? 0] : [null, 0];
  return { name, kind, origin, layers, hidden, maxTokens, scoresMeaningful, parameters, pooling, negative, labels: card.labels ?? null, ...found };
};

/** Throws when the file is not the one that the card speaks of. */
const checkHash = async (path: string, expected: string): Promise<string> => {
  const sha256 = await hashFile(path);
  if (sha256 === expected) return sha256;
  throw refuse(
    `${path} has sha256 ${sha256}, but model.json says ${expected}`,
    'The file is damaged or was replaced: fetch it again, or put its new hash into model.json if the change is meant.',
  );
};

/** Tables are padded to a multiple of 8, 64 or 128 rows, for the sake of GPUs; ids of those rows never occur. */
const paddedTo = 128;

/**
 * Throws when the graph's table has fewer rows than the vocabulary tokens, or more than fill it up to a multiple of 128: the ids of another vocabulary
 * mean other tokens, and the answers would be noise. Where the graph does not show its table nothing is compared, here; the session tries the last token.
 * What it cannot see is a line missing or changed within this margin: `vocabSha256` in the card does.
 */
const checkVocabulary = (modelPath: string, tokens: number): void => {
  const rows = countEmbeddingRows(modelPath);
  if (rows === null || (rows >= tokens && rows <= Math.ceil(tokens / paddedTo) * paddedTo)) return;
  throw refuse(
    `vocab.txt has ${tokens} tokens, but the table of ${basename(modelPath)} has ${rows} rows: the two do not belong together`,
    'Put the vocab.txt there that the model was trained with.',
  );
};
