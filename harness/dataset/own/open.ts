import type { Context } from '../../host/index.js';
import { mostOwnPairs, type AddressPair, type OwnPlan, type OwnSummary } from '../../model/dataset.js';
import { BenchError } from '../../model/error.js';
import { mixSeed, shuffledIndices } from '../../model/random.js';
import { groupDigits } from '../../model/unit.js';
import type { Dataset } from '../create.js';
import { createBadLines, type BadLines } from './bad-lines.js';
import { tellPieces } from './pieces.js';
import { readOwnRows, type OwnFileFacts } from './rows.js';
import { openSpool, type StoredRows } from './spool.js';

/** Bytes between two looks at the signal and two words about progress. */
const wordEvery = 8 << 20;

/** Pairs of the user's own, by number like invented ones. */
export interface OwnPairs extends Dataset {
  /** The file, for the record. */
  summary: OwnSummary;
  /** What people should know before they trust the numbers: [code, sentence]. */
  notes: readonly (readonly [code: string, text: string])[];
  /** Removes the scratch file; no pair can be had afterwards. */
  close(): void;
}

/**
 * Reads the whole file once, checks every line, and keeps the pairs in a private scratch file. Throws file-unreadable and dataset-unusable, the
 * latter also for a single bad line where the plan is strict: all before anything is started.
 */
export async function openOwnPairs(plan: OwnPlan, seed: number, ctx: Context): Promise<OwnPairs> {
  const { files } = ctx.host;
  ctx.onEvent({ kind: 'phase', phase: 'dataset', detail: plan.file });
  const reader = files.reader(plan.path ?? plan.file);
  const spool = openSpool(files);
  try {
    const rows = readOwnRows(watched(reader, plan.file, ctx), plan.file, plan);
    const bad = createBadLines(plan.file);
    for await (const row of rows) {
      // Not awaited each time: a million promises would be most of the work.
      const busy = row.kind === 'row' ? spool.add(row) : null;
      if (busy !== null) await busy;
      if (row.kind === 'bad') bad.add(row);
    }
    const facts = rows.facts();
    if (plan.strict && facts.bad > 0) throw bad.failure(facts);
    const stored = await spool.seal();
    return { ...pairsOf(stored, plan, seed), summary: summaryOf(plan.file, facts, bad), notes: notesOf(plan, facts, bad), close: spool.remove };
  } catch (error) {
    spool.remove();
    throw error;
  } finally {
    reader.close();
  }
}

type Source = Parameters<typeof readOwnRows>[0];

/** The same pieces; says how far it is, and stops when it is told to. */
function watched(reader: Source & { sizeBytes: number | null }, name: string, ctx: Context): Source {
  const mib = (bytes: number): number => Math.round(bytes / 2 ** 20);
  let bytes = 0;
  let said = 0;
  return { pieces: () => tellPieces(reader.pieces(), (more) => {
    ctx.signal.throwIfAborted();
    bytes += more;
    if (bytes - said < wordEvery) return;
    said = bytes;
    ctx.onEvent({ kind: 'progress', phase: 'dataset', what: `reading ${name}, MiB`, done: mib(bytes), total: reader.sizeBytes === null ? null : mib(reader.sizeBytes) });
  }) };
}

/** So many of the first `count` numbers, drawn with the seed, ascending. */
export const drawSome = (count: number, wanted: number, seed: number): Uint32Array => shuffledIndices(count, mixSeed(seed, 2)).slice(0, wanted).sort();

function pairsOf(stored: StoredRows, plan: OwnPlan, seed: number): Dataset {
  const wanted = plan.pairs ?? Math.min(stored.count, mostOwnPairs);
  if (wanted > stored.count) {
    throw new BenchError('dataset-unusable', `${plan.file} has ${groupDigits(stored.count)} pairs, but dataset.pairs asks for ${groupDigits(wanted)}.`, { hint: 'Ask for fewer, or leave dataset.pairs out: then all are used.' });
  }
  // In the order of the file, whichever were drawn: the order of sending is drawn later, as for invented pairs.
  const drawn = wanted === stored.count ? null : drawSome(stored.count, wanted, seed);
  const rowOf = (index: number): number => {
    if (!Number.isInteger(index) || index < 0 || index >= wanted) throw new RangeError(`pair ${String(index)} of ${String(wanted)}`);
    return drawn === null ? index : (drawn[index] ?? 0);
  };
  const pair = (index: number): AddressPair => {
    const { line, a, b, expected, class: name } = stored.row(rowOf(index));
    return { id: `${plan.file}:${String(line)}`, index, class: name, a, b, expected, operators: [], seed, line };
  };
  return {
    seed,
    count: wanted,
    pair,
    classOf: (index) => stored.classOf(rowOf(index)),
    *pairs() {
      for (let index = 0; index < wanted; index += 1) yield pair(index);
    },
  };
}

function summaryOf(file: string, { sha256, bytes, format, encoding, header, rows, labelled, bad }: OwnFileFacts, lines: BadLines): OwnSummary {
  return { file, sha256, bytes, format, encoding, header, rows, labelled, badRows: bad, firstBad: lines.first().map(({ line, why }) => ({ line, why })) };
}

function notesOf({ file, pairs }: OwnPlan, facts: OwnFileFacts, lines: BadLines): [string, string][] {
  const bad = lines.sentence(facts);
  return [
    ...(bad === null ? [] : [['bad-lines', bad] as [string, string]]),
    ...(pairs === null && facts.rows > mostOwnPairs ? [['own-pairs-drawn', `${file} has ${groupDigits(facts.rows)} pairs; ${groupDigits(mostOwnPairs)} of them, drawn with the seed, are used (dataset.pairs takes another number)`] as [string, string]] : []),
  ];
}
