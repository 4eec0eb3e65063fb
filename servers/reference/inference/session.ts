import { basename } from 'node:path';
import type * as Runtime from 'onnxruntime-common';
import { InferenceError } from './error.js';
import { padBatch, padPairs, padSides, type PaddedBatch, type PaddedIds } from './padded-batch.js';
import { normaliseRows, poolStates } from './pooling.js';
import type { WorkerSettings } from './protocol.js';
import { labelCount } from './types.js';

/** Rows of one batch, vectors [texts × hidden] of length 1 or logits [pairs × 3], and what the runtime took for them. */
export interface EmbeddedBatch {
  vectors: Float32Array;
  inferMs: number;
}

/** A model in this very process. `embed` blocks the thread while the runtime computes; for a cross-encoder two texts are a pair. */
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

/** The two sides of a pair, for a cross-encoder that compares them; one that reads both in a row takes the inputs of an encoder. */
const sideInputs = ['left', 'right'];

const checkInputs = (session: Runtime.InferenceSession): void => {
  const strange = session.inputNames.filter((name) => !knownInputs.includes(name));
  if (session.inputNames.includes('input_ids') && strange.length === 0) return;
  throw new InferenceError(
    'model-unusable',
    `model.onnx takes ${session.inputNames.join(', ')}; a text encoder takes ${knownInputs.join(', ')}`,
  );
};

const firstLine = (error: unknown): string => ((error as Error).message.split('\n')[0] ?? '').replace(/[.\s]+$/, '');

const createSession = async (ort: typeof Runtime, settings: WorkerSettings): Promise<Runtime.InferenceSession> => {
  try {
    return await ort.InferenceSession.create(settings.modelPath, {
      // Alone: the runtime would not fall back by itself, but throw all the same.
      ...(settings.execution === 'cuda' ? { executionProviders: ['cuda'] } : {}),
      intraOpNumThreads: settings.intraThreads,
      interOpNumThreads: 1,
      // The arena keeps what the largest batch took. Without it batches of ever other sizes leave more than that behind in the heap of the C library: two
      // processes of mgeo-shape-mini held 289 MiB instead of 465 after 60,000 pairs that never repeat, one of base 761 instead of 998 after 32 × 64 tokens.
      enableCpuMemArena: true,
      // Idle threads would otherwise spin, most of a core at 20 requests a second. The runtime wants a string.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    });
  } catch (error) {
    if (settings.execution === 'cpu') throw new InferenceError('model-unusable', `the runtime refuses ${basename(settings.modelPath)}: ${firstLine(error)}`, null, error);
    // Who is at fault, the model or CUDA? The CPU tells.
    await createSession(ort, { ...settings, execution: 'cpu' });
    throw new InferenceError('cuda-missing', `the runtime cannot use CUDA here: ${firstLine(error)}`, null, error);
  }
};

/** Loads a model and runs it once, so that a wrong shape shows before the first request. */
export const openSession = async (settings: WorkerSettings): Promise<EmbeddingSession> => {
  const ort = await loadRuntime();
  const session = await createSession(ort, settings);
  const { hidden, pooling, kind, vocabSize } = settings;
  const bySides = kind === 'cross-encoder' && session.inputNames.join() === sideInputs.join();
  if (!bySides) checkInputs(session);
  const feed = (name: string, data: BigInt64Array, { texts, tokens }: PaddedIds): [string, Runtime.Tensor] => [name, new ort.Tensor('int64', data, [texts, tokens])];
  const feedText = (batch: PaddedBatch): Record<string, Runtime.Tensor> => {
    const data: Record<string, BigInt64Array> = { input_ids: batch.ids, attention_mask: batch.mask, token_type_ids: batch.types };
    return Object.fromEntries(session.inputNames.map((name) => feed(name, data[name] ?? batch.types, batch)));
  };
  const run = async (feeds: Record<string, Runtime.Tensor>): Promise<{ output: Runtime.Tensor & { data: Float32Array }; inferMs: number }> => {
    const startMs = performance.now();
    const results = await session.run(feeds);
    const inferMs = performance.now() - startMs;
    const output = results[session.outputNames[0] ?? ''];
    if (!output || !(output.data instanceof Float32Array)) {
      throw new InferenceError('model-unusable', `the first output of model.onnx is ${output?.type ?? 'missing'}, not float32`);
    }
    return { output: output as Runtime.Tensor & { data: Float32Array }, inferMs };
  };

  /** Two texts a pair; three logits a row. */
  const compare = async (ids: Int32Array, lengths: Int32Array): Promise<EmbeddedBatch> => {
    const { output, inferMs } = await run(bySides ? feedSides(ids, lengths) : feedText(padPairs(ids, lengths)));
    const expected = [lengths.length / 2, labelCount];
    if (output.dims.join() !== expected.join()) {
      throw new InferenceError('model-unusable', `the first output of model.onnx is [${output.dims.join(', ')}], not [${expected.join(', ')}]`);
    }
    return { vectors: output.data, inferMs };
  };
  const feedSides = (ids: Int32Array, lengths: Int32Array): Record<string, Runtime.Tensor> => {
    const [left, right] = padSides(ids, lengths);
    return Object.fromEntries([feed('left', left.ids, left), feed('right', right.ids, right)]);
  };

  const embed = async (ids: Int32Array, lengths: Int32Array): Promise<EmbeddedBatch> => {
    const batch = padBatch(ids, lengths);
    const dims = [batch.texts, batch.tokens];
    const { output, inferMs } = await run(feedText(batch));
    const pooled = output.dims.length === 2;
    const expected = pooled ? [batch.texts, hidden] : [...dims, hidden];
    if (output.dims.join() !== expected.join()) {
      throw new InferenceError('model-unusable', `the first output of model.onnx is [${output.dims.join(', ')}], not [${expected.join(', ')}]`);
    }
    const vectors = pooled ? output.data : poolStates(output.data, batch, hidden, pooling ?? 'mean');
    return { vectors: normaliseRows(vectors, hidden), inferMs };
  };

  const compute = kind === 'cross-encoder' ? compare : embed;
  try {
    // Ids that any vocabulary has ([CLS] and [SEP] of BERT's are low); texts of unequal length try the padding as well.
    await compute(Int32Array.of(1, 2, 1, 2, 2), Int32Array.of(2, 3));
  } catch (error) {
    if (error instanceof InferenceError) throw error;
    throw new InferenceError('model-unusable', `model.onnx does not run: ${firstLine(error)}`, null, error);
  }
  try {
    const last = vocabSize - 1;
    await compute(Int32Array.of(last, last), Int32Array.of(1, 1));
  } catch {
    throw new InferenceError('model-unusable', `model.onnx does not know the last of the ${vocabSize} tokens of vocab.txt: the two do not belong together`);
  }
  return { embed: compute };
};
