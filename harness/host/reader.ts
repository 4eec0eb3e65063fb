import { closeSync, fstatSync, openSync, read, readSync } from 'node:fs';
import { promisify } from 'node:util';
import { BenchError } from '../model/error.js';
import { explained, unreadable } from './file-failure.js';
import type { FileReader } from './types.js';

const readAsync = promisify(read);

/** Bytes of one piece: large enough that reading costs little, small enough to keep memory flat. */
const pieceBytes = 1 << 18;

/** Opens a file, or a pipe, for reading. Throws file-unreadable. */
export function openReader(path: string): FileReader {
  const descriptor = explained(path, () => openSync(path, 'r'), unreadable);
  const about = fstatSync(descriptor);
  if (about.isDirectory()) {
    closeSync(descriptor);
    throw new BenchError('file-unreadable', `${path} is a folder, not a file.`, { hint: 'Give the path of one file.' });
  }
  let open = true;
  return {
    sizeBytes: about.isFile() ? about.size : null,
    async *pieces() {
      for (;;) {
        const buffer = Buffer.allocUnsafeSlow(pieceBytes);
        // No position: a pipe has none, and a file is read on from where it was.
        const { bytesRead } = await readAsync(descriptor, buffer, 0, pieceBytes, null).catch((error: unknown) => { throw unreadable(path, error); });
        if (bytesRead === 0) return;
        yield buffer.subarray(0, bytesRead);
      }
    },
    at: (offset, length) => explained(path, () => {
      const buffer = Buffer.allocUnsafe(length);
      let filled = 0;
      while (filled < length) {
        const got = readSync(descriptor, buffer, filled, length - filled, offset + filled);
        if (got === 0) break;
        filled += got;
      }
      return buffer.subarray(0, filled);
    }, unreadable),
    close: () => {
      if (open) closeSync(descriptor);
      open = false;
    },
  };
}
