import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createLabelReader } from '../../harness/dataset/own/label.js';
import { fencesOf, rowsOf } from './markdown.js';
import { pageAt } from './pages.js';
import { readMgeoBench } from './program.js';

const folder = mkdtempSync(join(tmpdir(), 'mgeo-bench-own-data-page-'));
after(() => { rmSync(folder, { recursive: true, force: true }); });
const page = pageAt('docs/own-data.md');
const fences = fencesOf(page);
writeFileSync(join(folder, 'pairs.csv'), fences.find(({ info }) => info === 'csv')?.text ?? '');

for (const [i, { text }] of fences.filter(({ info }) => info === 'yaml').entries()) {
  test(`example ${String(i + 1)} of docs/own-data.md reads its file`, async () => {
    writeFileSync(join(folder, `example-${String(i)}.yaml`), text);
    const ended = await readMgeoBench(['plan', `example-${String(i)}.yaml`], folder);
    assert.equal(ended.code, 0, ended.stderr);
    // Under the third, "0", "1" and "exact" mean something else, and are still labels.
    assert.match(ended.stdout, /4 pairs of pairs\.csv/);
    assert.equal(ended.stderr, '');
  });
}

test('the words of docs/own-data.md mean what it says', () => {
  const rows = rowsOf(page).filter(([, , name = '']) => ['high', 'boundary', 'low', 'unlabelled'].includes(name));
  assert.equal(rows.length, 6);
  const { read } = createLabelReader();
  for (const [written = '', right = '', name = ''] of rows) {
    for (const word of written === 'nothing' ? [''] : written.split(',').map((each) => each.trim().replaceAll('`', ''))) {
      const label = read(word);
      assert.equal(label?.class, name, word);
      assert.equal(label.expected.join(' or '), right.split(':')[0]?.trim(), word);
    }
  }
});
