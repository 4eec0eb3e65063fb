import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { judgeComparison } from '../../../harness/gate/index.js';
import type { ComparisonRecord } from '../../../harness/model/comparison.js';
import { comparisonReports, type ReportFormat } from '../../../harness/report/index.js';
import { gatedComparison, sampleComparison } from '../comparison/sample.js';
import { sameAsFile } from '../golden.js';
import { parseOpenMetrics } from './open-metrics-text.js';

interface Entry { name: string; unit: string; value: number; range?: string; extra?: string }

async function filesOf(record: ComparisonRecord, ...formats: ReportFormat[]): Promise<Map<string, string>> {
  return new Map((await comparisonReports(record, judgeComparison(record, false), [], ['en'], formats)).map(({ name, content }) => [name, content]));
}
const other: ReportFormat[] = ['openmetrics', 'bencher', 'benchmark-action', 'csv'];

test('a comparison for other programs, as they read it', async () => {
  for (const [name, content] of await filesOf(gatedComparison(), ...other)) sameAsFile(`tests/golden/report/exchange/comparison/${name}`, content);
});

test('an entry for each arm and figure: the mean over its runs, with the interval of the mean', async () => {
  const record = sampleComparison();
  const files = await filesOf(record, ...other);
  const [bigger = [], smaller = []] = ['bigger', 'smaller'].map((word) => JSON.parse(files.get(`benchmark-action-${word}.json`)!) as Entry[]);
  assert.deepEqual(bigger.map(({ name }) => name), ['none', 'greedy'].flatMap((arm) => ['2 users', '8 users'].map((stage) => `arms / ${arm} / ${stage} / throughput`)));
  assert.equal(bigger.length + smaller.length, record.summaries.reduce((sum, { rows }) => sum + rows.length, 0), 'no figure is lost, none is told twice');
  const row = record.summaries[1]!.rows.find(({ stage, metric }) => stage === '8 users' && metric === 'rps')!;
  const told = bigger.find(({ name }) => name === 'arms / greedy / 8 users / throughput')!;
  assert.equal(told.value, Number(row.mean.toPrecision(6)));
  assert.match(told.extra ?? '', /^n = 5\n\[/);
  const bencher = JSON.parse(files.get('bencher.json')!) as Record<string, Record<string, { value: number; lower_value?: number }>>;
  assert.deepEqual(Object.keys(bencher), ['none', 'greedy'].flatMap((arm) => [`arms / ${arm} / 2 users`, `arms / ${arm} / 8 users`, `arms / ${arm}`]));
  assert.equal(bencher['arms / greedy / 8 users']!['throughput']!.lower_value, Number(row.low!.toPrecision(6)));
  const rows = parse<Record<string, string>>(files.get('arms.csv')!, { columns: true, recordDelimiter: '\r\n' });
  const cells = rows.find(({ arm, stage, metric }) => arm === 'greedy' && stage === '8 users' && metric === 'rps')!;
  assert.deepEqual([Number(cells['mean']), Number(cells['low']), cells['runs'], cells['unit']], [row.mean, row.low, '5', 'req/s']);
});

test('OpenMetrics: a strict reader takes it; arms are labels, gates on the first arm are checks, undecided ones are absent', async () => {
  const families = new Map(parseOpenMetrics((await filesOf(gatedComparison(), 'openmetrics')).get('openmetrics.txt')!).map((family) => [family.name, family]));
  assert.deepEqual(families.get('mgeo_bench_throughput_requests_per_second')!.samples.map(({ labels }) => [labels['arm'], labels['stage']]), [['none', '2 users'], ['none', '8 users'], ['greedy', '2 users'], ['greedy', '8 users']]);
  assert.equal(families.get('mgeo_bench_verdict')!.samples.find(({ value }) => value === 1)!.labels['mgeo_bench_verdict'], 'fail');
  assert.deepEqual(families.get('mgeo_bench_check_passed')!.samples.map(({ labels, value }) => [labels['arm'], labels['check'], value]), [
    ['greedy', 'rps rate>=baseline*0.97 @ 8 users', 0], ['greedy', 'rss max<=baseline*1.1', 0], ['greedy', 'answers baselineFlips==0', 0], ['greedy', 'latency p(50)<=baseline*1.03 @ 8 users', 1],
  ]);
  assert.ok(families.has('mgeo_bench_comparison'));
});

test('repeats of one scenario have no arm to name; hostile names stay text', async () => {
  const { summaries, ...record } = sampleComparison();
  const repeated = { ...record, arms: [{ name: '', settings: {} }], comparisons: [], summaries: [{ ...summaries[0]!, arm: '' }] };
  const [first] = JSON.parse((await filesOf(repeated, 'benchmark-action')).get('benchmark-action-bigger.json')!) as Entry[];
  assert.equal(first!.name, 'arms / 2 users / throughput');
  const word = '"|`<b>@all\n=1+1';
  const hostile = await filesOf(sampleComparison({ word }), ...other);
  for (const { name } of JSON.parse(hostile.get('benchmark-action-bigger.json')!) as Entry[]) assert.match(name, /^[^`|<>@[\]\n]+$/);
  assert.doesNotThrow(() => parseOpenMetrics(hostile.get('openmetrics.txt')!));
  assert.ok(parse(hostile.get('arms.csv')!, { columns: true, recordDelimiter: '\r\n' }).length > 0);
});
