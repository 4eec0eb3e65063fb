import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lacksSecrets, reproduceCommand } from '../../harness/report/reproduce.js';
import { buildRecord } from '../analysis/record-builder.js';

const record = buildRecord({});

test('the words that were given, quoted where a shell would read them', () => {
  const asked = ['quick', '--set', 'load.closed.users=[2, 8]', '--set', "name=it's", '--engine', 'k6'];
  assert.equal(reproduceCommand({ ...record, asked }), "npx mgeo-bench run quick --set 'load.closed.users=[2, 8]' --set 'name=it'\\''s' --engine k6");
  assert.equal(lacksSecrets({ ...record, asked }), false);
  assert.equal(lacksSecrets({ ...record, asked: ['quick', '--set', 'server=(hidden)'] }), true);
});

test('of a record that does not keep them, what the plan tells', () => {
  const { asked, ...old } = { ...record, asked: [] as string[] };
  assert.deepEqual(asked, []);
  assert.match(reproduceCommand(old), /^npx mgeo-bench run \S+ --seed \d+/);
  assert.equal(lacksSecrets(old), false);
});
