import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sameAsFile } from '../golden.js';
import { sampleInput } from '../sample-input.js';
import { clean, everyInput, filesOf, job, search } from './inputs.js';

interface Entry { name: string; unit: string; value: number; range?: string; extra?: string }
interface Bounded { value: number; lower_value?: number; upper_value?: number }

const small = () => sampleInput({ users: [1, 8, 32], durationS: 3, gpus: 1 });
const actionFiles = ['benchmark-action-bigger.json', 'benchmark-action-smaller.json'];
const plainName = /^[^`|<>@[\]\n\u0000-\u001f]+$/;

test('a small run for github-action-benchmark and for Bencher', async () => {
  for (const [name, content] of [...(await filesOf(small(), 'benchmark-action')), ...(await filesOf(small(), 'bencher'))]) sameAsFile(`tests/golden/report/exchange/${name}`, content);
});

test('every run: what these programs read, by type, with names that stay text', async () => {
  for (const [run, input] of everyInput()) {
    const files = await filesOf(input, 'benchmark-action');
    assert.deepEqual([...files.keys()], actionFiles, run);
    const names = new Set<string>();
    for (const content of files.values()) {
      for (const entry of JSON.parse(content) as Entry[]) {
        assert.deepEqual(Object.keys(entry).filter((key) => !['name', 'unit', 'value', 'range', 'extra'].includes(key)), [], run);
        assert.ok(Number.isFinite(entry.value) && plainName.test(entry.name), `${run}: ${entry.name}`);
        assert.match(entry.range ?? '± 1', /^± [\d.e+-]+$/);
        assert.ok(!names.has(entry.name), `${run}: ${entry.name} twice`);
        names.add(entry.name);
      }
    }
    const bencher = JSON.parse((await filesOf(input, 'bencher')).get('bencher.json')!) as Record<string, Record<string, Bounded>>;
    for (const [benchmark, measures] of Object.entries(bencher)) {
      assert.match(benchmark, plainName, run);
      for (const [measure, value] of Object.entries(measures)) {
        assert.match(measure, /^[a-z0-9]+(-[a-z0-9]+)*$/, run);
        assert.ok(measure.length <= 64);
        assert.deepEqual(Object.keys(value).filter((key) => !['value', 'lower_value', 'upper_value'].includes(key)), []);
        // The sample's interval of errors is made up.
        if (measure !== 'errors') assert.ok((value.lower_value ?? value.value) <= value.value && (value.upper_value ?? value.value) >= value.value, `${benchmark} ${measure}`);
      }
    }
  }
});

test('bigger holds what is better when it grows, smaller the rest; the numbers are those of the run', async () => {
  const input = clean();
  const [bigger = [], smaller = []] = [...(await filesOf(input, 'benchmark-action')).values()].map((content) => JSON.parse(content) as Entry[]);
  assert.deepEqual(bigger.map(({ name }) => name), ['synthetic / 1 users / throughput', 'synthetic / 4 users / throughput']);
  assert.ok(smaller.some(({ name }) => name.endsWith('latency-p95')) && smaller.some(({ name }) => name.endsWith('errors')));
  const { p95 } = input.analysis.stages[0]!.latencyMs;
  assert.ok(p95.kind === 'found');
  const told = smaller.find(({ name }) => name === 'synthetic / 1 users / latency-p95')!;
  assert.equal(told.value, Number(p95.value.value.toPrecision(6)));
  assert.equal(told.unit, 'ms');
  const { value, low, high } = p95.value;
  assert.equal(told.range, `± ${String(Number(Math.max(value - low!, high! - value).toPrecision(6)))}`);
});

test('an invalid stage is left out; a figure of a job without a direction is in Bencher alone', async () => {
  const [bigger = ''] = [...(await filesOf(sampleInput(), 'benchmark-action')).values()];
  assert.doesNotMatch(bigger, /64 users/);
  assert.match(bigger, /32 users/);
  const files = await filesOf(job(), 'benchmark-action');
  assert.deepEqual((JSON.parse(files.get('benchmark-action-smaller.json')!) as Entry[]).map(({ name }) => name.split(' / ').at(-1)).slice(0, 1), ['job-time']);
  assert.equal(files.get('benchmark-action-bigger.json'), '[]\n');
  assert.match((await filesOf(job(), 'bencher')).get('bencher.json')!, /"job-figure-/);
  const found = JSON.parse((await filesOf(search(), 'benchmark-action')).get('benchmark-action-bigger.json')!) as Entry[];
  assert.deepEqual(found.map(({ name, value }) => [name.split(' / ').at(-1), value]), [['capacity', 120]]);
});
