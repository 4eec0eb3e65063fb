import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { findPython, readPins } from '../../../../../servers/reference/models/recipe/python.js';
import { packageRoot } from '../../../../../servers/reference/model/package-root.js';

const folder = mkdtempSync(join(tmpdir(), 'mgeo-bench-python-'));
/** Stands in for a Python: prints this, ends so. */
const standIn = (name: string, prints: string, code = 0): string => {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\nprintf '${prints}'\nexit ${String(code)}\n`, { mode: 0o755 });
  return path;
};

test('the first Python that has every package is taken', () => {
  const [lacks, has, other] = [standIn('lacks', 'jax==1\\n'), standIn('has', ''), standIn('other', '')];
  assert.deepEqual(findPython([lacks, has, other], ['jax==1']), { python: has });
});

test('without one it is told what each lacks', () => {
  const found = findPython([standIn('old', 'jax==1 (has 0.9)\\nonnx==2\\n'), standIn('broken', '', 1), join(folder, 'absent')], ['jax==1', 'onnx==2']);
  assert.deepEqual(found, { lacking: `${join(folder, 'old')} lacks jax==1 (has 0.9), onnx==2; ${join(folder, 'broken')} does not run; ${join(folder, 'absent')} does not run` });
});

test('a real Python is asked for what it has', (context) => {
  if (spawnSync('python3', ['--version']).status !== 0) {
    if (process.env['CI'] === 'true') throw new Error('python3 is missing');
    return context.skip('there is no python3');
  }
  const found = findPython(['python3'], ['surely-no-package==1.0']);
  assert.deepEqual(found, { lacking: 'python3 lacks surely-no-package==1.0' });
  assert.deepEqual(findPython(['python3'], []), { python: 'python3' });
});

test('requirements.txt pins every package', () => {
  const pins = readPins(join(packageRoot(), 'servers/reference/models/recipe/requirements.txt'));
  assert.ok(pins.length >= 4);
  for (const pin of pins) assert.match(pin, /^[a-z]+==[\d.]+$/);
});
