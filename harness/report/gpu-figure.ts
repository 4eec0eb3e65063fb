/** GPU memory in one line a GPU, and a line on samples that are missing: for the terminal and for Markdown. */
import type { GpuTelemetry } from '../model/series.js';
import { count, mib, seconds } from './number.js';
import type { ReportInput } from './report-input.js';
import type { Text } from './text/index.js';

/** Nothing where no GPU was read: that has a reason of its own. */
export function gpuLines({ record: { gpu }, analysis: { gpus } }: ReportInput, text: Text): string[] {
  if (gpu?.status !== 'present' || gpus.kind === 'absent') return [];
  const named = (line: string): string => `${text.table.vram}${text.colon}${line}`;
  const gap = gapLine(gpu, text);
  return [...gpus.value.map((one) => named(text.caption.vram(`GPU ${String(one.index)}`, mib(one.baselineMiB), mib(one.loadedMiB), mib(one.peakMiB), mib(one.deltaMiB)))), ...(gap === null ? [] : [named(gap)])];
}

/** How often samples broke off, and why in the longest gap; null where they never did. */
export function gapLine({ gaps }: Extract<GpuTelemetry, { status: 'present' }>, text: Text): string | null {
  const longest = [...gaps].sort((x, y) => y.toMs - y.fromMs - (x.toMs - x.fromMs))[0];
  return longest === undefined ? null : text.gpu.gaps(count(gaps.length), seconds((longest.toMs - longest.fromMs) / 1000), longest.why);
}
