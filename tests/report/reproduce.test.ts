import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReportInput } from '../../harness/report/index.js';
import { renderAppendix } from '../../harness/report/html/appendix-section.js';
import { lacksSecrets, reproduceCommand } from '../../harness/report/reproduce.js';
import { textOf } from '../../harness/report/text/index.js';
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

test('the page of a round says that the command repeats the whole comparison; the page of a run alone does not', () => {
  const asked = ['cache'];
  const page = (round: object, language: 'en' | 'zh-CN'): string => renderAppendix({ record: { ...record, ...round, asked } } as ReportInput, {}, textOf(language)).markup;
  assert.match(page({ round: true }, 'en'), /repeats the whole comparison of which this run is one round[^<]*<\/p><pre>npx mgeo-bench run cache<\/pre>/);
  assert.match(page({ round: true }, 'zh-CN'), /该命令会重做整个对比，本次运行只是其中一轮/);
  assert.doesNotMatch(page({}, 'en'), /comparison/);
  assert.doesNotMatch(page({}, 'zh-CN'), /对比，/);
});
