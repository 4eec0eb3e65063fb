/** The reference server beside what its model can do with nothing around it, on the same cores. */
import { createDataset, loadLexicon } from '../../../harness/dataset/index.js';
import type { AddressPair } from '../../../harness/model/dataset.js';
import { encodeLine } from '../../../harness/request/index.js';
import { bootServer } from '../../../harness/server/index.js';
import type { Precision } from '../../../servers/reference/inference/types.js';
import { ensureModel } from '../../../servers/reference/model/ensure-model.js';
import { measureBatchLimit } from '../../../servers/reference/model/measure.js';
import { autocannonOf, batchLine, batchPlan, scratchLines, similarityPlan, type Bench } from '../bench.js';
import { availableRps, mean, nearestRank, number } from '../figure.js';
import { closedStage, driveStage, leastWindowS, type DrivenStage } from '../load.js';

/** The middles of ten equal parts of the lengths sent. */
const typicalLengths = [0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95];

export interface ModelToMeasure {
  size: 'mini' | 'base';
  precision: Precision;
  /** Batch sizes to try, in pairs. */
  batchPairs: readonly number[];
  /** Of each measurement of the model alone, and of the server, in a full run. */
  aloneS: number;
  serverS: number;
}

/** The load is that of autocannon, which takes the least of the cores. */
export interface LimitLoad {
  users: number;
  pairs: number;
  warmupS: number;
  /** Also asked so many pairs at a time, by so many users; never, unless given. */
  inBatches?: { pairs: number; users: number };
}

export interface BesideLimit {
  /** pairs/s of the model alone, at the lengths that were sent: the mean of before and after. */
  limitRps: number;
  beforeRps: number;
  afterRps: number;
  limitCpuMs: number;
  /** Pairs in the best batches. */
  bestBatch: number;
  /** What is left of the limit where engine and harness have taken their part of the cores; null where their CPU is unknown. */
  availableRps: number | null;
  /** pairs/s of the server, of `availableRps`. */
  reached: number | null;
  served: DrivenStage;
  /** Of a server that is asked several pairs at a time: pairs/s, and their share of what is then available. */
  inBatches: { pairsRps: number; reached: number | null } | null;
  /** Mean tokens of a text that was sent, and the lengths the model was measured at. */
  tokens: number;
  lengths: number[];
  /** Drives another server with the same load. */
  drive: (url: string, serverPid: number | undefined) => Promise<DrivenStage>;
}

