/** A process of `measure.ts`: runs equal batches in a loop, with nothing between it and the runtime. */
import { type EmbeddingSession, openSession } from '../inference/session.js';
import type { MeasureAnswer, MeasureOrder } from './measure.js';

/** Ids of common Chinese characters in bert-base-chinese; which ones they are does not change the cost. */
const firstId = 671;
const idSpan = 7000;

let session: EmbeddingSession | null = null;

const measure = async (order: Extract<MeasureOrder, { kind: 'measure' }>): Promise<MeasureAnswer> => {
  if (!session) throw new Error('no model is loaded');
  const lengths = new Int32Array(order.texts).fill(order.tokens);
  const ids = Int32Array.from({ length: order.texts * order.tokens }, (_, at) => firstId + ((at * 2_654_435) % idSpan));
  for (let warm = 0; warm < 2; warm += 1) await session.embed(ids, lengths);
  const startMs = performance.now();
  const cpuBefore = process.cpuUsage();
  let batches = 0;
  let elapsedS = 0;
  while (elapsedS < order.durationS) {
    await session.embed(ids, lengths);
    batches += 1;
    elapsedS = (performance.now() - startMs) / 1000;
  }
  const cpu = process.cpuUsage(cpuBefore);
  const texts = batches * order.texts;
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
