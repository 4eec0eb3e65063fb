import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { InferenceError } from '../inference/error.js';
import { loadModelFolder, type ModelFolder } from './model-folder.js';
import { mgeoShapeFormat, mgeoShapeSha256, type MgeoShapeSize, writeMgeoShape } from './mgeo-shape.js';

/** A model that is made rather than fetched. */
export interface GeneratedModel {
  name: 'mgeo-shape';
  size: MgeoShapeSize;
}

/** One line for the log: what was done and why. */
export type Log = (message: string) => void;

/** A half-written folder older than this belongs to a process that died. */
const staleMs = 3_600_000;

const removeStale = async (parent: string, name: string): Promise<void> => {
  for (const entry of await readdir(parent)) {
    if (!entry.startsWith(`${name}.`)) continue;
    const path = join(parent, entry);
    const found = await stat(path).catch(() => null);
    if (found && Date.now() - found.mtimeMs > staleMs) await rm(path, { recursive: true, force: true });
  }
};

/** The folder as it lies in the cache: usable, absent, or wrong with the reason. */
const inspect = async (target: string, sha256: string): Promise<ModelFolder | { wrong: string } | null> => {
  if (!(await stat(target).catch(() => null))) return null;
  try {
    const folder = await loadModelFolder(target);
    return folder.info.sha256 === sha256 ? folder : { wrong: `its sha256 is ${folder.info.sha256}, not ${sha256}` };
  } catch (error) {
    if (error instanceof InferenceError) return { wrong: error.message };
    throw error;
  }
};

/** Writes the model beside the target and moves it there; `damaged` says that something unusable is in the way. */
const make = async (wanted: GeneratedModel, target: string, sha256: string, damaged: boolean): Promise<void> => {
  const own = randomBytes(6).toString('hex');
  const fresh = `${target}.new-${own}`;
  await mkdir(fresh);
  try {
    const card = await writeMgeoShape(wanted.size, fresh);
    if (card.sha256 !== sha256) {
      throw new InferenceError(
        'model-unusable',
        `the generated ${card.name} has sha256 ${card.sha256}, expected ${sha256}`,
        'The generator or this machine computes other bytes than the ones this version is known by; please report it.',
      );
    }
    if (damaged) {
      const old = `${target}.old-${own}`;
      // Another process may have moved it away already.
      await rename(target, old).catch(() => undefined);
      await rm(old, { recursive: true, force: true });
    }
    await rename(fresh, target).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
};

/** Two processes that repair the same folder can take it from under each other; the next look finds it whole. */
const maxAttempts = 3;

/**
 * Returns the folder of a generated model inside `<cacheDir>/models`, making it first when it is absent or damaged.
 * Safe when several processes do so at once: each writes a folder of its own and the first rename wins.
 */
export const ensureModel = async (wanted: GeneratedModel, cacheDir: string, log: Log = () => undefined): Promise<ModelFolder> => {
  const sha256 = mgeoShapeSha256[wanted.size];
  const name = `${wanted.name}-${wanted.size}-${mgeoShapeFormat}`;
  const parent = join(cacheDir, 'models');
  const target = join(parent, name);
  for (let attempt = 1; ; attempt += 1) {
    const found = await inspect(target, sha256);
    if (found && !('wrong' in found)) return found;
    if (attempt > maxAttempts) {
      throw new InferenceError('model-folder', `model ${name} cannot be kept in the cache`, found?.wrong ?? `${target} keeps vanishing.`);
    }
    if (found) log(`model ${name} in the cache is damaged and is made again: ${found.wrong}`);
    else log(`model ${name} is made for the first time`);
    await mkdir(parent, { recursive: true });
    await removeStale(parent, name);
    await make(wanted, target, sha256, found !== null);
  }
};
