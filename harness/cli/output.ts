import type { Writable } from 'node:stream';
import { unwritable } from '../host/index.js';
import type { BenchError } from '../model/error.js';
import type { Io } from './io.js';

/** What goes to stdout, and what became of it. */
export interface Output extends Pick<Io, 'out' | 'pour'> {
  /** Why it did not arrive whole; nothing where it did, and where nobody wants to read it. */
  lost(): BenchError | undefined;
}

/** A pipe or a socket whose other end is closed. */
const nobodyReads: ReadonlySet<string | undefined> = new Set(['EPIPE', 'ECONNRESET']);

/**
 * Results as they leave the program. A reader that goes away (`| head`) ends the output and nothing else, as does a terminal that is closed;
 * anything else, such as a full disk (`> file`), is a failure: it is told by `lost`, and `pour` rejects with it.
 */
export function createOutput(stream: Writable & { isTTY?: boolean }): Output {
  let unread = false;
  let lost: BenchError | undefined;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (!unread && stream.isTTY !== true && !nobodyReads.has(error.code)) lost = unwritable('stdout', error);
    unread = true;
  });
  return {
    out: (text) => void stream.write(text),
    pour: (data) => new Promise((resolve, reject) => {
      const go = (): void => {
        stream.off('drain', go).off('error', go);
        if (lost === undefined) resolve(!unread);
        else reject(lost);
      };
      // A file is written at once, but whether it could be is told only after that.
      if (unread || stream.write(data)) setImmediate(go);
      else stream.on('drain', go).on('error', go);
    }),
    lost: () => lost,
  };
}
