/** How fast the harness reads what an engine writes. */
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { EngineName } from '../../harness/model/plan.js';
import { missingEngines, runProgram, type Bench, type Part } from './bench.js';
import { mark, number } from './figure.js';
import type { Folded } from './fold-program.js';

const leastRps = 200_000;

export const fold: Part = {
  word: 'fold',
  run: async (bench) => {
    const rows: string[][] = [];
    for (const { name, engine } of bench.engines) if (engine !== null) rows.push(await measure(bench, name));
    return {
      title: 'Reading an engine\'s output',
      columns: ['engine', 'requests', 'requests/s', 'aim ≥ 200,000'],
      rows,
      notes: ['A recorded stream, folded by a process that does nothing else; the first 10,000 are not in the time.', ...missingEngines(bench.engines)],
    };
  },
};

async function measure(bench: Bench, name: EngineName): Promise<string[]> {
  const many = bench.count(1_000_000);
  bench.say(`fold: ${name}, ${number(many)} requests from a file`);
  const file = `${bench.ctx.host.files.scratchDir('rows')}/rows.txt`;
  await writeRows(bench, name, many, file);
  const fast = (await runProgram('fold-program', [name, String(many), file])) as Folded;
  bench.ctx.host.files.remove(file);
  if (fast.rows !== many) throw new Error(`${name}: rows were lost: ${String(fast.rows)} of ${String(many)}`);
  return [name, number(many), number(fast.rowsPerS), mark(fast.rowsPerS >= leastRps)];
}

async function writeRows(bench: Bench, name: EngineName, count: number, file: string): Promise<void> {
  const target = openSync(file, 'w');
  const [program = '', ...args] = bench.ctx.host.processes.node('scripts/bench-self/row-stream.js', name, String(count));
  const child = spawn(program, args, { stdio: ['ignore', target, 'inherit'] });
  closeSync(target);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`the row stream ended with exit code ${String(code)}`);
}
