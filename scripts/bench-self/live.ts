/** What the live page costs the harness: the same stage with a page that asks once a second, and without, in turns, in one run. */
import { spawn } from 'node:child_process';
import { startLive } from '../../harness/cli/live/index.js';
import { startProcess } from '../../tests/stand-ins/start-process.js';
import { missingEngines, type Bench, type FoundEngine, type Part } from './bench.js';
import { mean, number, percent } from './figure.js';
import { knownBodies } from './known-server.js';
import { closedStage, driveStage, leastWindowS } from './load.js';

const users = 20;
const serverMs = 5;
const warmupS = 1;
const pairs = 2;

/** Asks for the page's data once a second, as the page does, in a process of its own: its CPU is a browser's, not ours. */
const reader = 'let n = 0; setInterval(async () => { try { n = (await (await fetch(process.argv[1] + "data?after=" + n)).json()).next; } catch {} }, 1000)';

export const live: Part = {
  word: 'live',
  run: async (bench) => {
    const rows: string[][] = [];
    for (const found of bench.engines) if (found.engine !== null) rows.push(await compare(bench, found));
    return {
      title: 'The live page',
      columns: ['engine', 'harness without, of a core', 'harness with, of a core', 'with ÷ without', 'requests/s, with ÷ without'],
      rows,
      notes: [`${String(users)} users without think time, a server of ${String(serverMs)} ms; a page that asks once a second; runs in the order with, without, without, with.`, ...missingEngines(bench.engines)],
    };
  },
};

async function compare(bench: Bench, { engine }: FoundEngine & { engine: object }): Promise<string[]> {
  const { ctx } = bench;
  const stage = closedStage(users, warmupS, Math.max(leastWindowS, bench.seconds(10)));
  const server = await startProcess('tests/stand-ins/known-latency-server.js', ['--ms', String(serverMs)]);
  const bodies = knownBodies(ctx);
  const cores: Record<'with' | 'without', number[]> = { with: [], without: [] };
  const answered: Record<'with' | 'without', number[]> = { with: [], without: [] };
  const drive = async (how: 'with' | 'without'): Promise<void> => {
    bench.say(`live: ${engine.name} ${how}`);
    const page = how === 'with' ? await startLive('bench', 'en', ctx.host, ctx.sinceStartMs) : null;
    const asking = page === null ? null : spawn(process.execPath, ['-e', reader, page.link], { stdio: 'ignore' });
    page?.onEvent({ kind: 'stage-start', stage, stages: 1 });
    try {
      const { result, analysis } = await driveStage({ engine, url: server.url, stage, bodies, serverPid: server.child.pid }, page === null ? ctx : { ...ctx, onEvent: page.onEvent });
      cores[how].push(analysis.cpu.harness ?? NaN);
      answered[how].push(result.requests.completed);
    } finally {
      asking?.kill();
      await page?.close();
    }
  };
  try {
    for (let pair = 0; pair < pairs; pair += 1) for (const how of pair % 2 === 0 ? (['with', 'without'] as const) : (['without', 'with'] as const)) await drive(how);
  } finally {
    await server.kill();
  }
  const each = (values: readonly number[]): string => `${percent(mean(values))} (${values.map((value) => percent(value)).join(', ')})`;
  return [engine.name, each(cores.without), each(cores.with), number(mean(cores.with) / mean(cores.without), 2), number(mean(answered.with) / mean(answered.without), 3)];
}
