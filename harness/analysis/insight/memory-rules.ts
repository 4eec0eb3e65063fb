/** Memory that keeps rising while the load does not, and GPUs that are not there. */
import type { StageAnalysis } from '../../model/analysis.js';
import { gpuMemoryOf } from '../vram.js';
import { medianOf, samplesIn } from '../resources.js';
import { insight, worst, type Rule, type RuleInput } from './rule.js';

const leastSamples = 9;
const leastRiseMiB = 64;
/** Allocators fragment and batches vary: above this share of the card the next longer batch may not fit. */
const nearLimit = 0.9;

/** A GPU whose peak is nine tenths of its memory and more; the fullest. */
export const vramNearLimit: Rule = ({ record }) => {
  const gpus = gpuMemoryOf(record);
  const full = gpus.kind === 'absent' ? [] : gpus.value.flatMap(({ uuid, peakMiB, totalMiB }) => (peakMiB !== null && totalMiB !== null && totalMiB > 0 && peakMiB / totalMiB >= nearLimit ? [{ uuid, peakMiB, totalMiB, share: peakMiB / totalMiB }] : []));
  const most = worst(full, (one) => one.share);
  return most ? insight('vram-near-limit', 'warn', null, { gpu: most.uuid, peakMiB: most.peakMiB, totalMiB: most.totalMiB, share: most.share }) : null;
};

interface Rise { analysis: StageAnalysis; source: string; fromMiB: number; toMiB: number; riseMiB: number }

/** A GPU whose memory rose through all three thirds of a stage, by 64 MiB and 2 % or more. */
export const vramRising: Rule = (input) => {
  const gpus = input.record.gpu?.status === 'present' ? input.record.gpu.gpus : [];
  const most = worst(gpus.flatMap(({ uuid }) => rises(input, `gpu:${uuid}`, 'memoryUsedMiB', 0.02)), (one) => one.riseMiB);
  if (!most) return null;
  return insight('vram-rising', 'warn', most.analysis, { gpu: most.source.slice('gpu:'.length), fromMiB: most.fromMiB, toMiB: most.toMiB, riseMiB: most.riseMiB });
};

/** The server's resident memory likewise, by 64 MiB and 10 % or more: a garbage-collected heap breathes. */
export const memoryRising: Rule = (input) => {
  const most = worst(rises(input, 'server', 'rssMiB', 0.1), (one) => one.riseMiB);
  if (!most) return null;
  return insight('memory-rising', 'warn', most.analysis, { fromMiB: most.fromMiB, toMiB: most.toMiB, riseMiB: most.riseMiB });
};

/** Medians of the thirds of each window, where they rise throughout: one jump, as when a pool grows once, is no leak. A soak has its own finding (`leak`), and a job's memory grows with its work. */
function rises({ record, stages }: RuleInput, source: string, metric: string, leastShare: number): Rise[] {
  return stages.flatMap(({ result, analysis }): Rise[] => {
    if (result.stage.soak === true || result.job !== undefined) return [];
    const values = samplesIn(record.series, source, metric, result.windowFromMs, result.windowToMs);
    if (values.length < leastSamples) return [];
    const third = Math.floor(values.length / 3);
    const [first, second, last] = [values.slice(0, third), values.slice(third, -third), values.slice(-third)].map(medianOf);
    if (first === null || second === null || last === null || first === undefined || second === undefined || last === undefined) return [];
    const riseMiB = last - first;
    // A steady rise is about half done in the middle third.
    const steady = second - first >= riseMiB / 4 && last - second >= riseMiB / 4;
    return steady && riseMiB >= Math.max(leastRiseMiB, leastShare * first) ? [{ analysis, source, fromMiB: first, toMiB: last, riseMiB }] : [];
  });
}

/** Why there is no GPU column; silent where the scenario switched it off, or there is no server that could use one. */
export const noGpu: Rule = ({ record: { gpu, plan } }) =>
  gpu?.status === 'absent' && gpu.code !== 'off' && plan.server.kind !== 'simulated' ? insight('no-gpu', 'info', null, { code: gpu.code, why: gpu.why }) : null;
