import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { testContext } from '../host/context.js';

export const root = testContext().host.files.packageRoot;

export function pageAt(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** Every page for people, as a path from the root. */
export function pagePaths(): string[] {
  const below = (folder: string): string[] => readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
  return ['README.md', 'README.zh-CN.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...below('docs'), ...below('servers'), ...below('harness')].sort();
}
