import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { pinnedAutocannon } from '../../harness/load/autocannon/index.js';
import { pinnedK6 } from '../../harness/load/k6/install.js';
import { metrics } from '../../harness/model/metric.js';
import { planSchema } from '../../harness/model/plan.js';
import { runRecordSchema } from '../../harness/model/record.js';
import { resultSchema } from '../../harness/report/index.js';
import { answerCounters } from '../../harness/telemetry/prometheus.js';
import { fencesOf, inlineCodeOf, rowsOf } from './markdown.js';
import { pageAt, pagePaths } from './pages.js';
import { flagsIn, helps } from './program.js';

const folder = mkdtempSync(join(tmpdir(), 'mgeo-bench-pages-'));
after(() => { rmSync(folder, { recursive: true, force: true }); });
let help: ReadonlyMap<string, string>;
before(async () => { help = await helps(folder); });

/** Those of servers/torch, whose --help needs a Python. */
const torchFlags = [
  ...[...pageAt('servers/torch/mgeo_torch/options.py').matchAll(/^ {4}"([a-z-]+)": \(/gm)].map(([, name = '']) => `--${name}`),
  ...(pageAt('servers/torch/mgeo_torch/training/options.py').match(/--[a-z-]+(?=")/g) ?? []),
];

/** Flags of other programs that the pages speak of. */
const foreign = new Set([
  '--out', '--quiet', '--config', '--summary-mode', '--no-thresholds', '--log-format', // k6
  '--query-gpu', '--query-compute-apps', '--format', // nvidia-smi
  '--save-dev', '--profile', '--rm', '--detach', // npm, docker
]);

interface JsonSchema { properties?: Record<string, JsonSchema>; items?: JsonSchema; anyOf?: JsonSchema[]; oneOf?: JsonSchema[]; additionalProperties?: JsonSchema | boolean }

/** Names of all fields down to `depth` maps inside each other. */
function fieldsOf(schema: JsonSchema, depth = Infinity): string[] {
  if (depth === 0) return [];
  const { properties = {}, items, anyOf = [], oneOf = [], additionalProperties } = schema;
  const beside = [...anyOf, ...oneOf, ...(items ? [items] : []), ...(typeof additionalProperties === 'object' ? [additionalProperties] : [])];
  const below = Object.values(properties).flatMap((child) => fieldsOf(child, depth - 1));
  return [...new Set([...Object.keys(properties), ...below, ...beside.flatMap((child) => fieldsOf(child, depth))])];
}

test('every command and flag that a page names exists', () => {
  const verbs = new Set([...(help.get('') ?? '').matchAll(/^ {2}([a-z][a-z0-9]*) /gm)].map(([, verb = '']) => verb));
  const flags = new Set([...help.values()].flatMap((text) => [...flagsIn(text)]).concat('--help', '--version', ...['scripts/bench-self.ts', 'scripts/training-pairs.ts', 'servers/reference/models/recipe/train-all.ts'].flatMap((path) => pageAt(path).match(/--[a-z-]+(?= )/g) ?? []), ...torchFlags));
  assert.ok(verbs.has('run') && flags.has('--set'));
  let seen = 0;
  for (const path of pagePaths()) {
    for (const code of [...inlineCodeOf(pageAt(path)), ...fencesOf(pageAt(path)).flatMap(({ text }) => text.split('\n'))]) {
      const verb = /\bmgeo-bench ([a-z][a-z0-9]*)/.exec(code)?.[1];
      if (verb !== undefined) assert.ok(verbs.has(verb), `${path}: ${code}`);
      for (const [, flag = ''] of code.matchAll(/(?<![\w-])(--[a-z][a-z0-9-]*)/g)) {
        seen += 1;
        const known = verb === undefined ? flags : flagsIn(help.get(verb) ?? '');
        assert.ok(known.has(flag) || foreign.has(flag), `${path}: ${flag} in ${code}`);
      }
    }
  }
  assert.ok(seen > 40, String(seen));
});

test('every command stands in both READMEs', () => {
  const verbs = [...(help.get('') ?? '').matchAll(/^ {2}([a-z][a-z0-9]*) /gm)].map(([, verb = '']) => verb).filter((verb) => verb !== 'help');
  for (const path of ['README.md', 'README.zh-CN.md']) {
    const named = rowsOf(pageAt(path)).flatMap(([cell = '']) => /^`mgeo-bench ([a-z0-9]+)/.exec(cell)?.[1] ?? []);
    assert.deepEqual(named.sort(), [...verbs].sort());
  }
});

const [ofReference = '', ofGpu = ''] = pageAt('docs/servers.md').split('\n## The GPU server\n');
/** Flag to default, as the tables of a page have them. */
const flagTable = (page: string): Map<string, string> =>
  new Map(rowsOf(page).flatMap(([flag = '', fallback = '']) => (flag.startsWith('`--') ? [[flag.replaceAll('`', ''), fallback.replaceAll('`', '')] as const] : [])));

test('the flags of the reference server, with their defaults', () => {
  const written = flagTable(ofReference);
  const real = [...(help.get('serve') ?? '').matchAll(/^ {2}(--[a-z-]+) .*?(?: \[([^\]]*)\])?$/gm)].filter(([, flag]) => flag !== '--help');
  assert.deepEqual([...written.keys()], real.map(([, flag]) => flag));
  for (const [, flag = '', fallback] of real) if (fallback !== undefined) assert.equal(written.get(flag), fallback, flag);
});

test('the flags of the GPU server: its own with their defaults, and those that both have with the same default', () => {
  const own = flagTable(ofGpu);
  const shared = flagTable(ofReference);
  const real = [...pageAt('servers/torch/mgeo_torch/options.py').matchAll(/^ {4}"([a-z-]+)": \((?:None|"([^"]*)"), /gm)].map(([, name = '', fallback]) => [`--${name}`, fallback] as const);
  assert.ok(real.length > 20);
  assert.deepEqual([...own.keys()], real.flatMap(([flag]) => (own.has(flag) ? [flag] : [])), 'in the order of --help');
  for (const [flag, fallback] of real) {
    if (own.has(flag)) assert.equal(own.get(flag), fallback ?? 'off', flag);
    else if (fallback !== '') assert.equal(shared.get(flag), fallback, flag);
    assert.ok(own.has(flag) || ofGpu.includes(`\`${flag}\``), `${flag} is not on the page`);
  }
});

test('the counters and the pinned versions', () => {
  for (const { name } of answerCounters) assert.ok(pageAt('docs/servers.md').includes(`\`${name}\``), name);
  const engines = pageAt('docs/engines.md');
  assert.ok(engines.includes(`Version ${pinnedK6.slice(1)} is pinned`));
  assert.ok(engines.includes(`Exactly ${pinnedAutocannon},`));
  assert.equal(/`go\.sum` of (\d+) lines/.exec(engines)?.[1], String(pageAt('harness/load/k6/build/go.sum').trimEnd().split('\n').length));
});

test('docs/record.md names every field of run.json and result.json', () => {
  const [run = '', result = ''] = pageAt('docs/record.md').split(/^## (?=run\.json|result\.json)/m).slice(1);
  const schemaOf = (schema: z.ZodType): JsonSchema => z.toJSONSchema(schema) as JsonSchema;
  const needed: [string, string[]][] = [
    [run, fieldsOf(schemaOf(runRecordSchema.omit({ plan: true })))],
    // What is deeper in the plan is the scenario's: docs/scenario.md.
    [run, fieldsOf(schemaOf(planSchema.omit({ server: true })), 2)],
    [result, fieldsOf(schemaOf(resultSchema))],
  ];
  for (const [part, fields] of needed) {
    const named = new Set(inlineCodeOf(part).flatMap((code) => code.split(/[^A-Za-z0-9-]+/)));
    assert.ok(fields.length > 30);
    assert.deepEqual(fields.filter((field) => !named.has(field)), []);
  }
});

test('the grammar of gates in docs/gating.md is that of the program', () => {
  const rows = new Map(rowsOf(pageAt('docs/gating.md')).map(([metric = '', aggregations = '', selectors = '']) => [metric.replaceAll('`', ''), { aggregations, selectors }]));
  const words = (cell: string): string[] => [...cell.matchAll(/`([A-Za-z]\w*)`/g)].map(([, word = '']) => word).sort();
  for (const metric of Object.values(metrics)) {
    const row = rows.get(metric.name);
    assert.deepEqual(words(row?.aggregations ?? ''), Object.keys(metric.aggregations).sort(), metric.name);
    assert.deepEqual(words(row?.selectors ?? ''), [...metric.selectors].sort(), metric.name);
    assert.equal(row?.aggregations.includes('p(95)'), metric.percentiles !== null, metric.name);
  }
});
