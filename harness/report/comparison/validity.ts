/** Whether the runs of a comparison may be believed: how many are suspect, and for what. */
import type { ComparisonRecord } from '../../model/comparison.js';
import { count } from '../number.js';
import { validitySymbol } from '../stage-figure.js';
import type { Text } from '../text/index.js';
import { own } from '../words.js';

const nameOf = (code: string, text: Text): string => own(text.codes.validity, code)?.name ?? code;

/** "11 of 12 runs are suspect, 9 of them for “other programs”."; null where none is, or the file does not tell. */
export function suspectText({ rounds }: ComparisonRecord, text: Text): string | null {
  const suspect = rounds.filter(({ validity }) => validity?.status === 'suspect');
  if (suspect.length === 0) return null;
  const names = suspect.flatMap(({ validity }) => [...new Set((validity?.reasons ?? []).map((code) => nameOf(code, text)))]);
  const times = (name: string): number => names.filter((one) => one === name).length;
  const most = [...new Set(names)].sort((a, b) => times(b) - times(a))[0];
  return text.compare.suspect(count(suspect.length), count(rounds.length), suspect.length === 1, most === undefined ? '' : most, most === undefined ? '' : count(times(most)));
}

/** One run: "! suspect: other programs, generator lag"; empty in older files. */
export function validityCell({ validity }: ComparisonRecord['rounds'][number], text: Text): string {
  if (validity === undefined) return '';
  const word = `${validitySymbol[validity.status]} ${text.status[validity.status]}`;
  return validity.reasons.length === 0 ? word : `${word}${text.colon}${[...new Set(validity.reasons.map((code) => nameOf(code, text)))].join(text.enumeration)}`;
}
