import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseRecord } from '../../harness/analysis/index.js';
import { judge } from '../../harness/gate/index.js';
import { renderReports, resultSchema, terminalTable } from '../../harness/report/index.js';
import type { ReportInput } from '../../harness/report/report-input.js';
import type { SearchEnd } from '../../harness/model/search.js';
import { buildRecord, type RecordShape } from '../analysis/record-builder.js';
import { searchRecord } from '../analysis/search-record.js';
import { sameAsFile } from './golden.js';

const both = ['en', 'zh-CN'] as const;
const suffix = { 'en': '', 'zh-CN': '.zh-CN' } as const;
const wordsOf = (html: string): string => html.replace(/<(script|style|svg)[^>]*>[\s\S]*?<\/\1>/g, ' ').replace(/<[^>]+>/g, '\n').replace(/\s*\n\s*/g, '\n');

function inputOf(shape: RecordShape): ReportInput {
  const record = buildRecord(shape);
  const analysis = analyseRecord(record);
  return { record, analysis, verdict: judge({ record, analysis }) };
}

/** Upwards to a rate that fails, down between, one doubt, twice confirmed. */
const found = (end: Partial<SearchEnd> = {}): ReportInput => inputOf(searchRecord([
  { rateRps: 120, latencyMs: 20, state: 'pass', purpose: 'bracket' }, { rateRps: 240, latencyMs: 40, state: 'pass', purpose: 'bracket' },
  { rateRps: 480, latencyMs: 2000, endedRps: 300, waited: 50, state: 'fail', purpose: 'bracket' }, { rateRps: 339, latencyMs: 400, state: 'fail', purpose: 'bisect' },
  { rateRps: 252, latencyMs: 130, state: 'undecided', purpose: 'bisect' }, { rateRps: 252, latencyMs: 130, state: 'fail', purpose: 'bisect' },
  { rateRps: 240, latencyMs: 40, state: 'pass', purpose: 'confirm' }, { rateRps: 240, latencyMs: 41, state: 'pass', purpose: 'confirm' },
], { kind: 'found', lowRps: 240, highRps: 252, confirmed: 2, neededS: null, ...end }, { plan: { resolution: 0.05, confirm: 2 } }));

test('a search as people see it: terminal and Markdown, in both languages', async () => {
  const input = found();
  for (const language of both) {
    sameAsFile(`tests/golden/report/search/terminal${suffix[language]}.txt`, `${terminalTable(input, language, { colour: false, columns: 130 })}\n`);
    const [markdown] = await renderReports(input, { languages: [language], formats: ['markdown'] });
    sameAsFile(`tests/golden/report/search/report${suffix[language]}.md`, markdown!.content);
  }
});

test('the page draws every probe, told apart by colour and by shape, and lists it', async () => {
  for (const language of both) {
    const [page] = await renderReports(found(), { languages: [language], formats: ['html'] });
    const html = page!.content;
    const [, svg = ''] = /<figure id="chart-search">[\s\S]*?(<svg[\s\S]*?<\/svg>)/.exec(html) ?? [];
    const marks = [...svg.matchAll(/<path aria-label="([^"]*)"[^>]* d="([^"]*)" fill="([^"]*)"/g)].map(([, label = '', shape = '', fill = '']) => ({ label, look: `${shape} ${fill}` }));
    assert.equal(marks.length, 8, svg.slice(0, 2000));
    const word = language === 'en' ? { pass: ', pass', fail: ', fail', undecided: 'undecided' } : { pass: '，通过', fail: '未通过', undecided: '未定' };
    const looks = (state: keyof typeof word): Set<string> => new Set(marks.filter(({ label }) => label.includes(word[state])).map(({ look }) => look));
    const all = (['pass', 'fail', 'undecided'] as const).map(looks);
    assert.deepEqual(all.map(({ size }) => size), [1, 1, 1]);
    for (const part of [0, 1]) assert.equal(new Set(all.flatMap((set) => [...set].map((look) => look.split(' ').at(part === 0 ? 0 : -1)))).size > 0, true);
    assert.equal(new Set(all.map((set) => [...set][0]!.replace(/ \S+$/, ''))).size, 3, 'three shapes');
    assert.equal(new Set(all.map((set) => [...set][0]!.replace(/^.* /, ''))).size, 3, 'three colours');
    const words = wordsOf(html);
    assert.doesNotMatch(words, /undefined|NaN|\[object/);
    assert.match(words, language === 'en' ? /Highest rate within the SLO: 240 requests\/s \(between 240 and 252\), confirmed 2 times/ : /满足 SLO 的最高速率：每秒 240 个请求（介于 240 与 252 之间），已确认 2 次/);
    assert.match(words, language === 'en' ? /search: the highest rate from 20 to 2,000 requests\/s/ : /搜索：每秒 20 至 2,000 个请求/);
  }
});

test('every end of a search has its sentence in both languages', () => {
  for (const kind of ['machine', 'unbounded', 'highest-passes', 'lowest-fails', 'lowest-undecided', 'budget'] as const) {
    const none = kind.startsWith('lowest');
    for (const language of both) {
      const said = terminalTable(found({ kind, ...(none ? { lowRps: null } : {}), ...(kind === 'budget' ? { neededS: 420 } : { highRps: null }) }), language, { colour: false, columns: 130 }).split('\n').at(-1) ?? '';
      assert.doesNotMatch(said, /undefined|NaN|null|—|lowest-|highest-/, said);
      assert.match(said, kind === 'budget' ? /load\.search\.budget: 420s/ : /./);
      assert.match(said, kind === 'lowest-fails' ? /load\.search\.from/ : kind === 'highest-passes' ? /load\.search\.to/ : /./);
    }
  }
});

test('junit.xml counts no error for a probe that the verdict does not rest on', async () => {
  const broken = async (index: number): Promise<string> => {
    const { record } = found();
    record.stages[index]!.generator.lagP99Ms = 5000;
    const analysis = analyseRecord(record);
    const [junit] = await renderReports({ record, analysis, verdict: judge({ record, analysis }) }, { languages: ['en'], formats: ['junit'] });
    return junit!.content;
  };
  assert.match(await broken(2), /<testsuites [^>]* failures="0" errors="0">/);
  assert.match(await broken(6), /<testsuites [^>]* errors="2">/);
});

test('result.json carries the search: the log, the end, what was judged', async () => {
  const [json] = await renderReports(found(), { languages: ['en'], formats: ['json'] });
  const { search } = resultSchema.parse(JSON.parse(json!.content)).analysis;
  assert.ok(search);
  assert.deepEqual([search.end, search.lowRps, search.highRps, search.confirmed, search.judged], ['found', 240, 252, 2, [1, 6, 7]]);
  assert.deepEqual(search.probes.map(({ stage, rateRps, state }) => [stage, rateRps, state]).slice(0, 3), [[0, 120, 'pass'], [1, 240, 'pass'], [2, 480, 'fail']]);
  const [plain] = await renderReports(inputOf({ users: [2, 4] }), { languages: ['en'], formats: ['json'] });
  assert.equal('search' in (JSON.parse(plain!.content) as { analysis: object }).analysis, false);
});
