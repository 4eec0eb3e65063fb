import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';
import { anchorsOf, linksOf } from './markdown.js';
import { pageAt, pagePaths, root } from './pages.js';

for (const path of pagePaths()) {
  test(`links of ${path} lead somewhere`, () => {
    const broken = linksOf(pageAt(path)).filter((target) => !/^https?:/.test(target)).filter((target) => {
      const [file = '', anchor] = target.split('#');
      const full = file === '' ? join(root, path) : join(root, dirname(path), file);
      if (!normalize(full).startsWith(root) || !existsSync(full)) return true;
      return anchor !== undefined && !anchorsOf(readFileSync(full, 'utf8')).includes(anchor);
    });
    assert.deepEqual(broken, []);
  });
}
