import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createRawServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { findK6, resolveEngine, type DriveOptions, type Engine, type RequestRow } from '../../harness/load/index.js';
import { readHistogram, valueAtRank, type SavedHistogram } from '../../harness/model/histogram.js';
import type { EngineName } from '../../harness/model/plan.js';
import type { StageResult } from '../../harness/model/record.js';
import type { BodyExpectation, RequestPlan } from '../../harness/model/request.js';
import type { Stage } from '../../harness/model/stage.js';
import { testContext } from '../host/context.js';
import { startProcess } from '../stand-ins/start-process.js';
import { requestPlan } from './stage-setup.js';

/** The engine, or null after the test was skipped because it is not there (a failure where CI=true). */
export async function engineFor(name: EngineName, t: TestContext): Promise<Engine | null> {
  const ctx = testContext();
  if (name === 'k6' && (await findK6(ctx)) === null) {
    if (process.env['CI'] === 'true') throw new Error('k6 is missing: run `mgeo-bench k6 install`');
    t.skip('k6 is neither in the cache nor on the PATH');
    return null;
  }
  return resolveEngine(name, { kind: 'url', url: 'http://127.0.0.1', ready: null, readyTimeoutS: 1 }, ctx);
}

/** A line that the known-latency server answers, and as many different ones as wanted. */
export const goodBodies = (count: number): string[] => Array.from({ length: count }, (_, i) => JSON.stringify({ addr1: `文一路${String(i)}号`, addr2: '文一路1号' }));

/** Writes a bodies file that goes with the test. */
export function bodiesFile(lines: readonly string[], t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'load-test-'));
  const { host } = testContext();
  t.after(() => { host.files.remove(folder); });
  const file = join(folder, 'bodies.txt');
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

export interface DriveSetup {
  engine: Engine;
  url: string;
  stage: Stage;
  timeoutS?: number;
  /** Beside the plan's own. */
  headers?: Record<string, string>;
  lines?: readonly string[];
  /** Pairs a line; then expectations are by pair. */
  pairsEach?: number;
  batch?: RequestPlan['batch'];
  expectations?: readonly BodyExpectation[];
  golden?: ReadonlyMap<number, number>;
  signal?: AbortSignal;
  serverGone?: AbortSignal;
  firstTicket?: number;
  aloneMs?: number;
  onSpawn?: (pid: number) => void;
  onSettled?: () => void;
  /** With the number of rows until then, warm-up included: a moment of the load, whatever its engine took to start. */
  onRow?: (rows: number) => void;
}

export interface Driven {
  result: StageResult;
  /** Every row, warm-up included. */
  rows: Pick<RequestRow, 'user' | 'seq' | 'ticket' | 'startMs' | 'endMs' | 'dueMs' | 'latencyUs' | 'status' | 'fault'>[];
  /** From the call to its return, ms. */
  tookMs: number;
}

/** Drives one stage against `url`. */
export async function drive(setup: DriveSetup, t: TestContext): Promise<Driven> {
  const lines = setup.lines ?? goodBodies(50);
  const ctx = testContext(setup.signal);
  const rows: Driven['rows'] = [];
  const options: DriveOptions = {
    stage: setup.stage,
    target: { url: setup.url, request: { ...requestPlan, headers: { ...requestPlan.headers, ...setup.headers }, ...(setup.batch === undefined ? {} : { batch: setup.batch }) }, timeoutS: setup.timeoutS ?? 5 },
    bodies: { file: bodiesFile(lines, t), count: lines.length, ...(setup.pairsEach === undefined ? {} : { pairsEach: setup.pairsEach }), expectations: setup.expectations ?? lines.map(() => ({ class: 'high', expect: 'answer' as const })) },
    golden: setup.golden ?? new Map(),
    tolerance: 1e-6,
    seed: 42,
    logFile: '/dev/null',
    onSpawn: setup.onSpawn ?? (() => undefined),
    ...(setup.onSettled === undefined ? {} : { onSettled: setup.onSettled }),
    serverGone: setup.serverGone ?? new AbortController().signal,
    ...(setup.firstTicket === undefined ? {} : { firstTicket: setup.firstTicket }),
    ...(setup.aloneMs === undefined ? {} : { aloneMs: setup.aloneMs }),
    onRow: ({ user, seq, ticket, startMs, endMs, dueMs, latencyUs, status, fault }) => {
      rows.push({ user, seq, ticket, startMs, endMs, dueMs, latencyUs, status, fault });
      setup.onRow?.(rows.length);
    },
  };
  const beganMs = performance.now();
  const result = await setup.engine.drive(options, ctx);
  return { result, rows, tookMs: performance.now() - beganMs };
}

export interface KnownServer {
  url: string;
  /** What the server itself saw: [start, latency, status], ms. */
  truth(): Promise<[number, number, number][]>;
  kill(): Promise<void>;
}

/** The known-latency server, stopped with the test. */
export async function knownServer(t: TestContext, ...args: string[]): Promise<KnownServer> {
  const server = await startProcess('tests/stand-ins/known-latency-server.js', args);
  t.after(() => server.kill());
  return {
    url: server.url,
    kill: () => server.kill(),
    truth: async () => (await (await fetch(`${server.url}/truth`)).json()) as [number, number, number][],
  };
}

/** A server in the test's own process, for what only the test can see. */
export async function ownServer(t: TestContext, onRequest: Parameters<typeof createServer>[1]): Promise<{ url: string; server: Server }> {
  const server = createServer(onRequest as never);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { server, url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}` };
}

/** A server that answers each request (one packet, on loopback) with bytes of the test's own. */
export async function rawServer(t: TestContext, answer: (socket: Socket) => unknown): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createRawServer((socket) => {
    sockets.add(socket);
    socket.on('data', () => answer(socket));
    // A client may go away at any time.
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

/** Nearest rank of a saved histogram, ms. */
export function percentileMs(saved: SavedHistogram, share: number): number {
  const histogram = readHistogram(saved);
  return valueAtRank(histogram, Math.max(1, Math.ceil(share * histogram.n))) / 1000;
}

/** Nearest rank of plain values. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((x, y) => x - y);
  return sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1] ?? NaN;
}
