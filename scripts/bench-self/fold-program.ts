/**
 * Folds a row stream through the real load room, with the stream in the engine's place, and says how fast and in how much memory.
 * argv: k6 | autocannon, how many requests, and the file that holds them (without it they are made as they are read).
 */
import { createHost, type Context } from '../../harness/host/index.js';
import { resolveEngine } from '../../harness/load/index.js';
import type { EngineName } from '../../harness/model/plan.js';
import { similarityPlan } from './bench.js';
import { closedStage, withSpawn } from './load.js';

export interface Folded {
  rows: number;
  /** Rows after the first 10,000, by wall time. */
  rowsPerS: number;
  /** Resident memory after a collection, at 10,000 rows, at a tenth of them and at the last, MiB. */
  rssMiB: [number, number, number];
  /** The most that was resident at any moment, the computing after the last row included, MiB. */
  peakMiB: number;
}

const firstRows = 10_000;
const users = 100;

const [, , engineName = 'k6', countText = '0', file] = process.argv;
const count = Number(countText);
const host = createHost();
const enough = new AbortController();
const ctx: Context = { host, signal: enough.signal, onEvent: () => undefined, sinceStartMs: () => performance.now() };
const engine = await resolveEngine(engineName as EngineName, { kind: 'url', url: 'http://127.0.0.1', ready: null, readyTimeoutS: 1 }, ctx);

/** V8 gives pages back on a thread of its own, shortly after a collection. */
const givingBackMs = 200;

function rssMiB(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, givingBackMs);
  return process.memoryUsage.rss() / 2 ** 20;
}

let rows = 0;
let sinceMs = 0;
let tookMs = NaN;
const rss: [number, number, number] = [NaN, NaN, NaN];
const stream = file === undefined ? host.processes.node('scripts/bench-self/row-stream.js', engineName, countText) : ['cat', file];
await engine.drive({
  stage: closedStage(users, 0, (2 * count) / 1000),
  target: { url: 'http://127.0.0.1', request: similarityPlan, timeoutS: 10 },
  bodies: { file: '', count: 1000, expectations: Array.from({ length: 1000 }, () => ({ class: 'high', expect: 'answer' as const })) },
  golden: new Map(), tolerance: 0, seed: 1, logFile: '/dev/null', onSpawn: () => undefined, serverGone: new AbortController().signal,
  onRow: () => {
    rows += 1;
    if (rows === firstRows) {
      rss[0] = rssMiB();
      sinceMs = performance.now();
    } else if (rows === Math.floor(count / 10)) {
      const lookedMs = performance.now();
      rss[1] = rssMiB();
      // A look is no reading.
      sinceMs += performance.now() - lookedMs;
    } else if (rows === count) {
      tookMs = performance.now() - sinceMs;
      rss[2] = rssMiB();
      enough.abort(new Error('all rows are read'));
    }
  },
}, withSpawn(ctx, () => stream));
const folded: Folded = { rows, rowsPerS: (rows - firstRows) / (tookMs / 1000), rssMiB: rss, peakMiB: process.resourceUsage().maxRSS / 1024 };
process.stdout.write(`${JSON.stringify(folded)}\n`);
