/** The search for the highest rate, on a queue whose capacity is known in closed form, beside a ladder of fixed rates. */
import { ladder, simulateSearch } from '../../tests/analysis/search/simulated-search.js';
import { percentileGate } from '../../tests/analysis/record-builder.js';
import { searchPlanOf } from '../../tests/analysis/search-record.js';
import { constantTruth, poissonTruth } from '../../tests/analysis/search/queue-truth.js';
import type { Part } from './bench.js';
import { mark, mean, number, percent } from './figure.js';

/** One server, exponential service of 2 ms: p95 below 100 ms. */
const muRps = 500;
const limitMs = 100;
const cases = [
  { name: 'constant', truthRps: constantTruth(muRps, limitMs / 1000) },
  { name: 'poisson', truthRps: poissonTruth(muRps, limitMs / 1000) },
] as const;
const seeds = [1, 2, 3, 4, 5];
const mostShare = 1 / 3;
const closeTo = 0.02;

export const search: Part = {
  word: 'search',
  run: async (bench) => {
    const rows: string[][] = [];
    for (const { name, truthRps } of cases) {
      const plan = { process: name, resolution: 0.02, durationS: 60, warmupS: 5, confirm: 3 };
      const steps = ladder(searchPlanOf(plan), truthRps);
      const found: { lowRps: number; highRps: number; sent: number; tookS: number }[] = [];
      for (const seed of seeds.slice(0, Math.max(1, bench.count(seeds.length)))) {
        bench.say(`search: ${name} arrivals, seed ${String(seed)}`);
        const { record, analysis } = await simulateSearch({ serviceMs: 1000 / muRps, exponential: true }, [percentileGate('latency', 95, '<', limitMs)], plan, seed);
        const { end, probes = [] } = record.search ?? {};
        if (end?.kind !== 'found' || end.lowRps === null || end.highRps === null) throw new Error(`the search ended with ${end?.kind ?? 'nothing'}`);
        found.push({ lowRps: end.lowRps, highRps: end.highRps, sent: probes.reduce((sum, { sent }) => sum + sent, 0), tookS: analysis.search?.tookS ?? 0 });
      }
      const off = found.map(({ lowRps, highRps }) => Math.sqrt(lowRps * highRps) / truthRps - 1);
      const sent = mean(found.map((one) => one.sent));
      const minutes = mean(found.map(({ tookS }) => tookS)) / 60;
      rows.push([
        name, `${number(truthRps, 1)}/s`, String(found.length), `${number(Math.min(...found.map(({ lowRps }) => lowRps)), 1)} to ${number(Math.max(...found.map(({ highRps }) => highRps)), 1)}/s`,
        `${percent(Math.min(...off))} to ${percent(Math.max(...off))}`, mark(off.every((share) => Math.abs(share) <= closeTo)), number(sent), number(minutes, 1), number(steps.requests), number(steps.loadS / 60, 1), percent(sent / steps.requests, 0), mark(sent <= steps.requests * mostShare),
      ]);
    }
    return {
      title: 'Search: requests and minutes to the highest rate',
      columns: ['arrivals', 'capacity', 'searches', 'found between', 'their middle, off', 'aim ± 2 %', 'requests', 'minutes', 'requests of a ladder', 'minutes', 'requests ÷ ladder', 'aim ≤ 1/3'],
      rows,
      notes: [`A virtual clock: one server, exponential service of ${number(1000 / muRps)} ms, p95 below ${String(limitMs)} ms; windows of 60 s, steps of 2 %, confirmed three times. The capacity is that of M/M/1 and D/M/1 in closed form (Kleinrock 1975). The ladder goes up from the same lowest rate in the same steps, each as long as a probe, to the first rate above the capacity.`],
    };
  },
};
