/** How fast address pairs are made. */
import { runProgram, type Part } from './bench.js';
import { mark, number } from './figure.js';
import type { WrittenPairs } from './pairs-program.js';

const leastRps = 150_000;

export const pairs: Part = {
  word: 'pairs',
  run: async (bench) => {
    const count = bench.count(1_000_000);
    bench.say(`pairs: ${number(count)} pairs`);
    const written = (await runProgram('pairs-program', [String(count)])) as WrittenPairs;
    const rate = written.pairs / written.seconds;
    return {
      title: 'Making the dataset',
      columns: ['pairs', 'pairs/s', 'aim ≥ 150,000', 'memory at 10 %', 'memory at 100 %'],
      rows: [[number(written.pairs), number(rate), mark(rate >= leastRps), `${number(written.rssMiB[0])} MiB`, `${number(written.rssMiB[1])} MiB`]],
      notes: ['JSON lines to /dev/null, one thread, equal parts high, low, boundary and noisy.'],
    };
  },
};
