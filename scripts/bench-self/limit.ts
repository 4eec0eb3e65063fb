/** How much of its model's own limit the reference server reaches, by size and precision. */
import type { Part } from './bench.js';
import { mark, number, percent } from './figure.js';
import { besideLimit, coresText, serverCpuMs, type ModelToMeasure } from './reference/beside-limit.js';

const models: readonly ModelToMeasure[] = [
  { size: 'base', precision: 'fp32', batchPairs: [2, 4, 8, 16], aloneS: 8, serverS: 30 },
  { size: 'base', precision: 'int8', batchPairs: [4, 8, 16, 32], aloneS: 6, serverS: 20 },
  { size: 'mini', precision: 'fp32', batchPairs: [4, 8, 16, 32], aloneS: 3, serverS: 12 },
  { size: 'mini', precision: 'int8', batchPairs: [4, 8, 16, 32], aloneS: 3, serverS: 12 },
];
const load = { users: 100, pairs: 40_000, warmupS: 8, inBatches: { pairs: 16, users: 16 } };
const leastReached = 0.9;

export const limit: Part = {
  word: 'limit',
  run: async (bench) => {
    const rows: string[][] = [];
    let tokens = 0;
    for (const model of models) {
      const found = await besideLimit(model, load, bench);
      const cpuMs = serverCpuMs(found.served);
      ({ tokens } = found);
      rows.push([
        `mgeo-shape-${model.size}, ${model.precision}`, `${number(found.limitRps, 1)} (before ${number(found.beforeRps, 1)}, after ${number(found.afterRps, 1)})`, number(found.bestBatch), number(found.availableRps, 1),
        number(found.served.analysis.achievedRps, 1), percent(found.reached), found.reached === null ? '–' : mark(found.reached >= leastReached), number(found.limitCpuMs, 2), number(cpuMs, 2), percent(cpuMs === null ? null : found.limitCpuMs / cpuMs), coresText(found.served),
        found.inBatches === null ? '–' : `${number(found.inBatches.pairsRps, 1)} (${percent(found.inBatches.reached)})`,
      ]);
    }
    return {
      title: 'How much of its model the reference server gives',
      columns: ['model', 'alone, pairs/s', 'pairs a batch', 'less engine and harness', 'server, pairs/s', 'reached', 'aim ≥ 90 %', 'alone, CPU ms a pair', 'server, CPU ms a pair', 'model’s share of that', 'cores of server + engine + harness', `asked ${String(load.inBatches.pairs)} pairs at a time, pairs/s (reached)`],
      rows,
      notes: [`Token budget with buckets, no cache, ${String(load.users)} users without think time, autocannon, ${number(tokens, 1)} tokens a text on average; the model alone in the batches that are best of four sizes, right before and right after, as in the part \`reference\`. Asked several pairs at a time (\`POST /similarity/batch\`): ${String(load.inBatches.users)} users, each arm less what its own engine takes.`],
    };
  },
};
