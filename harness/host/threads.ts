import { join } from 'node:path';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { BenchError, type ErrorCode } from '../model/error.js';
import type { Thread, Threads } from './types.js';

/** What a thread says back: bytes, or why there are none. */
type Answer = { bytes: Uint8Array } | { failure: { code: ErrorCode; message: string; hint: string; details: readonly string[] } };

/** Threads that answer questions with bytes; they run files of the built package. */
export function createThreads(builtRoot: string): Threads {
  return { start: (builtFile, data) => start(new Worker(join(builtRoot, builtFile), { workerData: data })) };
}

function start(worker: Worker): Thread {
  const waiting: { resolve(bytes: Uint8Array): void; reject(error: Error): void }[] = [];
  let ended: Error | undefined;
  const end = (why: Error): void => {
    ended ??= why;
    for (const { reject } of waiting.splice(0)) reject(ended);
  };
  worker.on('message', (answer: Answer) => {
    const asked = waiting.shift();
    if ('bytes' in answer) asked?.resolve(answer.bytes);
    else asked?.reject(new BenchError(answer.failure.code, answer.failure.message, answer.failure));
  });
  worker.on('error', end);
  worker.on('exit', (code) => {
    end(new Error(`a thread ended with exit code ${String(code)} while it was asked`));
  });
  return {
    waiting: () => waiting.length,
    ask: (question) => new Promise((resolve, reject) => {
      if (ended !== undefined) return reject(ended);
      waiting.push({ resolve, reject });
      worker.postMessage(question);
    }),
    stop: async () => {
      await worker.terminate();
    },
  };
}

/**
 * The other end, in the file that a thread runs: `open` gets the data of the thread and gives what answers its questions. A BenchError is
 * the answer to the question that met it; anything else ends the thread, and with it every question.
 */
export function answerQuestions<Data, Question>(open: (data: Data) => (question: Question) => Uint8Array): void {
  const port = parentPort;
  if (port === null) throw new Error('this file is run by a thread');
  let answer: ((question: Question) => Uint8Array) | undefined;
  port.on('message', (question: Question) => {
    try {
      answer ??= open(workerData as Data);
      const bytes = answer(question);
      // Handed over, not copied: it is memory of its own.
      port.postMessage({ bytes } satisfies Answer, bytes.byteLength === bytes.buffer.byteLength ? [bytes.buffer as ArrayBuffer] : []);
    } catch (error) {
      if (!(error instanceof BenchError)) throw error;
      const { code, message, hint, details } = error;
      port.postMessage({ failure: { code, message, hint, details } } satisfies Answer);
    }
  });
}
