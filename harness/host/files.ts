import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BenchError } from '../model/error.js';
import { explained, scratchFolders } from './file-failure.js';
import { openWriter } from './file-writer.js';
import { openReader } from './reader.js';
import type { Warden } from './warden.js';
import type { Files } from './types.js';

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
    currentDir: process.cwd(),
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
    checkWritable: (path) => {
      explained(path, () => {
        assertWritable(path);
      });
    },
    writeText: (path, text) => {
      explained(path, () => {
        // A rename would put a plain file in the place of /dev/null.
        if (isDevice(path)) {
          writeFileSync(path, text);
          return;
        }
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
    writer: (path, options = {}) => openWriter(path, options),
    reader: openReader,
    scratchDir: (name) => {
      const path = explained(tmpdir(), () => mkdtempSync(join(tmpdir(), `mgeo-bench-${name}-`)));
      scratchFolders.add(path);
      warden.guardFolder(path);
      return path;
    },
  };
  return files;
}

const isDevice = (path: string): boolean => {
  const there = statSync(path, { throwIfNoEntry: false });
  return there !== undefined && !there.isFile() && !there.isDirectory();
};

/** A new file is made beside what stands there, so it is the folder that must be writable; of a device, itself. */
function assertWritable(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) throw Object.assign(new Error('it is a folder'), { code: 'EISDIR' });
  if (isDevice(path)) {
    accessSync(path, constants.W_OK);
    return;
  }
  const folder = dirname(path);
  if (!statSync(folder).isDirectory()) throw new Error(`${folder} is no folder`);
  accessSync(folder, constants.W_OK);
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
