import { randomUUID } from 'node:crypto';
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { TextPair } from '../embedding/embedder.js';
import { createErrorRate } from '../error-rate.js';
import { createMetrics, type Metrics } from '../metrics.js';
import type { ServerOptions } from '../options.js';
import type { ServerLog } from '../request-log.js';
import { cacheStats, type ServerState } from '../service.js';
import { readPair, readPairs } from './body.js';
import { comparePairs, timingHeader, type Compared } from './compare.js';
import { readHealth, type BuildInfo } from './health.js';
import { ProblemError } from './problem.js';
import { keepOpen, problemOf, refuseConnection, sendProblem } from './refusal.js';
import { traceOf, type Trace } from './trace.js';

/** How long a client may take, in ms. Idle connections are kept long enough for people who think between requests. */
export interface Patience {
  headersMs: number;
  requestMs: number;
  keepAliveMs: number;
}

export const patience: Patience = { headersMs: 15_000, requestMs: 30_000, keepAliveMs: 75_000 };

export interface AppParts {
  options: ServerOptions;
  state: ServerState;
  log: ServerLog;
  build: BuildInfo;
  patience?: Patience;
}

export interface App {
  http: FastifyInstance;
  metrics: Metrics;
}

const methods: Record<string, string> = {
  '/similarity': 'POST',
  '/similarity/batch': 'POST',
  '/health': 'GET, HEAD',
  '/ready': 'GET, HEAD',
  '/metrics': 'GET, HEAD',
};

/** RFC 9111 §5.2.1.5: the client wants an answer that no cache has touched. */
const noStore = /\bno-store\b/i;
const saneRequestId = /^[A-Za-z0-9._:-]{1,128}$/;
const jsonType = /^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?;?\s*$/i;
const json = 'application/json; charset=utf-8';

