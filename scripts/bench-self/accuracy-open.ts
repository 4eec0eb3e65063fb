/** Open load: latencies from the scheduled moment, beside what the server itself recorded of the same requests. */
import { toldCells, toldColumns, vary } from './accuracy.js';
import { missingEngines, type Part } from './bench.js';
import { isExact, mark, markedText, number } from './figure.js';
import { driveKnown, percentiles } from './known-server.js';
import { engineCpuMs, leastWindowS, openStage } from './load.js';

const rateRps = 200;
const warmupS = 1;
const durationS = 10;
const cases = [
  { name: 'fixed 50 ms', flags: ['--ms', '50', ...vary] },
  { name: 'bimodal 20/200 ms', flags: ['--mode', 'bimodal', '--ms', '20', '--ms2', '200'] },
  { name: '1 % resets', flags: ['--mode', 'resets', '--ms', '50', ...vary] },
  { name: 'connection: close', flags: ['--keep-alive', 'off', '--ms', '50', ...vary] },
];

export const accuracyOpen: Part = {
  word: 'accuracy-open',
  run: async (bench) => {
    const rows: string[][] = [];
    for (const { engine } of bench.engines) {
      if (engine === null) continue;
      for (const { name, flags } of cases) for (const process of ['constant', 'poisson'] as const) {
        bench.say(`accuracy-open: ${engine.name}, ${name}, ${process}`);
        const known = await driveKnown(engine, flags, openStage(rateRps, process, warmupS, Math.max(leastWindowS, bench.seconds(durationS))), bench.ctx);
        const { requests, generator, schedule } = known.result;
        rows.push([
          engine.name, name, process, number(requests.started), number(requests.failed), ...toldCells(known), mark(known.inside), `${number(generator.lagP50Ms, 2)} / ${number(generator.lagP99Ms, 2)} ms`,
          String((schedule?.unsent ?? 0) + requests.censored), number(engineCpuMs(known), 3), markedText(known.analysis.validity), mark(percentiles.every((p) => isExact(known.off[p]))),
        ]);
      }
    }
    return {
      title: `Accuracy, open load of ${String(rateRps)}/s: latency from the scheduled moment beside the server's own record`,
      columns: ['engine', 'server', 'arrivals', 'requests', 'failed', ...toldColumns, 'truth in the printed share', 'lag p50 / p99', 'not sent', 'engine CPU, ms a request', 'stage marked', 'aim ≤ 1 % or 0.5 ms'],
      rows,
      notes: missingEngines(bench.engines),
    };
  },
};
