import { once } from 'node:events';
import { createWriteStream, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { explained, unwritable } from './file-failure.js';
import type { FileWriter } from './types.js';

/** Bytes that wait for the disk: with Node's own 16 KiB, a fast writer would wait for a thread after every page. */
const writerBuffer = 1 << 18;

/** UTF-8 bytes of texts, cut from larger pieces: one pass over a text, where `Buffer.from` counts its bytes first. */
function createEncoder(): (text: string) => Uint8Array {
  let piece = Buffer.alloc(0);
  let used = 0;
  return (text) => {
    const most = text.length * 3;
    if (most > encoderPiece) return Buffer.from(text);
    if (used + most > piece.length) {
      piece = Buffer.allocUnsafeSlow(encoderPiece);
      used = 0;
    }
    const from = used;
    used += piece.write(text, from);
    return piece.subarray(from, used);
  };
}

const encoderPiece = 1 << 18;

/** Unfinished files of this process: gone when it ends, however abruptly it is told to. */
const unfinished = new Set<string>();

/** Where the bytes go until the file is whole: beside it, or straight into what is no plain file. */
function placeOf(path: string, whole: boolean): { written: string; final: string } {
  const there = whole ? statSync(path, { throwIfNoEntry: false }) : undefined;
  if (!whole || /^\/(dev|proc)\//.test(path) || (there !== undefined && !there.isFile())) return { written: path, final: path };
  // Through a link, so that it stays one.
  const final = there === undefined ? path : realpathSync(path);
  const written = `${final}.${String(process.pid)}.tmp`;
  if (unfinished.size === 0) process.once('exit', removeUnfinished);
  unfinished.add(written);
  return { written, final };
}

function removeUnfinished(): void {
  for (const path of unfinished) rmSync(path, { force: true });
}

/** A stream into a file; see `Files.writer`. */
export function openWriter(path: string, { gzip = false, whole = false }: { gzip?: boolean; whole?: boolean }): FileWriter {
  const { written, final } = explained(path, () => placeOf(path, whole));
  const file = createWriteStream(written, { highWaterMark: writerBuffer });
  const target = gzip ? createGzip({ level: 1 }) : file;
  if (target !== file) target.pipe(file);
  const encode = createEncoder();
  let failure: Error | undefined;
  for (const stream of [file, target]) stream.on('error', (error: Error) => {
    failure = error;
  });
  const check = (): void => {
    if (failure) throw unwritable(path, failure);
  };
  return {
    write: async (data) => {
      check();
      if (!target.write(typeof data === 'string' ? encode(data) : data)) await new Promise<void>((resolve) => {
        const go = (): void => {
          target.off('drain', go);
          file.off('error', go);
          resolve();
        };
        target.once('drain', go);
        file.once('error', go);
      });
      check();
    },
    close: async () => {
      check();
      target.end();
      try {
        await finished(file);
        if (written !== final) renameSync(written, final);
        unfinished.delete(written);
      } catch (error) {
        throw unwritable(path, error);
      }
    },
    discard: async () => {
      target.destroy();
      file.destroy();
      if (!file.closed) await once(file, 'close').catch(() => undefined);
      if (written !== final) rmSync(written, { force: true });
      unfinished.delete(written);
    },
  };
}
