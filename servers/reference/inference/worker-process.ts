import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { InferenceError } from './error.js';
import type { FromWorker, RefusalCode, ToWorker, WorkerSettings } from './protocol.js';

/** An answer to a batch. */
export type WorkerAnswer = Extract<FromWorker, { kind: 'done' }>;

/** One running inference process, from this side of the channel. */
export interface WorkerProcess {
  readonly pid: number;
  /** As last reported. */
  readonly rssBytes: () => number;
  /** One batch at a time; rejects with InferenceError `run-failed` or `worker-died`. */
  run(ids: Int32Array, lengths: Int32Array): Promise<WorkerAnswer>;
  /** Resolves when the process is gone, with the reason in words. */
  readonly exited: Promise<string>;
  /** Ends the process at once: one that hangs hears no channel. */
  kill(): void;
  /** Closes the channel, which ends the process; kills it when it does not end in time. */
  stop(): Promise<void>;
}

const stopAfterMs = 5000;
const keptStderrChars = 2000;

const runtimeHint =
  'onnxruntime-node is not installed for this platform: run `npm install onnxruntime-node` (with ONNXRUNTIME_NODE_INSTALL=skip where its download is blocked). It needs Linux with glibc ≥ 2.28, macOS or Windows.';

const hints: Readonly<Record<RefusalCode, string | null>> = {
  'runtime-missing': runtimeHint,
  'cuda-missing': 'docs/gpu.md says how to get the CUDA provider; --execution auto takes the CPU where there is none.',
  'model-unusable': null,
};

const compiledWorker = (): string => {
  const path = fileURLToPath(new URL('./worker.js', import.meta.url));
  if (existsSync(path)) return path;
  throw new InferenceError('runtime-missing', `${path} does not exist`, 'Build the project first: npm run build.');
};

/** Starts a process and waits until its model is loaded. Rejects with InferenceError when it is not. */
export const startWorker = async (settings: WorkerSettings): Promise<WorkerProcess> => {
  const child: ChildProcess = fork(compiledWorker(), [], {
    serialization: 'advanced',
    // Flags of the parent (a debugger's port, a test runner) are not meant for it.
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-keptStderrChars);
  });
  let rssBytes = 0;
  let settle: ((message: FromWorker | { kind: 'gone'; reason: string }) => void) | null = null;
  let gone: string | null = null;

  const exited = new Promise<string>((resolve) => {
    const end = (reason: string): void => {
      const tail = stderr.trim().split('\n').slice(-3).join(' | ');
      gone = tail === '' ? reason : `${reason}; it said: ${tail}`;
      settle?.({ kind: 'gone', reason: gone });
      resolve(gone);
    };
    child.once('error', (error) => end(error.message));
    // Its last words may arrive after its exit. ('close' would say so, but is not emitted after `disconnect()`.)
    const heard = child.stderr ? finished(child.stderr).catch(() => undefined) : Promise.resolve();
    child.once('exit', (code, signal) => void heard.then(() => end(signal ? `ended by ${signal}` : `ended with code ${code}`)));
  });
  child.on('message', (message) => {
    const answer = message as FromWorker;
    if ('rssBytes' in answer && answer.rssBytes !== undefined) rssBytes = answer.rssBytes;
    settle?.(answer);
  });

  const ask = (message: ToWorker): Promise<FromWorker> =>
    new Promise((resolve, reject) => {
      const died = (reason: string): InferenceError => new InferenceError('worker-died', `inference process ${child.pid ?? '?'} ${reason}`);
      if (gone !== null) return reject(died(gone));
      if (settle) return reject(new InferenceError('run-failed', 'an inference process runs one batch at a time'));
      settle = (answer) => {
        settle = null;
        if (answer.kind === 'gone') reject(died(answer.reason));
        else resolve(answer);
      };
      // A message that cannot be sent means a closed channel; 'exit' follows and settles.
      child.send(message, () => undefined);
    });

  const stop = async (): Promise<void> => {
    if (child.connected) child.disconnect();
    const timer = setTimeout(() => child.kill('SIGKILL'), stopAfterMs);
    await exited;
    clearTimeout(timer);
  };

  const loaded = await ask({ kind: 'load', settings });
  if (loaded.kind === 'refused') {
    await stop();
    throw new InferenceError(loaded.code, loaded.message, hints[loaded.code]);
  }
  return {
    pid: child.pid ?? -1,
    rssBytes: () => rssBytes,
    exited,
    kill: () => {
      child.kill('SIGKILL');
    },
    stop,
    run: async (ids, lengths) => {
      const answer = await ask({ kind: 'run', ids, lengths });
      if (answer.kind === 'done') return answer;
      throw new InferenceError('run-failed', answer.kind === 'failed' ? answer.message : `unexpected answer ${answer.kind}`);
    },
  };
};
