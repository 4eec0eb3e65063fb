/** What the harness holds in memory while it reads a million requests, and ten. */
import { missingEngines, runProgram, type Part } from './bench.js';
import { mark, number } from './figure.js';
import type { Folded } from './fold-program.js';

/** Of the shorter run memory is compared from 10,000 requests on, of the longer one from a million on: a tenth. */
const million = 1_000_000;
const requests = [million, 10 * million];
const mostGrowthMiB = 20;
const mostMiB = 300;

export const memory: Part = {
  word: 'memory',
  run: async (bench) => {
    const rows: string[][] = [];
    for (const { name, engine } of bench.engines) {
      if (engine === null) continue;
      for (const full of requests) {
        const all = bench.count(full);
        bench.say(`memory: ${name}, ${number(all)} requests as they are made`);
        const { rows: read, rssMiB, peakMiB } = (await runProgram('fold-program', [name, String(all)])) as Folded;
        if (read !== all) throw new Error(`${name}: rows were lost: ${String(read)} of ${String(all)}`);
        const growthMiB = rssMiB[2] - (full === million ? rssMiB[0] : rssMiB[1]);
        rows.push([name, number(all), ...rssMiB.map((mib) => `${number(mib, 1)} MiB`), `${number(growthMiB, 1)} MiB, from ${full === million ? '10,000' : 'a tenth'} on`, mark(growthMiB <= mostGrowthMiB), `${number(peakMiB, 1)} MiB`, mark(peakMiB < mostMiB)]);
      }
    }
    return {
      title: 'Memory of the harness',
      columns: ['engine', 'requests', 'at 10,000', 'at a tenth', 'at the last', 'growth', 'aim ≤ 20 MiB', 'most at any moment', 'aim < 300 MiB'],
      rows,
      notes: ['A recorded stream, folded by a process that does nothing else. Resident memory after a collection; the most at any moment is the kernel\'s high-water mark, with percentiles, heat map and the text of the record computed at the end.', ...missingEngines(bench.engines)],
    };
  },
};
