/**
 * `npm run bench:self`: measures the harness itself and prints the result as Markdown.
 *   --write             also puts it into docs/measurement.md
 *   --only WORD,WORD    only these parts: accuracy, overhead, fold, pairs, report, reference
 *   --short             cuts the durations: to try the programs, not to quote
 */
import { parseArgs } from 'node:util';
import { createHost, type Context } from '../harness/host/index.js';
import { accuracy } from './bench-self/accuracy.js';
import { findEngines, type Bench, type Part } from './bench-self/bench.js';
import { placeResult, resultText } from './bench-self/document.js';
import type { Section } from './bench-self/figure.js';
import { fold } from './bench-self/fold.js';
import { largeReport } from './bench-self/large-report.js';
import { overhead } from './bench-self/overhead.js';
import { pairs } from './bench-self/pairs.js';
import { reference } from './bench-self/reference.js';

const parts: readonly Part[] = [accuracy, overhead, fold, pairs, largeReport, reference];
const shortShare = 0.2;

const { values } = parseArgs({ options: { write: { type: 'boolean', default: false }, only: { type: 'string', default: '' }, short: { type: 'boolean', default: false } } });
const only = values.only.split(',').filter((word) => word !== '');
const unknown = only.filter((word) => !parts.some((part) => part.word === word));
if (unknown.length > 0) {
  process.stderr.write(`--only takes ${parts.map((part) => part.word).join(', ')}; not ${unknown.join(', ')}.\n`);
  process.exit(2);
}

const host = createHost();
const startedMs = performance.now();
const startedAt = new Date().toISOString();
const interrupt = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => { interrupt.abort(new Error(name)); });
const ctx: Context = { host, signal: interrupt.signal, onEvent: () => undefined, sinceStartMs: () => performance.now() - startedMs };
const environment = await host.machine.describe();
const scale = values.short ? shortShare : 1;
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const bench: Bench = { ctx, seconds: (full) => full * scale, count: (full) => Math.round(full * scale), engines: await findEngines(ctx), say };

const sections: Section[] = [];
for (const part of parts) {
  if (only.length > 0 && !only.includes(part.word)) continue;
  try {
    sections.push(await part.run(bench));
  } catch (error) {
    process.exitCode = 1;
    sections.push({ title: part.word, columns: [], rows: [], notes: [`Not measured: ${error instanceof Error ? error.message : String(error)}`] });
  }
  if (interrupt.signal.aborted) break;
}

const version = (name: string): string => {
  const found = bench.engines.find((one) => one.name === name);
  return found?.engine ? found.engine.version : 'absent';
};
const text = resultText({ environment, startedAt, tookS: (performance.now() - startedMs) / 1000, k6: version('k6'), autocannon: version('autocannon'), short: values.short, only }, sections);
process.stdout.write(`${text}\n`);
if (values.write && !interrupt.signal.aborted) {
  const page = `${host.files.packageRoot}/docs/measurement.md`;
  host.files.writeText(page, placeResult(host.files.readText(page), text));
}
if (interrupt.signal.aborted) process.exitCode = 130;
