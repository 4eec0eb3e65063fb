/** GPU memory in one line a GPU, and a line on samples that are missing: for the terminal and for Markdown. */
import type { GpuMemory } from '../model/analysis.js';
import type { RunRecord } from '../model/record.js';
import type { GpuTelemetry } from '../model/series.js';
import { isJob } from './job-figure.js';
import { count, mib, seconds } from './number.js';
import type { ReportInput } from './report-input.js';
import type { Text } from './text/index.js';

/** Nothing where no GPU was read: that has a reason of its own. */
export function gpuLines({ record, analysis: { gpus } }: ReportInput, text: Text): string[] {
  const { gpu } = record;
  if (gpu?.status !== 'present' || gpus.kind === 'absent') return [];
  const named = (line: string): string => `${text.table.vram}${text.colon}${line}`;
  const gap = gapLine(gpu, text);
  return [...gpus.value.map((one) => named(vramText(one, record, text))), ...(gap === null ? [] : [named(gap)])];
}

/** Memory of one GPU in a sentence; a job has no moment at which it is loaded. */
export function vramText({ index, baselineMiB, loadedMiB, peakMiB, deltaMiB }: GpuMemory, record: RunRecord, text: Text): string {
  const name = `GPU ${String(index)}`;
  return isJob(record) ? text.job.vram(name, mib(baselineMiB), mib(peakMiB), mib(deltaMiB)) : text.caption.vram(name, mib(baselineMiB), mib(loadedMiB), mib(peakMiB), mib(deltaMiB));
}

/** How often samples broke off, and why in the longest gap; null where they never did. */
export function gapLine({ gaps }: Extract<GpuTelemetry, { status: 'present' }>, text: Text): string | null {
  const longest = [...gaps].sort((x, y) => y.toMs - y.fromMs - (x.toMs - x.fromMs))[0];
  return longest === undefined ? null : text.gpu.gaps(count(gaps.length), seconds((longest.toMs - longest.fromMs) / 1000), longest.why);
}
