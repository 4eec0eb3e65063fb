import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { assumedBy, capacity, type CapacityFlags } from '../../harness/cli/capacity.js';
import { createHost } from '../../harness/host/index.js';
import { BenchError } from '../../harness/model/error.js';
import { buildRecord, type RecordShape } from '../analysis/record-builder.js';
import { searched } from '../analysis/search-record.js';

const host = createHost();

function asked(shape: RecordShape, flags: Partial<CapacityFlags> = {}): { code: number; out: string } {
  const folder = mkdtempSync(join(tmpdir(), 'capacity-verb-'));
  writeFileSync(join(folder, 'run.json'), JSON.stringify(buildRecord(shape)));
  let out = '';
  const code = capacity(folder, { lang: 'en', ...flags }, host, { out: (text) => void (out += text) });
  return { code, out };
}

test('a saved search is asked for other targets and other assumptions', () => {
  const shape = searched({ lowMs: 40, highMs: 900 });
  const { code, out } = asked(shape, { target: '500/s,1000', growth: '20%', headroom: '0.5', balance: '1', spare: 2 });
  assert.equal(code, 0);
  // 600 / 50 and 1200 / 50, and two spare; with all but 104 requests a second 12 and 24.
  assert.match(out, /^500 requests\/s: 14 replicas, 2 of which may fail\n1,000 requests\/s: 26 replicas, 2 of which may fail$/m);
  const json = JSON.parse(asked(shape, { json: true, target: '500' }).out) as { targets: { asked: boolean; replicas: number }[] };
  assert.deepEqual(json.targets.filter((one) => one.asked).map(({ replicas }) => replicas), [9]);
});

test('a run that does not bear it says why and ends with 4', () => {
  assert.deepEqual(asked({ users: [2, 8] }, { json: true }), { code: 4, out: '{\n  "absent": "closed-load"\n}\n' });
  const said = asked({ users: [2, 8] }, { lang: 'zh-CN' });
  assert.equal(said.code, 4);
  assert.match(said.out, /^无法给出副本数：.*load\.search.*。\n$/);
});

test('the command line lies over the scenario, and the scenario over the usual', () => {
  const base = { targetsRps: [70], growth: 0.1, headroom: 0.2, balance: 0.8, spare: 3 };
  assert.deepEqual(assumedBy(base, { spare: 0 }), { ...base, spare: 0 });
  assert.deepEqual(assumedBy(base, { target: '5,6/s' }), { ...base, targetsRps: [5, 6] });
  assert.deepEqual(assumedBy(undefined, {}), { targetsRps: [], growth: 0, headroom: 0.3, balance: 0.9, spare: 1 });
});

test('wrong words are usage errors that say what is expected', () => {
  for (const [flags, says] of [[{ target: 'many' }, /"many" is no rate/], [{ target: '5,,6' }, /"" is no rate/], [{ headroom: '100%' }, /below 1/], [{ balance: '0' }, /above 0/], [{ growth: 'x' }, /at least 0/], [{ spare: -1 }, /whole number/]] as const) {
    assert.throws(() => assumedBy(undefined, flags), (error: unknown) => error instanceof BenchError && error.code === 'usage' && says.test(error.message));
  }
});
