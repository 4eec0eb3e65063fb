/**
 * How many pairs a second a model can do on this machine with nothing around it: no HTTP, no queue, no channel.
 * The yardstick of the server. By hand: `node dist/servers/reference/model/measure.js <cache folder> [mini|base] [seconds]`.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { workerSettings } from '../inference/index.js';
import type { WorkerSettings } from '../inference/protocol.js';
import { ensureModel } from './ensure-model.js';
import type { MgeoShapeSize } from './mgeo-shape.js';
import type { ModelFolder } from './model-folder.js';

export type MeasureOrder =
  | { kind: 'load'; settings: WorkerSettings }
  | { kind: 'measure'; texts: number; tokens: readonly number[]; durationS: number };

export type MeasureAnswer = { kind: 'ready' } | { kind: 'measured'; textRps: number; cpuMsPerText: number } | { kind: 'failed'; message: string };

export interface BatchLimitOptions {
  model: ModelFolder;
  /** Processes that compute at the same time; one a core by default. */
  processes?: number;
  /** Threads of each; 1 by default. */
  intraThreads?: number;
  /** Tokens of every text of a batch, so that nothing is padded: one batch of each, in turn. */
  tokens: readonly number[];
  /** Batch sizes to try, in pairs (a pair is two texts). */
  batchPairs: readonly number[];
  /** Of each measurement. */
  durationS: number;
}

/** The rate at one batch size, over all processes. */
export interface BatchRate {
  batchPairs: number;
  pairsRps: number;
  /** CPU time (user and system), mean of the processes: tells of the work alone, whatever else the cores did meanwhile. */
  cpuMsPerPair: number;
}

export interface BatchLimit {
  /** In the order asked for. */
  rates: BatchRate[];
  /** The highest of them: the limit. */
  best: BatchRate;
}

const ask = async (child: ChildProcess, order: MeasureOrder): Promise<MeasureAnswer> => {
  const answered = once(child, 'message');
  const died = once(child, 'exit').then(() => Promise.reject(new Error('a measuring process ended before it answered')));
  died.catch(() => undefined);
  child.send(order);
  const [answer] = (await Promise.race([answered, died])) as [MeasureAnswer];
  if (answer.kind === 'failed') throw new Error(answer.message);
  return answer;
};

/** Runs batches of each size in `processes` processes at once and adds up their rates. */
export const measureBatchLimit = async (options: BatchLimitOptions): Promise<BatchLimit> => {
  const { model, tokens, durationS } = options;
  const settings = workerSettings(model, options.intraThreads ?? 1);
  const path = fileURLToPath(new URL('./measure-process.js', import.meta.url));
  const children = Array.from({ length: options.processes ?? availableParallelism() }, () => fork(path, [], { execArgv: [] }));
  try {
    await Promise.all(children.map((child) => ask(child, { kind: 'load', settings })));
    const rates: BatchRate[] = [];
    for (const batchPairs of options.batchPairs) {
      const order: MeasureOrder = { kind: 'measure', texts: batchPairs * 2, tokens, durationS };
      const answers = await Promise.all(children.map((child) => ask(child, order)));
      const measured = answers.flatMap((answer) => (answer.kind === 'measured' ? [answer] : []));
      const textRps = measured.reduce((sum, answer) => sum + answer.textRps, 0);
      const cpuMs = measured.reduce((sum, answer) => sum + answer.textRps * answer.cpuMsPerText, 0);
      rates.push({ batchPairs, pairsRps: textRps / 2, cpuMsPerPair: (cpuMs / textRps) * 2 });
    }
    const [first, ...others] = rates;
    if (!first) throw new RangeError('no batch size to measure');
    return { rates, best: others.reduce((best, rate) => (rate.pairsRps > best.pairsRps ? rate : best), first) };
  } finally {
    for (const child of children) if (child.connected) child.disconnect();
  }
};

const main = async (cacheDir: string, size: MgeoShapeSize, durationS: number): Promise<void> => {
  const model = await ensureModel({ name: 'mgeo-shape', size }, cacheDir, (line) => process.stderr.write(`${line}\n`));
  const cores = availableParallelism();
  const batchPairs = [1, 2, 4, 8, 16, 32];
  for (const tokens of [[24], [32]]) {
    for (const [processes, intraThreads] of [[cores, 1], [1, cores]] as const) {
      const { rates, best } = await measureBatchLimit({ model, processes, intraThreads, tokens, batchPairs, durationS });
      const cells = rates.map((rate) => `${rate.batchPairs}: ${rate.pairsRps.toFixed(1)}`).join('  ');
      process.stdout.write(`${size}, ${tokens.join()} tokens, ${processes} × ${intraThreads} threads, pairs/s by batch: ${cells}  best ${best.pairsRps.toFixed(1)} at ${best.batchPairs}\n`);
    }
  }
};

const [, script, cacheDir, size = 'mini', seconds = '3'] = process.argv;
if (script === fileURLToPath(import.meta.url)) {
  if (cacheDir === undefined || (size !== 'mini' && size !== 'base')) {
    process.stderr.write('usage: measure.js <cache folder> [mini|base] [seconds]\n');
    process.exitCode = 2;
  } else await main(cacheDir, size, Number(seconds));
}
