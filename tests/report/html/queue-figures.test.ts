import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderReports, type Language, type ReportInput } from '../../../harness/report/index.js';
import { sampleInput } from '../sample-input.js';

async function figures(input: ReportInput, language: Language = 'en'): Promise<Record<string, { caption: string; rows: number }>> {
  const [page] = await renderReports(input, { languages: [language], formats: ['html'] });
  const found = [...page!.content.matchAll(/<figure id="chart-(queue|batch-size)"[^>]*>([\s\S]*?)<\/figure>/g)];
  return Object.fromEntries(found.map(([, id = '', inside = '']) => [id, { caption: (/<figcaption>(.*?)<\/figcaption>/.exec(inside) ?? /<p>(.*?)<\/p>/.exec(inside))?.[1] ?? '', rows: inside.match(/<tr>/g)?.length ?? 0 }]));
}

/** One stage from 6 to 9 s, read every second: 4, then 12 wait; 10 batches of 50 entries in the window. */
function known(change: Partial<ReportInput['record']> = {}): ReportInput {
  const input = sampleInput({ users: [8], durationS: 3 });
  const t = [5000, 6000, 7000, 8000, 9000, 10_000];
  const column = (metric: string, v: (number | null)[]): ReportInput['record']['series'][number] => ({ source: 'server', metric, unit: '', t, v });
  const series = [column('queueLength', [99, 0, 4, 12, 1, 99]), column('batches', [0, 5, 8, 12, 15, 40]), column('batchedEntries', [0, 10, 20, 50, 60, 900])];
  return { ...input, record: { ...input.record, series, ...change } };
}

test('the caption tells the largest queue inside a stage, and the mean batch there', async () => {
  const english = await figures(known());
  assert.match(english['queue']?.caption ?? '', /^Most seen waiting: 12, at “8 users”\. Read from .* about once a second/);
  assert.match(english['batch-size']?.caption ?? '', /^Largest on average: 5 at “8 users”\. Each point is the mean of the batches between two readings/);
  assert.deepEqual([english['queue']?.rows, english['batch-size']?.rows], [7, 6], 'a row for each reading below the head; the first has no batch before it');
  const chinese = await figures(known(), 'zh-CN');
  assert.match(chinese['queue']?.caption ?? '', /^排队最多的是“8 个用户”：12 条。约每秒从服务端的 \/metrics 读取一次/);
  assert.match(chinese['batch-size']?.caption ?? '', /^平均最大的是“8 个用户”：每批 5 条。/);
});

test('a queue that was always empty says so; what was not told is not drawn', async () => {
  const [queue] = known().record.series;
  const found = await figures(known({ series: [{ ...queue!, v: [9, 0, 0, 0, 0, 9] }] }));
  assert.deepEqual(Object.keys(found), ['queue']);
  assert.match(found['queue']?.caption ?? '', /^In no stage was anything waiting/);
});

test('a server that tells neither is one reason; without a server there is none', async () => {
  const absent = await figures(known({ series: [] }));
  assert.deepEqual(absent, { queue: { caption: 'Not in the record: the server’s /metrics tells neither its queue nor its batches, or was not read.', rows: 0 } });
  assert.deepEqual(await figures(known({ series: [], server: null })), {});
});
