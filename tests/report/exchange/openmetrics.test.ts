import assert from 'node:assert/strict';
import { test } from 'node:test';
import parsePrometheus from 'parse-prometheus-text-format';
import type { ReportInput } from '../../../harness/report/index.js';
import { sameAsFile } from '../golden.js';
import { sampleInput } from '../sample-input.js';
import { clean, everyInput, filesOf, job, search } from './inputs.js';
import { parseOpenMetrics } from './open-metrics-text.js';

const textOf = async (input: ReportInput): Promise<string> => (await filesOf(input, 'openmetrics')).get('openmetrics.txt')!;

test('a small run as OpenMetrics', async () => {
  sameAsFile('tests/golden/report/exchange/openmetrics.txt', await textOf(sampleInput({ users: [1, 8, 32], durationS: 3, gpus: 1 })));
});

test('every run is text that a strict reader and a reader of Prometheus text take, with the same samples', async () => {
  for (const [name, input] of everyInput()) {
    const text = await textOf(input);
    const families = parseOpenMetrics(text);
    assert.deepEqual(families.slice(0, 2).map(({ name: family, type }) => `${family} ${type}`), ['mgeo_bench_run info', 'mgeo_bench_verdict stateset'], name);
    assert.equal(families[1]!.samples.filter(({ value }) => value === 1).length, 1, name);
    assert.ok(families.every((family) => family.name.startsWith('mgeo_bench_') && family.help !== ''), name);
    // The library knows no name that ends in _info as of its family: it is compared without it.
    const library = parsePrometheus(text.replaceAll('mgeo_bench_run_info', 'mgeo_bench_run'));
    assert.deepEqual(library.map((family) => family.metrics.map(({ value }) => Number(value))), families.map((family) => family.samples.map(({ value }) => value)), name);
  }
});

test('base units, three significant digits', async () => {
  const input = sampleInput({ users: [8, 9], gpus: 1 });
  const families = new Map(parseOpenMetrics(await textOf(input)).map((family) => [family.name, family]));
  const { latencyMs, rssPeakMiB } = input.analysis.stages[0]!;
  const p95 = families.get('mgeo_bench_latency_seconds')!.samples.find(({ labels }) => labels['percentile'] === '95')!;
  assert.ok(latencyMs.p95.kind === 'found');
  assert.equal(p95.value, Number((latencyMs.p95.value.value / 1000).toPrecision(3)));
  assert.equal(p95.labels['stage'], input.analysis.stages[0]!.name);
  assert.equal(families.get('mgeo_bench_server_memory_peak_bytes')!.samples[0]!.value, Number((rssPeakMiB.server! * 2 ** 20).toPrecision(3)));
});

test('nothing that changes from run to run of the same thing: two runs have the same names and labels', async () => {
  const keys = (text: string): string[] => parseOpenMetrics(text).flatMap((family) => family.samples.map(({ name, labels }) => `${name}${JSON.stringify(labels)}`));
  const other = clean();
  other.record.id = 'another';
  other.record.startedAt = '2027-01-01T00:00:00.000Z';
  assert.deepEqual(keys(await textOf(other)), keys(await textOf(clean())));
});

test('a check that is not decided is absent, an invalid stage has no figures', async () => {
  const input = sampleInput();
  const families = new Map(parseOpenMetrics(await textOf(input)).map((family) => [family.name, family]));
  const checks = families.get('mgeo_bench_check_passed')!.samples;
  assert.equal(checks.length, input.verdict.checks.filter(({ status }) => status === 'pass' || status === 'fail').length);
  assert.ok(checks.length < input.verdict.checks.length);
  const invalid = input.analysis.stages.filter(({ validity }) => validity.status === 'invalid').map(({ name }) => name);
  assert.equal(invalid.length, 1);
  assert.ok(families.get('mgeo_bench_throughput_requests_per_second')!.samples.every(({ labels }) => labels['stage'] !== invalid[0]));
});

test('a search tells the rate it found, a job its time and its figures', async () => {
  const named = async (input: ReportInput): Promise<string[]> => parseOpenMetrics(await textOf(input)).map(({ name }) => name);
  assert.ok((await named(search())).includes('mgeo_bench_capacity_requests_per_second'));
  assert.ok(!(await named(search())).includes('mgeo_bench_latency_seconds'));
  const names = await named(job());
  for (const name of ['mgeo_bench_job_time_seconds', 'mgeo_bench_job_figure']) assert.ok(names.includes(name), name);
});
