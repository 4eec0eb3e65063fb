/**
 * An inference process: loads one model, then answers one batch at a time over its channel.
 * It ends by itself when the channel closes, so no way of dying of its parent leaves it behind.
 */
import { InferenceError } from './error.js';
import { refusalCodes, type FromWorker, type ToWorker } from './protocol.js';
import { type EmbeddingSession, openSession } from './session.js';

const rssEveryMs = 1000;

let session: EmbeddingSession | null = null;
let rssAtMs = 0;

const send = (message: FromWorker): void => {
  // A closed channel is no error here: the 'disconnect' below ends the process.
  process.send?.(message, undefined, undefined, () => undefined);
};

const rss = (): { rssBytes?: number } => {
  const nowMs = performance.now();
  if (nowMs - rssAtMs < rssEveryMs) return {};
  rssAtMs = nowMs;
  return { rssBytes: process.memoryUsage.rss() };
};

const answer = async (message: ToWorker): Promise<FromWorker> => {
  if (message.kind === 'load') {
    try {
      session = await openSession(message.settings);
      return { kind: 'ready', rssBytes: process.memoryUsage.rss() };
    } catch (error) {
      const code = refusalCodes.find((known) => error instanceof InferenceError && error.code === known) ?? 'model-unusable';
      return { kind: 'refused', code, message: (error as Error).message };
    }
  }
  try {
    if (!session) throw new Error('no model is loaded');
    const done = await session.embed(message.ids, message.lengths);
    return { kind: 'done', ...done, ...rss() };
  } catch (error) {
    return { kind: 'failed', message: (error as Error).message, ...rss() };
  }
};

process.on('message', (message) => {
  void answer(message as ToWorker).then(send);
});
process.on('disconnect', () => process.exit(0));
// Ctrl-C reaches the whole process group; the parent drains first and then closes the channel.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
