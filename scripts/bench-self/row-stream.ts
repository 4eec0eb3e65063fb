/**
 * An engine's output without an engine: a recorded stream, its requests written again and again with their numbers set forward, as
 * 100 users at 1,000 requests/s would have sent them. argv: k6 | autocannon, how many requests. For a process of its own.
 */
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createHost } from '../../harness/host/index.js';

/** Text before and after the numbers of a row. */
export interface Piece {
  before: string;
  after: string;
}

const users = 100;
const stepUs = 1000;
const leastUs = 50_000;
const chunkRows = 200;
/** The first seven fields of a row: user, seq, ticket, start, end, latency, pause. */
const numbers = /R(?:\|\d+){7}\|/;

/** All that k6 wrote for each answered request of the recording, and its head with the clock. */
export function piecesOf(recording: string): { head: string; pieces: Piece[] } {
  const lines = recording.split('\n');
  const clock = lines.findIndex((line) => line.includes('r=C|'));
  const pieces: Piece[] = [];
  let block = '';
  for (const line of lines.slice(clock + 1)) {
    if (line.includes('r=C|')) continue;
    block += `${line}\n`;
    if (!line.startsWith('iterations,')) continue;
    const found = numbers.exec(block);
    if (found !== null && block.startsWith('200|', found.index + found[0].length)) pieces.push({ before: block.slice(0, found.index), after: block.slice(found.index + found[0].length) });
    block = '';
  }
  return { head: `${lines[0] ?? ''}\n${(lines[clock] ?? '').replace(/r=C.*/, `r=C|0|${String(Date.now() * 1000)}`)}\n`, pieces };
}

/** The same requests as autocannon's process writes them: the row alone, quotes undone. */
export function rowsAlone({ pieces }: { pieces: readonly Piece[] }): { head: string; pieces: Piece[] } {
  return {
    head: `C|0|${String(Date.now() * 1000)}\n`,
    pieces: pieces.map(({ before, after }) => {
      const [rest = ''] = after.split('\n');
      return { before: '', after: `${before.endsWith('"r=') ? rest.slice(0, -1).replaceAll('""', '"') : rest}\n` };
    }),
  };
}

/** The numbers of request `i`: users take turns, latencies vary between 50 and 82 ms. */
export function numbersOf(i: number): string {
  const startUs = i * stepUs;
  const latencyUs = leastUs + (Math.imul(i, 2_654_435_761) >>> 17);
  return `R|${String(i % users)}|${String(Math.floor(i / users))}|${String(i)}|${String(startUs)}|${String(startUs + latencyUs)}|${String(latencyUs)}|0|`;
}

async function main(engine: string, count: number): Promise<void> {
  const recorded = piecesOf(readFileSync(`${createHost().files.packageRoot}/tests/fixtures/load/k6-stream.csv`, 'utf8'));
  const { head, pieces } = engine === 'k6' ? recorded : rowsAlone(recorded);
  let text = head;
  for (let i = 0; i < count; i += 1) {
    const piece = pieces[i % pieces.length] as Piece;
    text += piece.before + numbersOf(i) + piece.after;
    if ((i + 1) % chunkRows !== 0 && i + 1 < count) continue;
    if (!process.stdout.write(text, 'latin1')) await once(process.stdout, 'drain');
    text = '';
  }
}

const [, script, engine = 'k6', count = '0'] = process.argv;
// The reader goes when it has seen enough.
process.stdout.on('error', () => process.exit(0));
if (script === fileURLToPath(import.meta.url)) await main(engine, Number(count));
