import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseRecord } from '../../harness/analysis/index.js';
import { judge } from '../../harness/gate/index.js';
import { renderReports, resultSchema, terminalTable } from '../../harness/report/index.js';
import { fine } from '../../harness/report/job-figure.js';
import type { ReportInput } from '../../harness/report/report-input.js';
import { fourEpochs, jobRecord, type JobShape } from '../analysis/job-record.js';
import { namedGate } from '../analysis/record-builder.js';
import { sameAsFile } from './golden.js';

const both = ['en', 'zh-CN'] as const;
const suffix = { 'en': '', 'zh-CN': '.zh-CN' } as const;
const wordsOf = (html: string): string => html.replace(/<(script|style|svg)[^>]*>[\s\S]*?<\/\1>/g, ' ').replace(/<[^>]+>/g, '\n').replaceAll('\u00a0', ' ').replace(/\s*\n\s*/g, '\n');

function inputOf(shape: JobShape): ReportInput {
  const record = jobRecord(shape);
  const analysis = analyseRecord(record);
  return { record, analysis, verdict: judge({ record, analysis }) };
}

const trained = (): ReportInput => inputOf({
  server: true, gpus: [{ uuid: 'GPU-a', baselineMiB: 500, loadedMiB: 600, peakMiB: 9000 }],
  gates: [namedGate('job', 'time', '<=', 60_000, { unit: 'ms' }), namedGate('metric', 'last', '>=', 0.95, { selector: { name: 'auc' } }), namedGate('rss', 'max', '<', 1024, { unit: 'MiB' })],
});
const failed = (): ReportInput => inputOf({
  status: 'job-failed', why: 'The job ended with exit code 3.', durationS: 25, lines: [...fourEpochs.slice(0, 1), [15, { loss: null, auc: 0.5 }]],
  job: { exitCode: 3, lines: { total: 12, json: 2, malformed: 4, tooLong: 1 } },
  change: () => ({ outcome: 'failed', failure: { code: 'job-failed', message: 'The job ended with exit code 3.', hint: 'Its last lines stand above; the whole log is in the run folder under logs/.', exitCode: 3, details: ['RuntimeError: <out of memory>'] } }),
});
const pageOf = async (input: ReportInput, language: (typeof both)[number]): Promise<string> => (await renderReports(input, { languages: [language], formats: ['html'] }))[0]!.content;

test('a job as people see it: terminal and Markdown, in both languages', async () => {
  for (const [name, input] of [['trained', trained()], ['failed', failed()], ['silent', inputOf({ lines: [], gates: [namedGate('metric', 'last', '>=', 0.95, { selector: { name: 'auc' } })] })]] as const) {
    for (const language of both) {
      sameAsFile(`tests/golden/report/job/${name}-terminal${suffix[language]}.txt`, `${terminalTable(input, language, { colour: false, columns: 120 })}\n`);
      const [markdown] = await renderReports(input, { languages: [language], formats: ['markdown'] });
      sameAsFile(`tests/golden/report/job/${name}${suffix[language]}.md`, markdown!.content);
    }
  }
  sameAsFile('tests/golden/report/job/trained-junit.xml', (await renderReports(trained(), { languages: ['en'], formats: ['junit'] }))[0]!.content);
});

test('on a narrow terminal the figures lose columns, not their last value', () => {
  const lines = terminalTable(trained(), 'en', { colour: false, columns: 60 }).split('\n');
  const head = lines.find((line) => line.startsWith('Figure')) ?? assert.fail(lines.join('\n'));
  assert.ok(head.length <= 60 && /Last/.test(head) && !/Longest/.test(head), head);
});

