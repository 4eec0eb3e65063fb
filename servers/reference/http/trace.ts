import type { FastifyRequest } from 'fastify';
import type { EmbeddingJob } from '../embedding/embedder.js';
import type { RequestEntry } from '../request-log.js';

/** What is gathered about a request while it is answered. */
export interface Trace {
  startedMs: number;
  /** It came after the server had been told to stop: it is refused. What came before is answered. */
  late: boolean;
  job: EmbeddingJob | null;
  /** Its log line; all fields are there from the start, so that every entry has the same shape. */
  entry: RequestEntry;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** On the request itself: a WeakMap of requests is work for the garbage collector. Null before the first hook. */
    trace: Trace | null;
  }
}

/** The trace of a request, opened when it is asked for first. */
export const traceOf = (request: FastifyRequest): Trace => (request.trace ??= openTrace(request));

const openTrace = (request: FastifyRequest): Trace => ({
  startedMs: performance.now(),
  late: false,
  job: null,
  entry: {
    requestId: request.id,
    route: request.routeOptions.url ?? 'other',
    status: 0,
    latencyMs: 0,
    pair: undefined,
    pairs: undefined,
    tokenizeMs: undefined,
    queueMs: undefined,
    inferMs: undefined,
    batchSize: undefined,
    cache: undefined,
    similarity: undefined,
    problem: undefined,
  },
});
