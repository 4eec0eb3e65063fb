import type { OwnFormat } from '../../model/dataset.js';

const endings: Readonly<Record<string, OwnFormat>> = { csv: 'csv', tsv: 'tsv', tab: 'tsv', jsonl: 'jsonl', ndjson: 'jsonl', json: 'jsonl' };

/** By the ending of the name; where that says nothing, by the first line. */
export function formatOf(name: string, firstLine: string): OwnFormat {
  const byName = endings[/\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''];
  if (byName !== undefined) return byName;
  if (/^\s*[[{]/.test(firstLine)) return 'jsonl';
  return firstLine.includes('\t') ? 'tsv' : 'csv';
}