/** The HTTP side; it answers /health before there is a model. */
export const buildApp = ({ options, state, log, build, patience: limits = patience }: AppParts): App => {
  const startedMs = performance.now();
  const errorRate = createErrorRate(() => performance.now());
  const metrics = createMetrics({
    queueLength: () => state.service?.scheduler.waiting() ?? 0,
    inFlight: () => state.inFlight,
    cache: () => cacheStats(options, state.service),
    inferenceMemoryMiB: () => state.service?.inference.memoryMiB() ?? null,
    ready: () => state.phase === 'ready',
  });

  const app = fastify({
    logger: false,
    bodyLimit: options.maxBodyBytes,
    keepAliveTimeout: limits.keepAliveMs,
    requestTimeout: limits.requestMs,
    http: { headersTimeout: limits.headersMs, connectionsCheckingInterval: Math.min(1000, limits.headersMs) },
    return503OnClosing: false,
    genReqId: (request) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && saneRequestId.test(given) ? given : randomUUID();
    },
    frameworkErrors: (error, _request, reply) => {
      sendProblem(reply, problemOf(error));
    },
    clientErrorHandler: (error, socket) => {
      const problem = refuseConnection(error, socket);
      if (problem !== null) metrics.request('connection', problem.status, null);
    },
  });

  app.decorateRequest('trace', null);
  // The bytes arrive as they are: whether they are UTF-8 and JSON is judged by http/body.ts, whose refusals name a
  // field and leave the connection open.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });

  const settle = (reply: FastifyReply, { entry, job, startedMs: arrivedMs }: Trace): void => {
    const isSimilarity = methods[entry.route] === 'POST';
    if (isSimilarity) state.inFlight -= 1;
    const answered = reply.raw.writableFinished;
    if (!answered) job?.cancel();
    entry.status = answered ? reply.raw.statusCode : 499;
    entry.latencyMs = performance.now() - arrivedMs;
    metrics.request(entry.route, entry.status, entry.latencyMs);
    if (isSimilarity) errorRate.add(entry.status >= 500);
    if (isSimilarity || entry.status >= 400) log.request(entry);
  };

  app.addHook('onRequest', (request, reply, done) => {
    const trace = traceOf(request);
    trace.late = state.phase === 'draining';
    if (methods[trace.entry.route] === 'POST') state.inFlight += 1;
    void reply.header('x-request-id', request.id);
    // 'close' comes after every answer and also when the client went away without one.
    reply.raw.once('close', () => {
      settle(reply, trace);
    });
    done();
  });
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (state.phase === 'draining') void reply.header('connection', 'close');
    done(null, payload);
  });
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error);
    traceOf(request).entry.problem = problem.kind;
    if (problem.status === 500) log.logger.error({ request_id: request.id, err: error }, 'request failed');
    if (problem.kind === 'body-too-large') keepOpen(request, reply);
    sendProblem(reply, problem);
  });
  app.setNotFoundHandler((request, reply) => {
    const allowed = methods[request.url.split('?', 1)[0] ?? ''];
    if (allowed === undefined) throw new ProblemError('not-found', 'There is nothing at this path.');
    void reply.header('allow', allowed);
    throw new ProblemError('method-not-allowed', `This path takes ${allowed} only.`);
  });

  const compare = async (request: FastifyRequest, reply: FastifyReply, pairs: TextPair[], bodyOf: (compared: Compared) => unknown): Promise<string> => {
    const trace = traceOf(request);
    const compared = await comparePairs(pairs, state, { ...options, noStore: noStore.test(request.headers['cache-control'] ?? '') }, trace);
    const body = JSON.stringify(bodyOf(compared));
    const { timing, batchSize, cache } = compared;
    const { entry } = trace;
    entry.tokenizeMs = timing.tokenizeMs;
    entry.queueMs = timing.queueMs;
    entry.inferMs = timing.inferMs;
    entry.batchSize = batchSize;
    entry.cache = cache;
    void reply
      .type(json)
      .header('server-timing', timingHeader(timing, performance.now() - compared.vectorsAtMs, metrics))
      .header('x-batch-size', String(batchSize))
      .header('x-cache', cache);
    return body;
  };

  app.post('/similarity', { preValidation: requireJson }, async (request, reply) => {
    const pair = readPair(request.body, options);
    const { entry } = traceOf(request);
    entry.pair = pair;
    return await compare(request, reply, [pair], ({ judgements: [judgement] }) => {
      entry.similarity = judgement?.similarity;
      return judgement;
    });
  });
  app.post('/similarity/batch', { preValidation: requireJson }, async (request, reply) => {
    const pairs = readPairs(request.body, options);
    traceOf(request).entry.pairs = pairs.length;
    return await compare(request, reply, pairs, ({ judgements }) => ({ similarities: judgements.map(({ similarity }) => similarity) }));
  });
  app.get('/health', (_request, reply) => {
    const health = readHealth(options, state, build, errorRate, (performance.now() - startedMs) / 1000);
    void reply.type(json).send(JSON.stringify(health));
  });
  app.get('/ready', (_request, reply) => {
    const ready = state.phase === 'ready';
    void reply.code(ready ? 200 : 503).type(json).send(JSON.stringify({ ready, status: ready ? 'ok' : state.phase }));
  });
  app.get('/metrics', async (_request, reply) => {
    void reply.type(metrics.registry.contentType);
    return await metrics.registry.metrics();
  });
  return { http: app, metrics };
};

const requireJson = (request: FastifyRequest, _reply: FastifyReply, done: (error?: Error) => void): void => {
  const { 'content-type': type, 'content-encoding': encoding } = request.headers;
  if (encoding !== undefined && encoding !== 'identity') {
    done(new ProblemError('unsupported-media-type', 'The body must not be compressed.', 'content-encoding'));
  } else if (type === undefined ? request.body !== undefined : !jsonType.test(type)) {
    done(new ProblemError('unsupported-media-type', 'The body must be application/json in UTF-8.', 'content-type'));
  } else {
    done();
  }
};
