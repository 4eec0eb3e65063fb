import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { InferenceError } from '../inference/error.js';
import type { ModelInfo } from '../inference/types.js';
import { createTokenizer, type Tokenizer } from './tokenizer.js';

/** A model that was found whole and whose hash was checked. */
export interface ModelFolder {
  path: string;
  modelPath: string;
  info: ModelInfo;
  tokenizer: Tokenizer;
}

/** `model.json`: what the graph itself does not say. */
export const modelCardSchema = z.strictObject({
  name: z.string().min(1),
  kind: z.literal('bi-encoder'),
  pooling: z.enum(['mean', 'cls']),
  maxTokens: z.int().min(8).max(4096),
  /** Of model.onnx. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hexadecimal digits'),
  origin: z.string().min(1),
  scoresMeaningful: z.boolean(),
  layers: z.int().positive(),
  hidden: z.int().positive(),
  parameters: z.int().positive(),
});

export type ModelCard = z.infer<typeof modelCardSchema>;

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
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'model.json'}: ${issue.message}`);
  throw refuse(`${path} is not a model card: ${problems.join('; ')}`);
};

/**
 * Reads a model folder and checks it: files present, card valid, hash equal, vocabulary usable.
 * Throws InferenceError `model-folder` that names the first thing missing or wrong.
 */
export const loadModelFolder = async (path: string): Promise<ModelFolder> => {
  const folder = await stat(path).catch(() => null);
  if (!folder?.isDirectory()) throw refuse(`model folder ${path} ${folder ? 'is not a folder' : 'does not exist'}`);
  for (const name of ['model.json', 'model.onnx', 'vocab.txt']) {
    const file = await stat(join(path, name)).catch(() => null);
    if (!file?.isFile()) throw refuse(`model folder ${path} has no ${name}`);
  }
  const card = await readCard(join(path, 'model.json'));
  const modelPath = join(path, 'model.onnx');
  const sha256 = await hashFile(modelPath);
  if (sha256 !== card.sha256) {
    throw refuse(
      `${modelPath} has sha256 ${sha256}, but model.json says ${card.sha256}`,
      'The file is damaged or was replaced: fetch it again, or put its new hash into model.json if the change is meant.',
    );
  }
  let tokenizer: Tokenizer;
  try {
    tokenizer = createTokenizer(await readFile(join(path, 'vocab.txt'), 'utf8'));
  } catch (error) {
    throw refuse(`${join(path, 'vocab.txt')} is unusable: ${(error as Error).message}`, layoutHint, error);
  }
  return {
    path,
    modelPath,
    tokenizer,
    info: { ...card, vocabSize: tokenizer.vocabSize, precision: 'fp32' },
  };
};
