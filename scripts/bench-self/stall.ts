/** A server that stops for a second of every ten: what open load, closed users and a visitor by the clock see of it. */
import type { Stage } from '../../harness/model/stage.js';
import { toldCells, toldColumns, vary } from './accuracy.js';
import { missingEngines, type Part } from './bench.js';
import { difference, isExact, mark, markedText, number } from './figure.js';
import { driveKnown, percentiles, type KnownStage } from './known-server.js';
import { closedStage, openStage } from './load.js';

/** Two whole periods, wherever the window begins; one in a short run. */
const periodS = 10;
const warmupS = 1;
const flags = ['--mode', 'stall', '--ms', '50', ...vary];
/**
 * Of requests that come evenly in time a tenth is held back by a stall of a second in ten: those that are due in it, so that they wait between the
 * service time and that and a second, evenly. p95 is the middle of these: 50 + 500 ms.
 */
const truthP95Ms = 550;
const closeTo = 0.01;

const within = (ms: number): boolean => Math.abs(difference(ms, truthP95Ms).share) <= closeTo;

export const stall: Part = {
  word: 'stall',
  run: async (bench) => {
    const rows: string[][] = [];
    for (const { engine } of bench.engines) {
      if (engine === null) continue;
      const durationS = Math.max(periodS, Math.round(bench.seconds(2 * periodS) / periodS) * periodS);
      const loads: [string, Stage][] = [
        ['open, 200/s, constant', openStage(200, 'constant', warmupS, durationS)],
        ['open, 200/s, Poisson', openStage(200, 'poisson', warmupS, durationS)],
        ['closed, 20 users', closedStage(20, warmupS, durationS)],
        ['closed, 50 users', closedStage(50, warmupS, durationS)],
      ];
      for (const [name, stage] of loads) {
        bench.say(`stall: ${engine.name}, ${name}`);
        const known = await driveKnown(engine, flags, stage, bench.ctx);
        rows.push([engine.name, name, number(known.result.requests.started), ...toldCells(known), mark(known.inside), ...seenCells(known), markedText(known.analysis.validity)]);
      }
    }
    return {
      title: 'A stall of 1 s every 10 s',
      columns: ['engine', 'load', 'requests', ...toldColumns, 'truth in the printed share', 'slowest told', 'p95 of a visitor by the clock', 'not sent', 'aim', 'stage marked'],
      rows,
      notes: [
        `Whoever comes by the clock sees a p95 of ${String(truthP95Ms)} ms. Aims: open, constant: p95 within 1 % of that, and within 1 % or 0.5 ms of the server's record at p50, p95 and p99; Poisson arrivals fall unevenly into the stalls, so of them only the second is asked. Closed: the visitor's p95 within 1 %, the slowest at least 1 s. Nothing dropped.`,
        ...missingEngines(bench.engines),
      ],
    };
  },
};

function seenCells({ result, analysis, toldMs, off }: KnownStage): string[] {
  const { arrival } = result.stage;
  const unsent = (result.schedule?.unsent ?? 0) + result.requests.censored;
  const slowestMs = analysis.latencyMs.max ?? 0;
  const visitor = analysis.visitors.kind === 'found' ? analysis.visitors.value.p95Ms : null;
  const exact = percentiles.every((p) => isExact(off[p]));
  const reached = arrival.kind === 'open' ? exact && (arrival.process === 'poisson' || within(toldMs.p95)) : visitor !== null && within(visitor) && slowestMs >= 1000;
  return [`${number(slowestMs)} ms`, visitor === null ? '–' : `${number(visitor, 1)} ms`, String(unsent), mark(reached && unsent === 0)];
}
