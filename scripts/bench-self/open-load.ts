/** How late open load is sent, and whether all of it is. */
import { missingEngines, type Part } from './bench.js';
import { mark, markedText, number, percent } from './figure.js';
import { driveKnown } from './known-server.js';
import { engineCpuMs, leastWindowS, openStage } from './load.js';

const ratesRps = [200, 1000];
const warmupS = 2;
const durationS = 15;
const serverMs = 20;
const mostLagMs = 2;

export const openLoad: Part = {
  word: 'open-load',
  run: async (bench) => {
    const rows: string[][] = [];
    for (const { engine } of bench.engines) {
      if (engine === null) continue;
      for (const rateRps of ratesRps) {
        bench.say(`open-load: ${engine.name}, ${String(rateRps)}/s`);
        const stage = openStage(rateRps, 'poisson', warmupS, Math.max(leastWindowS, bench.seconds(durationS)));
        const known = await driveKnown(engine, ['--ms', String(serverMs)], stage, bench.ctx);
        const { requests, generator, schedule } = known.result;
        const sent = 1 - ((schedule?.unsent ?? 0) + requests.censored) / requests.started;
        const { cpu, validity } = known.analysis;
        rows.push([
          engine.name, `${number(rateRps)}/s`, number(requests.started), percent(sent, sent === 1 ? 0 : 2), mark(sent === 1), `${number(generator.lagP50Ms, 2)} ms`, `${number(generator.lagP99Ms, 2)} ms`,
          generator.lagP99Ms === null ? '–' : mark(generator.lagP99Ms <= mostLagMs), number(schedule?.waited ?? null), number(engineCpuMs(known), 3), [cpu.server, cpu.engine, cpu.harness].map((cores) => number(cores, 2)).join(' + '), markedText(validity),
        ]);
      }
    }
    return {
      title: 'Open load: how late it is sent, and how much of it',
      columns: ['engine', 'asked', 'scheduled', 'sent', 'aim 100 %', 'lag p50', 'lag p99', 'aim ≤ 2 ms', 'waited for a worker', 'engine CPU, ms a request', 'cores of server + engine + harness', 'stage marked'],
      rows,
      notes: [`Poisson arrivals, a server of ${String(serverMs)} ms, as many workers as two seconds of the rate bring (at most 2,000).`, ...missingEngines(bench.engines)],
    };
  },
};
