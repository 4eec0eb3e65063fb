import type { Context } from '../host/index.js';
import type { ProbeOptions } from './options.js';

/** Asks one question at a time and keeps count of what went wrong. */
export interface Asker {
  /** The score, or null when the answer was wrong (counted in `wrong`). */
  ask(a: string, b: string): Promise<number | null>;
  wrong: Map<string, number>;
  /** Of right answers, µs. */
  latenciesUs: number[];
}

const kinds: Record<string, string> = { ECONNREFUSED: 'refused', ECONNRESET: 'reset', EPIPE: 'reset', TIMEOUT: 'timeout' };

export function createAsker(options: ProbeOptions, ctx: Context): Asker {
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
        const answer = await ctx.host.http.request(options.url + options.request.path, {
          method: options.request.method,
          // Golden answers must be computed, and must not lie in the server's cache when the load asks again.
          headers: { ...options.request.headers, 'cache-control': 'no-store' },
          body: options.encode(a, b),
          timeoutMs: options.timeoutS * 1000,
          signal: stop,
        });
        const read = options.read(answer.status, answer.body);
        if ('wrong' in read) return count(read.wrong);
        latenciesUs.push(answer.latencyMs * 1000);
        return read.score;
      } catch (error) {
        stop.throwIfAborted();
        return count(kinds[(error as { code?: string }).code ?? ''] ?? 'other');
      }
    },
  };
}
