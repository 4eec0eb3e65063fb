/**
 * Writes datasets/golden/ from the code: `npm run build && npm run golden`, after a change that makes other pairs. A test fails while they are stale.
 *
 * A file a class; the abnormal requests hold bodies of up to a megabyte and are packed. SHA256SUMS has the checksum of each file as it is
 * unpacked, and that of golden.jsonl: all pairs in one file, as `mgeo-bench dataset make golden --seed 7 -o golden.jsonl` writes it.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { createDataset, datasetSpec, formatPairs, loadLexicon } from '../harness/dataset/index.js';
import { pairClasses } from '../harness/model/dataset.js';

let root = dirname(fileURLToPath(import.meta.url));
while (!existsSync(join(root, 'package.json'))) root = dirname(root);
const folder = join(root, 'datasets', 'golden');

const plan = datasetSpec('golden');
if (plan === undefined) throw new Error('there is no dataset called golden');
const lexicon = loadLexicon({ readText: (path) => readFileSync(path, 'utf8') }, root);
const all = [...formatPairs(createDataset(plan, lexicon), 'jsonl')].join('');
const lines = all.split('\n').slice(0, -1);

const sumOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const sums = [`${sumOf(all)}  golden.jsonl`];
mkdirSync(folder, { recursive: true });
for (const name of pairClasses) {
  const text = lines.filter((line) => line.includes(`"class":"${name}",`)).map((line) => `${line}\n`).join('');
  sums.push(`${sumOf(text)}  ${name}.jsonl`);
  if (name === 'abnormal') writeFileSync(join(folder, `${name}.jsonl.gz`), gzipSync(text, { level: 9 }));
  else writeFileSync(join(folder, `${name}.jsonl`), text);
}
writeFileSync(join(folder, 'SHA256SUMS'), `${sums.join('\n')}\n`);
