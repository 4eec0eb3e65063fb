import type { TextPair } from '../embedding/embedder.js';
import type { ErrorRate } from '../error-rate.js';
import type { Metrics } from '../metrics.js';
import type { ServerOptions } from '../options.js';
import type { ServerState } from '../service.js';
import { createNormaliser, type Normaliser } from '../normalise/index.js';
import { readPair, readPairs } from './body.js';
import { comparePairs, timingHeader, type Compared } from './compare.js';
import type { Answer, Exchange } from './exchange.js';
import { readHealth, type BuildInfo } from './health.js';
import { readJsonBody } from './read-body.js';

/** What stands at a path. */
export interface Endpoint {
  /** As in the header `Allow`. */
  methods: readonly string[];
  /** Computes: it is counted as under way, logged, and part of the error rate. */
  isWork: boolean;
  /** Throws or rejects with what `problemOf` understands. */
  answer: (exchange: Exchange) => Answer | Promise<Answer>;
}

export interface EndpointParts {
  options: ServerOptions;
  state: ServerState;
  metrics: Metrics;
  errorRate: ErrorRate;
  build: BuildInfo;
}

/** RFC 9111 §5.2.1.5: the client wants an answer that no cache has touched. */
const noStore = /\bno-store\b/i;

const jsonAnswer = (value: unknown, status = 200, headers: readonly string[] = []): Answer => ({ status, type: 'application/json; charset=utf-8', body: JSON.stringify(value), headers });

const work = (answer: Endpoint['answer']): Endpoint => ({ methods: ['POST'], isWork: true, answer });
const look = (answer: Endpoint['answer']): Endpoint => ({ methods: ['GET', 'HEAD'], isWork: false, answer });

const normalisePairs = (pairs: readonly TextPair[], normalise: Normaliser): { pairs: TextPair[]; ms: number } => {
  const startedMs = performance.now();
  const done = pairs.map(([left, right]): TextPair => [normalise(left), normalise(right)]);
  return { pairs: done, ms: performance.now() - startedMs };
};

/** The paths of this server. */
export const createEndpoints = ({ options, state, metrics, errorRate, build }: EndpointParts): Map<string, Endpoint> => {
  const startedMs = performance.now();
  const normalise = createNormaliser(options.normalise, options.maxChars);
  // What is shortened is not refused for its length; the size of a body is limited all the same.
  const limits = { maxChars: options.normalise.includes('truncate') ? Infinity : options.maxChars, maxPairs: options.maxPairs };
  const compare = async (exchange: Exchange, pairs: TextPair[], bodyOf: (compared: Compared) => object): Promise<Answer> => {
    const { entry, request } = exchange;
    const normalised = normalise === null ? null : normalisePairs(pairs, normalise);
    const isPast = noStore.test(request.headers['cache-control'] ?? '');
    const compared = await comparePairs(normalised?.pairs ?? pairs, state, { deadlineMs: options.deadlineMs, noStore: isPast }, exchange);
    const { timing, batchSize, cache, vectorsAtMs, degraded } = compared;
    const answer = jsonAnswer(degraded ? { ...bodyOf(compared), degraded } : bodyOf(compared));
    if (normalised !== null) entry.normalizeMs = normalised.ms;
    entry.tokenizeMs = timing.tokenizeMs;
    entry.queueMs = timing.queueMs;
    entry.inferMs = timing.inferMs;
    entry.batchSize = batchSize;
    entry.cache = cache;
    answer.headers = ['server-timing', timingHeader({ ...timing, normalizeMs: normalised?.ms ?? null }, performance.now() - vectorsAtMs, metrics), 'x-batch-size', String(batchSize), 'x-cache', cache];
    if (degraded) {
      entry.degraded = true;
      metrics.degraded();
      answer.headers = [...answer.headers, 'x-degraded', 'true'];
    }
    return answer;
  };

  return new Map<string, Endpoint>([
    ['/similarity', work(async (exchange) => {
      const pair = readPair(await readJsonBody(exchange.request, options.maxBodyBytes), limits);
      exchange.entry.pair = pair;
      return await compare(exchange, [pair], ({ judgements: [judgement] }) => {
        exchange.entry.similarity = judgement?.similarity;
        return { ...judgement };
      });
    })],
    ['/similarity/batch', work(async (exchange) => {
      const pairs = readPairs(await readJsonBody(exchange.request, options.maxBodyBytes), limits);
      exchange.entry.pairs = pairs.length;
      return await compare(exchange, pairs, ({ judgements }) => ({ similarities: judgements.map(({ similarity }) => similarity) }));
    })],
    ['/health', look(() => jsonAnswer(readHealth(options, state, build, errorRate, (performance.now() - startedMs) / 1000)))],
    ['/ready', look(() => {
      const ready = state.phase === 'ready';
      return jsonAnswer({ ready, status: ready ? 'ok' : state.phase }, ready ? 200 : 503);
    })],
    // On the loopback alone, as the faults are: a server without them has no such path.
    ...(options.faults.length === 0 ? [] : [['/faults/begin', { methods: ['POST'], isWork: false, answer: () => {
      state.plant.begin();
      return jsonAnswer({ begun: true, faults: state.plant.texts });
    } }] satisfies [string, Endpoint]]),
    ['/metrics', look(async () => ({ status: 200, type: metrics.registry.contentType, body: await metrics.registry.metrics() }))],
  ]);
};
