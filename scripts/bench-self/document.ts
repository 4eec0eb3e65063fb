/** The result as a page: the machine, then the sections; and its place in docs/measurement.md. Pure. */
import type { Environment } from '../../harness/model/record.js';
import { number, sectionText, type Section } from './figure.js';

export const beginMarker = '<!-- bench:self begin -->';
export const endMarker = '<!-- bench:self end -->';

export interface Circumstances {
  environment: Environment;
  /** ISO 8601. */
  startedAt: string;
  tookS: number;
  k6: string;
  autocannon: string;
  /** Durations were cut: good for trying the programs, not for quoting. */
  short: boolean;
  /** The parts that ran, where not all did. */
  only: readonly string[];
}

/** All that was measured, as Markdown. */
export function resultText(circumstances: Circumstances, sections: readonly Section[]): string {
  const { environment: machine } = circumstances;
  const facts = [
    `Measured on ${circumstances.startedAt.slice(0, 10)} in ${number(circumstances.tookS)} s: ${machine.cpu}, ${String(machine.cores)} cores, ${number(machine.memoryMiB)} MiB, ${machine.os} (kernel ${machine.kernel}).`,
    `Node ${machine.node}, k6 ${circumstances.k6}, autocannon ${circumstances.autocannon}, mgeo-bench ${machine.harness.version}${machine.harness.commit === null ? '' : ` at ${machine.harness.commit}`}. Load average before: ${number(machine.loadBefore, 2)}.`,
    ...(circumstances.short ? ['**Short run** (`--short`): durations were cut, so these figures are for trying the programs only.'] : []),
    ...(circumstances.only.length > 0 ? [`Only these parts ran: ${circumstances.only.join(', ')}.`] : []),
  ];
  return [facts.join('\n'), ...sections.map(sectionText)].join('\n\n');
}

/** `page` with `text` between the two markers. Throws where they are missing. */
export function placeResult(page: string, text: string): string {
  const from = page.indexOf(beginMarker);
  const to = page.indexOf(endMarker);
  if (from < 0 || to < from) throw new Error(`the page lacks the lines ${beginMarker} and ${endMarker}`);
  return `${page.slice(0, from + beginMarker.length)}\n${text}\n${page.slice(to)}`;
}
