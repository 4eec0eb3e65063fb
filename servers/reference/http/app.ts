import { createErrorRate } from '../error-rate.js';
import { createMetrics, type Metrics } from '../metrics.js';
import type { ServerOptions } from '../options.js';
import type { ServerLog } from '../request-log.js';
import { cacheStats, fallbackState, type ServerState } from '../service.js';
import { createEndpoints, type Endpoint } from './endpoints.js';
import { openExchange, sendAnswer, type Exchange } from './exchange.js';
import type { BuildInfo } from './health.js';
import { createHttpServer, patience, type HttpServer, type Patience } from './http-server.js';
import { ProblemError } from './problem.js';
import { problemAnswer, problemOf } from './refusal.js';

export { patience, type Patience } from './http-server.js';

export interface AppParts {
  options: ServerOptions;
  state: ServerState;
  log: ServerLog;
  build: BuildInfo;
  patience?: Patience;
}

export interface App {
  http: HttpServer;
  metrics: Metrics;
}

/** The path of a request target, origin form or absolute form (RFC 9112 §3.2), without its escapes. Throws URIError where these are broken. */
const pathOf = (target: string): string => decodeURI(target.replace(/^https?:\/\/[^/?#]*/i, '').split(/[?#]/, 1)[0] ?? '');

/**
 * The HTTP side; it answers /health before there is a model. It stands on Node's own server without a framework: what is spent between the
 * socket and the queue is taken from the model, which wants the same cores.
 */
export const buildApp = ({ options, state, log, build, patience: limits = patience }: AppParts): App => {
  const errorRate = createErrorRate(() => performance.now());
  const metrics = createMetrics({
    queueLength: () => state.service?.scheduler.waiting() ?? 0,
    inFlight: () => state.inFlight,
    cache: () => cacheStats(options, state.service),
    inferenceMemoryMiB: () => state.service?.inference.memoryMiB() ?? null,
    simulatedMemory: () => state.service?.inference.simulated()?.memory ?? null,
    ready: () => state.phase === 'ready',
    fallback: () => fallbackState(options, state.service),
    faults: () => state.plant.counts(),
  });
  const endpoints = createEndpoints({ options, state, metrics, errorRate, build });

  const settle = ({ entry, job, response, startedMs }: Exchange, isWork: boolean): void => {
    if (isWork) state.inFlight -= 1;
    const answered = response.writableFinished;
    if (!answered) job?.cancel('client-gone');
    entry.status = answered ? response.statusCode : 499;
    entry.latencyMs = performance.now() - startedMs;
    metrics.request(entry.route, entry.status, entry.latencyMs);
    if (isWork) errorRate.add(entry.status >= 500);
    if (isWork || entry.status >= 400) log.request(entry);
  };

  const refuse = (exchange: Exchange, error: unknown, headers?: readonly string[]): void => {
    const problem = problemOf(error);
    exchange.entry.problem = problem.kind;
    if (problem.status === 500) log.logger.error({ request_id: exchange.entry.requestId, err: error }, 'request failed');
    sendAnswer(exchange, problemAnswer(problem, headers), state.phase === 'draining');
  };

  const answer = async (exchange: Exchange, endpoint: Endpoint): Promise<void> => {
    try {
      const found = await endpoint.answer(exchange);
      sendAnswer(exchange, found, state.phase === 'draining');
    } catch (error) {
      refuse(exchange, error);
    }
  };

  /** What is at the path, or why nothing is. */
  const find = (target: string): { path: string; endpoint: Endpoint } | ProblemError => {
    try {
      const path = endpoints.has(target) ? target : pathOf(target);
      const endpoint = endpoints.get(path);
      return endpoint === undefined ? new ProblemError('not-found', 'There is nothing at this path.') : { path, endpoint };
    } catch {
      return new ProblemError('bad-request', 'The request is malformed.');
    }
  };

  const http = createHttpServer(
    limits,
    (request, response) => {
      const found = find(request.url ?? '');
      const serves = !(found instanceof ProblemError) && found.endpoint.methods.includes(request.method ?? '');
      const isWork = serves && found.endpoint.isWork;
      const exchange = openExchange(request, response, serves ? found.path : 'other', state.phase === 'draining');
      if (isWork) state.inFlight += 1;
      // 'close' comes after every answer and also when the client went away without one.
      response.once('close', () => {
        settle(exchange, isWork);
      });
      const spoilt = isWork ? state.plant.request() : null;
      if (spoilt?.kind === 'reset') request.socket.resetAndDestroy();
      else if (spoilt?.kind === 'status') refuse(exchange, new ProblemError(`planted-${spoilt.status}`, 'A planted fault answers in the place of the server.'));
      else if (found instanceof ProblemError) refuse(exchange, found);
      else if (serves) void answer(exchange, found.endpoint);
      else {
        const allowed = found.endpoint.methods.join(', ');
        refuse(exchange, new ProblemError('method-not-allowed', `This path takes ${allowed} only.`), ['allow', allowed]);
      }
    },
    (status) => {
      metrics.request('connection', status, null);
    },
  );
  return { http, metrics };
};
