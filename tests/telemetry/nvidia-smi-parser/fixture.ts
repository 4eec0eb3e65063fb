import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createNvidiaSmiParser, type Header, type Message, type Row } from '../../../harness/telemetry/nvidia-smi-parser/index.js';

/** The folder of our package.json, above wherever the built tests lie. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

export function fixture(name: string): string {
  return readFileSync(join(packageRoot(), 'tests/fixtures/telemetry/nvidia-smi', name), 'utf8');
}

/** Everything a parser says of an output that comes in these pieces. */
export function parsed(pieces: readonly (string | Uint8Array)[]): { rows: Row[]; messages: Message[]; headers: Header[] } {
  const rows: Row[] = [];
  const messages: Message[] = [];
  const headers: Header[] = [];
  const parser = createNvidiaSmiParser({ onSample: (row) => rows.push(row), onMessage: (message) => messages.push(message), onHeader: (header) => headers.push(header) });
  for (const piece of pieces) parser.push(piece);
  parser.end();
  return { rows, messages, headers };
}
