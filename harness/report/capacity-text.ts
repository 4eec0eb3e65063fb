import { aligned } from './aligned.js';
import { askedTargets, capacityAbsence, capacityAssumed, capacityHead, capacityLimits, capacityRows, capacitySentence } from './capacity-figure.js';
import { plain } from './number.js';
import type { Language, ReportInput } from './report-input.js';
import { textOf } from './text/index.js';

/** Replicas by target rate on a terminal: what one bears, the table, what is assumed, where it ends. No final newline. */
export function capacityText({ record, analysis: { capacity } }: Pick<ReportInput, 'record' | 'analysis'>, language: Language): string {
  const text = textOf(language);
  const { capacity: c } = text;
  if (capacity.kind === 'absent') return capacityAbsence(capacity.why, text);
  const found = capacity.value;
  const asked = askedTargets(found, text);
  return [
    capacitySentence(found, text),
    ...(asked.length === 0 ? [] : ['', ...asked]),
    '', aligned([capacityHead(found, text), ...capacityRows(found, text)], []), c.tableNote,
    '', `${c.assumedTitle}${text.colon}${capacityAssumed(found, text).map(([name, value]) => `${name} ${value}`).join(text.listSeparator)}${text.stop}`,
    `${c.formula}${text.stop}${text.sentenceSpace}${c.formulaNote(plain(found.held.lowRps))}`,
    '', `${c.limitsTitle}${text.colon}`.trimEnd(), ...capacityLimits(found, record, text).map((sentence) => `- ${sentence}`),
  ].join('\n');
}
