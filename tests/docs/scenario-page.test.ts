import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { scenarioJsonSchema } from '../../harness/scenario/index.js';
import { fencesOf, rowsOf } from './markdown.js';
import { pageAt } from './pages.js';
import { readMgeoBench } from './program.js';

const folder = mkdtempSync(join(tmpdir(), 'mgeo-bench-scenario-page-'));
after(() => { rmSync(folder, { recursive: true, force: true }); });
const page = pageAt('docs/scenario.md');

interface Schema { properties?: Record<string, Schema>; anyOf?: Schema[]; default?: unknown; enum?: unknown[] }

/** Every key of a scenario with its schema. */
function keysOf(schema: Schema, path: readonly string[] = []): [string, Schema][] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([key, child]): [string, Schema][] => [[[...path, key].join('.'), child], ...keysOf(child, [...path, key])]);
  return [...own, ...(schema.anyOf ?? []).flatMap((choice) => keysOf(choice, path))];
}

const rows = new Map(rowsOf(page).flatMap(([key = '', type = '', fallback = '', meaning = '']) => (/^`[a-z][A-Za-z.-]*(?:-CN)?`$/.test(key) ? [[key.slice(1, -1), { type, fallback, meaning }] as const] : [])));
/** The two forms of a gate are the same for every metric; docs/gating.md shows them. */
const keys = new Map(keysOf(scenarioJsonSchema()).filter(([key]) => !/^gates\.\w+\./.test(key)));
/** Maps that are the heading of a section, and so have no row. */
const sections = ['server', 'dataset', 'load', 'telemetry', 'answers', 'policy', 'record'];

test('docs/scenario.md explains every key, and no other', () => {
  assert.deepEqual([...keys.keys()].filter((key) => !sections.includes(key) && !rows.has(key)), []);
  assert.deepEqual([...rows.keys()].filter((key) => !keys.has(key)), []);
  for (const section of sections) assert.match(page, new RegExp(`^## .*\\b${section}\\b`, 'm'));
});

test('docs/scenario.md gives every default and every word as they are', () => {
  for (const [key, { default: fallback, enum: words }] of keys) {
    const row = rows.get(key);
    if (row === undefined) continue;
    if (fallback !== undefined && fallback !== '' && key !== 'dataset.mix') {
      const written = row.fallback.replaceAll('`', '');
      const same = typeof fallback === 'number' ? Number(written) === fallback : written === (typeof fallback === 'string' ? fallback : JSON.stringify(fallback).replaceAll(',', ', '));
      assert.ok(same, `${key}: ${row.fallback}, not ${JSON.stringify(fallback)}`);
    }
    for (const word of words ?? []) assert.ok(row.meaning.includes(`\`${String(word)}\``), `${key}: ${String(word)}`);
  }
});

for (const path of ['docs/scenario.md', 'docs/servers.md', 'docs/gating.md']) {
  for (const [i, { text }] of fencesOf(pageAt(path)).filter(({ info }) => info === 'yaml').entries()) {
    test(`example ${String(i + 1)} of ${path} is a scenario`, async () => {
      const file = `example-${path.replace(/\W/g, '-')}-${String(i)}.yaml`;
      writeFileSync(join(folder, file), /^(?:extends|load):/m.test(text) ? text : `extends: quick\n${text}`);
      const ended = await readMgeoBench(['plan', file, '--json'], folder, { TOKEN: '', TARGET: '', USERS: '' });
      assert.equal(ended.code, 0, ended.stderr);
    });
  }
}

test('the mistakes of docs/scenario.md are reported as it says', async () => {
  const fences = fencesOf(page);
  const at = fences.findIndex(({ info }) => info === 'yaml mistakes');
  writeFileSync(join(folder, 'mine.yaml'), fences[at]?.text ?? '');
  const ended = await readMgeoBench(['plan', 'mine.yaml'], folder);
  assert.equal(ended.code, 2);
  assert.equal(ended.stderr, fences[at + 1]?.text);
  const argument = await readMgeoBench(['plan', 'quick', '--set', 'load.closed.uesrs=3'], folder);
  const [, line = ''] = argument.stderr.split('\n');
  assert.ok(page.includes(`\`${line.trim()}\``), line);
});
