/** How long the history of many runs takes: the command a user types, from its start to its end, with and without the page. */
import { statSync } from 'node:fs';
import { plantedResults, writeRuns } from '../../tests/report/history/planted-runs.js';
import type { Part } from './bench.js';
import { mark, number } from './figure.js';

const mostS = 3;

export const history: Part = {
  word: 'history',
  run: async (bench) => {
    const { files, processes } = bench.ctx.host;
    const runs = bench.count(1000);
    bench.say(`history: ${number(runs)} runs`);
    const folder = files.scratchDir('history');
    writeRuns(`${folder}/runs`, await plantedResults({ runs, steps: [{ from: Math.round(runs * 0.4), factor: 1.1 }, { from: Math.round(runs * 0.7), factor: 0.95 }] }));
    const timed = async (...more: string[]): Promise<{ seconds: number; out: string }> => {
      const sinceMs = performance.now();
      const done = await processes.run(processes.node('harness/cli/main.js', 'history', `${folder}/runs`, ...more), { timeoutS: 120 });
      if (done.code !== 0) throw new Error(`history ended with exit code ${String(done.code)}: ${done.stderr.trim()}`);
      return { seconds: (performance.now() - sinceMs) / 1000, out: done.stdout };
    };
    const text = await timed();
    const page = await timed('-o', `${folder}/history.html`);
    const [, changes = '0'] = /, (\d+) change points/.exec(text.out) ?? [];
    return {
      title: 'History of many runs',
      columns: ['runs', 'change points', 'table, seconds', 'table and page, seconds', 'aim < 3', 'page'],
      rows: [[number(runs), changes, number(text.seconds, 2), number(page.seconds, 2), mark(page.seconds < mostS), `${number(statSync(`${folder}/history.html`).size / 1e6, 2)} MB`]],
      notes: ['Planted results of four stages, of which one is invalid, with two steps, at 40 % and at 70 % of the runs; 11 of their 17 figures step.'],
    };
  },
};
