import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { createDataset, datasetSpec, formatPairs } from '../../harness/dataset/index.js';
import { pairClasses, type AddressPair } from '../../harness/model/dataset.js';
import { lexicon, packageRoot } from './world.js';

const folder = join(packageRoot, 'datasets/golden');
const sums = new Map(readFileSync(join(folder, 'SHA256SUMS'), 'utf8').trimEnd().split('\n').map((line) => [line.slice(66), line.slice(0, 64)]));
const sumOf = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');
const committed = (name: string): Uint8Array => (name === 'abnormal' ? gunzipSync(readFileSync(join(folder, 'abnormal.jsonl.gz'))) : readFileSync(join(folder, `${name}.jsonl`)));
const stale = 'the golden sets are not what the code makes: run `npm run build && npm run golden` and review the difference';

test('the golden sets are made again, byte for byte', () => {
  const plan = datasetSpec('golden');
  assert.ok(plan);
  assert.equal(plan.seed, 7);
  const all = [...formatPairs(createDataset(plan, lexicon), 'jsonl')].join('');
  assert.equal(sumOf(all), sums.get('golden.jsonl'), stale);
  const lines = all.trimEnd().split('\n');
  for (const name of pairClasses) {
    const ofClass = lines.filter((line) => (JSON.parse(line) as AddressPair).class === name);
    assert.equal(ofClass.length, 500);
    assert.equal(Buffer.from(committed(name)).toString(), `${ofClass.join('\n')}\n`, stale);
  }
});

test('every committed file has its checksum', () => {
  assert.deepEqual([...sums.keys()], ['golden.jsonl', ...pairClasses.map((name) => `${name}.jsonl`)]);
  for (const name of pairClasses) assert.equal(sumOf(committed(name)), sums.get(`${name}.jsonl`));
});
