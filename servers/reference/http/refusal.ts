import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { InferenceError } from '../inference/error.js';
import { SchedulerError } from '../batching/error.js';
import { ProblemError, problemType, type ProblemKind } from './problem.js';

/** Turns whatever was thrown into a problem; nothing of the request's content survives into it. */
export const problemOf = (error: unknown): ProblemError => {
  if (error instanceof ProblemError) return error;
  if (error instanceof SchedulerError) return scheduling(error);
  if (error instanceof InferenceError) {
    return new ProblemError('inference-failed', 'The model could not compute this request; the log of the server says why.');
  }
  return fromFramework(error as { code?: unknown; statusCode?: unknown });
};

const scheduling = (error: SchedulerError): ProblemError => {
  switch (error.code) {
    case 'queue-full':
      return queueFull(0);
    case 'deadline':
      return new ProblemError('deadline-passed', 'The request waited too long for the model and was dropped.', undefined, 1);
    case 'cancelled':
      return new ProblemError('client-gone', 'The client closed the connection.');
    case 'stopped':
      return stopping();
  }
};

const longestRetryS = 60;

/** Asks to come back when what waits now will have been computed. */
export const queueFull = (backlogMs: number): ProblemError => {
  const retryAfterS = Math.min(longestRetryS, Math.max(1, Math.ceil(backlogMs / 1000)));
  return new ProblemError('queue-full', 'Too many requests wait already; come back later.', undefined, retryAfterS);
};

/** 503 while the server drains: try another in a second. */
export const stopping = (): ProblemError => new ProblemError('stopping', 'The server is stopping.', undefined, 1);
/** 503 until the model is loaded: try again in a second. */
export const notReady = (): ProblemError => new ProblemError('not-ready', 'The model is being loaded.', undefined, 1);

const fromFramework = ({ code, statusCode }: { code?: unknown; statusCode?: unknown }): ProblemError => {
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new ProblemError('body-too-large', 'The body is larger than this server takes.', 'body');
  if (code === 'FST_ERR_CTP_INVALID_CONTENT_LENGTH') {
    return new ProblemError('bad-request', 'The body is not as long as Content-Length says.', 'body');
  }
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) {
    return new ProblemError('bad-request', 'The request is malformed.');
  }
  return new ProblemError('internal-error', 'The server failed; its log says why.');
};

/** Answers with problem details. */
export const sendProblem = (reply: FastifyReply, problem: ProblemError): void => {
  if (problem.retryAfterS !== undefined) void reply.header('retry-after', String(problem.retryAfterS));
  void reply.code(problem.status).type(problemType).send(JSON.stringify(problem.toProblem()));
};

/** So much of a refused body is read to its end and thrown away. */
const mostDiscardedBytes = 16 * 2 ** 20;

/**
 * Keeps the connection of a refused request open where its body is told to be of bearable size: Node then reads what is left of it. Closed at
 * once, with bytes of the client still on their way, the connection would be reset, and the client would lose the answer.
 */
export const keepOpen = (request: FastifyRequest, reply: FastifyReply): void => {
  if (Number(request.headers['content-length']) <= mostDiscardedBytes) void reply.removeHeader('connection');
};

const connectionProblem = (code: string | undefined): ProblemError => {
  const refusals: Record<string, [ProblemKind, string]> = {
    ERR_HTTP_REQUEST_TIMEOUT: ['request-timeout', 'The request did not arrive in time.'],
    HPE_HEADER_OVERFLOW: ['headers-too-large', 'The headers are larger than this server takes.'],
  };
  const [kind, detail] = refusals[code ?? ''] ?? ['bad-request', 'This is not an HTTP request.'];
  return new ProblemError(kind, detail);
};

/** Answers on a connection whose request could not even be read; returns null when nobody listens any more. */
export const refuseConnection = (error: { code?: string }, socket: Socket): ProblemError | null => {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return null;
  }
  const problem = connectionProblem(error.code);
  const body = JSON.stringify(problem.toProblem());
  const head = [
    `HTTP/1.1 ${problem.status} ${problem.toProblem().title}`,
    `Content-Type: ${problemType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
  return problem;
};
