/** Where the server's time goes, at the largest load that was measured. */
import { workOf } from '../compare/work.js';
import { usableStages } from '../peak.js';
import { throttledShare } from '../resources.js';
import { phaseShare } from '../server-time.js';
import type { AnalysedStage } from '../analysed-stage.js';
import { insight, worst, type Rule, type RuleInput } from './rule.js';

const mainShare = 0.5;
const tokenizeShare = 0.2;
const hitShare = 0.5;
const cpuShare = 0.9;
const paddingShare = 0.25;
const coldStartS = 20;
/** Above it p95 is made of the stops of a quota: the limit of validity's `throttled`. */
const throttledLeast = 0.05;

function largestLoad({ stages }: RuleInput): AnalysedStage | null {
  const top = usableStages(stages.map(({ analysis }) => analysis)).at(-1);
  return stages.find(({ analysis }) => analysis === top) ?? null;
}

function phaseAtLargestLoad(input: RuleInput, phase: string): { stage: AnalysedStage; meanMs: number; serverMs: number; share: number } | null {
  const stage = largestLoad(input);
  const share = stage && phaseShare(stage.result, phase);
  return stage && share ? { stage, ...share } : null;
}

/** Half of the server's time and more is waiting in its queue. */
export const queueing: Rule = (input) => {
  const found = phaseAtLargestLoad(input, 'queue');
  if (!found || found.share < mainShare) return null;
  return insight('queueing', 'warn', found.stage.analysis, { share: found.share, queueMs: found.meanMs, serverMs: found.serverMs });
};

/** Half of it and more is the model. */
export const computeBound: Rule = (input) => {
  const found = phaseAtLargestLoad(input, 'infer');
  if (!found || found.share < mainShare) return null;
  return insight('compute-bound', 'info', found.stage.analysis, { share: found.share, inferMs: found.meanMs, serverMs: found.serverMs });
};

/** A fifth and more is turning text into tokens. */
export const tokenising: Rule = (input) => {
  const found = phaseAtLargestLoad(input, 'tokenize');
  if (!found || found.share < tokenizeShare) return null;
  return insight('tokenising', 'info', found.stage.analysis, { share: found.share, tokenizeMs: found.meanMs, serverMs: found.serverMs });
};

/** Half of the answers and more came from a cache: the figures are the cache's, not the model's. */
export const cacheCarries: Rule = ({ stages }) => {
  const shares = stages.flatMap(({ result: { cache }, analysis }) => {
    const total = cache ? cache.hit + cache.partial + cache.miss : 0;
    return cache && total > 0 ? [{ analysis, hit: cache.hit, total, share: cache.hit / total }] : [];
  });
  const most = worst(shares, (one) => one.share);
  if (!most || most.share < hitShare) return null;
  return insight('cache-carries', 'warn', most.analysis, { share: most.share, hit: most.hit, total: most.total });
};

/** The server uses nine tenths and more of the cores that the engine leaves it. */
export const serverCpuBound: Rule = ({ record, stages }) => {
  const machineCores = record.environment.cores;
  const uses = stages.flatMap(({ analysis }) => {
    const { server, engine } = analysis.cpu;
    return server === null ? [] : [{ analysis, server, engine: engine ?? 0, share: server / Math.max(machineCores - (engine ?? 0), 1e-3) }];
  });
  const most = worst(uses, (one) => one.share);
  if (!most || most.share < cpuShare) return null;
  return insight('server-cpu-bound', 'info', most.analysis, { serverCores: most.server, engineCores: most.engine, machineCores, share: most.share });
};

/** A CPU quota of the server's own (a container's) holds it back for a twentieth of the window and more, its cores added up; the stage where it is most. */
export const serverThrottled: Rule = ({ record, stages }) => {
  const shares = stages.map(({ result, analysis }) => ({ analysis, share: throttledShare(record.series, 'server', result.windowFromMs, result.windowToMs) ?? 0 }));
  const most = worst(shares, (one) => one.share);
  if (!most || most.share < throttledLeast) return null;
  return insight('server-throttled', 'warn', most.analysis, { share: most.share, cores: record.server?.container?.cpuLimit ?? 0 });
};

/** A quarter of the computed tokens and more only fills batches up to their longest text; the stage where it is most. */
export const paddingTax: Rule = ({ record, stages }) => {
  const taxes = stages.flatMap(({ result, analysis }) => {
    const { padding, batchTexts } = workOf(record, result, analysis);
    return padding === null || padding < paddingShare ? [] : [{ analysis, share: padding, batchTexts: batchTexts ?? 0 }];
  });
  const most = worst(taxes, (one) => one.share);
  return most ? insight('padding-tax', 'warn', most.analysis, { share: most.share, batchTexts: most.batchTexts }) : null;
};

/** From spawning to ready in 20 s and more: so long a lost replica is missing, and a new one comes too late for a burst. */
export const coldStart: Rule = ({ record: { server } }) =>
  typeof server?.readyAfterS === 'number' && server.readyAfterS >= coldStartS ? insight('cold-start', 'info', null, { readyS: server.readyAfterS }) : null;
