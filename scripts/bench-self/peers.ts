/** CPU that a request costs: the engines inside the harness, the same engines as anybody would call them, and other generators, in one run. */
import { setTimeout as sleep } from 'node:timers/promises';
import { watchProcessTree } from '../../harness/telemetry/process-tree.js';
import { createChildFinder } from '../../harness/telemetry/process-children.js';
import { startProcess } from '../../tests/stand-ins/start-process.js';
import type { Bench, Part } from './bench.js';
import { mark, mean, number, percent } from './figure.js';
import { knownBodies, knownServer } from './known-server.js';
import { closedStage, driveStage, leastWindowS } from './load.js';
import { installPeers } from './peers/find.js';
import { plainPrograms, type PlainProgram } from './peers/programs.js';

const users = 20;
const serverMs = 20;
/** What a generator may take to start; Locust takes longest. */
const warmupS = 3;
const windowS = 8;
const mostOfLocust = 1 / 3;

interface Cost {
  rps: number;
  /** Of all its processes, ms of CPU a request. */
  cpuMs: number;
}

export const peers: Part = {
  word: 'peers',
  run: async (bench) => {
    if (bench.installPeers) await installPeers(bench.ctx, bench.say);
    const seconds = Math.max(leastWindowS, bench.seconds(windowS));
    const server = await startProcess(knownServer, ['--ms', String(serverMs), '--vary-ms', '2']);
    try {
      const { programs, missing } = await plainPrograms({ url: server.url, users, runS: warmupS + seconds + 3 }, bench.ctx);
      const costs = new Map<string, Cost[]>();
      const note = (name: string, cost: Cost): void => void costs.set(name, [...(costs.get(name) ?? []), cost]);
      const runs = [
        ...bench.engines.flatMap(({ engine }) => (engine === null ? [] : [async (): Promise<void> => {
          bench.say(`peers: ${engine.name} inside the harness`);
          const { result, analysis } = await driveStage({ engine, url: server.url, stage: closedStage(users, warmupS, seconds), bodies: knownBodies(bench.ctx), serverPid: server.child.pid }, bench.ctx);
          const cores = (analysis.cpu.engine ?? NaN) + (analysis.cpu.harness ?? NaN);
          const took = (result.windowToMs - result.windowFromMs) / 1000;
          note(`${engine.name} and the harness`, { rps: result.requests.completed / took, cpuMs: (cores * took * 1000) / result.requests.completed });
        }])),
        ...programs.map((program) => async (): Promise<void> => {
          bench.say(`peers: ${program.name}`);
          note(program.name, await costOf(program, server.url, seconds, bench));
        }),
      ];
      // There and back: a machine that drifts favours nobody.
      for (const run of [...runs, ...runs.toReversed()]) await run();
      const costMs = (each: readonly Cost[]): number => mean(each.map(({ cpuMs }) => cpuMs));
      /** Locust's with one of its two clients; null where it is not there. */
      const locustMs = (client: string): number | null => {
        const found = [...costs].find(([name]) => name.endsWith(`, ${client}`));
        return found === undefined ? null : costMs(found[1]);
      };
      const [usual, fast] = [locustMs('HttpUser'), locustMs('FastHttpUser')];
      const share = (cpuMs: number, of: number | null): string => percent(of === null ? null : cpuMs / of);
      return {
        title: 'What a request costs: beside other generators',
        columns: ['generator', 'requests/s', 'CPU ms a request', 'of Locust’s HttpUser', 'aim ≤ 1/3', 'of its FastHttpUser'],
        rows: [...costs].map(([name, each]) => {
          const cpuMs = costMs(each);
          const aim = name.endsWith('harness') && usual !== null ? mark(cpuMs <= usual * mostOfLocust) : '–';
          return [name, number(mean(each.map(({ rps }) => rps))), `${number(cpuMs, 3)} (${each.map((cost) => number(cost.cpuMs, 3)).join(', ')})`, share(cpuMs, usual), aim, share(cpuMs, fast)];
        }),
        notes: [
          `${String(users)} users without think time, a server of ${String(serverMs)} ms, every program once and then once more in the reverse order. CPU of all its processes over ${number(seconds)} s after ${String(warmupS)} s; of the harness also its own. Inside the harness each request has a row with its score, its moments and the server's time; the others read the answer and count. Locust’s HttpUser is the client its documentation begins with; FastHttpUser does less for a request.`,
          ...missing,
        ],
      };
    } finally {
      await server.kill();
    }
  },
};

/** Lets it run and reads the kernel's counters at both ends of a window; requests are those that the server answered in it. */
async function costOf(program: PlainProgram, url: string, seconds: number, { ctx }: Bench): Promise<Cost> {
  const { files, processes } = ctx.host;
  const child = await processes.spawn(program.command, { name: program.name, env: program.env, logFile: '/dev/null' });
  try {
    const tree = watchProcessTree(child.pid, createChildFinder(processes.ownPid, files), files);
    const look = async (): Promise<{ atMs: number; cpuS: number; answered: number }> => ({ atMs: performance.now(), cpuS: tree.read()?.cpuS ?? NaN, answered: await answeredBy(url) });
    await sleep(warmupS * 1000);
    const before = await look();
    await sleep(seconds * 1000);
    const after = await look();
    const answered = after.answered - before.answered;
    if (!(answered > 0)) throw new Error(`${program.name} sent nothing: ${child.lastLines().at(-1) ?? 'no word'}`);
    return { rps: (answered * 1000) / (after.atMs - before.atMs), cpuMs: ((after.cpuS - before.cpuS) * 1000) / answered };
  } finally {
    await child.stop(5);
  }
}

async function answeredBy(url: string): Promise<number> {
  return Number(/status="200"\} (\d+)/.exec(await (await fetch(`${url}/metrics`)).text())?.[1] ?? 0);
}
