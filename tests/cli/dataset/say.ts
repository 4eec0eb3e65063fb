import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatasetFlags, Surroundings } from '../../../harness/cli/dataset/flags.js';
import { makeDataset } from '../../../harness/cli/dataset/make.js';
import { showDataset } from '../../../harness/cli/dataset/show.js';
import { statsOfDataset } from '../../../harness/cli/dataset/stats.js';
import { createHost, type Host } from '../../../harness/host/index.js';

export const host = createHost();
/** Of the test file that imports it. */
export const folder = mkdtempSync(join(tmpdir(), 'dataset-verbs-'));
const verbs = { make: makeDataset, show: showDataset, stats: statsOfDataset };

export interface Said {
  code: number;
  out: string;
  err: string;
}

/** Runs a verb against the scenario `quick`; what it says. */
export async function say(verb: keyof typeof verbs, flags: Partial<DatasetFlags>, more: { signal?: AbortSignal; clock?: Host['clock']; live?: boolean; readers?: number; name?: string } = {}): Promise<Said> {
  let out = '';
  let err = '';
  let poured = 0;
  const around: Surroundings = {
    host: { ...host, clock: more.clock ?? host.clock },
    signal: more.signal ?? new AbortController().signal,
    io: {
      out: (text) => (out += text), err: (text) => (err += text), live: more.live ?? false, colour: false, columns: 80, width: null,
      pour: (data) => {
        out += typeof data === 'string' ? data : Buffer.from(data).toString('utf8');
        poured += 1;
        return Promise.resolve(poured < (more.readers ?? Infinity));
      },
    },
  };
  const code = await verbs[verb](more.name ?? 'quick', { set: [], ...flags }, around);
  return { code, out, err };
}

/** Lines of a text that ends with one. */
export const linesOf = (text: string): string[] => text.split('\n').slice(0, -1);

/** Lines of a file of pairs of one's own, 20 of each of three classes. */
export const ownLines = Array.from({ length: 60 }, (_, i) => `甲路${String(i)}号,乙路${String(i)}号,${['exact', 'not', 'partial'][i % 3] ?? ''}`);
