import type { Context } from '../../host/index.js';
import { mostOwnPairs, type AddressPair, type OwnPlan, type OwnSummary } from '../../model/dataset.js';
import { BenchError } from '../../model/error.js';
import { mixSeed, shuffledIndices } from '../../model/random.js';
import type { Dataset } from '../create.js';
import type { BadRow } from './row.js';
import { hintOf, readOwnRows, type OwnFileFacts } from './rows.js';
import { openSpool, type StoredRows } from './spool.js';

/** How many bad lines are named. */
const badShown = 5;
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
    const bad: BadRow[] = [];
    for await (const row of rows) {
      // Not awaited each time: a million promises would be most of the work.
      const busy = row.kind === 'row' ? spool.add(row) : null;
      if (busy !== null) await busy;
      if (row.kind === 'bad' && bad.length < badShown) bad.push(row);
    }
    const facts = rows.facts();
    if (plan.strict && facts.bad > 0) throw strictFailure(plan.file, facts, bad);
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
  return {
    async *pieces() {
      let bytes = 0;
      let said = 0;
      for await (const piece of reader.pieces()) {
        ctx.signal.throwIfAborted();
        yield piece;
        bytes += piece.byteLength;
        if (bytes - said < wordEvery) continue;
        said = bytes;
        ctx.onEvent({ kind: 'progress', phase: 'dataset', what: `reading ${name}, MiB`, done: mib(bytes), total: reader.sizeBytes === null ? null : mib(reader.sizeBytes) });
      }
    },
  };
}

function pairsOf(stored: StoredRows, plan: OwnPlan, seed: number): Dataset {
  const wanted = plan.pairs ?? Math.min(stored.count, mostOwnPairs);
  if (wanted > stored.count) {
    throw new BenchError('dataset-unusable', `${plan.file} has ${figure(stored.count)} pairs, but dataset.pairs asks for ${figure(wanted)}.`, { hint: 'Ask for fewer, or leave dataset.pairs out: then all are used.' });
  }
  // In the order of the file, whichever were drawn: the order of sending is drawn later, as for invented pairs.
  const drawn = wanted === stored.count ? null : shuffledIndices(stored.count, mixSeed(seed, 2)).slice(0, wanted).sort();
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

const figure = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',');

function summaryOf(file: string, { sha256, bytes, format, encoding, header, rows, labelled, bad }: OwnFileFacts, first: readonly BadRow[]): OwnSummary {
  return { file, sha256, bytes, format, encoding, header, rows, labelled, badRows: bad, firstBad: first.map(({ line, why }) => ({ line, why })) };
}

const named = (file: string, bad: readonly BadRow[]): string[] => bad.map(({ line, why }) => `${file}:${String(line)}: ${why}`);

function notesOf({ file, pairs }: OwnPlan, { rows, bad }: OwnFileFacts, first: readonly BadRow[]): [string, string][] {
  const more = bad > first.length ? ` and ${figure(bad - first.length)} more` : '';
  return [
    ...(bad === 0 ? [] : [['bad-lines', `${figure(bad)} of ${figure(rows + bad)} lines ${bad === 1 ? 'is no pair and was' : 'are no pairs and were'} left out: ${named(file, first).join('; ')}${more}`] as [string, string]]),
    ...(pairs === null && rows > mostOwnPairs ? [['own-pairs-drawn', `${file} has ${figure(rows)} pairs; ${figure(mostOwnPairs)} of them, drawn with the seed, are used (dataset.pairs takes another number)`] as [string, string]] : []),
  ];
}

function strictFailure(file: string, { rows, bad }: OwnFileFacts, first: readonly BadRow[]): BenchError {
  const lines = bad > first.length ? [...named(file, first), `and ${figure(bad - first.length)} more`] : named(file, first);
  return new BenchError('dataset-unusable', `${file}: ${figure(bad)} of ${figure(rows + bad)} lines ${bad === 1 ? 'is no pair' : 'are no pairs'}, and none may be wrong here (strict).`, {
    details: lines, hint: `Mend the lines, or run without --strict: then they are left out and counted. ${first[0] === undefined ? '' : hintOf(first[0].code)}`.trim(),
  });
}
