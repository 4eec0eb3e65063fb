/** The engine inside the harness beside the same program, settings and environment without it, output thrown away. */
import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { startProcess } from '../../tests/stand-ins/start-process.js';
import { knownBodies, readTruth, type Truth } from './known-server.js';
import { missingEngines, type Bench, type FoundEngine, type Part } from './bench.js';
import { mark, mean, number, percent } from './figure.js';
import { closedStage, driveStage, leastWindowS, type Started } from './load.js';

const users = 20;
const serverMs = 5;
const warmupS = 1;
/** What an engine may take to start, s. */
const startS = 1.5;
const pairs = 2;
/** As long as a stage of the shipped ramps. */
const windowS = 20;
const leastRatio = 0.95;
const mostHarness = 0.05;

export const overhead: Part = {
  word: 'overhead',
  run: async (bench) => {
    const rows: string[][] = [];
    for (const found of bench.engines) if (found.engine !== null) rows.push(await compare(bench, found));
    return {
      title: 'The engine inside the harness, and bare',
      columns: ['engine', 'inside, requests/s', 'bare, requests/s', 'inside ÷ bare', 'aim ≥ 95 %', 'harness, of a core', 'aim < 5 %'],
      rows,
      notes: [`${String(users)} users without think time, a server of ${String(serverMs)} ms, windows of ${String(windowS)} s, both counted by the server; runs in the order inside, bare, bare, inside.`, ...missingEngines(bench.engines)],
    };
  },
};

async function compare(bench: Bench, { engine }: FoundEngine & { engine: object }): Promise<string[]> {
  const durationS = Math.max(leastWindowS, bench.seconds(windowS));
  const server = await startProcess('tests/stand-ins/known-latency-server.js', ['--ms', String(serverMs)]);
  const bodies = knownBodies(bench.ctx);
  const rates: Record<'inside' | 'bare', number[]> = { inside: [], bare: [] };
  const harness: number[] = [];
  let started: Started | null = null;
  let seen = 0;
  const count = async (how: 'inside' | 'bare'): Promise<void> => {
    const truth = await readTruth(server.url);
    rates[how].push(servedRps(truth.slice(seen), durationS));
    seen = truth.length;
  };
  const inside = async (): Promise<void> => {
    bench.say(`overhead: ${engine.name} inside the harness`);
    const driven = await driveStage({ engine, url: server.url, stage: closedStage(users, warmupS, durationS + 0.2), bodies, serverPid: server.child.pid }, bench.ctx);
    started ??= driven.started;
    harness.push(driven.analysis.cpu.harness ?? NaN);
    await count('inside');
  };
  const bare = async (): Promise<void> => {
    bench.say(`overhead: ${engine.name} bare`);
    if (started === null) throw new Error('the engine was never started');
    await runBare(started, warmupS + durationS + startS);
    await count('bare');
  };
  try {
    for (let pair = 0; pair < pairs; pair += 1) for (const run of pair % 2 === 0 ? [inside, bare] : [bare, inside]) await run();
  } finally {
    await server.kill();
  }
  const ratio = mean(rates.inside) / mean(rates.bare);
  const each = (values: readonly number[]): string => `${number(mean(values))} (${values.map((value) => number(value)).join(', ')})`;
  return [engine.name, each(rates.inside), each(rates.bare), percent(ratio), mark(ratio >= leastRatio), percent(mean(harness)), Number.isNaN(mean(harness)) ? '–' : mark(mean(harness) < mostHarness)];
}

/** Answers a second that left the server within `durationS` after the warm-up. */
export function servedRps(truth: Truth, durationS: number): number {
  const firstMs = truth.reduce((least, [startMs]) => Math.min(least, startMs), Infinity);
  const fromMs = firstMs + warmupS * 1000;
  const toMs = fromMs + durationS * 1000;
  return truth.filter(([startMs, latencyMs, status]) => status === 200 && startMs + latencyMs >= fromMs && startMs + latencyMs < toMs).length / durationS;
}

/** The program as the harness started it, without the harness, for so long. */
async function runBare({ command: [program = '', ...args], env }: Started, runS: number): Promise<void> {
  const child = spawn(program, args, { stdio: 'ignore', env: { ...process.env, ...env } });
  const exited = new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => { resolve(); });
  });
  await Promise.race([sleep(runS * 1000), exited]);
  if (child.exitCode !== null) throw new Error(`${program} ended early with exit code ${String(child.exitCode)}`);
  // Both engines end within milliseconds of the first, and at once of the second.
  child.kill(program.endsWith('k6') ? 'SIGINT' : 'SIGTERM');
  const kill = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await exited;
  clearTimeout(kill);
}
