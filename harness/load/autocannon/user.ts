/**
 * One user on one autocannon client: takes over when the client sends, and repairs what autocannon 9.0.0 does wrong
 * (docs/engines.md): after a reset or close it pairs answers with the wrong requests, it reconnects without pause, it sends on
 * connections that the server has said it will close, it loses answers that end with the connection, its parser keeps half an
 * answer of an earlier connection, it takes what a server says before its answer (100, 103) for the answer, and its time-out runs while a user thinks.
 */
import type { Client } from 'autocannon';
import { readScore, readScores } from '../../model/answer.js';
import { batchDigits, cacheLetter, degradedLetter, type TransportError } from '../answer.js';
import { createPace, firstPauseMs } from '../pace.js';
import type { RowFields } from '../row-text.js';
import type { EngineSettings } from '../settings.js';
import type { Dispatch } from './dispatch.js';

/** The one 1xx status behind which no other answer comes. */
const switchingProtocols = 101;

/** What all users share. */
export interface Company {
  settings: EngineSettings;
  /** Monotonic milliseconds. */
  now(): number;
  /** When the load began. */
  startMs: number;
  takeTicket(): number;
  /** The whole request for a ticket. */
  requestOf(ticket: number): Buffer;
  /** A request ended. */
  write(row: RowFields): void;
  /** Who sends when, where the load has a schedule. */
  dispatch: Dispatch | null;
  /** True once no further request may begin, or all there are have begun. */
  stopping(): boolean;
}

interface Open {
  ticket: number;
  startMs: number;
  timer: NodeJS.Timeout;
}

