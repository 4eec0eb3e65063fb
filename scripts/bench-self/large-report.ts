/** How long a report of a large run takes, how large it is, and how soon it can be read: the command a user types, from its start to its end, then its page in a browser. */
import { statSync } from 'node:fs';
import { createRandom } from '../../harness/model/random.js';
import { buildRecord } from '../../tests/analysis/record-builder.js';
import type { Bench, Part } from './bench.js';
import { mark, number } from './figure.js';
import { firstPaint, firstPaintText } from './first-paint.js';

const mostMb = 1.5;
const mostPaintS = 0.5;
const loads = 9;
const userCounts = [25, 50, 100, 200];
/** Requests in all, and the aim for them, s. */
const sizes = [{ requests: 1_000_000, mostS: 3 }, { requests: 10_000_000, mostS: 5 }];

/** Log-normal around `medianMs` with σ = 0.4, whole µs: nearly every value once, which is the hardest to keep. */
function latenciesUs(count: number, medianMs: number, seed: number): number[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const normal = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
    return Math.round(medianMs * 1000 * Math.exp(0.4 * normal));
  });
}

async function measure(requests: number, mostS: number, { count, ctx: { host: { files, processes } } }: Bench): Promise<{ row: string[]; whyNoPaint: string | null }> {
  const folder = files.scratchDir('report');
  const each = Math.round(requests / userCounts.length);
  const stages = userCounts.map((users, i) => ({ users, latenciesUs: latenciesUs(each, 20 * (i + 1), i) }));
  files.writeText(`${folder}/run.json`, JSON.stringify(buildRecord({ stages, gpus: [{ uuid: 'GPU-1', baselineMiB: 400, loadedMiB: 900, peakMiB: 2000 }] })));
  const sinceMs = performance.now();
  const done = await processes.run(processes.node('harness/cli/main.js', 'report', folder), { timeoutS: 120 });
  const seconds = (performance.now() - sinceMs) / 1000;
  if (done.code !== 0) throw new Error(`the report ended with exit code ${String(done.code)}: ${done.stderr.trim()}`);
  const megabytes = (name: string): number => statSync(`${folder}/${name}`).size / 1e6;
  const charts = files.readText(`${folder}/report.html`).split('role="img"').length - 1;
  const seen = await firstPaint(`${folder}/report.html`, Math.max(1, count(loads)));
  const paint = [firstPaintText(seen), seen.kind === 'found' ? `< ${String(mostPaintS)} ${mark(seen.medianS < mostPaintS)}` : '–'];
  const row = [number(requests), number(seconds, 2), `< ${String(mostS)} ${mark(seconds < mostS)}`, String(charts), `${number(megabytes('report.html'), 2)} MB`, mark(megabytes('report.html') <= mostMb), ...paint, `${number(megabytes('run.json'), 2)} MB`];
  return { row, whyNoPaint: seen.kind === 'found' ? null : seen.why };
}

export const largeReport: Part = {
  word: 'report',
  run: async (bench) => {
    const measured: Awaited<ReturnType<typeof measure>>[] = [];
    for (const { requests, mostS } of sizes.slice(0, Math.max(1, bench.count(sizes.length)))) {
      bench.say(`report: ${String(userCounts.length)} stages, ${number(bench.count(requests))} requests`);
      measured.push(await measure(bench.count(requests), mostS, bench));
    }
    const [why] = measured.flatMap(({ whyNoPaint }) => (whyNoPaint === null ? [] : [whyNoPaint]));
    return {
      title: 'Report of a large run',
      columns: ['requests', 'seconds', 'aim', 'charts', 'report.html', 'aim ≤ 1.5 MB', 'first paint, s', 'aim', 'run.json'],
      rows: measured.map(({ row }) => row),
      notes: [
        'A synthetic record of four stages and a GPU, latencies exact in whole µs; `mgeo-bench report` writes all of its files.',
        why === undefined ? `First paint: the first contentful paint of report.html in Chromium, median (fastest – slowest) of ${String(Math.max(1, bench.count(loads)))} loads from the disk, nothing cached.` : `First paint not measured: ${why}.`,
      ],
    };
  },
};
