import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const isThere = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;

/**
 * Makes a folder and those above it that are missing; throws what the system says of the first that cannot be made.
 * Not by Node's own `recursive: true`: where a folder is there and none can be made in it (below /proc) that never returns, and of a read-only file
 * system it says that there is no such file.
 */
export const makeFolders = (path: string): void => {
  try {
    mkdirSync(path);
  } catch (error) {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return;
    const above = dirname(path);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || above === path || isThere(above)) throw error;
    makeFolders(above);
    makeFolders(path);
  }
};
