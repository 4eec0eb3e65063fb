import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { readArrivals } from '../../harness/dataset/index.js';
import { parseGate } from '../../harness/gate/index.js';
import { planSchema } from '../../harness/model/plan.js';
import { workersOf } from '../../harness/model/stage.js';
import { loadPlan, scenarioJsonSchema } from '../../harness/scenario/index.js';
import { testContext } from '../host/context.js';
import { machineWith } from './in-memory.js';

let root = dirname(fileURLToPath(import.meta.url));
while (!existsSync(join(root, 'package.json'))) root = dirname(root);
const folder = join(root, 'scenarios');
const texts = Object.fromEntries(readdirSync(folder).filter((name) => name.endsWith('.yaml')).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
/** What lies in scenarios/ is what a scenario may name. */
const shipped = { ...texts, 'replay.csv': '' };
const machine = () => machineWith(Object.fromEntries(Object.entries(shipped).map(([file, text]) => [`/package/scenarios/${file}`, text])));
const planFor = (name: string, set: string[] = []) =>
  loadPlan(name, { set }, { parseGate, readArrivals: (path, options) => readArrivals(path.replace('/package', root), options, testContext().host.files) }, machine()).plan;
const loadFor = (name: string) => loadPlan(name, { set: [] }, { parseGate }, machine());

describe('scenario.schema.json', () => {
  const validate = new Ajv({ strict: true, allErrors: true, allowUnionTypes: true }).compile(scenarioJsonSchema());

  it('is what the code says', () => {
    assert.equal(readFileSync(join(folder, 'scenario.schema.json'), 'utf8'), `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`, 'run `npm run schemas`');
  });

  it('says something about every key', () => {
    const silent: string[] = [];
    const visit = (node: unknown, path: string): void => {
      if (typeof node !== 'object' || node === null) return;
      for (const [key, child] of Object.entries(node)) {
        if (key === 'properties') for (const [word, schema] of Object.entries(child as Record<string, { description?: string }>)) if (!schema.description) silent.push(`${path}.${word}`);
        visit(child, `${path}.${key}`);
      }
    };
    visit(scenarioJsonSchema(), '');
    assert.deepEqual(silent, []);
  });

  it('refuses in an editor what the loader refuses, and lets a part stand alone for extends', () => {
    const accepts = (text: string): boolean => validate(parse(text)) as boolean;
    assert.ok(accepts('extends: quick\nload: {closed: {duration: 3s}}\n'));
    for (const wrong of ['recrod: {}', 'load: {closed: {duration: 20}}', 'load: {closed: {duration: 20sec}}', 'load: {opne: {}}', 'gates: {latncy: "p(95)<1s"}', 'server: {reference: {cache: none}}']) {
      assert.equal(accepts(wrong), false, wrong);
    }
  });

  it('says what a mix leaves out', () => {
    assert.match(scenarioJsonSchema().properties?.['dataset']?.properties?.['mix']?.description ?? '', /With `mix`: a class that is not named has 0\./);
  });

  for (const [file, text] of Object.entries(texts)) {
    it(`holds for ${file}`, () => { assert.ok(validate(parse(text)), JSON.stringify(validate.errors)); });
  }
});

describe('the scenarios that ship', () => {
  it('are the ones the README promises', () => {
    assert.deepEqual(Object.keys(texts).sort(), ['abnormal.yaml', 'async-client.yaml', 'baseline.yaml', 'batching.yaml', 'burst-500-long.yaml', 'cache.yaml', 'capacity.yaml', 'conformance.yaml', 'drills.yaml', 'finetune.yaml', 'job.yaml', 'length.yaml', 'mixed.yaml', 'normalise.yaml', 'offline-100k.yaml', 'precision.yaml', 'quick.yaml', 'ramp.yaml', 'release-gate.yaml', 'replay.yaml', 'replicas.yaml', 'slo-200qps.yaml', 'soak.yaml', 'spike.yaml']);
  });

  for (const [file, text] of Object.entries(texts)) {
    it(`${file} begins with its schema, says its question in both languages, and makes a plan`, () => {
      assert.match(text, /^# yaml-language-server: \$schema=\.\/scenario\.schema\.json\n# \S/);
      const plan = planFor(file);
      assert.deepEqual(planSchema.parse(plan), plan);
      assert.equal(`${plan.name}.yaml`, file);
      assert.match(plan.question.en, /\?$/);
      assert.match(plan.question['zh-CN'], /[\u4e00-\u9fff].*？$/);
      // The suite judges itself: its checks are its gates.
      assert.ok(plan.gates.length > 0 || plan.load.conformance !== undefined);
    });
  }

  it('quick leaves time for booting and reporting within 90 s', () => {
    const { load } = planFor('quick');
    assert.ok(load.stages.reduce((sum, { warmupS, durationS }) => sum + warmupS + durationS, 0) <= 45);
  });

  it('baseline is one user and 1,000 calls with nothing cached', () => {
    const { load, server } = planFor('baseline');
    assert.deepEqual(load.stages.map(({ arrival, minRequests }) => [workersOf(arrival), minRequests]), [[1, 1000]]);
    assert.equal(server.kind === 'reference' && server.cacheEntries, null);
  });

  it('batching crosses the strategies people ask about on a simulated accelerator, and is decided by throughput', () => {
    const { arms, design } = loadFor('batching');
    assert.deepEqual(arms.map(({ name }) => name), ['none', 'window 50ms', 'window 100ms', 'greedy', 'token-budget no bucket', 'token-budget bucket']);
    for (const { plan: { server } } of arms) assert.deepEqual(server.kind === 'reference' && [server.model, server.maxBatch, server.cacheEntries], ['simulated', 32, null]);
    assert.equal(design?.metric, 'rps');
    assert.deepEqual(loadFor('precision').arms.map(({ plan: { server } }) => server.kind === 'reference' && server.precision), ['fp32', 'fp16', 'int8']);
  });

  it('replicas asks whether another one is worth it, normalise which step changes answers', () => {
    const { arms, design } = loadFor('replicas');
    assert.deepEqual(arms.map(({ plan: { server } }) => server.kind === 'reference' && [server.workers, server.cacheEntries]), [[1, null], [2, null]]);
    assert.deepEqual([design?.by, design?.replicas, design?.worth, design?.metric], ['replicas', [1, 2], 0.5, 'rps']);
    const normalise = loadFor('normalise');
    assert.deepEqual([normalise.design?.by, normalise.arms[0]?.name, normalise.arms.length], ['answers', 'off', 9]);
  });

  it('drills has an arm where nothing fails, one of every kind of failure, and an accelerator that runs out of memory', () => {
    const { arms } = loadFor('drills');
    assert.deepEqual(arms.map(({ name }) => name), ['nothing fails', 'crash', 'crash, slow start', 'hang', 'failing inferences', '5xx', 'resets', 'slow inferences', 'slow clients', 'out of memory']);
    const faults = arms.map(({ plan: { server } }) => (server.kind === 'reference' ? server.faults : undefined) ?? []);
    for (const kind of ['crash', 'slow-start', 'hang', 'error', 'status', 'reset', 'delay', 'slow-client']) assert.ok(faults.some((own) => own.join(',').includes(kind)), kind);
    const oom = arms.at(-1)?.plan.server;
    assert.ok(oom?.kind === 'reference' && oom.model === 'simulated');
    for (const { plan: { load } } of arms) assert.ok(load.stages.every(({ drill, durationS }) => drill !== undefined && durationS <= 30));
  });

  it('burst-500-long releases 500 at once, as often as the window says, and asks for the memory', () => {
    const { load, gates } = planFor('burst-500-long');
    assert.deepEqual(load.stages.map(({ arrival, warmupS, durationS }) => [arrival, warmupS, durationS]), [[{ kind: 'burst', requests: 500, everyS: 10, repeats: 5 }, 10, 50]]);
    assert.equal(gates[0]?.id, 'vram max<24GiB');
  });

  it('slo-200qps asks 200 a second of Poisson arrivals for a minute, of pairs that do not repeat', () => {
    const { load, dataset, gates } = planFor('slo-200qps');
    assert.deepEqual(load.stages.map(({ arrival, durationS }) => [arrival.kind === 'open' && [arrival.rateRps, arrival.process, arrival.inFlight], durationS]), [[[200, 'poisson', 400], 60]]);
    assert.ok(Object.values(dataset.mix).reduce((sum, n) => sum + n, 0) > 200 * 65);
    assert.equal(gates[0]?.id, 'latency p(95)<800ms');
    const steps = planFor('slo-200qps', ['load.open.rates=[50, 100, 200, 50]']).load.stages;
    assert.deepEqual(steps.map(({ name, repeat }) => [name, repeat]), [['50/s', 0], ['100/s', 0], ['200/s', 0], ['50/s, again 1', 1]]);
  });

  it('ramp is 10 to 500 users who think, and can be cut short from the command line', () => {
    const { stages } = planFor('ramp').load;
    assert.deepEqual(stages.map(({ arrival }) => workersOf(arrival)), [10, 50, 100, 200, 500]);
    assert.ok(stages.every(({ arrival, durationS }) => durationS === 20 && arrival.kind === 'closed' && arrival.thinkMs[0] === 100 && arrival.thinkMs[1] === 500));
    const short = planFor('ramp', ['load.closed.users=[2,8]', 'load.closed.duration=3s']).load.stages;
    assert.deepEqual(short.map(({ arrival, durationS }) => [workersOf(arrival), durationS]), [[2, 3], [8, 3]]);
  });

  it('spike, soak and replay are short, and soak goes on for hours when it is told to', () => {
    for (const name of ['spike', 'soak', 'replay']) {
      const { stages } = planFor(name).load;
      assert.ok(stages.reduce((sum, { warmupS, durationS }) => sum + warmupS + durationS, 0) <= 150, name);
    }
    assert.equal(planFor('soak', ['load.soak.duration=8h']).load.stages[0]?.durationS, 28_800);
    const [replay] = planFor('replay').load.stages;
    assert.ok(replay?.arrival.kind === 'replay' && replay.arrival.requests === readFileSync(join(folder, 'replay.csv'), 'utf8').trimEnd().split('\n').length - 1);
  });

  it('job is a program of ours on files of ours, and asks for its time and its own figures', () => {
    const { load, server, gates } = planFor('job');
    assert.equal(server.kind, 'none');
    const [program = '', ...words] = load.job?.command ?? [];
    assert.equal(program, 'node');
    for (const word of words.filter((each) => each.startsWith('{package}/') && !each.includes('/dist/'))) assert.ok(existsSync(word.replace('{package}', root)), word);
    assert.ok(words.some((word) => existsSync(word.replace('{package}/dist', root).replace(/\.js$/, '.ts'))));
    assert.deepEqual(gates.map(({ metric }) => metric), ['job', 'job', 'metric', 'metric', 'rss']);
  });

  it('abnormal sends broken requests among normal ones', () => {
    const { mix } = planFor('abnormal').dataset;
    assert.ok(mix.abnormal > 0 && mix.high > 0);
  });
});
