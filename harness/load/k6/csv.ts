/**
 * Reads k6's CSV stream. Of the dozen lines k6 writes a request two matter: ours, and its own count of iterations. They are found
 * by byte search, so the others cost next to nothing.
 *
 * Lines of ours: `mgeo_row,<time>,<value>,…,r=R|…`, the last field quoted when the row text holds a comma or a quote.
 */
import type { Sink } from '../drive.js';
import { readClock } from '../row-text.js';
import { createRowReader } from '../row.js';

export interface CsvReader {
  /** Bytes as they come, cut anywhere. */
  push(chunk: Uint8Array): void;
  /** Iterations that k6 itself counted. */
  iterations(): number;
}

const newline = 0x0a;
const comma = 0x2c;
const quote = 0x22;
const twoQuotes = Buffer.from('""');
/** The name of the script's metric; k6 refuses one-letter names. */
export const rowMetric = 'mgeo_row';
const rowStart = Buffer.from(`\n${rowMetric},`);
const iterationStart = Buffer.from('\niterations,');
/** k6's lines are short; a longer one is no CSV of ours. */
const longestLine = 4 * 1024 * 1024;

/** Hands rows of ours to the sink, with their clock; counts the iterations k6 tells. A line of more than 4 MiB is dropped. */
export function createCsvReader(sink: Sink): CsvReader {
  const reader = createRowReader();
  let carry: Buffer = Buffer.alloc(0);
  let fieldsBefore: number | null = null;
  let iterations = 0;
  /** Where the next doubled quote stands in the bytes at hand: looked up once for many lines. */
  let nextEscape = -1;

  /** `at`: the newline before the line; `end`: the newline after it. */
  const readLine = (data: Buffer, at: number, end: number): void => {
    let line = data;
    let from = at + rowStart.length;
    // Bytes one by one: for a few dozen of them that is faster than a native search.
    for (let skip = (fieldsBefore ?? 1) - 1; skip > 0; from += 1) if (data[from] === comma) skip -= 1;
    let to = end;
    if (data[from] === quote) {
      from += 1;
      to -= 1;
      if (nextEscape < from) nextEscape = found(data.indexOf(twoQuotes, from));
      if (nextEscape < to) {
        line = Buffer.from(data.toString('latin1', from, to).replaceAll('""', '"'), 'latin1');
        from = 0;
        to = line.length;
      }
    }
    from += 2;
    if (line[from] === 0x43) {
      sink.clock(...readClock(line.toString('latin1', from + 2, to)));
    } else if (reader.read(line, from, to)) sink.row(reader.row);
  };

  return {
    iterations: () => iterations,
    push: (chunk) => {
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      const data = carry.length === 0 ? bytes : Buffer.concat([carry, bytes]);
      const last = data.lastIndexOf(newline);
      if (last < 0 || (last === 0 && carry.length > 0)) {
        carry = data.length > longestLine ? Buffer.alloc(0) : Buffer.from(data);
        return;
      }
      fieldsBefore ??= data.toString('latin1', 0, data.indexOf(newline)).split(',').indexOf('metadata');
      nextEscape = -1;
      for (let at = data.indexOf(rowStart); at >= 0 && at < last;) {
        let end = at + rowStart.length;
        while (data[end] !== newline) end += 1;
        readLine(data, at, end);
        at = data.indexOf(rowStart, end);
      }
      for (let at = data.indexOf(iterationStart); at >= 0 && at < last; at = data.indexOf(iterationStart, at + iterationStart.length)) iterations += 1;
      // The last newline stays: it begins the next line.
      carry = Buffer.from(data.subarray(last));
    },
  };
}

function found(index: number): number {
  return index < 0 ? Infinity : index;
}
