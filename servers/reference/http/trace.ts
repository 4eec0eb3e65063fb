import type { FastifyRequest } from 'fastify';
import type { EmbeddingJob } from '../embedding/embedder.js';
import type { RequestEntry } from '../request-log.js';

/** What is gathered about a request while it is answered. */
export interface Trace {
  startedMs: number;
  /** It came after the server had been told to stop: it is refused. What came before is answered. */
  late: boolean;
  job: EmbeddingJob | null;
  /** Fields of its log line. */
  entry: Partial<RequestEntry>;
}

/** Traces by request; gone with the request. */
export interface Traces {
  open(request: FastifyRequest): Trace;
  of(request: FastifyRequest): Trace;
}

export const createTraces = (): Traces => {
  const traces = new WeakMap<FastifyRequest, Trace>();
  const open = (request: FastifyRequest): Trace => {
    const trace: Trace = { startedMs: performance.now(), late: false, job: null, entry: {} };
    traces.set(request, trace);
    return trace;
  };
  return { open, of: (request) => traces.get(request) ?? open(request) };
};
