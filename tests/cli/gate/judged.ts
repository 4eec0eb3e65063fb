import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gate, type GateFlags } from '../../../harness/cli/gate.js';
import type { Io } from '../../../harness/cli/io.js';
import { parseGate } from '../../../harness/gate/index.js';
import { createHost } from '../../../harness/host/index.js';
import { BenchError } from '../../../harness/model/error.js';
import type { GatePlan } from '../../../harness/model/metric.js';
import { buildRecord, type RecordShape } from '../../analysis/record-builder.js';

export const host = createHost();
/** Of the test file that imports it. */
export const base = mkdtempSync(join(tmpdir(), 'gate-verb-'));
export const ioTo = (write: (text: string) => void): Io => ({ out: write, err: () => undefined, live: false, colour: false, columns: 120, width: null, pour: () => Promise.resolve(true) });

export const gateOf = (metric: string, expression: string): GatePlan => {
  const read = parseGate(metric, expression, 'error');
  assert.ok('gate' in read);
  return read.gate;
};
const held = [gateOf('latency', 'p(95)<=baseline*1.1'), gateOf('errors', 'rate<1%')];

let made = 0;
/** A run's folder: latencies around `ms`, a little different for each number. */
export function run(ms: number, { change, ...shape }: RecordShape = {}): string {
  made += 1;
  const folder = join(base, `run-${String(made)}`);
  mkdirSync(folder);
  const latenciesUs = Array.from({ length: 2000 }, (_, i) => Math.round(ms * 1000 * (0.7 + (0.6 * ((i * 7919) % 2000)) / 2000)));
  const record = buildRecord({ users: [2, 8], gates: held, ...shape, ...(shape.stages === undefined ? { latenciesUs } : {}), change: (whole) => {
    // A synthetic stage is as long as its requests take; what is asked shall be the same for all.
    const plan = { ...whole.plan, load: { ...whole.plan.load, stages: whole.plan.load.stages.map((stage) => ({ ...stage, durationS: 10 })) } };
    return { id: `run-${String(made)}`, plan, ...change?.({ ...whole, plan }) };
  } });
  writeFileSync(join(folder, 'run.json'), JSON.stringify(record));
  return folder;
}

/** What `gate` says of these runs. */
export async function judged(paths: string[], flags: Partial<GateFlags> = {}): Promise<{ code: number; out: string }> {
  let out = '';
  const code = await gate(paths, { gate: [], ...flags }, host, ioTo((text) => { out += text; }));
  return { code, out };
}

/** Expects an error with this code, whose words are one sentence each. */
export const refused = (code: string, words: RegExp, exitCode = 2) => (error: unknown): boolean => {
  assert.ok(error instanceof BenchError, String(error));
  assert.equal(error.code, code, error.message);
  assert.equal(error.exitCode, exitCode);
  assert.match([error.message, error.hint, ...error.details].join(' '), words);
  assert.ok(!error.message.slice(0, -1).includes('\n'));
  return true;
};

/** Where the baseline lies that `accept` makes. */
export const accepted = join(base, 'baselines', 'synthetic.json');

/** Five calm runs become a baseline. */
export const accept = (): Promise<{ code: number; out: string }> =>
  judged([20, 20.2, 19.9, 20.1, 19.8].map((ms) => run(ms)), { accept: true, by: 'an engineer', baseline: accepted });
