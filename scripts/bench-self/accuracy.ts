/** What the harness tells of a server, beside what the server itself recorded of the same requests. */
import { histogramOf, readHistogram, saveHistogram, valueAtRank } from '../../harness/model/histogram.js';
import type { StageResult } from '../../harness/model/record.js';
import { startProcess } from '../../tests/stand-ins/start-process.js';
import { missingEngines, scratchLines, type Bench, type Part } from './bench.js';
import { accuracyHolds, difference, differenceText, mark, nearestRank, number, percent } from './figure.js';
import { driveStage, engineCpuMs, leastWindowS } from './load.js';

/** The known server's GET /truth. */
export type Truth = [startMs: number, latencyMs: number, status: number][];

/** What each answer takes more or less, drawn by the server: without it users fall into step, which is a case of its own. */
const vary = ['--vary-ms', '2'];
const cases = [
  { name: 'fixed 50 ms', flags: ['--mode', 'fixed', '--ms', '50', ...vary], durationS: 8, shortest: leastWindowS },
  { name: 'bimodal 20/200 ms', flags: ['--mode', 'bimodal', '--ms', '20', '--ms2', '200'], durationS: 8, shortest: leastWindowS },
  // Two stalls in the window, wherever it begins.
  { name: 'stall of 1 s every 10 s', flags: ['--mode', 'stall', '--ms', '50', ...vary], durationS: 22, shortest: 11 },
  { name: 'fixed 50 ms, in step', flags: ['--mode', 'fixed', '--ms', '50'], durationS: 8, shortest: leastWindowS },
];
const userCounts = [20, 50];
const shares = { p50: 0.5, p95: 0.95, p99: 0.99 };

/** What the known server recorded of every request it was sent. Rejects where it cannot be reached. */
export async function readTruth(url: string): Promise<Truth> {
  return (await (await fetch(`${url}/truth`)).json()) as Truth;
}

/**
 * The server's latencies of the window's requests, ms. Requests are numbered by their start on either side: those before the window
 * come first, those of the window next. (Neighbours may change places between the two clocks: a few requests at the edges.)
 */
export function windowTruthMs(truth: Truth, requests: StageResult['requests']): number[] {
  const byStart = [...truth].sort((x, y) => x[0] - y[0]);
  return byStart.slice(requests.warmup, requests.warmup + requests.started).map(([, latencyMs]) => latencyMs);
}

export const accuracy: Part = {
  word: 'accuracy',
  run: async (bench) => {
    const rows: string[][] = [];
    for (const { engine } of bench.engines) {
      if (engine === null) continue;
      for (const { name, flags, durationS, shortest } of cases) for (const users of userCounts) {
        bench.say(`accuracy: ${engine.name}, ${name}, ${String(users)} users`);
        rows.push([engine.name, name, String(users), ...(await measureCase(bench, engine, flags, users, Math.max(shortest, bench.seconds(durationS))))]);
      }
    }
    return {
      title: 'Accuracy: the harness beside the server\'s own record',
      columns: ['engine', 'server', 'users', 'requests', 'p50 told', 'difference', 'p95 told', 'difference', 'p99 told', 'difference', 'engine CPU, ms a request', 'engine cores', 'harness, of a core', 'stage marked', 'aim'],
      rows,
      notes: missingEngines(bench.engines),
    };
  },
};

async function measureCase(bench: Bench, engine: Parameters<typeof driveStage>[0]['engine'], flags: string[], users: number, durationS: number): Promise<string[]> {
  const server = await startProcess('tests/stand-ins/known-latency-server.js', flags);
  try {
    let truthMs: number[] = [];
    const lines = Array.from({ length: 1000 }, (_, i) => JSON.stringify({ addr1: `文一路${String(i)}号`, addr2: '文一路1号' }));
    const driven = await driveStage({
      engine, url: server.url, users, warmupS: 1, durationS, bodies: { file: scratchLines(bench.ctx, lines), count: lines.length }, serverPid: server.child.pid,
      complete: async (result) => {
        truthMs = windowTruthMs(await readTruth(server.url), result.requests);
        // To the analysis the record is what a Server-Timing header would have told.
        return { serverTiming: { total: saveHistogram(histogramOf(truthMs.map((ms) => ms * 1000))) } };
      },
    }, bench.ctx);
    const { result, analysis } = driven;
    if (result.requests.completed !== result.requests.started) throw new Error(`${String(result.requests.started - result.requests.completed)} requests failed`);
    const latency = readHistogram(result.latency);
    const told = (share: number): number => valueAtRank(latency, Math.max(1, Math.ceil(share * latency.n))) / 1000;
    const off = (share: number): ReturnType<typeof difference> => difference(told(share), nearestRank(truthMs, share));
    const found = { p50: off(shares.p50), p95: off(shares.p95), p99: off(shares.p99) };
    const { status, reasons } = analysis.validity;
    const { engine: engineCores, harness } = analysis.cpu;
    return [
      number(result.requests.started), ...(['p50', 'p95', 'p99'] as const).flatMap((p) => [`${number(told(shares[p]), 2)} ms`, differenceText(found[p])]),
      number(engineCpuMs(driven), 3), number(engineCores, 2), percent(harness), status === 'valid' ? 'valid' : `${status.toUpperCase()}: ${[...new Set(reasons.map(({ code }) => code))].join(', ')}`,
      mark(accuracyHolds(found, engineCores, status !== 'valid')),
    ];
  } finally {
    await server.kill();
  }
}
