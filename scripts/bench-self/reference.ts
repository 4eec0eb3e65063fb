/** The reference server beside what its model can do with nothing around it, and beside the service people start with. */
import { createDataset, loadLexicon } from '../../harness/dataset/index.js';
import type { AddressPair } from '../../harness/model/dataset.js';
import { encodeLine } from '../../harness/request/index.js';
import { bootServer } from '../../harness/server/index.js';
import { ensureModel } from '../../servers/reference/model/ensure-model.js';
import { measureBatchLimit } from '../../servers/reference/model/measure.js';
import { startProcess } from '../../tests/stand-ins/start-process.js';
import { scratchLines, similarityPlan, type Bench, type Part } from './bench.js';
import { availableRps, mark, mean, nearestRank, number, percent } from './figure.js';
import { closedStage, driveStage, leastWindowS, type DrivenStage } from './load.js';

const users = 100;
const pairCount = 20_000;
const leastOfLimit = 0.85;
const leastOfNaive = 1.5;
const batchPairs = [4, 16, 32];
/** The middles of ten equal parts of the lengths sent. */
const typicalLengths = [0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95];

function makePairs(bench: Bench): AddressPair[] {
  const { files } = bench.ctx.host;
  const each = pairCount / 4;
  return [...createDataset({ seed: 7, mix: { high: each, low: each, boundary: each, noisy: each, abnormal: 0 } }, loadLexicon(files, files.packageRoot)).pairs()];
}

export const reference: Part = {
  word: 'reference',
  run: async (bench) => {
    const { ctx } = bench;
    const found = bench.engines.find(({ name }) => name === 'autocannon');
    if (!found?.engine) throw new Error('autocannon is not there');
    const { engine } = found;
    const cores = ctx.host.machine.cores;
    const pairs = makePairs(bench);
    const model = await ensureModel({ name: 'mgeo-shape', size: 'mini' }, ctx.host.files.cacheDir, bench.say);
    const sent = shuffled(pairs);
    const lengths = sent.flatMap(({ a, b }) => [a, b]).map((text) => model.tokenizer.encode(text, model.info.maxTokens).length);
    const tokens = mean(lengths);
    const bodies = { file: scratchLines(ctx, sent.map((pair) => encodeLine(similarityPlan, pair))), count: pairs.length };
    const drive = (url: string, serverPid: number | undefined): Promise<DrivenStage> =>
      driveStage({ engine, url, stage: closedStage(users, 2, Math.max(leastWindowS, bench.seconds(12))), bodies, serverPid }, ctx);

    bench.say('reference: what the model can do alone');
    const typical = typicalLengths.map((share) => nearestRank(lengths, share));
    const alone = { model, tokens: typical, durationS: bench.seconds(3) };
    const before = await measureBatchLimit({ ...alone, batchPairs });
    bench.say('reference: the server');
    const served = await withReference(bench, drive);
    // Once more after it: a machine that drifts would favour one of the two.
    const after = await measureBatchLimit({ ...alone, batchPairs: [before.best.batchPairs] });
    // What the few lengths lack of the mean; the cost of a token hardly depends on the length.
    const ofLength = mean(typical) / tokens;
    const limitRps = mean([before.best.pairsRps, after.best.pairsRps]) * ofLength;
    const limitCpuMs = mean([before.best.cpuMsPerPair, after.best.cpuMsPerPair]) / ofLength;
    bench.say('reference: two inferences a request');
    const naiveServer = await startProcess('tests/stand-ins/naive-server.js', ['--model', 'mini', '--cache-dir', ctx.host.files.cacheDir]);
    const naive = await drive(naiveServer.url, naiveServer.child.pid).finally(() => naiveServer.kill());

    const { achievedRps, cpu } = served.analysis;
    const share = ({ analysis }: DrivenStage): string => [analysis.cpu.server, analysis.cpu.engine, analysis.cpu.harness].map((used) => number(used, 2)).join(' + ');
    const available = cpu.engine === null || cpu.harness === null ? null : availableRps(limitRps, cores, cpu.engine, cpu.harness);
    const ofLimit = available === null ? null : achievedRps / available;
    const ofNaive = achievedRps / naive.analysis.achievedRps;
    const cpuMs = ({ analysis }: DrivenStage): number | null => (analysis.cpu.server === null ? null : (analysis.cpu.server * 1000) / analysis.achievedRps);
    const line = (name: string, one: DrivenStage, ...rest: string[]): string[] =>
      [name, number(one.analysis.achievedRps, 1), number(cpuMs(one), 2), share(one), number(one.result.requests.failed), ...rest];
    const servedCpuMs = cpuMs(served);
    return {
      title: 'The reference server',
      columns: ['what', 'pairs/s', 'CPU ms a pair', 'cores of server + engine + harness', 'failed', 'reached', 'aim'],
      rows: [
        [`model alone, batches of ${String(before.best.batchPairs)} pairs`, `${number(limitRps, 1)} (before ${number(before.best.pairsRps * ofLength, 1)}, after ${number(after.best.pairsRps * ofLength, 1)})`, number(limitCpuMs, 2), '–', '–', '–', '–'],
        ['model alone, less engine and harness', number(available, 1), '–', '–', '–', '–', '–'],
        line('reference server', served, `${percent(ofLimit)} of the line above`, `≥ 85 % ${ofLimit === null ? '–' : mark(ofLimit >= leastOfLimit)}`),
        line('two single inferences a request', naive, `the reference does ${number(ofNaive, 2)} × this`, `≥ 1.5 × ${mark(ofNaive >= leastOfNaive)}`),
      ],
      notes: [
        `mgeo-shape-mini, ${String(users)} users, autocannon, ${String(cores)} cores, no cache, ${number(pairs.length)} different pairs, ${number(tokens, 1)} tokens a text on average (the model alone: batches of ${typical.join(', ')}, its rate scaled to the average).`,
        `By CPU time, which neighbours on the machine and idle cores move less: of what the server needs for a pair, the model alone is ${percent(servedCpuMs === null ? null : limitCpuMs / servedCpuMs)}.`,
      ],
    };
  },
};

async function withReference(bench: Bench, drive: (url: string, pid: number | undefined) => Promise<DrivenStage>): Promise<DrivenStage> {
  await using server = await bootServer({
    kind: 'reference', model: 'mgeo-shape-mini', batching: 'token-budget', bucket: true, cacheEntries: null, workers: null, port: 0, args: [], readyTimeoutS: 120,
  }, { logFile: '/dev/null' }, bench.ctx);
  return await drive(server.url, server.pid ?? undefined);
}

/** The classes lie one after the other in the dataset; what is sent mixes them. 7,919 is prime, so each pair comes once. */
function shuffled(pairs: readonly AddressPair[]): AddressPair[] {
  return pairs.map((_, i) => pairs[(i * 7919) % pairs.length] as AddressPair);
}
