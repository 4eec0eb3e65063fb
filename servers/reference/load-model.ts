import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInference } from './inference/index.js';
import { ensureModel, type GeneratedModel } from './model/ensure-model.js';
import { loadModelFolder, type ModelFolder } from './model/model-folder.js';
import type { ServerOptions } from './options.js';
import { openService, type Service } from './service.js';
import type { BatchReport } from './batching/scheduler.js';

const generated: Record<string, GeneratedModel> = {
  'mgeo-shape-mini': { name: 'mgeo-shape', size: 'mini' },
  'mgeo-shape-base': { name: 'mgeo-shape', size: 'base' },
};

/** Where generated models are kept unless told otherwise. */
const usualCacheDir = (): string => process.env['MGEO_BENCH_CACHE'] ?? join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'mgeo-bench');

const warmText = '浙江省杭州市余杭区五常街道文一西路969号';

const findModel = (options: ServerOptions, log: (message: string) => void): Promise<ModelFolder> => {
  const wanted = generated[options.model];
  if (wanted === undefined) return loadModelFolder(resolve(options.model));
  return ensureModel(wanted, options.cacheDir ?? usualCacheDir(), log);
};

/**
 * Finds or makes the model, starts its processes and lets each compute once, so that the first request does not pay
 * for first-time allocations. Throws InferenceError.
 */
export const loadService = async (options: ServerOptions, log: (message: string) => void, onBatch: (report: BatchReport) => void): Promise<Service> => {
  const model = await findModel(options, log);
  const inference = await createInference({ model, workers: options.workers, intraThreads: options.intraThreads, log });
  try {
    const encode = (text: string): Int32Array => model.tokenizer.encode(text, model.info.maxTokens);
    await Promise.all(Array.from({ length: inference.workers }, () => inference.run([{ ids: encode(warmText) }])));
    return openService(options, inference, encode, onBatch);
  } catch (error) {
    await inference.close();
    throw error;
  }
};
