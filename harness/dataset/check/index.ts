/** What is wrong with files of pairs: lines, characters, duplicates, promises of the classes, and what two files have in common. */
import type { FileReader } from '../../host/index.js';
import { matchLabels } from '../../model/dataset.js';
import { tellPieces } from '../own/index.js';
import { openPairFile, type PairFile } from '../pair-file.js';
import { collectFindings, type FindingKind, type FindingList } from './finding.js';
import { createLineIndex, type LineIndex } from './line-index.js';
import { createPromiseCheck, type Knowledge, type StoredPair } from './promise.js';
import { checkText, plainText } from './texts.js';

export { findingKinds, type Finding, type FindingKind, type FindingList } from './finding.js';

/** A file to be checked. */
export interface CheckedFile {
  /** As messages call it. */
  name: string;
  reader: Pick<FileReader, 'pieces'>;
}

/** What was read of one file. */
export interface CheckedFacts {
  name: string;
  /** The promises of the classes can be held against a `made` one alone. */
  kind: PairFile['kind'];
  pairs: number;
}

export interface CheckResult {
  files: readonly CheckedFacts[];
  findings: FindingList;
}

export interface CheckOptions {
  /** Findings to keep of each kind. */
  keep: number;
  /** Told now and then how many bytes of all files are read. */
  progress: (bytes: number) => Promise<void>;
}

/** Reads the files one after the other; memory grows by 48 to 96 bytes a pair, twice that with a second file (text-table.ts). Throws dataset-unusable for a file that holds no pairs. */
export async function checkPairs(files: readonly CheckedFile[], knowledge: Knowledge, { keep, progress }: CheckOptions): Promise<CheckResult> {
  const findings = collectFindings(keep);
  const checkPromise = createPromiseCheck(knowledge);
  const facts: CheckedFacts[] = [];
  const seen: Seen[] = [];
  let bytes = 0;
  for (const { name, reader } of files) {
    const of: Seen = { name, pairs: createLineIndex(), addresses: files.length > 1 ? createLineIndex() : null, ids: createLineIndex() };
    const [before] = seen;
    const add = (line: number) => (kind: FindingKind, why: string): void => { findings.add({ kind, file: name, line, why }); };
    const file = await openPairFile(tellPieces(reader.pieces(), (n) => {
      bytes += n;
      return progress(bytes);
    }), name);
    if (file.byteOrderMark) add(1)('byte-order-mark', 'begins with a byte order mark');
    const own = file.kind === 'own';
    let pairs = 0;
    for await (const row of file.rows) {
      const found = add(row.line);
      if ('why' in row) {
        found('unreadable', row.why);
        continue;
      }
      pairs += 1;
      const { pair, line } = row;
      const noisy = pair.class === 'noisy' && !own;
      checkText(pair.a, noisy, found);
      checkText(pair.b, noisy, found);
      if (!own) checkPromise(pair, found);
      else if (pair.class === 'low' && plainText(pair.a) === plainText(pair.b)) found('equal-texts', 'is labelled as two places, but both sides are one text');
      if (pair.class !== 'abnormal') {
        if (before !== undefined) findLeaks(pair, before, found);
        findDuplicates(pair, line, of, found);
      }
      if (pair.id !== undefined) {
        const twin = of.ids.find(pair.id);
        if (twin !== undefined) found('duplicate-id', `has the id of line ${twin.line}`);
        of.ids.put(line, 0, pair.id);
      }
    }
    if (file.encoding() !== 'utf-8') add(1)('encoding', 'is GB18030 text; the reader of a scenario takes it as such');
    facts.push({ name, kind: file.kind, pairs });
    seen.push(of);
  }
  return { files: facts, findings };
}

/** What one file was seen to hold. */
interface Seen {
  name: string;
  pairs: LineIndex;
  addresses: LineIndex | null;
  ids: LineIndex;
}

/** Labels as bits, so that two of them can be compared. */
const labelMark = ({ expected }: StoredPair): number => matchLabels.reduce((bits, label, i) => bits | (expected?.includes(label) === true ? 1 << i : 0), 0);

function findDuplicates(pair: StoredPair, line: number, { pairs, addresses }: Seen, found: (kind: FindingKind, why: string) => void): void {
  const mark = labelMark(pair);
  const twin = pairs.find(pair.a, pair.b);
  const swapped = twin === undefined && pair.a !== pair.b ? pairs.find(pair.b, pair.a) : undefined;
  const other = twin ?? swapped;
  if (other !== undefined && mark !== 0 && other.mark !== 0 && (mark & other.mark) === 0) found('contradiction', `is the pair of line ${other.line}, with a label that excludes the one there`);
  else if (twin !== undefined) found('duplicate-pair', `is the pair of line ${twin.line}`);
  else if (swapped !== undefined) found('duplicate-swapped', `is the pair of line ${swapped.line}, sides swapped`);
  pairs.put(line, mark, pair.a, pair.b);
  addresses?.put(line, 0, pair.a);
  addresses?.put(line, 0, pair.b);
}

/** A pair that leaks is told once, not once more for each of its addresses. */
function findLeaks({ a, b }: StoredPair, { name, pairs, addresses }: Seen, found: (kind: FindingKind, why: string) => void): void {
  const twin = pairs.find(a, b);
  const swapped = pairs.find(b, a);
  if (twin !== undefined) found('leak-pair', `is the pair of ${name}:${twin.line}`);
  else if (swapped !== undefined) found('leak-swapped', `is the pair of ${name}:${swapped.line}, sides swapped`);
  else for (const [side, text] of [['first', a], ['second', b]] as const) {
    const place = addresses?.find(text);
    if (place !== undefined) found('leak-address', `its ${side} address stands in ${name}:${place.line}`);
  }
}
