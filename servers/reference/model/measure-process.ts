/** A process of `measure.ts`: runs batches in a loop, with nothing between it and the runtime. */
import { type EmbeddingSession, openSession } from '../inference/session.js';
import type { MeasureAnswer, MeasureOrder } from './measure.js';

/** Ids of common Chinese characters in bert-base-chinese; which ones they are does not change the cost. */
const firstId = 671;
const idSpan = 7000;

let session: EmbeddingSession | null = null;

const measure = async (order: Extract<MeasureOrder, { kind: 'measure' }>): Promise<MeasureAnswer> => {
  if (!session) throw new Error('no model is loaded');
  const batches = order.tokens.map((tokens) => ({
    ids: Int32Array.from({ length: order.texts * tokens }, (_, at) => firstId + ((at * 2_654_435) % idSpan)),
    lengths: new Int32Array(order.texts).fill(tokens),
  }));
  const runAll = async (): Promise<void> => {
    for (const { ids, lengths } of batches) await session?.embed(ids, lengths);
  };
  await runAll();
  const startMs = performance.now();
  const cpuBefore = process.cpuUsage();
  let rounds = 0;
  let elapsedS = 0;
  // Whole rounds, so that every length has its share.
  while (elapsedS < order.durationS) {
    await runAll();
    rounds += 1;
    elapsedS = (performance.now() - startMs) / 1000;
  }
  const cpu = process.cpuUsage(cpuBefore);
  const texts = rounds * batches.length * order.texts;
  return { kind: 'measured', textRps: texts / elapsedS, cpuMsPerText: (cpu.user + cpu.system) / 1000 / texts };
};

const answer = async (order: MeasureOrder): Promise<MeasureAnswer> => {
  if (order.kind === 'measure') return measure(order);
  session = await openSession(order.settings);
  return { kind: 'ready' };
};

process.on('message', (order) => {
  void answer(order as MeasureOrder)
    .catch((error: Error): MeasureAnswer => ({ kind: 'failed', message: error.message }))
    .then((message) => process.send?.(message));
});
process.on('disconnect', () => process.exit(0));
