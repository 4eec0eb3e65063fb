/**
 * A server whose latency is known, to measure measuring instruments with. It answers POST /similarity after a time that
 * is chosen by --mode, and keeps a record of every such request by its own clock:
 *   GET /truth    [[startMs, latencyMs, status], …] in the order in which requests ended; status 0 = the server gave no
 *                 answer, 499 = the client went away first. startMs counts from the start of the process.
 *   GET /metrics  http_requests_total by status     GET /health, /ready
 *
 * --mode   fixed         --ms
 *          bimodal       --ms, and --ms2 for a --share of requests (0.1)
 *          stall         --ms; every --stall-every-s (10) no answer leaves for --stall-s (1). Arrivals are still seen, so
 *                        the record holds what a client waited
 *          serial        --ms, one request after the other
 *          resets        a --reset-share (0.01) ends with TCP RST    close   the same with FIN and no answer
 *          error         an --error-share (0.1) is answered 500
 *          html | nan | bad-json | out-of-range      a --share (1) is answered 200 with something that is no score
 *          wrong-score   right alone, upside down while more than one request is in flight: fast but wrong under load
 *          hang          a --share (1) is never answered
 * --vary-ms (0)  each request of fixed, bimodal and stall takes up to so much more or less than that, drawn by --seed. Against a
 *                server that always takes the same time, users without think time fall into step: who once came together
 *                stays together, for nothing moves them apart
 * --server-timing on: each answer tells in a Server-Timing header (total) what it took until then.
 * --leak-kib so much memory is kept for each request, for ever. --port 0 = any free one; --seed for what is chosen by chance; --keep-alive off closes after every answer.
 *
 * Node's timers count whole milliseconds of a clock read once per turn of the event loop: a nominal time is kept to
 * about a millisecond, no better. That is why the record, not the nominal time, is the truth to compare with. It begins when the
 * request has been read from its socket and ends when the answer has been given to the kernel.
 */
import { parseArgs } from 'node:util';
import { bigramScore } from './bigram-score.js';
import { listenPlain, type Exchange } from '../../servers/known-latency/plain-http.js';

const modes = ['fixed', 'bimodal', 'stall', 'serial', 'resets', 'close', 'error', 'html', 'nan', 'bad-json', 'out-of-range', 'wrong-score', 'hang'] as const;

const { values } = parseArgs({
  options: {
    mode: { type: 'string', default: 'fixed' },
    port: { type: 'string', default: '0' },
    ms: { type: 'string', default: '50' },
    ms2: { type: 'string', default: '200' },
    share: { type: 'string' },
    'vary-ms': { type: 'string', default: '0' },
    'stall-every-s': { type: 'string', default: '10' },
    'stall-s': { type: 'string', default: '1' },
    'reset-share': { type: 'string', default: '0.01' },
    'error-share': { type: 'string', default: '0.1' },
    'max-chars': { type: 'string', default: '64' },
    'keep-alive': { type: 'string', default: 'on' },
    'server-timing': { type: 'string', default: 'off' },
    'leak-kib': { type: 'string', default: '0' },
    /** Takes no notice of a polite signal. */
    deaf: { type: 'string', default: 'off' },
    seed: { type: 'string', default: '1' },
  },
});
const mode = modes.find((name) => name === values.mode);
if (mode === undefined) {
  process.stderr.write(`--mode takes one of ${modes.join(', ')}.\n`);
  process.exit(2);
}
const ms = Number(values.ms);
const ms2 = Number(values.ms2);
const varyMs = Number(values['vary-ms']);
const stallEveryMs = Number(values['stall-every-s']) * 1000;
const stallMs = Number(values['stall-s']) * 1000;
const maxChars = Number(values['max-chars']);
const leakBytes = Number(values['leak-kib']) * 1024;
const leaked: Buffer[] = [];
const tellsTime = values['server-timing'] === 'on';
const shares: Partial<Record<(typeof modes)[number], number>> = {
  resets: Number(values['reset-share']),
  close: Number(values['reset-share']),
  error: Number(values['error-share']),
  bimodal: Number(values.share ?? 0.1),
};
const share = shares[mode] ?? Number(values.share ?? 1);

/** mulberry32: small, seeded, good enough to choose a share of requests. */
let state = Number(values.seed) >>> 0;
const random = (): number => {
  state = (state + 0x6d2b79f5) >>> 0;
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
};

const threshold = 0.5;
const startedMs = performance.now();
const truth: [startMs: number, latencyMs: number, status: number][] = [];
const counts = new Map<number, number>();
let inFlight = 0;
let freeAtMs = 0;

/** When the answer to a request that arrived now is due. */
const dueMs = (nowMs: number, chosen: boolean): number => {
  if (mode === 'serial') {
    freeAtMs = Math.max(freeAtMs, nowMs) + ms;
    return freeAtMs;
  }
  const due = nowMs + (mode === 'bimodal' && chosen ? ms2 : ms) + (varyMs === 0 ? 0 : (2 * random() - 1) * varyMs);
  if (mode !== 'stall') return due;
  const sinceStart = due - startedMs;
  const intoPeriod = sinceStart % stallEveryMs;
  return sinceStart >= stallEveryMs && intoPeriod < stallMs ? due + stallMs - intoPeriod : due;
};

