/** What every part of the benchmark needs: the machine, the engines, how long to measure. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Context } from '../../harness/host/index.js';
import { findK6, resolveEngine, type Engine } from '../../harness/load/index.js';
import type { AddressPair } from '../../harness/model/dataset.js';
import type { EngineName } from '../../harness/model/plan.js';
import type { RequestPlan } from '../../harness/model/request.js';
import type { Section } from './figure.js';

export interface Bench {
  ctx: Context;
  /** `full` seconds, or a fraction of them in a short run. */
  seconds: (full: number) => number;
  /** `full` pieces of work, or a fraction of them in a short run. */
  count: (full: number) => number;
  engines: readonly FoundEngine[];
  /** Whether generators of others may be fetched. */
  installPeers: boolean;
  say: (line: string) => void;
}

export type FoundEngine = { name: EngineName; engine: Engine } | { name: EngineName; engine: null; why: string };

export interface Part {
  /** For --only. */
  word: string;
  run: (bench: Bench) => Promise<Section>;
}

/** Both engines; k6 is not built here, so that a benchmark stays one. */
export async function findEngines(ctx: Context): Promise<FoundEngine[]> {
  const server = { kind: 'url', url: 'http://127.0.0.1', ready: null, readyTimeoutS: 1 } as const;
  const k6: FoundEngine = (await findK6(ctx)) === null
    ? { name: 'k6', engine: null, why: 'k6 is neither in the cache nor on the PATH: `npx mgeo-bench k6 install` builds it' }
    : { name: 'k6', engine: await resolveEngine('k6', server, ctx) };
  return [k6, { name: 'autocannon', engine: await resolveEngine('autocannon', server, ctx) }];
}

/** autocannon, which takes the least of the cores. */
export function autocannonOf({ engines }: Bench): Engine {
  const found = engines.find(({ name }) => name === 'autocannon');
  if (!found?.engine) throw new Error('autocannon is not there');
  return found.engine;
}

/** The engine that `engine: auto` takes here. */
export function autoEngine({ engines }: Bench): EngineName | null {
  return engines.find(({ engine }) => engine !== null)?.name ?? null;
}

/** Notes for the engines that are not there. */
export function missingEngines(engines: readonly FoundEngine[]): string[] {
  return engines.flatMap((found) => (found.engine === null ? [`${found.name} was not measured: ${found.why}.`] : []));
}

/** How a pair is sent to everything that speaks `POST /similarity`. The range is that of a cosine: of random weights a few lie below 0. */
export const similarityPlan: RequestPlan = {
  format: 'similarity', method: 'POST', path: '/similarity', headers: { 'content-type': 'application/json' }, body: '{"addr1":{{a}},"addr2":{{b}}}',
  keys: { left: 'addr1', right: 'addr2' }, scorePath: ['similarity'], scoreRange: [-1, 1], threshold: 0.5,
};

/** Writes lines into a scratch file and returns its path. */
export function scratchLines(ctx: Context, lines: readonly string[]): string {
  const file = `${ctx.host.files.scratchDir('bench')}/lines.txt`;
  ctx.host.files.writeText(file, `${lines.join('\n')}\n`);
  return file;
}

/** As `npm start` and `mgeo-bench` start the program: V8's nursery stops growing at 4 MiB, else it alone takes 20 MiB more in a long run. */
const nursery = '--max-semi-space-size=4';

/** Runs a program of this folder in a process of its own, with the collector at its call, and returns the JSON it printed. */
export async function runProgram(name: string, args: readonly string[]): Promise<unknown> {
  const path = fileURLToPath(new URL(`./${name}.js`, import.meta.url));
  const child = spawn(process.execPath, ['--expose-gc', nursery, path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`${name} ended with exit code ${String(code)}`);
  return JSON.parse(text);
}

/** Several pairs in one request, as POST /similarity/batch takes them; of the scores the first is looked at. */
export const batchPlan: RequestPlan = { ...similarityPlan, path: '/similarity/batch', body: '{"pairs":{{pairs}}}', scorePath: ['similarities', 0] };

/** The body of such a request. */
export const batchLine = (pairs: readonly AddressPair[]): string => JSON.stringify({ pairs: pairs.map(({ a, b }) => [a, b]) });
