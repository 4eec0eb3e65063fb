/** What a reader sees is in the reader's language: names, units and codes aside, a Chinese report has no English word and an English one no Chinese. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseRecord } from '../../harness/analysis/index.js';
import { judge, judgeComparison } from '../../harness/gate/index.js';
import type { ComparisonRecord } from '../../harness/model/comparison.js';
import type { RunRecord } from '../../harness/model/record.js';
import { comparisonReports, comparisonText, renderReports, terminalTable, type Language, type ReportInput } from '../../harness/report/index.js';
import { jobRecord } from '../analysis/job-record.js';
import { buildRecord, percentileGate } from '../analysis/record-builder.js';
import { brokenInput } from './broken-input.js';
import { sampleComparison } from './comparison/sample.js';
import { burstInput, openInput } from './open-input.js';
import { sampleInput } from './sample-input.js';
import { soakInput, spikeInput } from './shapes-input.js';

const inputOf = (record: RunRecord): ReportInput => {
  const analysis = analyseRecord(record);
  return { record, analysis, verdict: judge({ record, analysis }) };
};

/** Runs of every outcome and of every kind of load, with what can be wrong in them. */
const inputs: Readonly<Record<string, ReportInput>> = {
  'a ramp': sampleInput(),
  'with GPUs': sampleInput({ gpus: 2 }),
  'ended early': brokenInput(),
  'interrupted': inputOf({ ...buildRecord({ users: [2], gates: [percentileGate('latency', 95, '<', 800)] }), outcome: 'aborted', failure: { code: 'interrupted', message: 'Interrupted.', hint: 'What was measured is kept and rendered.', exitCode: 130, details: [] } }),
  'killed': inputOf({ ...buildRecord({ users: [2] }), outcome: 'running' }),
  'no answer': inputOf(buildRecord({ stages: [{ users: 3, durationS: 2, latenciesUs: [100, 100, 100], errors: { timeout: 3 } }], gates: [percentileGate('latency', 95, '<', 800)] })),
  'open load': openInput(),
  'bursts': burstInput(),
  'a spike': spikeInput(),
  'a soak': soakInput(),
  'a job': inputOf(jobRecord({ server: true })),
  'a job that failed': inputOf(jobRecord({ status: 'job-failed', why: 'The job ended with exit code 3.', change: () => ({ outcome: 'failed', failure: { code: 'job-failed', message: 'The job ended with exit code 3.', hint: 'See its log.', exitCode: 3, details: [] } }) })),
};