/** Measures the model alone, the server, and the model alone once more: a machine that drifts would favour one of the two. */
export async function besideLimit(what: ModelToMeasure, load: LimitLoad, bench: Bench): Promise<BesideLimit> {
  const { ctx } = bench;
  const engine = autocannonOf(bench);
  const name = `mgeo-shape-${what.size}, ${what.precision}`;
  const model = await ensureModel({ name: 'mgeo-shape', size: what.size, precision: what.precision }, ctx.host.files.cacheDir, bench.say);
  const sent = shuffled(makePairs(load.pairs, bench));
  const tokensEach = sent.flatMap(({ a, b }) => [a, b]).map((text) => model.tokenizer.encode(text, model.info.maxTokens).length);
  const tokens = mean(tokensEach);
  const bodies = { file: scratchLines(ctx, sent.map((pair) => encodeLine(similarityPlan, pair))), count: sent.length };
  const stage = closedStage(load.users, load.warmupS, Math.max(leastWindowS, bench.seconds(what.serverS)));
  const drive: BesideLimit['drive'] = (url, serverPid) => driveStage({ engine, url, stage, bodies, serverPid }, ctx);
  const { inBatches } = load;

  bench.say(`${name}: what the model can do alone`);
  const lengths = typicalLengths.map((share) => nearestRank(tokensEach, share));
  const alone = { model, tokens: lengths, durationS: bench.seconds(what.aloneS) };
  const before = await measureBatchLimit({ ...alone, batchPairs: what.batchPairs });
  bench.say(`${name}: the server`);
  const served = await withReference(what, drive, bench);
  if (inBatches) bench.say(`${name}: the server, ${String(inBatches.pairs)} pairs at a time`);
  const asked = inBatches && await withReference(what, (url, serverPid) => driveStage({
    engine, url, serverPid, request: batchPlan, stage: { ...stage, arrival: { kind: 'closed', users: inBatches.users, thinkMs: [0, 0] } }, bodies: batchBodies(sent, inBatches.pairs, bench),
  }, ctx), bench);
  const after = await measureBatchLimit({ ...alone, batchPairs: [before.best.batchPairs] });
  // What the few lengths lack of the mean; the cost of a token hardly depends on the length.
  const ofLength = mean(lengths) / tokens;
  const limitRps = mean([before.best.pairsRps, after.best.pairsRps]) * ofLength;
  const leftBy = ({ analysis: { cpu } }: DrivenStage): number | null => (cpu.engine === null || cpu.harness === null ? null : availableRps(limitRps, ctx.host.machine.cores, cpu.engine, cpu.harness));
  const shareOf = (one: DrivenStage, pairsEach: number): number | null => {
    const left = leftBy(one);
    return left === null ? null : (one.analysis.achievedRps * pairsEach) / left;
  };
  return {
    limitRps,
    beforeRps: before.best.pairsRps * ofLength,
    afterRps: after.best.pairsRps * ofLength,
    limitCpuMs: mean([before.best.cpuMsPerPair, after.best.cpuMsPerPair]) / ofLength,
    bestBatch: before.best.batchPairs,
    availableRps: leftBy(served),
    reached: shareOf(served, 1),
    served,
    inBatches: asked && inBatches ? { pairsRps: asked.analysis.achievedRps * inBatches.pairs, reached: shareOf(asked, inBatches.pairs) } : null,
    tokens,
    lengths,
    drive,
  };
}

/** CPU time of the server for a pair, ms; null where it was not read. */
export function serverCpuMs({ analysis }: DrivenStage): number | null {
  return analysis.cpu.server === null ? null : (analysis.cpu.server * 1000) / analysis.achievedRps;
}

/** Cores of server + engine + harness. */
export function coresText({ analysis: { cpu } }: DrivenStage): string {
  return [cpu.server, cpu.engine, cpu.harness].map((used) => number(used, 2)).join(' + ');
}

function makePairs(count: number, bench: Bench): AddressPair[] {
  const { files } = bench.ctx.host;
  const each = count / 4;
  return [...createDataset({ seed: 7, mix: { high: each, low: each, boundary: each, noisy: each, abnormal: 0 } }, loadLexicon(files, files.packageRoot)).pairs()];
}

function batchBodies(sent: readonly AddressPair[], pairsEach: number, { ctx }: Bench): { file: string; count: number } {
  const lines = Array.from({ length: Math.floor(sent.length / pairsEach) }, (_, i) => batchLine(sent.slice(i * pairsEach, (i + 1) * pairsEach)));
  return { file: scratchLines(ctx, lines), count: lines.length };
}

async function withReference(what: ModelToMeasure, drive: BesideLimit['drive'], bench: Bench): Promise<DrivenStage> {
  await using server = await bootServer({
    kind: 'reference', model: `mgeo-shape-${what.size}`, precision: what.precision, batching: 'token-budget', bucket: true, cacheEntries: null, workers: null, port: 0, args: [], readyTimeoutS: 120,
  }, { logFile: '/dev/null' }, bench.ctx);
  return await drive(server.url, server.pid ?? undefined);
}

/** The classes lie one after the other in the dataset; what is sent mixes them. 7,919 is prime, so each pair comes once. */
function shuffled(pairs: readonly AddressPair[]): AddressPair[] {
  return pairs.map((_, i) => pairs[(i * 7919) % pairs.length] as AddressPair);
}
