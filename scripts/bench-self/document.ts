/** The result as a page: sections, each with the machine and the moment it was measured at; and their place in docs/measurement.md. Pure. */
import type { Environment } from '../../harness/model/record.js';
import { number, sectionText, type Section } from './figure.js';

export const beginMarker = '<!-- bench:self begin -->';
export const endMarker = '<!-- bench:self end -->';
/** Stands before each section, with the part's word. */
const partMarker = /^<!-- bench:self part ([a-z-]+) -->\n/m;

/** When, where and with what one section was measured. */
export interface Circumstances {
  /** Its load average is of the moment before the section began. */
  environment: Environment;
  /** ISO 8601. */
  startedAt: string;
  tookS: number;
  k6: string;
  autocannon: string;
  /** Durations were cut: good for trying the programs, not for quoting. */
  short: boolean;
}

/** One section as Markdown, its circumstances below the heading. */
export function measuredText(circumstances: Circumstances, section: Section): string {
  const { environment: machine, startedAt, tookS, k6, autocannon, short } = circumstances;
  const [heading = '', ...rest] = sectionText(section).split('\n');
  const facts = `*${startedAt.slice(0, 10)}, ${number(tookS)} s, load average before ${number(machine.loadBefore, 2)}: ${machine.cpu}, ${String(machine.cores)} cores, ${number(machine.memoryMiB)} MiB, ${machine.os} (kernel ${machine.kernel}); Node ${machine.node}, k6 ${k6}, autocannon ${autocannon}, mgeo-bench ${machine.harness.version}${machine.harness.commit === null ? '' : ` at ${machine.harness.commit}`}.*`;
  return [heading, '', ...(short ? ['**Short run** (`--short`): durations were cut, so these figures are for trying the programs only.', ''] : []), facts, ...rest].join('\n');
}

/**
 * `page` with `measured` (part -> text) between the two markers: parts that were not measured now keep what stands there, with its own
 * date; those that `order` does not know go. Throws where the markers are missing.
 */
export function placeParts(page: string, measured: ReadonlyMap<string, string>, order: readonly string[]): string {
  const from = page.indexOf(beginMarker);
  const to = page.indexOf(endMarker);
  if (from < 0 || to < from) throw new Error(`the page lacks the lines ${beginMarker} and ${endMarker}`);
  // Splitting at a group gives: what stands before the first marker, then word and text in turn.
  const pieces = page.slice(from + beginMarker.length, to).split(partMarker);
  const texts = new Map<string, string>();
  for (let i = 1; i < pieces.length; i += 2) texts.set(pieces[i] as string, (pieces[i + 1] ?? '').trim());
  for (const [word, text] of measured) texts.set(word, text);
  const parts = order.flatMap((word) => (texts.has(word) ? [`<!-- bench:self part ${word} -->\n${texts.get(word) ?? ''}`] : []));
  return `${page.slice(0, from + beginMarker.length)}\n${parts.join('\n\n')}\n${page.slice(to)}`;
}
