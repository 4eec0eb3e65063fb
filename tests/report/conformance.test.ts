import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { analyseRecord } from '../../harness/analysis/index.js';
import { judge } from '../../harness/gate/index.js';
import { conformanceGroups, type ConformanceResult } from '../../harness/model/conformance.js';
import { runRecordSchema, type RunRecord } from '../../harness/model/record.js';
import { conformanceChecks } from '../../harness/probe/conformance/index.js';
import { renderReports, resultSchema, terminalTable } from '../../harness/report/index.js';
import type { ReportInput } from '../../harness/report/report-input.js';
import { textOf } from '../../harness/report/text/index.js';
import { buildRecord } from '../analysis/record-builder.js';
import { packageRoot, sameAsFile } from './golden.js';

const both = ['en', 'zh-CN'] as const;
const suffix = { 'en': '', 'zh-CN': '.zh-CN' } as const;

/** A suite in which every check holds but those given. */
function suiteOf(other: Readonly<Record<string, Pick<ConformanceResult, 'status' | 'reason'>>> = {}, made = conformanceChecks.length): RunRecord {
  const base = buildRecord({ users: [1] });
  const checks = conformanceChecks.slice(0, made).map(({ id, group, level }): ConformanceResult => ({ id, group, level, status: 'pass', reason: { code: 'met', params: {} }, ...other[id] }));
  return runRecordSchema.parse({
    ...base, id: '20260101T000000Z-conformance-aaaa', engine: null, dataset: null, stages: [], series: [], probe: { status: 'skipped', why: 'the conformance suite asks its own questions' },
    plan: { ...base.plan, name: 'conformance', gates: [], load: { ...base.plan.load, stages: [], conformance: { connections: 10_000, patienceS: 45 } } }, conformance: { planned: conformanceChecks.length, checks },
  });
}

const inputOf = (record: RunRecord): ReportInput => {
  const analysis = analyseRecord(record);
  return { record, analysis, verdict: judge({ record, analysis }) };
};

const failing = (): ReportInput => inputOf(suiteOf({
  'blank': { status: 'fail', reason: { code: 'field-not-named', params: { field: 'addr1' } } },
  'pipelining': { status: 'fail', reason: { code: 'pipeline-lost', params: { got: 3, of: 16 } } },
  'huge-header-431': { status: 'fail', reason: { code: 'status', params: { got: 400, expected: '431' } } },
  'many-connections': { status: 'pass', reason: { code: 'connections-limited', params: { opened: 4080, asked: 10_000 } } },
  'slow-bodies-cut': { status: 'not-applicable', reason: { code: 'not-waited-for', params: {} } },
}));

test('what this machine had none of is named where not one connection came about', () => {
  for (const language of both) {
    const said = (params: Record<string, string>): string => textOf(language).conformance.reasons['no-descriptors'](params);
    assert.match(said({ of: 'ports' }), language === 'en' ? /no more ports/ : /没有更多端口/);
    assert.match(said({ of: 'memory' }), language === 'en' ? /no more memory/ : /没有更多内存/);
    assert.match(said({}), /ulimit/, 'of a record of before it was told');
  }
});

test('a suite as people see it: terminal, Markdown and JUnit, in both languages', async () => {
  for (const language of both) {
    sameAsFile(`tests/golden/report/conformance/terminal${suffix[language]}.txt`, `${terminalTable(failing(), language, { colour: false, columns: 120 })}\n`);
    const [markdown] = await renderReports(failing(), { languages: [language], formats: ['markdown'] });
    sameAsFile(`tests/golden/report/conformance/report${suffix[language]}.md`, markdown!.content);
  }
  sameAsFile('tests/golden/report/conformance/junit.xml', (await renderReports(failing(), { languages: ['en'], formats: ['junit'] }))[0]!.content);
});

test('a must that fails fails the run, a should warns, what does not apply does neither', () => {
  const { verdict } = failing();
  assert.deepEqual(verdict.checks.map(({ id, status, level, actual }) => [id, status, level, actual]), [['conformance must==0', 'fail', 'error', 2], ['conformance should==0', 'fail', 'warn', 1]]);
  assert.deepEqual([verdict.status, verdict.exitCode], ['fail', 1]);
  const warned = inputOf(suiteOf({ 'no-host': { status: 'fail', reason: { code: 'status', params: { got: 200, expected: '400' } } } })).verdict;
  assert.deepEqual([warned.status, warned.exitCode, warned.headline.code], ['pass', 0, 'conformance-pass']);
});

