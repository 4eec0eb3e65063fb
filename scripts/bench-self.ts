/**
 * `npm run bench:self`: measures the harness itself and prints the result as Markdown.
 *   --write             also puts it into docs/measurement.md; parts that do not run keep what stands there
 *   --only WORD,WORD    only these parts (scripts/bench-self/parts.ts)
 *   --install-peers     fetches wrk and Locust into the cache, to compare with (part peers)
 *   --short             cuts the durations: to try the programs, not to quote
 */
import { parseArgs } from 'node:util';
import { createHost, type Context } from '../harness/host/index.js';
import { findEngines, type Bench } from './bench-self/bench.js';
import { measuredText, placeParts } from './bench-self/document.js';
import { sectionText } from './bench-self/figure.js';
import { parts } from './bench-self/parts.js';

const shortShare = 0.2;

const { values } = parseArgs({ options: { write: { type: 'boolean', default: false }, only: { type: 'string', default: '' }, short: { type: 'boolean', default: false }, 'install-peers': { type: 'boolean', default: false } } });
const only = values.only.split(',').filter((word) => word !== '');
const words = parts.map((part) => part.word);
const unknown = only.filter((word) => !words.includes(word));
if (unknown.length > 0) {
  process.stderr.write(`--only takes ${words.join(', ')}; not ${unknown.join(', ')}.\n`);
  process.exit(2);
}

const host = createHost();
const startedMs = performance.now();
const interrupt = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => { interrupt.abort(new Error(name)); });
const ctx: Context = { host, signal: interrupt.signal, onEvent: () => undefined, sinceStartMs: () => performance.now() - startedMs };
const scale = values.short ? shortShare : 1;
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const bench: Bench = { ctx, seconds: (full) => full * scale, count: (full) => Math.round(full * scale), engines: await findEngines(ctx), installPeers: values['install-peers'], say };
const version = (name: string): string => {
  const found = bench.engines.find((one) => one.name === name);
  return found?.engine ? found.engine.version : 'absent';
};
const page = `${host.files.packageRoot}/docs/measurement.md`;

for (const part of parts) {
  if (only.length > 0 && !only.includes(part.word)) continue;
  const environment = await host.machine.describe();
  const startedAt = new Date().toISOString();
  const sinceMs = performance.now();
  try {
    const section = await part.run(bench);
    const text = measuredText({ environment, startedAt, tookS: (performance.now() - sinceMs) / 1000, k6: version('k6'), autocannon: version('autocannon'), short: values.short }, section);
    process.stdout.write(`${text}\n\n`);
    // At once: what comes later may fail, or be stopped.
    if (values.write && !interrupt.signal.aborted) host.files.writeText(page, placeParts(host.files.readText(page), new Map([[part.word, text]]), words));
  } catch (error) {
    process.exitCode = 1;
    process.stdout.write(`${sectionText({ title: part.word, columns: [], rows: [], notes: [`Not measured: ${error instanceof Error ? error.message : String(error)}`] })}\n\n`);
  }
  if (interrupt.signal.aborted) break;
}
if (interrupt.signal.aborted) process.exitCode = 130;
