/** The reference server beside what its model can do with nothing around it, and beside the service people start with. */
import { startProcess } from '../../tests/stand-ins/start-process.js';
import type { Part } from './bench.js';
import { mark, number, percent } from './figure.js';
import type { DrivenStage } from './load.js';
import { besideLimit, coresText, serverCpuMs } from './reference/beside-limit.js';

/** What the server runs is compiled by then: V8 takes some 4,000 requests for it. */
const load = { users: 100, pairs: 40_000, warmupS: 8 };
const leastOfLimit = 0.85;
const leastOfNaive = 1.5;

export const reference: Part = {
  word: 'reference',
  run: async (bench) => {
    const { ctx } = bench;
    const found = await besideLimit({ size: 'mini', precision: 'fp32', batchPairs: [4, 16, 32], aloneS: 6, serverS: 20 }, load, bench);
    const { served, reached } = found;
    bench.say('reference: two inferences a request');
    const naiveServer = await startProcess('tests/stand-ins/naive-server.js', ['--model', 'mini', '--cache-dir', ctx.host.files.cacheDir]);
    const naive = await found.drive(naiveServer.url, naiveServer.child.pid).finally(() => naiveServer.kill());
    const ofNaive = served.analysis.achievedRps / naive.analysis.achievedRps;
    const line = (name: string, one: DrivenStage, ...rest: string[]): string[] =>
      [name, number(one.analysis.achievedRps, 1), number(serverCpuMs(one), 2), coresText(one), number(one.result.requests.failed), ...rest];
    const servedCpuMs = serverCpuMs(served);
    return {
      title: 'The reference server',
      columns: ['what', 'pairs/s', 'CPU ms a pair', 'cores of server + engine + harness', 'failed', 'reached', 'aim'],
      rows: [
        [`model alone, batches of ${String(found.bestBatch)} pairs`, `${number(found.limitRps, 1)} (before ${number(found.beforeRps, 1)}, after ${number(found.afterRps, 1)})`, number(found.limitCpuMs, 2), '–', '–', '–', '–'],
        ['model alone, less engine and harness', number(found.availableRps, 1), '–', '–', '–', '–', '–'],
        line('reference server', served, `${percent(reached)} of the line above`, `≥ 85 % ${reached === null ? '–' : mark(reached >= leastOfLimit)}`),
        line('two single inferences a request', naive, `the reference does ${number(ofNaive, 2)} × this`, `≥ 1.5 × ${mark(ofNaive >= leastOfNaive)}`),
      ],
      notes: [
        `mgeo-shape-mini, ${String(load.users)} users, autocannon, ${String(ctx.host.machine.cores)} cores, no cache, ${number(load.pairs)} different pairs, ${number(found.tokens, 1)} tokens a text on average (the model alone: batches of ${found.lengths.join(', ')}, its rate scaled to the average).`,
        `By CPU time, which neighbours on the machine and idle cores move less: of what the server needs for a pair, the model alone is ${percent(servedCpuMs === null ? null : found.limitCpuMs / servedCpuMs)}.`,
      ],
    };
  },
};
