/** One stage against the server of known latency: what the harness tells of it, beside what the server recorded of the same requests. */
import type { Context } from '../../harness/host/index.js';
import type { Engine } from '../../harness/load/index.js';
import { readHistogram, valueAtRank } from '../../harness/model/histogram.js';
import type { StageResult } from '../../harness/model/record.js';
import type { Stage } from '../../harness/model/stage.js';
import { startProcess } from '../../tests/stand-ins/start-process.js';
import { scratchLines } from './bench.js';
import { difference, nearestRank, type Difference } from './figure.js';
import { driveStage, type DrivenStage } from './load.js';

/** The known server's GET /truth. */
export type Truth = [startMs: number, latencyMs: number, status: number][];

export const percentiles = ['p50', 'p95', 'p99'] as const;
export type Percentile = (typeof percentiles)[number];
const shares: Readonly<Record<Percentile, number>> = { p50: 0.5, p95: 0.95, p99: 0.99 };

/** A stage, told and true. */
export interface KnownStage extends DrivenStage {
  toldMs: Readonly<Record<Percentile, number>>;
  off: Readonly<Record<Percentile, Difference>>;
  /** Whether the truth at p50 and p95 lies between what is told and that less the share outside the server that the report prints. */
  inside: boolean;
}

/** Program of the known server, from the root of the build. */
export const knownServer = 'tests/stand-ins/known-latency-server.js';

/** A thousand sound requests. */
export function knownBodies(ctx: Context): { file: string; count: number } {
  const lines = Array.from({ length: 1000 }, (_, i) => JSON.stringify({ addr1: `文一路${String(i)}号`, addr2: '文一路1号' }));
  return { file: scratchLines(ctx, lines), count: lines.length };
}

/** What the known server recorded of every request it was sent. Rejects where it cannot be reached. */
export async function readTruth(url: string): Promise<Truth> {
  return (await (await fetch(`${url}/truth`)).json()) as Truth;
}

/**
 * The server's latencies of the answered requests of the window, ms. Requests are numbered by their start on either side: those before the window
 * come first, those of the window next. (Neighbours may change places between the two clocks: a few requests at the edges.)
 */
export function windowTruthMs(truth: Truth, requests: StageResult['requests']): number[] {
  const byStart = [...truth].sort((x, y) => x[0] - y[0]);
  return byStart.slice(requests.warmup, requests.warmup + requests.started).filter(([, , status]) => status === 200).map(([, latencyMs]) => latencyMs);
}

/** What the report prints to the last digit it keeps, ms: the header's digits, and 0.05 % of the latency. */
const printedMs = 0.1;
const printedShare = 0.001;

/** Whether `truthMs` lies in [told − outside, told], as exactly as either is printed. */
export function isInside(toldMs: number, truthMs: number, outsideMs: number): boolean {
  const slack = Math.max(printedMs, printedShare * toldMs);
  return truthMs <= toldMs + slack && truthMs >= toldMs - outsideMs - slack;
}

/** Starts the server with `flags`, drives the stage, compares. Throws where the stage did not complete. */
export async function driveKnown(engine: Engine, flags: readonly string[], stage: Stage, ctx: Context): Promise<KnownStage> {
  const server = await startProcess(knownServer, ['--server-timing', 'on', ...flags]);
  try {
    const driven = await driveStage({ engine, url: server.url, stage, bodies: knownBodies(ctx), serverPid: server.child.pid }, ctx);
    const truthMs = windowTruthMs(await readTruth(server.url), driven.result.requests);
    const latency = readHistogram(driven.result.latency);
    const told = (p: Percentile): number => valueAtRank(latency, Math.max(1, Math.ceil(shares[p] * latency.n))) / 1000;
    const truth = (p: Percentile): number => nearestRank(truthMs, shares[p]);
    const outside = driven.analysis.outsideServerMs;
    return {
      ...driven,
      toldMs: { p50: told('p50'), p95: told('p95'), p99: told('p99') },
      off: { p50: difference(told('p50'), truth('p50')), p95: difference(told('p95'), truth('p95')), p99: difference(told('p99'), truth('p99')) },
      inside: outside !== null && isInside(told('p50'), truth('p50'), outside.p50) && isInside(told('p95'), truth('p95'), outside.p95),
    };
  } finally {
    await server.kill();
  }
}