/** Makes `client` the user number `index`. Called while autocannon constructs the client, before it connects. */
export function adoptClient(client: Client, index: number, company: Company): void {
  const { settings, now } = company;
  const original = Object.getPrototypeOf(client) as Client;
  const pace = createPace(settings.seed, index, settings.thinkMs);
  let seq = 0;
  let open: Open | null = null;
  /** Read from the answer, until autocannon reports its own timing of it. */
  let answer: Pick<RowFields, 'status' | 'fault' | 'score' | 'batch' | 'cache' | 'degraded' | 'timing' | 'latencyMs'> | null = null;
  let born = false;
  /** The connection may carry one more request. */
  let usable = false;
  let connecting = false;
  /** The head that was read last only announces the answer. */
  let interim = false;
  let lastError: TransportError | null = null;

  const read = (body: string): Pick<RowFields, 'score' | 'fault'> => {
    if (settings.scores === null) return readScore(body, settings.scorePath);
    const { scores, fault } = readScores(body, settings.scores.scoresPath, settings.scores.scorePath);
    return { score: scores, fault };
  };
  const begin = (): void => {
    if (company.stopping()) return;
    open = { ticket: company.takeTicket(), startMs: now(), timer: setTimeout(expire, settings.timeoutMs) };
    if (usable) {
      original._doRequest.call(client);
      return;
    }
    drop();
    usable = true;
    connecting = true;
    // Connects, and sends through _doRequest: the wait for the connection is part of the request.
    original._connect.call(client);
    connecting = false;
    client.conn?.setNoDelay(true);
  };
  const rest = (pauseMs: number): void => {
    if (company.dispatch !== null) company.dispatch.free(begin);
    else if (pauseMs > 0) setTimeout(begin, pauseMs);
    else begin();
  };
  /** Forgets the connection: late events of it must not be taken for the next one's. */
  const drop = (): void => {
    usable = false;
    lastError = null;
    if (client.conn !== undefined) client._destroyConnection();
    client.parser.reinitialize(client.parser.type);
  };
  /** Reports the open request and returns the pause that follows. */
  const close = (request: Open, row: Pick<RowFields, 'status' | 'fault' | 'score' | 'batch' | 'cache' | 'degraded' | 'timing' | 'latencyMs' | 'endMs'>): number => {
    clearTimeout(request.timer);
    open = null;
    const pauseMs = company.dispatch === null ? pace.next(row.status === 0 && row.fault !== 'timeout') : 0;
    company.write({ ...row, user: index, seq, ticket: request.ticket, startMs: request.startMs, pauseMs });
    seq += 1;
    return pauseMs;
  };
  const fail = (request: Open, fault: TransportError): void => {
    const endMs = now();
    drop();
    rest(close(request, { status: 0, fault, score: NaN, batch: '', cache: '', degraded: '', timing: '', latencyMs: endMs - request.startMs, endMs }));
  };
  const expire = (): void => {
    if (open !== null) fail(open, 'timeout');
  };

  client.on('connError', (error: NodeJS.ErrnoException) => {
    lastError = transportError(error.code);
  });
  client.on('headers', (info: { statusCode: number; shouldKeepAlive?: boolean }) => {
    interim = info.statusCode >= 100 && info.statusCode < 200 && info.statusCode !== switchingProtocols;
    if (!interim && info.shouldKeepAlive === false) usable = false;
  });
  // autocannon calls _connect when it is born, and again whenever the connection failed or ended.
  client._connect = () => {
    if (!born) {
      born = true;
      rest(Math.max(0, company.startMs + firstPauseMs(settings, index) - now()));
      return;
    }
    usable = false;
    const request = open;
    const fault = lastError ?? 'closed';
    // An answer without a length ends with the connection.
    if (lastError === null && request !== null) client.parser.finish();
    if (request !== null && request === open) fail(request, fault);
    else if (request === null) drop();
  };
  client._doRequest = () => {
    if (connecting) original._doRequest.call(client);
  };
  client.getRequestBuffer = () => company.requestOf(open?.ticket ?? 0);

  const { execute } = client.parser;
  client.parser.execute = (chunk) => {
    const read = execute.call(client.parser, chunk);
    if (read instanceof Error && open !== null) fail(open, 'other');
    return read;
  };
  // An answer nobody asked for (a server's 408 on an idle connection, say) would end the process.
  const { terminateRequest } = client.pipelinedRequests;
  client.pipelinedRequests.terminateRequest = () => (interim ? undefined : terminateRequest.call(client.pipelinedRequests)) ?? { req: null, headers: { statusCode: 0, headers: [] }, body: '', bytes: 0, duration: 0 };
  client.requestIterator.recordBody = (_request, status, body, headers) => {
    if (interim) return;
    if (open === null) {
      usable = false;
      return;
    }
    const reading = status >= 200 && status < 300 ? read(body) : { score: NaN, fault: '' };
    answer = { status, ...reading, ...extras(headers), latencyMs: now() - open.startMs };
  };
  // The end is placed by autocannon's own timer: two clocks, so that Little's law can tell when they disagree.
  client.on('response', (_status: number, _bytes: number, ownMs: number) => {
    if (open === null || answer === null) return;
    const pauseMs = close(open, { ...answer, endMs: open.startMs + ownMs });
    answer = null;
    // After autocannon is done with this answer, which it is not yet.
    if (pauseMs > 0) rest(pauseMs);
    else queueMicrotask(() => { rest(0); });
  });
}

function transportError(code: string | undefined): TransportError {
  switch (code) {
    case 'ECONNREFUSED': return 'refused';
    case 'ECONNRESET': case 'EPIPE': return 'reset';
    case 'ETIMEDOUT': return 'timeout';
    case 'ENOTFOUND': case 'EAI_AGAIN': return 'dns';
    default: return 'other';
  }
}

/** The headers a row carries, out of name, value, name, value, … */
function extras(headers: readonly string[]): Pick<RowFields, 'batch' | 'cache' | 'degraded' | 'timing'> {
  const row = { batch: '', cache: '', degraded: '', timing: '' };
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] as string;
    // Lengths first: most headers are none of ours.
    if (name.length === 13 && name.toLowerCase() === 'server-timing') row.timing += (row.timing === '' ? '' : ', ') + (headers[i + 1] ?? '');
    else if (name.length === 12 && name.toLowerCase() === 'x-batch-size') row.batch = batchDigits(headers[i + 1]);
    else if (name.length === 10 && name.toLowerCase() === 'x-degraded') row.degraded = degradedLetter(headers[i + 1]);
    else if (name.length === 7 && name.toLowerCase() === 'x-cache') row.cache = cacheLetter(headers[i + 1]);
  }
  return row;
}
