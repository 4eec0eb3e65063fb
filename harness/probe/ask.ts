import type { Context, HttpAnswer } from '../host/index.js';
import type { MatchLabel } from '../model/dataset.js';
import type { AskOptions } from './options.js';

/** A sound answer. */
export interface Answer {
  score: number;
  label: MatchLabel | null;
}

/** Asks one question at a time and keeps count of what went wrong. */
export interface Asker {
  /** The answer, or null when it was wrong (counted in `wrong`). */
  ask(a: string, b: string): Promise<Answer | null>;
  wrong: Map<string, number>;
  /** Of right answers, µs. */
  latenciesUs: number[];
}

const kinds: Record<string, string> = { ECONNREFUSED: 'refused', ECONNRESET: 'reset', EPIPE: 'reset', TIMEOUT: 'timeout' };

/** How a request ended that got no HTTP answer, by the error of the transport. */
export function transportFault(error: unknown): string {
  return kinds[(error as { code?: string }).code ?? ''] ?? 'other';
}

/** Sends one body; rejects where there is no HTTP answer, or with the reason of `signal`. */
export function send(body: string | Uint8Array, options: AskOptions, signal: AbortSignal, ctx: Context): Promise<HttpAnswer> {
  return ctx.host.http.request(options.url + options.request.path, {
    method: options.request.method,
    // Golden answers must be computed, and must not lie in the server's cache when the load asks again.
    headers: { ...options.request.headers, 'cache-control': 'no-store' },
    body,
    timeoutMs: options.timeoutS * 1000,
    signal,
  });
}

/** Asks at concurrency 1, with no count yet. Rejects when the run is interrupted or the server is gone. */
export function createAsker(options: AskOptions, ctx: Context): Asker {
  const wrong = new Map<string, number>();
  const latenciesUs: number[] = [];
  const stop = AbortSignal.any([ctx.signal, options.gone]);
  const count = (kind: string): null => {
    wrong.set(kind, (wrong.get(kind) ?? 0) + 1);
    return null;
  };
  return {
    wrong,
    latenciesUs,
    ask: async (a, b) => {
      stop.throwIfAborted();
      try {
        const answer = await send(options.encode(a, b), options, stop, ctx);
        const read = options.read(answer.status, answer.body);
        if ('wrong' in read) return count(read.wrong);
        latenciesUs.push(answer.latencyMs * 1000);
        return { score: read.score, label: read.label };
      } catch (error) {
        stop.throwIfAborted();
        return count(transportFault(error));
      }
    },
  };
}
