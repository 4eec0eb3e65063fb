import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InferenceError } from '../inference/error.js';
import type { Precision } from '../inference/types.js';
import { makeFolders } from '../make-folders.js';
import { withMakerLock } from './maker-lock.js';
import { loadModelFolder, type ModelFolder } from './model-folder.js';
import { mgeoShapeFormat, mgeoShapeSha256, type MgeoShapeSize, writeMgeoShape } from './mgeo-shape.js';

/** A model that is made rather than fetched. */
export interface GeneratedModel {
  name: 'mgeo-shape';
  size: MgeoShapeSize;
  /** `fp32` by default. */
  precision?: Precision;
}

/** One line for the log: what was done and why. */
export type Log = (message: string) => void;

/** A half-written folder older than this belongs to a process that died. */
const staleMs = 3_600_000;

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? '';

const removeStale = async (parent: string, name: string): Promise<void> => {
  for (const entry of await readdir(parent)) {
    if (!entry.startsWith(`${name}.new-`) && !entry.startsWith(`${name}.old-`)) continue;
    const path = join(parent, entry);
    const found = await stat(path).catch(() => null);
    if (found && Date.now() - found.mtimeMs > staleMs) await rm(path, { recursive: true, force: true });
  }
};

/** The folder as it lies in the cache: usable, absent, or wrong with the reason. Somebody may be at work on it meanwhile. */
const inspect = async (target: string, precision: Precision, sha256: string): Promise<ModelFolder | { wrong: string } | null> => {
  if (!(await stat(target).catch(() => null))) return null;
  try {
    const folder = await loadModelFolder(target, precision);
    return folder.info.sha256 === sha256 ? folder : { wrong: `its sha256 is ${folder.info.sha256}, not ${sha256}` };
  } catch (error) {
    if (error instanceof InferenceError) return { wrong: error.message };
    // It was there a moment ago.
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
};

const isUsable = (found: Awaited<ReturnType<typeof inspect>>): found is ModelFolder => found !== null && !('wrong' in found);

/** A file in the place of another, which nobody ever sees missing or half written. */
const replaceFile = async (from: string, to: string): Promise<void> => {
  try {
    await rename(from, to);
  } catch (error) {
    if (!['EISDIR', 'ENOTEMPTY', 'EEXIST', 'EPERM'].includes(codeOf(error))) throw error;
    await rm(to, { recursive: true, force: true });
    await rename(from, to);
  }
};

/**
 * Puts the finished folder in its place: as a whole where there is none, file by file into a damaged one. The folder is never
 * taken away, because somebody may read it, and because the damage may have been mended since it was seen. All makers write
 * the same bytes, so that it does no harm when two of them are at it.
 */
const install = async (fresh: string, target: string): Promise<void> => {
  const there = await stat(target).catch(() => null);
  if (there?.isDirectory()) {
    for (const name of await readdir(fresh)) await replaceFile(join(fresh, name), join(target, name));
    return;
  }
  if (there) await rm(target, { force: true });
  await rename(fresh, target).catch((error: unknown) => {
    if (!['ENOTEMPTY', 'EEXIST'].includes(codeOf(error))) throw error;
  });
};

/** Writes the model into `fresh`, beside the target, and puts it in place. */
const make = async (wanted: GeneratedModel, fresh: string, target: string, sha256: string): Promise<void> => {
  try {
    await mkdir(fresh);
    const made = await writeMgeoShape(wanted.size, wanted.precision ?? 'fp32', fresh);
    if (made !== sha256) {
      throw new InferenceError(
        'model-unusable',
        `the generated ${wanted.name}-${wanted.size} in ${wanted.precision ?? 'fp32'} has sha256 ${made}, expected ${sha256}`,
        'The generator or this machine computes other bytes than the ones this version is known by; please report it.',
      );
    }
    await install(fresh, target);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
};

/** Something other than a maker may spoil the folder as soon as it is made. */
const maxAttempts = 3;

/**
 * Returns the folder of a generated model inside `<cacheDir>/models`, making it first when it is absent or damaged.
 * Safe when several processes do so at once: one makes it, the others wait and find it. A whole folder is never locked.
 * Rejects with InferenceError.
 */
export const ensureModel = async (wanted: GeneratedModel, cacheDir: string, log: Log = () => undefined): Promise<ModelFolder> => {
  const { precision = 'fp32', size } = wanted;
  const sha256 = mgeoShapeSha256[size][precision];
  const name = [wanted.name, size, ...(precision === 'fp32' ? [] : [precision]), mgeoShapeFormat].join('-');
  const parent = join(cacheDir, 'models');
  const target = join(parent, name);
  const freshFor = (token: string): string => `${target}.new-${token}`;

  const makeWhereNeeded = async (token: string): Promise<void> => {
    // Whoever held the lock before may have done it.
    const found = await inspect(target, precision, sha256);
    if (isUsable(found)) return;
    if (found) log(`model ${name} in the cache is damaged and is made again: ${found.wrong}`);
    else log(`model ${name} is made for the first time`);
    await removeStale(parent, name);
    await make(wanted, freshFor(token), target, sha256);
  };

  const waiting = {
    onWait: () => log(`model ${name} is being made by somebody else; waiting for it`),
    onDead: (token: string) => rm(freshFor(token), { recursive: true, force: true }),
  };
  for (let attempt = 1; ; attempt += 1) {
    const found = await inspect(target, precision, sha256);
    if (isUsable(found)) return found;
    if (attempt > maxAttempts) {
      throw new InferenceError('model-folder', `model ${name} cannot be kept in the cache`, found?.wrong ?? `${target} keeps vanishing.`);
    }
    try {
      makeFolders(parent);
      await withMakerLock(`${target}.lock`, makeWhereNeeded, waiting);
    } catch (error) {
      if (error instanceof InferenceError || codeOf(error) === '') throw error;
      throw new InferenceError('model-folder', `model ${name} cannot be made in ${parent}: ${(error as Error).message}`, 'Check the space and the rights there, or choose another folder with --cache-dir.', error);
    }
  }
};
