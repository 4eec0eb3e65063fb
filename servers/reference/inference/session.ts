import type * as Runtime from 'onnxruntime-common';
import { InferenceError } from './error.js';
import { padBatch } from './padded-batch.js';
import { normaliseRows, poolStates } from './pooling.js';
import type { WorkerSettings } from './protocol.js';

/** Vectors of one batch, [texts × hidden], each of length 1, and what the runtime took for them. */
export interface EmbeddedBatch {
  vectors: Float32Array;
  inferMs: number;
}

/** A model in this very process. `embed` blocks the thread while the runtime computes. */
export interface EmbeddingSession {
  embed(ids: Int32Array, lengths: Int32Array): Promise<EmbeddedBatch>;
}

/** Not a literal: the project must compile where the native package could not be installed. Its types are those of onnxruntime-common. */
const runtimePackage: string = 'onnxruntime-node';

const loadRuntime = async (): Promise<typeof Runtime> => {
  // Since 1.29 the official builds report to their maker over the network unless told otherwise before they are loaded: with
  // threads, a database and log files of their own. A server under measurement does none of that behind anyone's back.
  process.env['ORT_DISABLE_TELEMETRY'] = '1';
  try {
    return (await import(runtimePackage)) as typeof Runtime;
  } catch (error) {
    const detail = (error as Error).message.split('\n')[0] ?? '';
    throw new InferenceError('runtime-missing', `onnxruntime-node cannot be loaded on ${process.platform}-${process.arch}: ${detail}`, null, error);
  }
};

/** Input names of a BERT encoder as exporters write them; only the ids are indispensable. */
const knownInputs = ['input_ids', 'attention_mask', 'token_type_ids'];

const checkInputs = (session: Runtime.InferenceSession): void => {
  const strange = session.inputNames.filter((name) => !knownInputs.includes(name));
  if (session.inputNames.includes('input_ids') && strange.length === 0) return;
  throw new InferenceError(
    'model-unusable',
    `model.onnx takes ${session.inputNames.join(', ')}; a text encoder takes ${knownInputs.join(', ')}`,
  );
};

/** Loads a model and runs it once, so that a wrong shape shows before the first request. */
export const openSession = async (settings: WorkerSettings): Promise<EmbeddingSession> => {
  const ort = await loadRuntime();
  let session: Runtime.InferenceSession;
  try {
    session = await ort.InferenceSession.create(settings.modelPath, {
      intraOpNumThreads: settings.intraThreads,
      interOpNumThreads: 1,
      // The arena keeps the memory of the largest batch for good (249 instead of 175 MiB after 128 × 64 tokens) and is no faster.
      enableCpuMemArena: false,
      // Idle threads would otherwise spin, most of a core at 20 requests a second. The runtime wants a string.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    });
  } catch (error) {
    throw new InferenceError('model-unusable', `the runtime refuses model.onnx: ${(error as Error).message}`, null, error);
  }
  checkInputs(session);
  const { hidden, pooling } = settings;

  const embed = async (ids: Int32Array, lengths: Int32Array): Promise<EmbeddedBatch> => {
    const batch = padBatch(ids, lengths);
    const dims = [batch.texts, batch.tokens];
    const data: Record<string, BigInt64Array> = { input_ids: batch.ids, attention_mask: batch.mask, token_type_ids: batch.types };
    const feeds: Record<string, Runtime.Tensor> = {};
    for (const name of session.inputNames) feeds[name] = new ort.Tensor('int64', data[name] ?? batch.types, dims);
    const startMs = performance.now();
    const results = await session.run(feeds);
    const inferMs = performance.now() - startMs;
    const output = results[session.outputNames[0] ?? ''];
    if (!output || !(output.data instanceof Float32Array)) {
      throw new InferenceError('model-unusable', `the first output of model.onnx is ${output?.type ?? 'missing'}, not float32`);
    }
    const pooled = output.dims.length === 2;
    const expected = pooled ? [batch.texts, hidden] : [...dims, hidden];
    if (output.dims.join() !== expected.join()) {
      throw new InferenceError('model-unusable', `the first output of model.onnx is [${output.dims.join(', ')}], not [${expected.join(', ')}]`);
    }
    const vectors = pooled ? output.data : poolStates(output.data, batch, hidden, pooling);
    return { vectors: normaliseRows(vectors, hidden), inferMs };
  };

  try {
    // [CLS] and [SEP] of any BERT vocabulary have low ids; two rows of unequal length try the padding as well.
    await embed(Int32Array.of(1, 2, 1, 2, 2), Int32Array.of(2, 3));
  } catch (error) {
    if (error instanceof InferenceError) throw error;
    throw new InferenceError('model-unusable', `model.onnx does not run: ${(error as Error).message}`, null, error);
  }
  return { embed };
};
