import type { Duplex } from 'node:stream';
import { InferenceError } from '../inference/error.js';
import { SchedulerError } from '../batching/error.js';
import type { Answer } from './exchange.js';
import { ProblemError, problemType, type ProblemKind } from './problem.js';

/** Turns whatever was thrown into a problem; nothing of the request's content survives into it. */
export const problemOf = (error: unknown): ProblemError => {
  if (error instanceof ProblemError) return error;
  if (error instanceof SchedulerError) return scheduling(error);
  if (error instanceof InferenceError && error.code === 'run-timeout') {
    return new ProblemError('inference-timeout', 'The model did not answer in time; the request may be sent again.', undefined, 1);
  }
  if (error instanceof InferenceError) {
    return new ProblemError('inference-failed', 'The model could not compute this request; the log of the server says why.');
  }
  return new ProblemError('internal-error', 'The server failed; its log says why.');
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

/** A problem as an answer; `headers` are names and values in turn. */
export const problemAnswer = (problem: ProblemError, headers: readonly string[] = []): Answer => ({
  status: problem.status,
  type: problemType,
  body: JSON.stringify(problem.toProblem()),
  headers: problem.retryAfterS === undefined ? headers : ['retry-after', String(problem.retryAfterS), ...headers],
});

const connectionProblem = (code: string | undefined): ProblemError => {
  const refusals: Record<string, [ProblemKind, string]> = {
    ERR_HTTP_REQUEST_TIMEOUT: ['request-timeout', 'The request did not arrive in time.'],
    HPE_HEADER_OVERFLOW: ['headers-too-large', 'The headers are larger than this server takes.'],
  };
  const [kind, detail] = refusals[code ?? ''] ?? ['bad-request', 'This is not an HTTP request.'];
  return new ProblemError(kind, detail);
};

/** Answers on a connection whose request could not even be read; returns null when nobody listens any more. */
export const refuseConnection = (error: NodeJS.ErrnoException, socket: Duplex): ProblemError | null => {
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
