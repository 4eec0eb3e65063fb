/**
 * Writes the vocabulary of the address models, one token a line: `node dist/servers/reference/models/recipe/write-vocab.js FILE`.
 * The characters are the 6,763 of GB 2312, in its order: level 1 by sound, level 2 by radical.
 */
import { writeFileSync } from 'node:fs';

const gb2312 = (): string[] => {
  const decoder = new TextDecoder('gb18030');
  const found: string[] = [];
  for (let high = 0xb0; high <= 0xf7; high += 1) {
    for (let low = 0xa1; low <= 0xfe; low += 1) {
      // Row 55 ends five characters early.
      if (high === 0xd7 && low > 0xf9) break;
      found.push(decoder.decode(Uint8Array.of(high, low)));
    }
  }
  return found;
};

const numbered = (kind: string, count: number): string[] => Array.from({ length: count }, (_, index) => `[${kind} ${index}]`);

/** Every number below a thousand has a line; rooms of four digits and telephone numbers share buckets. */
export const vocabLines = (): string[] => [
  '[PAD]',
  '[EMPTY]',
  '[SYMBOL]',
  '(',
  ')',
  '-',
  ...Array.from({ length: 26 }, (_, index) => String.fromCharCode(97 + index)),
  ...numbered('LATIN', 256),
  ...Array.from({ length: 1000 }, (_, index) => String(index)),
  ...numbered('NUMBER', 1024),
  ...gb2312(),
  ...numbered('CHARACTER', 512),
];

const [, script, file] = process.argv;
if (script?.endsWith('write-vocab.js') === true && file !== undefined) writeFileSync(file, `${vocabLines().join('\n')}\n`);
