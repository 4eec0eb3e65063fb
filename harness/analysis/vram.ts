/**
 * Memory of each GPU over the run, MiB, from samples of `memoryUsedMiB`.
 *
 *   baseline = median of the samples before `boot-start`       loaded = last sample from `server-ready` to `load-start`
 *   peak     = highest sample from `boot-start` to the end     delta  = peak − baseline
 *
 * The moments are the record's events of those kinds. A server that ran already has no `boot-start`: its baseline is the median
 * before `load-start`, with its model loaded. GPUs are never added up or averaged.
 * Assumes that nothing else uses the GPU (other processes stand in `gpu.otherProcesses`). The peak is a lower bound: memory taken
 * and given back between two samples is not seen, and an allocator that keeps its pool makes later stages inherit earlier ones.
 * Refuses a single figure (null) where its span has no sample; refuses all, with the reason, where no GPU was read.
 */
import type { Finding, GpuMemory } from '../model/analysis.js';
import type { RunRecord } from '../model/record.js';
import type { GpuTelemetry } from '../model/series.js';
import { highest, medianOf, samplesIn } from './resources.js';

const metric = 'memoryUsedMiB';

/** One entry a GPU, in the driver's order. */
export function gpuMemoryOf(record: RunRecord): Finding<GpuMemory[]> {
  const telemetry = record.gpu;
  if (telemetry === null) return { kind: 'absent', why: 'not-measured' };
  if (telemetry.status === 'absent') return { kind: 'absent', why: telemetry.code };
  const moment = (kind: string): number | null => record.events.find((event) => event.kind === kind)?.tMs ?? null;
  const loadStart = moment('load-start') ?? record.stages[0]?.spawnedAtMs ?? Infinity;
  const boot = moment('boot-start') ?? loadStart;
  const ready = moment('server-ready') ?? boot;
  return {
    kind: 'found',
    value: telemetry.gpus.map((gpu) => {
      const source = `gpu:${gpu.uuid}`;
      const baselineMiB = medianOf(samplesIn(record.series, source, metric, -Infinity, boot));
      const peakMiB = highest(record.series, source, metric, boot, Infinity);
      return {
        uuid: gpu.uuid, index: gpu.index, name: gpu.name, totalMiB: gpu.memoryMiB, baselineMiB,
        loadedMiB: samplesIn(record.series, source, metric, ready, loadStart).at(-1) ?? null,
        peakMiB,
        deltaMiB: peakMiB === null || baselineMiB === null ? null : peakMiB - baselineMiB,
        scope: gpu.scope,
        samples: samplesIn(record.series, source, metric, -Infinity, Infinity).length,
      };
    }),
  };
}

/** Share of a stage's window in which some GPU was not sampled; null where there is none. */
export function gpuGapShare(gpu: GpuTelemetry | null, { windowFromMs, windowToMs }: { windowFromMs: number; windowToMs: number }): number | null {
  if (gpu?.status !== 'present' || windowToMs <= windowFromMs) return null;
  let coveredToMs = windowFromMs;
  let missingMs = 0;
  for (const { fromMs, toMs } of gpu.gaps.toSorted((x, y) => x.fromMs - y.fromMs)) {
    const [from, to] = [Math.max(coveredToMs, fromMs), Math.min(windowToMs, toMs)];
    missingMs += Math.max(0, to - from);
    coveredToMs = Math.max(coveredToMs, to);
  }
  return missingMs / (windowToMs - windowFromMs);
}

/** What each GPU did in one stage; `baselines` by uuid come from the whole run. */
export function stageGpus(
  record: RunRecord,
  gpus: Finding<GpuMemory[]>,
  stage: { spawnedAtMs: number; windowFromMs: number; windowToMs: number; endedAtMs: number },
): { uuid: string; utilization: number | null; peakMiB: number | null; deltaMiB: number | null }[] {
  if (gpus.kind === 'absent') return [];
  return gpus.value.map(({ uuid, baselineMiB }) => {
    const busy = samplesIn(record.series, `gpu:${uuid}`, 'utilization', stage.windowFromMs, stage.windowToMs);
    const peakMiB = highest(record.series, `gpu:${uuid}`, metric, stage.spawnedAtMs, stage.endedAtMs);
    return {
      uuid,
      utilization: busy.length === 0 ? null : busy.reduce((sum, share) => sum + share, 0) / busy.length,
      peakMiB,
      deltaMiB: peakMiB === null || baselineMiB === null ? null : peakMiB - baselineMiB,
    };
  });
}
