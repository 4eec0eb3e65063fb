/** The highest rate of open load that an engine bears on this machine before its stage is marked. */
import type { Engine } from '../../harness/load/index.js';
import { missingEngines, type Bench, type Part } from './bench.js';
import { markedText, number } from './figure.js';
import { driveKnown } from './known-server.js';
import { engineCpuMs, leastWindowS, openStage } from './load.js';

const fromRps = 500;
const toRps = 32_000;
/** Between the rate that held and the one that did not. */
const resolution = 0.1;
const serverMs = 5;
const warmupS = 1;

export interface Ceiling {
  /** Held; null where none did. */
  lowRps: number | null;
  /** Did not hold; null where all did. */
  highRps: number | null;
}

/**
 * Doubles from `from` until a rate does not hold or `to` is reached, then halves on a log scale to `resolution`. A rate that did not hold is asked once
 * more: another program may have taken the machine for a moment.
 */
export async function findCeiling(holds: (rateRps: number) => Promise<boolean>, from: number, to: number, within: number): Promise<Ceiling> {
  const ask = async (rate: number): Promise<boolean> => (await holds(rate)) || (await holds(rate));
  let low: number | null = null;
  let high: number | null = null;
  for (let rate = from; high === null && rate <= to; rate *= 2) {
    if (await ask(rate)) low = rate;
    else high = rate;
  }
  while (low !== null && high !== null && high / low > 1 + within) {
    const middle = Math.round(Math.sqrt(low * high));
    if (await ask(middle)) low = middle;
    else high = middle;
  }
  return { lowRps: low, highRps: high };
}

export const ceiling: Part = {
  word: 'ceiling',
  run: async (bench) => {
    const rows: string[][] = [];
    for (const { engine } of bench.engines) if (engine !== null) rows.push(await measure(bench, engine));
    return {
      title: 'The highest rate before a stage is marked',
      columns: ['engine', 'highest rate that was valid', 'engine CPU, ms a request', 'cores of server + engine + harness', 'lag p99', 'lowest rate that was not', 'marked'],
      rows,
      notes: [
        `Open load, constant arrivals, a server of ${String(serverMs)} ms on the same cores, as many workers as two seconds of the rate bring (at most 2,000); doubled, then halved to ${number(resolution * 100)} %; a rate that did not hold is asked twice. Lateness is judged beside a median of ${String(serverMs)} ms, so its limit is 2 ms.`,
        ...missingEngines(bench.engines),
      ],
    };
  },
};

async function measure(bench: Bench, engine: Engine): Promise<string[]> {
  const durationS = Math.max(leastWindowS, bench.seconds(leastWindowS));
  let held = ['–', '–', '–'];
  let marked = '–';
  const found = await findCeiling(async (rateRps) => {
    bench.say(`ceiling: ${engine.name}, ${number(rateRps)}/s`);
    const known = await driveKnown(engine, ['--ms', String(serverMs)], openStage(rateRps, 'constant', warmupS, durationS), bench.ctx);
    const { cpu, validity } = known.analysis;
    const cores = [cpu.server, cpu.engine, cpu.harness].map((used) => number(used, 2)).join(' + ');
    if (validity.status !== 'valid') {
      marked = markedText(validity);
      return false;
    }
    held = [number(engineCpuMs(known), 3), cores, `${number(known.result.generator.lagP99Ms, 2)} ms`];
    return true;
  }, fromRps, toRps, resolution);
  return [engine.name, found.lowRps === null ? `below ${number(fromRps)}/s` : `${number(found.lowRps)}/s`, ...held, found.highRps === null ? '–' : `${number(found.highRps)}/s`, marked];
}
