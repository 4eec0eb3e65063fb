import { createRowReader } from '../row.js';
import { readClock } from '../row-text.js';
import type { Sink } from '../drive.js';

/** What the child counted itself, in its last line. */
export interface ChildCounts {
  ended: number;
  answered: number;
  eventLoopUse: number;
  loopP50Ms: number;
  loopP99Ms: number;
}

export interface LineReader {
  /** Bytes as they come, cut anywhere. */
  push(chunk: Uint8Array): void;
  /** null until the child has ended in good order. */
  counts(): ChildCounts | null;
}

const newline = 0x0a;

/** Reads the child's lines: `C|` clock, `R|` rows, `E|` counts. */
export function createLineReader(sink: Sink): LineReader {
  const reader = createRowReader();
  let carry: Buffer = Buffer.alloc(0);
  let counts: ChildCounts | null = null;

  const readLine = (data: Buffer, from: number, to: number): void => {
    if (reader.read(data, from, to)) {
      sink.row(reader.row);
      return;
    }
    const text = data.toString('latin1', from + 2, to);
    if (data[from] === 0x43) sink.clock(...readClock(text));
    else if (data[from] === 0x45) counts = JSON.parse(text) as ChildCounts;
  };

  return {
    counts: () => counts,
    push: (chunk) => {
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      const data = carry.length === 0 ? bytes : Buffer.concat([carry, bytes]);
      let from = 0;
      for (let end = data.indexOf(newline); end >= 0; end = data.indexOf(newline, from)) {
        readLine(data, from, end);
        from = end + 1;
      }
      carry = Buffer.from(data.subarray(from));
    },
  };
}
