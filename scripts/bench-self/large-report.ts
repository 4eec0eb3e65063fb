/** How long a report of a large run takes, and how large it is: the command a user types, from its start to its end. */
import { statSync } from 'node:fs';
import { createRandom } from '../../harness/model/random.js';
import { buildRecord } from '../../tests/analysis/record-builder.js';
import type { Part } from './bench.js';
import { mark, number } from './figure.js';

const mostS = 3;
const mostMb = 1.5;
const userCounts = [25, 50, 100, 200];

/** Log-normal around `medianMs` with σ = 0.4, whole µs: nearly every value once, which is the hardest to keep. */
function latenciesUs(count: number, medianMs: number, seed: number): number[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const normal = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
    return Math.round(medianMs * 1000 * Math.exp(0.4 * normal));
  });
}

export const largeReport: Part = {
  word: 'report',
  run: async (bench) => {
    const { files, processes } = bench.ctx.host;
    const each = bench.count(250_000);
    bench.say(`report: ${String(userCounts.length)} stages of ${number(each)} requests`);
    const folder = files.scratchDir('report');
    const stages = userCounts.map((users, i) => ({ users, latenciesUs: latenciesUs(each, 20 * (i + 1), i) }));
    files.writeText(`${folder}/run.json`, JSON.stringify(buildRecord({ stages })));
    const sinceMs = performance.now();
    const done = await processes.run(processes.node('harness/cli/main.js', 'report', folder), { timeoutS: 120 });
    const seconds = (performance.now() - sinceMs) / 1000;
    if (done.code !== 0) throw new Error(`the report ended with exit code ${String(done.code)}: ${done.stderr.trim()}`);
    const megabytes = (name: string): number => statSync(`${folder}/${name}`).size / 1e6;
    return {
      title: 'Report of a large run',
      columns: ['requests', 'seconds', 'aim < 3', 'report.html', 'aim ≤ 1.5 MB', 'run.json'],
      rows: [[number(each * stages.length), number(seconds, 2), mark(seconds < mostS), `${number(megabytes('report.html'), 2)} MB`, mark(megabytes('report.html') <= mostMb), `${number(megabytes('run.json'), 2)} MB`]],
      notes: ['A synthetic record of four stages; `mgeo-bench report` writes all of its files.'],
    };
  },
};
