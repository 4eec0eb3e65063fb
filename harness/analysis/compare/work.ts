/**
 * How the server did one stage's work, as far as it tells: what explains why one arm is quicker than another.
 *
 *   texts a batch = Δ entries in batches / Δ batches          padding = 1 − Δ tokens of the texts / Δ tokens computed
 *   cache         = answers whose X-Cache says hit / answers that say anything          cores = mean in use over the window (resources.ts)
 *   queue, infer  = medians of these phases of Server-Timing, ms          normalise = its mean: it takes microseconds
 *
 * Δ from the first to the last reading of /metrics inside the window; without two readings, texts a batch is the mean of X-Batch-Size over the answers, which
 * counts a large batch once for every answer in it. Each figure is null where the server does not tell it. Assumes counters that only rise.
 */
import type { StageAnalysis } from '../../model/analysis.js';
import type { Work } from '../../model/comparison.js';
import type { RunRecord, StageResult } from '../../model/record.js';
import { samplesIn } from '../resources.js';

/** The work of one stage. */
export function workOf({ series }: RunRecord, result: StageResult, { serverTimingMs, cpu }: StageAnalysis): Work {
  const rise = (metric: string): number | null => {
    const values = samplesIn(series, 'server', metric, result.windowFromMs, result.windowToMs);
    const [first, last] = [values[0], values.at(-1)];
    return first === undefined || last === undefined || last <= first ? null : last - first;
  };
  const [batches, entries, tokens, padded] = ['batches', 'batchedEntries', 'tokens', 'paddedTokens'].map(rise);
  const { cache } = result;
  const looked = cache === null ? 0 : cache.hit + cache.partial + cache.miss;
  return {
    batchTexts: entries && batches ? entries / batches : result.batch?.mean ?? null,
    queueMs: serverTimingMs['queue']?.p50 ?? null,
    inferMs: serverTimingMs['infer']?.p50 ?? null,
    normaliseMs: serverTimingMs['normalize']?.mean ?? null,
    padding: tokens && padded ? Math.max(0, 1 - tokens / padded) : null,
    cacheHit: cache === null || looked === 0 ? null : cache.hit / looked,
    serverCores: cpu.server,
    usedCores: cpu.server === null ? null : cpu.server + (cpu.engine ?? 0) + (cpu.harness ?? 0),
  };
}

/** The mean of several rounds' work; a figure that no round has is null. */
export function meanWork(works: readonly Work[]): Work {
  const mean = (key: keyof Work): number | null => {
    const values = works.flatMap((work) => work[key] ?? []);
    return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  return { batchTexts: mean('batchTexts'), queueMs: mean('queueMs'), inferMs: mean('inferMs'), padding: mean('padding'), normaliseMs: mean('normaliseMs'), cacheHit: mean('cacheHit'), serverCores: mean('serverCores'), usedCores: mean('usedCores') };
}
