import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInference, InferenceError } from './inference/index.js';
import { ensureModel, type GeneratedModel } from './model/ensure-model.js';
import { loadModelFolder, type ModelFolder } from './model/model-folder.js';
import { shippedModelPath, shippedModels } from './model/shipped-models.js';
import type { ServerOptions } from './options.js';
import { openService, warmText, type Service, type ServiceEars } from './service.js';
import { systemClock } from './batching/clock.js';
import { encodeCharacters } from './simulated/bigram-vector.js';
import { createSimulatedInference } from './simulated/inference.js';
import type { Plant } from './fault/plant.js';

const generated: Record<string, GeneratedModel> = {
  'mgeo-shape-mini': { name: 'mgeo-shape', size: 'mini' },
  'mgeo-shape-base': { name: 'mgeo-shape', size: 'base' },
};

/** Where generated models are kept unless told otherwise. */
const usualCacheDir = (): string => process.env['MGEO_BENCH_CACHE'] ?? join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'mgeo-bench');

/** A folder that the system does not let be read is refused as one that is wrong. */
const readFolder = async (path: string, precision: ServerOptions['precision']): Promise<ModelFolder> => {
  try {
    return await loadModelFolder(path, precision);
  } catch (error) {
    if (error instanceof InferenceError || (error as NodeJS.ErrnoException).syscall === undefined) throw error;
    throw new InferenceError('model-folder', `model folder ${path} cannot be read: ${(error as Error).message}`, null, error);
  }
};

const findModel = async (options: ServerOptions, log: (message: string) => void): Promise<ModelFolder> => {
  const wanted = generated[options.model];
  if (wanted === undefined) {
    const path = shippedModelPath(options.model) ?? resolve(options.model);
    if (/^[\w-]+$/.test(options.model) && !existsSync(path)) {
      const known = [...shippedModels, ...Object.keys(generated)].join(', ');
      throw new InferenceError('model-folder', `there is no model "${options.model}", and no folder of this name here`, `By name there are ${known} and simulated; anything else is the path of a model folder.`);
    }
    return readFolder(path, options.precision);
  }
  return ensureModel({ ...wanted, precision: options.precision }, options.cacheDir ?? usualCacheDir(), log);
};

const openSimulated = (options: ServerOptions, heard: ServiceEars, plant: Plant): Service => {
  const inference = createSimulatedInference(options.simulated, systemClock, options.workers ?? 1);
  return openService(options, inference, (text) => encodeCharacters(text, inference.info.maxTokens), heard, plant);
};

/**
 * Finds or makes the model, starts its processes and lets each compute once, so that the first request does not pay
 * for first-time allocations. Throws InferenceError.
 */
export const loadService = async (options: ServerOptions, log: (message: string) => void, heard: ServiceEars, plant: Plant): Promise<Service> => {
  if (options.model === 'simulated') return openSimulated(options, heard, plant);
  const model = await findModel(options, log);
  const inference = await createInference({ model, workers: options.workers, intraThreads: options.intraThreads, execution: options.execution, log });
  try {
    // Half of the places for each text of a pair, whatever the other's length: an answer may depend on the pair alone.
    const room = model.info.kind === 'cross-encoder' ? Math.floor(model.info.maxTokens / 2) : model.info.maxTokens;
    const encode = (text: string): Int32Array => model.tokenizer.encode(text, room);
    const warm = { ids: encode(warmText), ...(model.info.kind === 'cross-encoder' ? { right: encode(warmText) } : {}) };
    await Promise.all(Array.from({ length: inference.workers }, () => inference.run([warm])));
    return openService(options, inference, encode, heard, plant);
  } catch (error) {
    await inference.close();
    throw error;
  }
};
