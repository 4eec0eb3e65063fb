import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';
import { packageRoot } from '../report/golden.js';

test('every event of --progress json and every field of it stands in docs/terminal.md', () => {
  const page = readFileSync(path.join(packageRoot(), 'docs/terminal.md'), 'utf8');
  const file = path.join(packageRoot(), 'harness/model/event.ts');
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2023, true);
  const words = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isPropertySignature(node)) words.add(node.name.getText());
    if (ts.isPropertySignature(node) && node.name.getText() === 'kind' && node.type !== undefined) words.add(node.type.getText().replaceAll("'", ''));
    ts.forEachChild(node, visit);
  };
  visit(source);
  assert.ok(words.size > 25 && words.has('job-tick') && words.has('cpuCores'));
  assert.deepEqual([...words].filter((word) => !page.includes(`\`${word}\``)), []);
});
