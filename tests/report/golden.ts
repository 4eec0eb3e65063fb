/** Golden files: what a report looks like, kept to be reviewed as a diff. `UPDATE_GOLDEN=1` writes them anew. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where package.json lies: tests run from a build folder, files are in the source tree. */
export function packageRoot(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(folder, 'package.json'))) folder = path.dirname(folder);
  return folder;
}

/** Compares with a file of the source tree, byte for byte. */
export function sameAsFile(file: string, content: string): void {
  const full = path.join(packageRoot(), file);
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(path.dirname(full), { recursive: true });
    writeFileSync(full, content);
    return;
  }
  assert.ok(existsSync(full), `${file} is missing: run the tests once with UPDATE_GOLDEN=1 and review what it holds`);
  assert.equal(content, readFileSync(full, 'utf8'), `${file} differs: review the change, then run with UPDATE_GOLDEN=1`);
}