/** Text of a page as it is seen or read aloud: without code, commands, embedded data, and what the machine said in its own words. */
function seen(page: string): string {
  const labels = [...page.matchAll(/(?:aria-label|title|content)="([^"]*)"/g)].map(([, label = '']) => label).filter((label) => !label.startsWith('default-src') && !label.startsWith('width='));
  const text = page.replace(/<(script|style|pre|code)\b[^>]*>[\s\S]*?<\/\1>/g, ' ').replace(/<!--[\s\S]*?-->/g, ' ').replace(/<[^>]*>/g, '\n');
  return [text, ...labels].join('\n').replace(/&(?:lt|gt|quot|amp|#39);/g, ' ');
}

/** The same of Markdown: code in backticks and blocks of it. */
const seenMarkdown = (text: string): string => text.replace(/```[\s\S]*?```|`[^`]*`/g, ' ').replace(/<\/?(?:details|summary|sub|br)[^>]*>/g, ' ').replace(/&(?:lt|gt|amp);/g, ' ');

/** Words that are the same in every language: units and terms of the field, programs, keys of files, what the samples are called. */
const everywhere = new Set(`
  bert base chinese WordPiece WANDB _KEY mgeo bench CPU GPU GPUs VRAM RSS NVIDIA nvidia smi PATH HTTP JSON HTML UTC Node Linux Debian sha SHA AUC score macro Wilson Newcombe Hanley McNeil Little Theil Sen Kendall Mann USL autocannon duration Server Timing
  ms req min GiB MiB KiB GHz pairs BERT bert base chinese WordPiece CLS SEP health metrics run result comparison json html csv jsonl utf doctor plan gpu gpus
  high low boundary noisy abnormal unlabelled exact partial not
  latency errors rate count rps capacity recovery vram rss answers flips oracleFailures auc probe_pass_rate probe pass load time max users repeat matrix compare
`.split(/\s+/).filter((word) => word !== ''));
const ofTheSamples = new Set(`
  finetune job logs python data training WANDB WANDB_KEY _KEY epoch loss epoch_s ramp Example http Z ab abc mgeo shape building next door near phase invisible note emoji stutter phone null length missing field empty left right addr cut off equal unheard of seven value label mini arms homophone far district synthetic Synthetic linux none greedy batching server reference rounds address
`.split(/\s+/).filter((word) => word !== ''));

const wordsIn = (text: string): string[] => [...new Set(text.match(/[A-Za-z_]{3,}/g) ?? [])];
/** Quotations stand in the language they were said in. */
const withoutQuotations = (text: string): string => text.replace(/（原文：[^）]*）|“[^”]*”/g, ' ');

const foreign = (text: string): string[] => wordsIn(withoutQuotations(text)).filter((word) => !everywhere.has(word) && !ofTheSamples.has(word) && !/^[a-f]+$/.test(word));

async function outputs(input: ReportInput, language: Language): Promise<[string, string][]> {
  const files = await renderReports(input, { languages: [language], formats: ['html', 'markdown'] });
  return [...files.map(({ name, content }): [string, string] => [name, name.endsWith('.md') ? seenMarkdown(content) : seen(content)]), ['terminal', terminalTable(input, language, { colour: false, columns: 120 })]];
}

for (const [what, input] of Object.entries(inputs)) {
  test(`no English is left in the Chinese report of ${what}`, async () => {
    for (const [name, text] of await outputs(input, 'zh-CN')) assert.deepEqual(foreign(text), [], name);
  });
}

test('no English is left in what replicas and answers are asked', async () => {
  const sample = sampleComparison();
  const ratio = { value: 1.6, low: 1.5, high: 1.7 };
  const [first, second] = sample.arms;
  assert.ok(first && second);
  const scaling = (['worth', 'not-worth', 'open'] as const).map((word) => ({ ...sample, design: { ...sample.design, by: 'replicas' as const, worth: 0.5, replicas: [1, 2] }, scaling: [{ arm: second.name, replicas: 2, speedUp: ratio, efficiency: ratio, added: ratio, word }] }));
  const answers = [{ asked: 9, flips: 2, maxDelta: 0.1, lost: 1, gained: 2 }, { asked: 9, flips: 0, maxDelta: 0.1 }, { asked: 9, flips: 0, maxDelta: 0 }, undefined].map((each): ComparisonRecord => ({
    ...sample, design: { ...sample.design, by: 'answers' },
    comparisons: sample.comparisons.map((one) => ({ ...one, answers: each })),
    summaries: sample.summaries.map((summary) => ({ ...summary, quality: { pairs: 9, auc: 0.9, macroF1: 0.5 }, work: { batchTexts: 1, queueMs: 1, inferMs: 1, padding: 0, normaliseMs: 0.1 } })),
  }));
  for (const record of [...scaling, ...answers]) {
    const verdict = judgeComparison(record, false);
    for (const { name, content } of await comparisonReports(record, verdict, [], ['zh-CN'])) if (name !== 'junit.xml') assert.deepEqual(foreign(name.endsWith('.md') ? seenMarkdown(content) : seen(content)), [], name);
    assert.deepEqual(foreign(comparisonText(record, verdict, 'zh-CN')), []);
  }
});

test('no English is left in the Chinese comparison, whatever its runs differ in and however one ended', async () => {
  const sample = sampleComparison();
  const [first, ...others] = sample.rounds;
  const record: ComparisonRecord = { ...sample, rounds: [{ ...first!, verdict: 'invalid', outcome: 'failed', why: 'The server under test ended.' }, { ...first!, verdict: 'invalid', outcome: 'failed', why: 'It rained all day.' }, ...others] };
  const verdict = judgeComparison(record, false);
  const facts = ['CPU', 'cores', 'memory', 'operating system', 'Node version', 'mgeo-bench version', 'load engine', 'GPUs or driver', 'load', 'seed'];
  for (const { name, content } of await comparisonReports(record, verdict, facts, ['zh-CN'], ['markdown', 'html'])) assert.deepEqual(foreign(name.endsWith('.md') ? seenMarkdown(content) : seen(content)), [], name);
  assert.deepEqual(foreign(comparisonText(record, verdict, 'zh-CN')), []);
});

test('a test that would find nothing finds no fault: one English word on a page is told', async () => {
  const [[, page = ''] = []] = await outputs(inputs['a ramp']!, 'zh-CN');
  assert.deepEqual(foreign(`${page}\ncompleted`), ['completed']);
});

test('no Chinese is left in an English report but the addresses', async () => {
  for (const [what, input] of Object.entries(inputs)) {
    const addresses = [...new Set(JSON.stringify(input.record).match(/"[ab]":"[^"]*"/g) ?? [])].map((pair) => (JSON.parse(`{${pair}}`) as { a?: string; b?: string })).map(({ a, b }) => a ?? b ?? '');
    for (const [name, text] of await outputs(input, 'en')) {
      const rest = addresses.sort((x, y) => y.length - x.length).reduce((left, address) => left.replaceAll(address, ' '), text);
      assert.deepEqual(rest.match(/\p{Script=Han}+/gu) ?? [], [], `${what}: ${name}`);
    }
  }
});
