/** What a check works with: one server, connections of its own, and a sound question. */
import type { Connection, Context } from '../../host/index.js';
import type { AbnormalRequest } from '../../model/dataset.js';
import type { AskOptions } from '../options.js';
import type { BootLook } from './boot-watch.js';
import { bytesOf, type Message } from './message.js';
import { readAnswers, type RawAnswer } from './raw-answer.js';

export interface ConformanceOptions extends AskOptions {
  connections: number;
  /** 0 = slow clients are not waited for. */
  patienceS: number;
  kinds: readonly AbnormalRequest[];
  /** Path that tells readiness; null where nobody named one. */
  readyPath: string | null;
  /** What was seen while it booted; null where it ran already. */
  boot: readonly BootLook[] | null;
  /** Asks the server to end, and resolves when it has; null where it is not ours to end. */
  terminate: (() => Promise<{ code: number | null; signal: string | null }>) | null;
  /** The server's /health when it was ready. */
  health: unknown;
}

/** How a request ended. `timeout`: neither answered nor ended in time. */
export interface Reply {
  answer: RawAnswer | null;
  ended: 'answered' | 'closed' | 'reset' | 'refused' | 'timeout';
  interim: number[];
}

export interface Bench {
  options: ConformanceOptions;
  ctx: Context;
  /** Value of the header `host`. */
  host: string;
  /** How long an answer, or an end that is due, may take. */
  answerMs: number;
  /** Rejects as the system does. `from`: an address of this machine, where it is not to be the usual one. */
  open: (from?: string) => Promise<Connection>;
  /** One message on a connection of its own. */
  ask: (message: Message, limitMs?: number) => Promise<Reply>;
  /** Until `count` answers have come on it, or it ends, or the time is over. */
  answers: (connection: Connection, count: number, limitMs?: number, head?: boolean) => Promise<{ answers: RawAnswer[]; interim: number[]; ended: Reply['ended'] }>;
  /** A sound question, another one for another number. */
  sound: (index?: number, over?: Partial<Message>) => Message;
  get: (path: string, over?: Partial<Message>) => Message;
  post: (path: string, body: string | Uint8Array, over?: Partial<Message>) => Message;
  /** Whether the answer holds a score that the format allows. */
  isScored: (answer: RawAnswer | null) => boolean;
  /** Whether a sound question is answered. */
  lives: () => Promise<boolean>;
}

const json: readonly (readonly [string, string])[] = [['content-type', 'application/json']];

/** Invented, and never the same for two numbers below a million. */
export const addressOf = (index: number): string => `上海市浦东新区张江路${String(index + 1)}号`;

/** A bench in front of the server of `options`. */
export function createBench(options: ConformanceOptions, ctx: Context): Bench {
  const { request } = options;
  const { host, pathname } = new URL(options.url);
  const base = pathname.replace(/\/+$/, '');
  const signal = ctx.signal;
  const answerMs = options.timeoutS * 1000;
  const own = Object.entries(request.headers);

  const open: Bench['open'] = async (from) => {
    signal.throwIfAborted();
    return ctx.host.sockets.open(options.url, { timeoutMs: answerMs, signal, ...(from === undefined ? {} : { from }) });
  };
  const answers: Bench['answers'] = async (connection, count, limitMs = answerMs, head = false) => {
    const until = ctx.host.clock.nowMs() + limitMs;
    for (;;) {
      const ending = connection.ending();
      const read = readAnswers(connection.received(), ending !== null, head);
      const leftMs = until - ctx.host.clock.nowMs();
      if (read.answers.length >= count) return { ...read, ended: 'answered' };
      if (ending !== null || leftMs <= 0) return { ...read, ended: ending ?? 'timeout' };
      await connection.changed(leftMs);
      signal.throwIfAborted();
    }
  };
  const ask: Bench['ask'] = async (message, limitMs = answerMs) => {
    let connection: Connection;
    try {
      connection = await open();
    } catch {
      signal.throwIfAborted();
      return { answer: null, ended: 'refused', interim: [] };
    }
    void connection.write(bytesOf(message, host));
    const read = await answers(connection, 1, limitMs, message.method === 'HEAD');
    connection.close();
    return { answer: read.answers[0] ?? null, ended: read.ended, interim: read.interim };
  };
  const sound: Bench['sound'] = (index = 0, over = {}) => ({
    method: request.method, path: base + request.path, headers: [...own, ['cache-control', 'no-store']], body: options.encode(addressOf(index), addressOf(index + 1)), ...over,
  });
  const isScored: Bench['isScored'] = (answer) => answer !== null && 'score' in options.read(answer.status, answer.body);
  return {
    options, ctx, host, answerMs, open, ask, answers, sound, isScored,
    get: (path, over = {}) => ({ method: 'GET', path: base + path, headers: [], ...over }),
    post: (path, body, over = {}) => ({ method: 'POST', path: base + path, headers: json, body, ...over }),
    lives: async () => isScored((await ask(sound())).answer),
  };
}
