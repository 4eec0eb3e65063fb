import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { EmbeddingJob } from '../embedding/embedder.js';
import type { RequestEntry } from '../request-log.js';

/** One request, its answer, and what is gathered while it is answered. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  startedMs: number;
  /** It came after the server had been told to stop: it is refused. What came before is answered. */
  late: boolean;
  job: EmbeddingJob | null;
  /** Its log line; all fields are there from the start, so that every entry has the same shape. */
  entry: RequestEntry;
}

const saneRequestId = /^[A-Za-z0-9._:-]{1,128}$/;

const requestIdOf = (given: string | string[] | undefined): string =>
  typeof given === 'string' && saneRequestId.test(given) ? given : randomUUID();

/** The exchange of a request that has just come. Its id is the caller's `X-Request-Id` where that is sane, else a new one. */
export const openExchange = (request: IncomingMessage, response: ServerResponse, route: string, late: boolean): Exchange => ({
  request,
  response,
  startedMs: performance.now(),
  late,
  job: null,
  entry: {
    requestId: requestIdOf(request.headers['x-request-id']),
    route,
    status: 0,
    latencyMs: 0,
    pair: undefined,
    pairs: undefined,
    normalizeMs: undefined,
    tokenizeMs: undefined,
    queueMs: undefined,
    inferMs: undefined,
    batchSize: undefined,
    cache: undefined,
    similarity: undefined,
    degraded: undefined,
    problem: undefined,
  },
});

/** What is sent back. */
export interface Answer {
  status: number;
  type: string;
  body: string;
  /** Names and values in turn. */
  headers?: readonly string[];
}

/** So much of a body that nobody wanted is read to its end and thrown away. */
const mostDiscardedBytes = 16 * 2 ** 20;

/**
 * Of a body that has not arrived yet Node reads and drops the rest once the answer is out. Closed at once, with bytes of the client still on
 * their way, the connection would be reset, and the client would lose the answer. A body of unbearable or untold size is not waited for.
 */
const isBearable = ({ complete, headers }: IncomingMessage): boolean =>
  complete || (headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) <= mostDiscardedBytes);

/** Answers in one piece, and on the last request of a connection says so; does nothing where the client has gone or has its answer already. */
export const sendAnswer = ({ request, response, entry }: Exchange, { status, type, body, headers = [] }: Answer, isLast: boolean): void => {
  if (response.headersSent || response.destroyed) return;
  const closing = isLast || !isBearable(request) ? ['connection', 'close'] : [];
  response.writeHead(status, ['content-type', type, 'content-length', String(Buffer.byteLength(body)), 'x-request-id', entry.requestId, ...headers, ...closing]);
  response.end(body);
};
