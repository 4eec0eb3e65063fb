/**
 * Turns pairs (JSONL of scripts/training-pairs.ts) into arrays that a trainer only has to read:
 * `node dist/servers/reference/models/recipe/tokenise.js VOCAB PAIRS.jsonl FOLDER`
 *
 * `ids.u16` all tokens one after the other, a then b of each pair; `lengths.u8` two a pair; `labels.u8`, `families.u8`, `hard.u8` one a
 * pair; `families.json` the names of the families. Little-endian.
 */
import { createReadStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createAddressTokenizer } from '../../model/address-tokenizer.js';

interface Line {
  a: string;
  b: string;
  label: number;
  family: string;
  hard: boolean;
}

/** Longer texts than any that the generator writes would be cut here. */
const maxTokens = 96;

const tokenise = async (vocabFile: string, pairsFile: string, folder: string): Promise<void> => {
  const tokenizer = createAddressTokenizer(readFileSync(vocabFile, 'utf8'));
  const chunks: Buffer[] = [];
  const lengths: number[] = [];
  const labels: number[] = [];
  const families: number[] = [];
  const hard: number[] = [];
  const names = new Map<string, number>();
  for await (const text of createInterface({ input: createReadStream(pairsFile, 'utf8'), crlfDelay: Infinity })) {
    const line = JSON.parse(text) as Line;
    for (const side of [line.a, line.b]) {
      const ids = Uint16Array.from(tokenizer.encode(side, maxTokens));
      lengths.push(ids.length);
      chunks.push(Buffer.from(ids.buffer));
    }
    if (!names.has(line.family)) names.set(line.family, names.size);
    labels.push(line.label);
    families.push(names.get(line.family) ?? 0);
    hard.push(Number(line.hard));
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'ids.u16'), Buffer.concat(chunks));
  writeFileSync(join(folder, 'lengths.u8'), Uint8Array.from(lengths));
  writeFileSync(join(folder, 'labels.u8'), Uint8Array.from(labels));
  writeFileSync(join(folder, 'families.u8'), Uint8Array.from(families));
  writeFileSync(join(folder, 'hard.u8'), Uint8Array.from(hard));
  writeFileSync(join(folder, 'families.json'), `${JSON.stringify([...names.keys()])}\n`);
  process.stderr.write(`${labels.length} pairs tokenised\n`);
};

const [, , vocabFile, pairsFile, folder] = process.argv;
if (vocabFile === undefined || pairsFile === undefined || folder === undefined) {
  process.stderr.write('usage: tokenise.js VOCAB PAIRS.jsonl FOLDER\n');
  process.exitCode = 2;
} else await tokenise(vocabFile, pairsFile, folder);