type Answer = [status: number, type: string, body: string];

const problem = (field: string, detail: string): Answer => [
  400,
  'application/problem+json',
  JSON.stringify({ type: 'about:blank', title: 'Bad Request', status: 400, detail, field }),
];

const faultOf = (value: unknown, field: string): Answer | null => {
  if (typeof value !== 'string') return problem(field, `${field} ${value === undefined ? 'is missing' : 'must be a string'}.`);
  if (value.trim() === '') return problem(field, `${field} is blank.`);
  return Array.from(value).length > maxChars ? problem(field, `${field} is longer than ${maxChars} characters.`) : null;
};

const wrongBodies: Partial<Record<(typeof modes)[number], Answer>> = {
  error: [500, 'application/problem+json', JSON.stringify({ type: 'about:blank', title: 'Internal Server Error', status: 500, detail: 'Chosen to fail.' })],
  html: [200, 'text/html', '<!doctype html><title>Welcome</title><p>It works!'],
  nan: [200, 'application/json', '{"similarity":NaN,"label":"match"}'],
  'bad-json': [200, 'application/json', '{"similarity":0.91,"label":"mat'],
  'out-of-range': [200, 'application/json', '{"similarity":1.7,"label":"match"}'],
};

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

const answerTo = (raw: Buffer, chosen: boolean, crowded: boolean): Answer => {
  let body: unknown;
  try {
    body = JSON.parse(strictUtf8.decode(raw));
  } catch {
    return problem('body', 'The body is not JSON in UTF-8.');
  }
  if (typeof body !== 'object' || body === null) return problem('body', 'The body is not an object.');
  const { addr1, addr2 } = body as Record<string, unknown>;
  const fault = faultOf(addr1, 'addr1') ?? faultOf(addr2, 'addr2');
  if (fault !== null) return fault;
  const wrong = wrongBodies[mode];
  if (chosen && wrong !== undefined) return wrong;
  const right = bigramScore(String(addr1), String(addr2));
  const similarity = mode === 'wrong-score' && crowded ? 1 - right : right;
  return [200, 'application/json', JSON.stringify({ similarity, label: similarity >= threshold ? 'match' : 'no_match' })];
};

/** Things to do at their moments, one a turn of the event loop, so that requests which arrive meanwhile are read in between. */
const ready: (() => void)[] = [];
const doNext = (): void => {
  ready.shift()?.();
  if (ready.length > 0) setImmediate(doNext);
};
const doAt = (moment: number, act: () => void): void => {
  setTimeout(() => {
    if (ready.push(act) === 1) setImmediate(doNext);
  }, Math.max(0, moment - performance.now()));
};

const similarity = (exchange: Exchange): void => {
  const { arrivedMs, body } = exchange;
  const chosen = mode !== 'fixed' && random() < share;
  inFlight += 1;
  let crowded = inFlight > 1;
  const record = (status: number): void => {
    inFlight -= 1;
    truth.push([arrivedMs - startedMs, performance.now() - arrivedMs, status]);
    counts.set(status, (counts.get(status) ?? 0) + 1);
  };
  exchange.onGone(() => {
    record(499);
  });
  if (chosen && mode === 'hang') return;
  // Filled, so that its pages are really there.
  if (leakBytes > 0) leaked.push(Buffer.alloc(leakBytes, 1));
  // Made while the time runs: what is left to do when it is up delays no other answer of the same moment.
  const made = mode === 'wrong-score' ? null : answerTo(body, chosen, false);
  doAt(dueMs(arrivedMs, chosen), () => {
    if (exchange.gone()) return;
    if (chosen && (mode === 'resets' || mode === 'close')) {
      exchange.hangUp(mode === 'resets' ? 'rst' : 'fin');
      record(0);
      return;
    }
    crowded ||= inFlight > 1;
    const [status, type, text] = made ?? answerTo(body, chosen, crowded);
    exchange.answer(status, type, Buffer.from(text), tellsTime ? `server-timing: total;dur=${(performance.now() - arrivedMs).toFixed(3)}\r\n` : '');
    record(status);
  });
};

const metrics = (): string => {
  const lines = [...counts].map(([status, count]) => `http_requests_total{route="/similarity",status="${status}"} ${count}`);
  return ['# HELP http_requests_total Requests ended', '# TYPE http_requests_total counter', ...lines, ''].join('\n');
};

const pages: Record<string, () => [type: string, text: string]> = {
  'GET /truth': () => ['application/json', JSON.stringify(truth)],
  'GET /metrics': () => ['text/plain; version=0.0.4', metrics()],
  'GET /health': () => ['application/json', '{"status":"ok"}'],
  'GET /ready': () => ['application/json', '{"status":"ok"}'],
};

const port = await listenPlain(Number(values.port), values['keep-alive'] !== 'off', (exchange) => {
  if (exchange.route === 'POST /similarity') {
    similarity(exchange);
    return;
  }
  const [type, text] = pages[exchange.route]?.() ?? ['text/plain', ''];
  exchange.answer(exchange.route in pages ? 200 : 404, type, Buffer.from(text));
});
process.stdout.write(`${JSON.stringify({ event: 'listening', url: `http://127.0.0.1:${port}`, pid: process.pid })}\n`);
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, values.deaf === 'on' ? () => undefined : () => process.exit(0));
