import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseRecord } from '../../harness/analysis/index.js';
import { judge } from '../../harness/gate/index.js';
import type { CapacityPlan } from '../../harness/model/capacity.js';
import { capacityText, renderReports, resultSchema, terminalTable, type ReportInput } from '../../harness/report/index.js';
import { textOf } from '../../harness/report/text/index.js';
import { buildRecord, type RecordShape } from '../analysis/record-builder.js';
import { searchRecord } from '../analysis/search-record.js';
import { sameAsFile } from './golden.js';

const both = ['en', 'zh-CN'] as const;
const suffix = { 'en': '', 'zh-CN': '.zh-CN' } as const;
const asked: CapacityPlan = { targetsRps: [500, 2000], growth: 0.2, headroom: 0.3, balance: 0.9, spare: 1 };

function inputOf(shape: RecordShape, capacity?: CapacityPlan): ReportInput {
  const made = buildRecord(shape);
  const record = capacity === undefined ? made : { ...made, plan: { ...made.plan, capacity } };
  const analysis = analyseRecord(record);
  return { record, analysis, verdict: judge({ record, analysis }) };
}

/** Found between 240 and 252 requests a second, or with no upper end; a third of the answers from the cache. */
const found = (capacity?: CapacityPlan, highRps: number | null = 252): ReportInput => {
  const shape = searchRecord([
    { rateRps: 240, latencyMs: 40, state: 'pass', purpose: 'bracket' }, { rateRps: 252, latencyMs: 400, state: 'fail', purpose: 'bisect' }, { rateRps: 240, latencyMs: 40, state: 'pass', purpose: 'confirm' },
  ], { kind: highRps === null ? 'unbounded' : 'found', lowRps: 240, highRps, confirmed: 1, neededS: null }, { plan: { resolution: 0.05 } });
  return inputOf({ ...shape, change: (record) => ({ ...shape.change?.(record), stages: record.stages.map((stage) => ({ ...stage, cache: { hit: 100, partial: 0, miss: 200 } })) }) }, capacity);
};

test('replicas as people read them on a terminal, in both languages', () => {
  for (const language of both) sameAsFile(`tests/golden/report/capacity/text${suffix[language]}.txt`, `${capacityText(found(asked), language)}\n\n${capacityText(found({ ...asked, targetsRps: [], growth: 0, spare: 0 }, null), language)}\n`);
});

test('report.md has the table, what is assumed and where it ends; a run that was not asked and cannot tell is silent', async () => {
  const section = async (input: ReportInput, language: (typeof both)[number]): Promise<string> => {
    const [file] = await renderReports(input, { languages: [language], formats: ['markdown'] });
    const title = textOf(language).capacity.title;
    return file!.content.split(/^(?=#### )/m).find((part) => part.startsWith(`#### ${title}`)) ?? '';
  };
  for (const language of both) sameAsFile(`tests/golden/report/capacity/report${suffix[language]}.md`, await section(found(asked), language));
  assert.equal(await section(inputOf({ users: [2, 8] }), 'en'), '');
  assert.match(await section(inputOf({ users: [2, 8] }, asked), 'en'), /No number of replicas: users who wait for their answers/);
  assert.match(await section(inputOf({ users: [2, 8] }, asked), 'zh-CN'), /无法给出副本数：等待应答的用户/);
});

test('the terminal speaks of replicas where the scenario asks', () => {
  const lines = (input: ReportInput): string => terminalTable(input, 'en', { colour: false, columns: 130 });
  assert.match(lines(found(asked)), /500 requests\/s: 5 replicas, 1 of which may fail\n2,000 requests\/s: 17 replicas, 1 of which may fail$/m);
  assert.doesNotMatch(lines(found()), /replica/);
});

test('every refusal has its sentence in both languages', () => {
  for (const language of both) {
    const { why } = textOf(language).capacity;
    for (const code of ['closed-load', 'no-gates', 'unfinished', 'wrong-answers', 'run-gate-failed', 'invalid', 'no-rate-passed', 'not-confirmed']) assert.equal(/\p{Script=Han}/u.test(why[code] ?? ''), language === 'zh-CN', code);
  }
});

test('the page has a section for it, with a calculator that stays hidden without a script', async () => {
  for (const language of both) {
    const [page] = await renderReports(found(asked), { languages: [language], formats: ['html'] });
    const [, section = ''] = /<section id="capacity">([\s\S]*?)<\/section>/.exec(page!.content) ?? [];
    assert.match(section, /<form id="calculator" class="calculator" hidden data-rate="240">/);
    assert.equal((section.match(/<input /g) ?? []).length, 7);
    assert.doesNotMatch(section.replace(/<[^>]+>/g, ' '), /undefined|NaN|\[object/);
    assert.ok(page!.content.includes('href="#capacity"'));
  }
  const [none] = await renderReports(inputOf({ users: [2, 8] }), { languages: ['en'], formats: ['html'] });
  assert.ok(!none!.content.includes('id="capacity"'));
});

test('result.json carries it, or why not', async () => {
  const capacityOf = async (input: ReportInput) => resultSchema.parse(JSON.parse((await renderReports(input, { languages: ['en'], formats: ['json'] }))[0]!.content)).analysis.capacity;
  const told = await capacityOf(found(asked));
  assert.ok('targets' in told);
  // 500 · 1.2 / (240 · 0.9 · 0.7 = 151.2) = 3.97 → 4, and one spare.
  assert.deepEqual([told.lowRps, told.highRps, told.assumed, told.targets.filter((one) => one.asked).map(({ targetRps, replicas }) => [targetRps, replicas])], [240, 252, { growth: 0.2, headroom: 0.3, balance: 0.9, spare: 1 }, [[500, 5], [2000, 17]]]);
  assert.deepEqual(await capacityOf(inputOf({ users: [2, 8] })), { absent: 'closed-load' });
});