test('result.json and the page hold every check; a suite that ended early says so', async () => {
  const early = inputOf({ ...suiteOf({}, 40), outcome: 'aborted', failure: { code: 'interrupted', message: 'The run was interrupted.', hint: '', exitCode: 130, details: [] } });
  for (const [input, made] of [[failing(), conformanceChecks.length], [early, 40]] as const) {
    const files = await renderReports(input, { languages: ['en'], formats: ['html', 'json'] });
    const page = files.find(({ name }) => name === 'report.html')!.content;
    const result = resultSchema.parse(JSON.parse(files.find(({ name }) => name === 'result.json')!.content));
    assert.deepEqual([result.conformance?.planned, result.conformance?.checks.length], [conformanceChecks.length, made]);
    for (const { id } of result.conformance?.checks ?? []) assert.ok(page.includes(`<small>${id}</small>`), id);
    assert.equal(page.includes('The suite ended early'), made === 40);
  }
});

test('a suite whose server went away says so once, and its later checks are not run', async () => {
  const at = conformanceChecks.findIndex(({ id }) => id === 'keep-alive');
  const gone = Object.fromEntries(conformanceChecks.slice(at).map(({ id }, i): [string, Pick<ConformanceResult, 'status' | 'reason'>] => [id, i === 0 ? { status: 'fail', reason: { code: 'gone-after', params: {} } } : { status: 'not-run', reason: { code: 'gone-before', params: { check: 'keep-alive' } } }]));
  const input = inputOf({ ...suiteOf(gone), outcome: 'failed', failure: { code: 'server-crashed', message: 'The server is gone since the check keep-alive: the server ended by SIGKILL.', hint: '', exitCode: 3, details: [] } });
  assert.deepEqual([input.verdict.status, input.verdict.exitCode], ['invalid', 3]);
  assert.deepEqual(input.verdict.checks.map(({ id, status, actual }) => [id, status, actual]), [['conformance must==0', 'fail', 1], ['conformance should==0', 'skipped', 0]]);
  for (const [language, cut, tally] of [['en', /The suite ended early: \d+ of \d+ checks were made\./, '0 hold, 0 fail, 0 not applicable, 4 not run'], ['zh-CN', /检查提前结束/, '0 项通过，0 项未通过，0 项不适用，4 项未执行']] as const) {
    const terminal = terminalTable(input, language, { colour: false, columns: 120 });
    assert.match(terminal, cut);
    assert.ok(terminal.includes(tally), terminal);
    assert.equal(terminal.split('\n').filter((line) => /^ {2}[✗·–]/.test(line)).length, 1, 'only the check that met it stands there');
  }
  const [junit] = await renderReports(input, { languages: ['en'], formats: ['junit'] });
  assert.equal(junit!.content.match(/<skipped/g)?.length, conformanceChecks.length - at - 1, 'the checks that were not run');
});

test('every check and group has its words in every language, and stands in docs/conformance.md', () => {
  const page = readFileSync(join(packageRoot(), 'docs/conformance.md'), 'utf8');
  assert.ok(page.includes(`${String(conformanceChecks.length)} checks in place of load`));
  for (const { id, level } of conformanceChecks) {
    assert.match(page, new RegExp(`^\\| \`${id}\` \\| [\\w ]+ \\| ${level} \\|`, 'm'), id);
    for (const language of both) {
      const { checks, groups } = textOf(language).conformance;
      const title = (checks as Record<string, string>)[id] ?? assert.fail(`${id} in ${language}`);
      assert.equal(/\p{Script=Han}/u.test(title), language === 'zh-CN', title);
      assert.equal(Object.keys(groups).length, conformanceGroups.length);
    }
  }
  assert.deepEqual(Object.keys(textOf('en').conformance.checks).sort(), conformanceChecks.map(({ id }) => id).sort());
});

test('every code that a check can end with has its sentence', () => {
  const source = ['boot', 'api', 'headers', 'errors', 'limits', 'sockets', 'slow', 'overload', 'drain'].map((name) => readFileSync(join(packageRoot(), `harness/probe/conformance/checks/${name}.ts`), 'utf8')).join('\n')
    + readFileSync(join(packageRoot(), 'harness/probe/conformance/judge.ts'), 'utf8') + readFileSync(join(packageRoot(), 'harness/probe/conformance/index.ts'), 'utf8');
  const codes = [...source.matchAll(/\b(?:pass|fail|notApplicable|missing)\('([a-z-]+)'/g)].map(([, code = '']) => code);
  assert.ok(codes.length > 60);
  for (const language of both) {
    const { reasons } = textOf(language).conformance;
    assert.deepEqual([...new Set(codes)].filter((code) => !Object.hasOwn(reasons, code) && !/^[A-Z]/.test(code)), []);
    for (const [code, sentence] of Object.entries(reasons)) {
      const said = sentence({ got: 1, expected: '400', ended: 'timeout', count: 2, of: 3, kinds: 'a', opened: 1, asked: 2, afterS: 3, fields: 'x', header: 'H', delta: 1, field: 'f', how: '9', why: 'E', kind: 'k', check: 'c' });
      assert.doesNotMatch(said, /undefined|NaN|—/, `${code} in ${language}: ${said}`);
    }
  }
});
