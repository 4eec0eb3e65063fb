import { hash as digest, randomBytes } from 'node:crypto';
import { pino, stdTimeFunctions, type Logger } from 'pino';
import { openLineSink } from './line-sink.js';
import type { LogLevel } from './options.js';

/** One answered similarity request. Absent fields were not reached. */
export interface RequestEntry {
  requestId: string;
  route: string;
  status: number;
  latencyMs: number;
  pair?: readonly [string, string];
  pairs?: number;
  normalizeMs?: number;
  tokenizeMs?: number;
  queueMs?: number;
  inferMs?: number;
  batchSize?: number;
  cache?: string;
  similarity?: number;
  /** True where the fallback answered. */
  degraded?: true;
  /** Kind of problem, for what was refused. */
  problem?: string;
}

export interface ServerLog {
  logger: Logger;
  request(entry: RequestEntry): void;
  /** Writes what is buffered: before the process ends. Gives up after two seconds on a reader of stderr that does not read. */
  flush(): Promise<void>;
}

/** Characters gathered before a write: a line a request must not be a system call a request. */
const bufferLength = 65_536;
const flushEveryMs = 1000;
const flushPatienceMs = 2000;

/** JSON lines into a file, or to stderr. An address appears only as a hash under a key that dies with the process. */
export const openLog = (level: LogLevel, file: string | null): ServerLog => {
  const out = openLineSink(file, bufferLength);
  const logger = pino({ level, base: null, timestamp: stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } }, out);
  setInterval(() => {
    void out.flush(flushPatienceMs);
  }, flushEveryMs).unref();

  const key = randomBytes(32).toString('hex');
  // In one call, at a third of what an HMAC costs. Of a digest cut to a quarter nothing can be continued, so that a key in front will do.
  const hash = (address: string): string => digest('sha256', key + address).slice(0, 16);

  return {
    logger,
    request: (entry) => {
      if (!logger.isLevelEnabled('info')) return;
      // By hand what `logger.info` would write, at a third of its cost.
      const line = JSON.stringify({
        level: 'info',
        time: new Date().toISOString(),
        request_id: entry.requestId,
        route: entry.route,
        status: entry.status,
        latency_ms: rounded(entry.latencyMs),
        addr1_hash: entry.pair && hash(entry.pair[0]),
        addr2_hash: entry.pair && hash(entry.pair[1]),
        pairs: entry.pairs,
        normalize_ms: rounded(entry.normalizeMs),
        tokenize_ms: rounded(entry.tokenizeMs),
        queue_ms: rounded(entry.queueMs),
        infer_ms: rounded(entry.inferMs),
        batch_size: entry.batchSize,
        cache: entry.cache,
        similarity: entry.similarity,
        degraded: entry.degraded,
        problem: entry.problem,
      });
      out.write(`${line}\n`);
    },
    flush: () => out.flush(flushPatienceMs),
  };
};

const rounded = (durationMs: number | undefined): number | undefined =>
  durationMs === undefined ? undefined : Math.round(durationMs * 1000) / 1000;
