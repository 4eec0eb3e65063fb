/** Closed load: what the harness tells of a server, beside what the server itself recorded of the same requests. */
import { missingEngines, type Part } from './bench.js';
import { accuracyHolds, differenceText, mark, markedText, number, percent } from './figure.js';
import { driveKnown, percentiles, type KnownStage } from './known-server.js';
import { closedStage, engineCpuMs, leastWindowS } from './load.js';

/** What each answer takes more or less, drawn by the server: without it users fall into step, which is a case of its own. */
export const vary = ['--vary-ms', '2'];
const warmupS = 1;
const durationS = 8;
/** Stalls are a part of their own. */
const cases = [
  { name: 'fixed 50 ms', flags: ['--ms', '50', ...vary], users: [20, 50] },
  { name: 'bimodal 20/200 ms', flags: ['--mode', 'bimodal', '--ms', '20', '--ms2', '200'], users: [20, 50] },
  { name: '1 % resets', flags: ['--mode', 'resets', '--ms', '50', ...vary], users: [20] },
  { name: 'connection: close', flags: ['--keep-alive', 'off', '--ms', '50', ...vary], users: [20] },
  { name: 'fixed 50 ms, in step', flags: ['--ms', '50'], users: [20, 50] },
];

/** The columns that closed and open load share: what was told and how far it is off. */
export const toldColumns = ['p50 told', 'difference', 'p95 told', 'difference', 'p99 told', 'difference'];
/** One row's cells under `toldColumns`. */
export function toldCells({ toldMs, off }: KnownStage): string[] {
  return percentiles.flatMap((p) => [`${number(toldMs[p], 2)} ms`, differenceText(off[p])]);
}

export const accuracy: Part = {
  word: 'accuracy',
  run: async (bench) => {
    const rows: string[][] = [];
    for (const { engine } of bench.engines) {
      if (engine === null) continue;
      for (const { name, flags, users: userCounts } of cases) for (const users of userCounts) {
        bench.say(`accuracy: ${engine.name}, ${name}, ${String(users)} users`);
        const known = await driveKnown(engine, flags, closedStage(users, warmupS, Math.max(leastWindowS, bench.seconds(durationS))), bench.ctx);
        const { requests } = known.result;
        const { cpu, validity } = known.analysis;
        rows.push([
          engine.name, name, String(users), number(requests.started), number(requests.failed), ...toldCells(known), mark(known.inside),
          number(engineCpuMs(known), 3), number(cpu.engine, 2), percent(cpu.harness), markedText(validity), mark(accuracyHolds(known.off, cpu.engine, validity.status !== 'valid')),
        ]);
      }
    }
    return {
      title: 'Accuracy, closed load: the harness beside the server\'s own record',
      columns: ['engine', 'server', 'users', 'requests', 'failed', ...toldColumns, 'truth in the printed share', 'engine CPU, ms a request', 'engine cores', 'harness, of a core', 'stage marked', 'aim'],
      rows,
      notes: missingEngines(bench.engines),
    };
  },
};