test('the page draws every figure over time, with its numbers behind it, and says nothing of requests', async () => {
  for (const language of both) {
    const html = await pageOf(trained(), language);
    for (const [part, name] of ['epoch', 'loss', 'auc', 'epoch_s'].entries()) {
      const id = part === 0 ? 'chart-job-figure' : `chart-job-figure-${String(part)}`;
      const figure = new RegExp(`<figure id="${id}">[\\s\\S]*?</figure>`).exec(html)?.[0] ?? assert.fail(`no figure ${name}`);
      assert.ok(figure.includes(`<h3>${name}</h3>`) && figure.includes('<svg'), name);
      // Four values, in a row of the table each.
      assert.equal((figure.match(/<tr>/g) ?? []).length, 1 + 4, name);
    }
    const words = wordsOf(html);
    assert.match(words, language === 'en' ? /loss: from 0\.8 to 0\.2 over 4 lines; least 0\.2, largest 0\.8\./ : /loss：4 行中从 0\.8 到 0\.2；最小 0\.2，最大 0\.8。/);
    assert.match(words, /\nauc\n4\n0\.92\n0\.98\n0\.92\n0\.98\n10 s\n10 s\n/);
    assert.match(words, language === 'en' ? /GPU 0: baseline [\d.]+ MiB, peak 8\.79 GiB/ : /GPU 0：基线 [\d.]+ MiB，峰值 8\.79 GiB/);
    for (const absent of ['chart-throughput', 'chart-latency', 'id="answers"', 'id="health"', 'id="stages"']) assert.ok(!html.includes(absent), absent);
    assert.doesNotMatch(words, language === 'en' ? /undefined|NaN|\[object|Little|loaded/ : /undefined|NaN|\[object|利特尔|加载后 —/);
    // A link for each section that is there.
    for (const [, anchor = ''] of html.matchAll(/<a href="#([^"]+)"/g)) assert.ok(html.includes(`id="${anchor}"`), anchor);
  }
});

test('an AUC near 1 is drawn from near 1, not from zero', async () => {
  const figure = /<figure id="chart-job-figure-2">[\s\S]*?<\/figure>/.exec(await pageOf(trained(), 'en'))?.[0] ?? assert.fail('no figure');
  const ticks = [...figure.matchAll(/>(0\.\d+)<\/text>/g)].map(([, text]) => Number(text));
  assert.ok(ticks.length >= 3 && Math.min(...ticks) >= 0.9, String(ticks));
});

test('names and words of a job are text, whatever they hold', async () => {
  const hostile = '<script>alert(1)</script>|`';
  const input = inputOf({ lines: [[1, { [hostile]: 1 }], [2, { [hostile]: 2 }]], change: ({ plan }) => ({ plan: { ...plan, load: { ...plan.load, job: { command: ['echo', hostile], cwd: null, env: { [hostile]: '(hidden)' }, timeoutS: 5 } } } }) });
  const html = await pageOf(input, 'en');
  assert.ok(!html.includes('<script>alert') && html.includes('&lt;script&gt;alert'));
  const [markdown] = await renderReports(input, { languages: ['en'], formats: ['markdown'] });
  assert.ok(!markdown!.content.includes('<script>'));
});

test('a page with many figures draws the first twelve and says so', async () => {
  const names = Array.from({ length: 15 }, (_, i) => `f${String(i)}`);
  const html = await pageOf(inputOf({ lines: [1, 2].map((second) => [second, Object.fromEntries(names.map((name) => [name, second]))] as const) }), 'en');
  assert.equal((html.match(/<figure id="chart-job-figure/g) ?? []).length, 12);
  assert.match(wordsOf(html), /3 further figures are in the table alone\./);
  assert.ok(wordsOf(html).includes('\nf14\n'));
});

test('result.json keeps the contract', async () => {
  const resultOf = async (input: ReportInput) => resultSchema.parse(JSON.parse((await renderReports(input, { languages: ['en'], formats: ['json'] }))[0]!.content));
  const { run, stages: [stage], analysis } = await resultOf(trained());
  assert.deepEqual([run.engine, stage?.arrival, stage?.durationS], [null, { kind: 'job', timeoutS: 600 }, 40]);
  assert.deepEqual({ ...stage?.job, metrics: stage?.job?.metrics.filter(({ name }) => name === 'auc') }, {
    durationS: 40, exitCode: 0, signal: null, timedOut: false, cpuS: 60, cores: 1.5, rssPeakMiB: 700, others: stage?.job?.others, steal: 0, lines: { total: 7, json: 4, malformed: 0, tooLong: 0 },
    metrics: [{ name: 'auc', n: 4, notFinite: 0, first: 0.92, last: 0.98, min: 0.92, max: 0.98, everyS: 10, longestGapS: 10 }],
  });
  assert.deepEqual(analysis.findings.filter(({ severity }) => severity !== 'info'), []);
  const broken = await resultOf(failed());
  assert.deepEqual([broken.verdict.status, broken.verdict.exitCode, broken.verdict.sentence], ['invalid', 3, 'The job ended with exit code 3.']);
  assert.deepEqual(broken.stages[0]?.job?.metrics.find(({ name }) => name === 'loss'), { name: 'loss', n: 1, notFinite: 1, first: 0.8, last: null, min: 0.8, max: 0.8, everyS: 6, longestGapS: 6 });
});

test('figures are told to five digits', () => {
  assert.deepEqual([0.971234567, 0.97, 1234.5678, 2000, -0.5, 1e-9, 0, 123_456_789, 1.5e20, null].map(fine), ['0.97123', '0.97', '1,234.6', '2,000', '−0.5', '1e−9', '0', '123,456,789', fine(1.5e20), '—']);
});
