import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Linter } from 'eslint';

const { default: rule } = (await import(new URL('../../../scripts/documented-exports.mjs', import.meta.url).href)) as { default: NonNullable<NonNullable<Linter.Config['plugins']>[string]['rules']>[string] };

/** Names of the exported functions that the rule misses a comment on. */
function missing(code: string): string[] {
  const config: Linter.Config = { plugins: { house: { rules: { documented: rule } } }, rules: { 'house/documented': 'error' } };
  return new Linter().verify(code, config).map(({ message }) => message.split(' ')[0] ?? '');
}

test('an exported function without a comment of its own is named', () => {
  assert.deepEqual(missing('export function a() {}\nexport const b = () => 1;\nexport const c = function () {};\nexport default function () {}\n'), ['a', 'b', 'c', 'default']);
  assert.deepEqual(missing('/** Of the file. */\n\nexport function a() {}\n'), ['a'], 'the head of the file speaks of the file');
  assert.deepEqual(missing('// Not a doc comment.\nexport function a() {}\n'), ['a']);
});

test('with a comment directly above, or no function, nothing is said', () => {
  assert.deepEqual(missing('/** Seconds. */\nexport function a() {}\n/**\n * Two\n * lines.\n */\nexport const b = async () => 1;\n'), []);
  assert.deepEqual(missing('export const a = 1;\nfunction b() {}\nconst c = () => b;\nexport { c };\nexport * from "x";\n'), []);
});
