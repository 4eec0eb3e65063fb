/** How fast address pairs are made, written and counted, in how much memory, and how soon the first one stands there. */
import { execFileSync } from 'node:child_process';
import { runProgram, type Bench, type Part } from './bench.js';
import { mark, nearestRank, number } from './figure.js';
import type { WorkedPairs } from './pairs-program.js';

const leastWrittenRps = 150_000;
const leastCountedRps = 200_000;
const mostStartS = 0.5;
const starts = 7;
/** Memory at the end may be so much above that at a tenth of the pairs. */
const mostGrowthMiB = 20;

export const pairs: Part = {
  word: 'pairs',
  run: async (bench) => ({
    title: 'Making the dataset',
    columns: ['what', 'pairs', 'result', 'aim', 'CPU a pair', 'memory at 10 %', 'memory at 100 %', 'aim ± 20 MiB'],
    rows: [
      await measure(bench, 'write-alone', bench.count(1_000_000), leastWrittenRps),
      await measure(bench, 'write', bench.count(1_000_000), leastWrittenRps),
      await measure(bench, 'write', bench.count(10_000_000), leastWrittenRps),
      await measure(bench, 'count', bench.count(1_000_000), leastCountedRps),
      measureStart(bench),
    ],
    notes: [
      'Writing: making included, JSON lines to /dev/null, equal parts high, low, boundary and noisy; on one thread, and with the threads that `dataset make` takes on this machine.',
      'Counting: all that `dataset stats` counts, of pairs that stand in memory; making them is not in the time. Its memory grows: it keeps hashes to know the repeats.',
      `Start-up: \`dataset make typical --count 1\` from start to exit, median of ${String(starts)}.`,
    ],
  }),
};

const names = { 'write-alone': 'make and write, one thread', write: 'make and write', count: 'count' } as const;

async function measure(bench: Bench, work: keyof typeof names, wanted: number, leastRps: number): Promise<string[]> {
  bench.say(`pairs: ${work}, ${number(wanted)} pairs`);
  const done = (await runProgram('pairs-program', [String(wanted), work])) as WorkedPairs;
  const rate = done.pairs / done.seconds;
  const [early, late] = done.rssMiB;
  return [
    names[work], number(done.pairs), `${number(rate)} pairs/s`, `≥ ${number(leastRps)} ${mark(rate >= leastRps)}`,
    `${number((done.cpuSeconds / done.pairs) * 1e6, 1)} µs`, `${number(early)} MiB`, `${number(late)} MiB`, work !== 'count' ? mark(Math.abs(late - early) <= mostGrowthMiB) : '–',
  ];
}

function measureStart(bench: Bench): string[] {
  bench.say(`pairs: start-up, ${String(starts)} times`);
  const [program = '', ...args] = bench.ctx.host.processes.node('harness/cli/main.js', 'dataset', 'make', 'typical', '--count', '1', '-o', '/dev/null');
  const tookS = Array.from({ length: starts }, () => {
    const sinceMs = performance.now();
    execFileSync(program, args, { stdio: 'ignore' });
    return (performance.now() - sinceMs) / 1000;
  });
  const median = nearestRank(tookS, 0.5);
  return ['start-up', '1', `${number(median, 2)} s`, `< 0.5 s ${mark(median < mostStartS)}`, '–', '–', '–', '–'];
}
