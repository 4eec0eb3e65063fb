/** Memory of every GPU for itself, and how it was read. */
import { gapLine } from '../gpu-figure.js';
import { isJob } from '../job-figure.js';
import type { ReportInput } from '../report-input.js';
import { count, mib, ms, seconds } from '../number.js';
import type { Text } from '../text/index.js';
import { html, type Markup } from './escape.js';
import { table } from './table.js';

/** Nothing where no GPU was read: the header and the table of stages say why. */
export function renderGpus({ record, analysis }: ReportInput, text: Text): Markup | null {
  const { gpu } = record;
  const note = isJob(record) ? text.job.gpuNote : text.gpu.note;
  if (gpu?.status !== 'present' || analysis.gpus.kind === 'absent') return null;
  const g = text.gpu;
  const rows = analysis.gpus.value.map((one) => [
    `${String(one.index)}${text.colon}${one.name} (${one.uuid})`, mib(one.totalMiB), mib(one.baselineMiB), mib(one.loadedMiB), mib(one.peakMiB), mib(one.deltaMiB), g.scopes[one.scope], count(one.samples),
  ]);
  const gap = gapLine(gpu, text);
  const others = gpu.otherProcesses?.map((other) => `${other.name} (${String(other.pid)}, ${other.memoryMiB === null ? text.notMeasured : mib(other.memoryMiB)})`);
  const said = others === undefined ? g.othersUnknown : others.length === 0 ? null : g.others(others.join(text.listSeparator));
  return html`<h3>${g.title}</h3>${table({ label: g.title, head: [g.name, g.total, g.baseline, g.loaded, g.peak, g.delta, g.scope, g.samples], rows, words: [6] })}<p class="note">${note(gpu.source, ms(gpu.intervalMs), seconds(gpu.largestGapMs / 1000), count(gpu.restarts))}</p>${gap === null ? null : html`<p>${gap}</p>`}${said === null ? null : html`<p>${said}</p>`}`;
}
