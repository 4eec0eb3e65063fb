import { createWriteStream, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createGzip } from 'node:zlib';
import { BenchError, messageOf } from '../model/error.js';
import { openReader } from './reader.js';
import type { Warden } from './warden.js';
import type { Files, FileWriter } from './types.js';

/** The folder that holds our package.json, above wherever the built files lie. */
export function findPackageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const above = dirname(folder);
    if (above === folder) throw new BenchError('bug', 'package.json is missing above the program');
    folder = above;
  }
  return folder;
}

/** The machine's files. */
export function createFiles(warden: Warden): Files {
  const files: Files = {
    packageRoot: findPackageRoot(),
    cacheDir: process.env['MGEO_BENCH_CACHE'] ?? join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'mgeo-bench'),
    readText: (path) => readFileSync(path, 'utf8'),
    tryReadText: (path) => {
      try {
        return readFileSync(path, 'utf8');
      } catch {
        return null;
      }
    },
    exists: (path) => existsSync(path),
    list: (dir) => readdirSync(dir).sort(),
    makeDir: (path) => {
      explained(path, () => {
        makeFolders(path);
      });
    },
    writeText: (path, text) => {
      explained(path, () => {
        const temporary = `${path}.${String(process.pid)}.tmp`;
        try {
          writeFileSync(temporary, text);
          renameSync(temporary, path);
        } catch (error) {
          rmSync(temporary, { force: true });
          throw error;
        }
      });
    },
    rename: (from, to) => {
      explained(to, () => {
        renameSync(from, to);
      });
    },
    remove: (path) => {
      rmSync(path, { recursive: true, force: true });
    },
    writer: (path, options = {}) => openWriter(path, options.gzip ?? false),
    reader: openReader,
    scratchDir: (name) => {
      const path = explained(tmpdir(), () => mkdtempSync(join(tmpdir(), `mgeo-bench-${name}-`)));
      warden.guardFolder(path);
      return path;
    },
  };
  return files;
}

/** One folder after the other: Node's own recursion never ends below /proc. */
function makeFolders(path: string): void {
  if (existsSync(path)) return;
  const above = dirname(path);
  if (above !== path) makeFolders(above);
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process may have made it since we looked: caches are shared.
    if ((error as { code?: string }).code !== 'EEXIST' || !statSync(path).isDirectory()) throw error;
  }
}

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

function openWriter(path: string, gzip: boolean): FileWriter {
  const file = createWriteStream(path, { highWaterMark: writerBuffer });
  const target = gzip ? createGzip({ level: 1 }) : file;
  if (target !== file) target.pipe(file);
  const encode = createEncoder();
  let failure: Error | undefined;
  for (const stream of [file, target]) stream.on('error', (error: Error) => {
    failure = error;
  });
  const check = (): void => {
    if (failure) throw explain(path, failure);
  };
  return {
    write: async (text) => {
      check();
      if (!target.write(encode(text))) await new Promise<void>((resolve) => {
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
      } catch (error) {
        throw explain(path, error);
      }
    },
  };
}

function explained<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw explain(path, error);
  }
}

function explain(path: string, error: unknown): BenchError {
  const code = (error as { code?: string }).code;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new BenchError('disk-full', `The disk is full: ${path} could not be written.`, { hint: path.startsWith(tmpdir()) ? 'Free some space, or point TMPDIR to another folder.' : 'Free some space, or give another folder with --output.', cause: error });
  }
  if (path.startsWith(tmpdir())) {
    return new BenchError('file-unwritable', `The temporary file ${path} could not be written: ${messageOf(error)}.`, { hint: 'Check the space there, or point TMPDIR to another folder.', cause: error });
  }
  return new BenchError('file-unwritable', `${path} could not be written: ${messageOf(error)}.`, { hint: 'Check the folder and its permissions, or give another one with --output.', cause: error });
}
