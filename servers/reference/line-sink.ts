import { openSync, write } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeFolders } from './make-folders.js';

/** Where log lines go: gathered, then written by one system call for many lines. */
export interface LineSink {
  write(line: string): void;
  /** Resolves when everything is written, the reader has gone, or `patienceMs` is over. Never rejects. */
  flush(patienceMs: number): Promise<void>;
}

const stderrFd = 2;
const retryMs = 20;
/** What waits for a reader that does not read; beyond it lines are dropped. */
const mostGathered = 4 * 2 ** 20;

/**
 * A file, or stderr for null. A reader of stderr that goes away, or stops reading, must neither end the server nor keep it from
 * ending, so nothing here is synchronous and nothing is retried for ever.
 */
export const openLineSink = (file: string | null, bufferLength: number): LineSink => {
  if (file !== null) makeFolders(dirname(file));
  const fd = file === null ? stderrFd : openSync(file, 'a');
  let gathered = '';
  let broken = false;
  let writing: Promise<void> | null = null;

  const writeOut = async (): Promise<void> => {
    while (gathered !== '' && !broken) {
      let chunk = Buffer.from(gathered);
      gathered = '';
      while (chunk.length > 0 && !broken) {
        const written = await writeSome(fd, chunk);
        if (written === 'broken') broken = true;
        else if (written === 'busy') await sleep(retryMs);
        else chunk = chunk.subarray(written);
      }
    }
  };
  /** One writer at a time; none where there is nothing to write. */
  const writeAll = async (): Promise<void> => {
    while (gathered !== '' && !broken) {
      writing ??= writeOut().finally(() => {
        writing = null;
      });
      await writing;
    }
  };
  /** Also what is being written already. */
  const flushed = async (): Promise<void> => {
    await writeAll();
    if (writing !== null) await writing;
  };
  return {
    write: (line) => {
      if (broken || gathered.length > mostGathered) return;
      gathered += line;
      if (gathered.length >= bufferLength && writing === null) void writeAll();
    },
    flush: async (patienceMs) => {
      const patience = new AbortController();
      await Promise.race([flushed(), sleep(patienceMs, undefined, { signal: patience.signal }).catch(() => undefined)]);
      patience.abort();
    },
  };
};

const writeSome = (fd: number, chunk: Buffer): Promise<number | 'busy' | 'broken'> =>
  new Promise((resolve) => {
    write(fd, chunk, (error, written) => {
      if (error === null) resolve(written);
      else resolve(error.code === 'EAGAIN' ? 'busy' : 'broken');
    });
  });
