import { tmpdir } from 'node:os';
import { sep } from 'node:path';
import { BenchError } from '../model/error.js';
import { faultOf } from '../model/system-failure.js';

/** Does it, and says what went wrong in a sentence that names the file: by itself of writing. */
export function explained<T>(path: string, act: () => T, explain = unwritable): T {
  try {
    return act();
  } catch (error) {
    throw explain(path, error);
  }
}

/** A failure to read a file as people read it. */
export function unreadable(path: string, error: unknown): BenchError {
  if ((error as { code?: string }).code === 'ENOENT') return new BenchError('file-unreadable', `There is no file ${path}.`, { hint: 'Check the path.', cause: error });
  return new BenchError('file-unreadable', `${path} could not be read: ${faultOf(error)}.`, { hint: 'Check the file and its permissions.', cause: error });
}

/** Every scratch folder that was made here: its name alone tells nothing, for `--output` may lie in the temporary folder and be called alike. */
export const scratchFolders = new Set<string>();

/** Of a scratch folder, whose place is TMPDIR's choice; the folder of a run may lie in the temporary folder too, and is --output's. */
const isScratch = (path: string): boolean => path === tmpdir() || [...scratchFolders].some((folder) => path === folder || path.startsWith(folder + sep));

/** The same of writing one. */
export function unwritable(path: string, error: unknown): BenchError {
  const code = (error as { code?: string }).code;
  if (code === 'EISDIR') return new BenchError('file-unwritable', `${path} is a folder, so no file of that name can be written.`, { hint: 'Give the path of a file.', cause: error });
  if (code === 'ENOENT') return new BenchError('file-unwritable', `${path} could not be written: its folder does not exist.`, { hint: 'Make the folder, or give another one with --output.', cause: error });
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new BenchError('disk-full', `The disk is full: ${path} could not be written.`, { hint: isScratch(path) ? 'Free some space, or point TMPDIR to another folder.' : 'Free some space, or give another folder with --output.', cause: error });
  }
  if (isScratch(path)) {
    return new BenchError('file-unwritable', `The temporary file ${path} could not be written: ${faultOf(error)}.`, { hint: 'Check the space there, or point TMPDIR to another folder.', cause: error });
  }
  return new BenchError('file-unwritable', `${path} could not be written: ${faultOf(error)}.`, { hint: 'Check the folder and its permissions, or give another one with --output.', cause: error });
}
