import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeComparison } from '../../../harness/gate/index.js';
import type { ComparisonRecord } from '../../../harness/model/comparison.js';
import type { Outage } from '../../../harness/model/outage.js';
import { comparisonReports, comparisonText } from '../../../harness/report/index.js';
import { sameAsFile } from '../golden.js';
import { sampleComparison } from './sample.js';

const held: Outage = {
  p: 95, limitMs: 500, windowS: 1, watchedS: 30, fromS: null, brokenS: 0, recovered: true,
  time: { value: 0, low: 0, high: 0, confidence: 0.95, method: 'windows', n: 1200 },
  worstMs: 31, due: 1200, answered: 1200, failed: 0, unended: 0, errors: {}, slowestMs: 44, restarts: 0,
};
const crashed: Outage = {
  ...held, fromS: 9, brokenS: 3, time: { ...held.time, value: 3, low: 1, high: 3 }, worstMs: null,
  answered: 1112, failed: 88, errors: { 'http-503': 27, refused: 60, reset: 1 }, slowestMs: 312, restarts: 1,
  degraded: 0, checked: 40, flips: 0, maxDelta: 0, fault: { kind: 'crash', fromS: 8.97, toS: 8.97 }, afterFault: { value: 3.03, low: 2.03, high: 3.03 },
};
const hung: Outage = { ...held, fromS: 12, brokenS: 18, recovered: false, time: { ...held.time, value: 18, low: 16, high: null }, worstMs: null, answered: 480, failed: 700, unended: 20, errors: { timeout: 700 },
  degraded: 35, checked: 16, flips: 2, maxDelta: 0.5, fault: { kind: 'planted', fromS: 11.97, toS: 15.97 }, afterFault: { value: 14.03, low: 13.03, high: null } };
const failing: Outage = {
  ...held, answered: 1197, failed: 3, errors: { 'http-500': 3 }, degraded: 378, checked: 36, flips: 3, maxDelta: 0.757, fault: { kind: 'planted', fromS: 6.97, toS: 14.97 },
};
const overcome: Outage = { ...failing, fromS: 7, brokenS: 1, time: { ...held.time, value: 1, low: 0, high: 1 }, worstMs: 900, afterFault: { value: 0, low: 0, high: 0 } };
const endless: Outage = { ...crashed, degraded: 0, checked: 0, restarts: 0, errors: { 'http-503': 88 }, fault: { kind: 'planted', fromS: -3, toS: null } };
delete endless.afterFault;

const faults = ['none', 'crash@12s', 'hang@15s..19s', 'error:0.1@10s..18s', 'error:0.2@10s..18s', 'status:503:0.1'];

const sampleDrills = (): ComparisonRecord => ({
  ...sampleComparison(), name: 'drills', comparisons: [], summaries: [],
  arms: faults.map((name) => ({ name, settings: { 'server.reference.fault': name } })),
  rounds: faults.map((arm, i) => ({ arm, pair: 0, run: `run-${String(i)}`, folder: `rounds/0${String(i + 1)}-x`, outcome: 'completed', verdict: 'pass', why: null })),
  drills: [held, crashed, hung, failing, overcome, endless].map((value, i) => ({ arm: faults[i] ?? '', pair: 0, outage: { kind: 'found', value } })),
});

test('every drill has its sentence, none is called better', async () => {
  const record = sampleDrills();
  const verdict = judgeComparison(record, false);
  assert.deepEqual(verdict, { status: 'pass', exitCode: 0, code: 'drilled', arm: '' });
  for (const { name, content } of await comparisonReports(record, verdict, [], ['en', 'zh-CN'])) {
    if (!name.endsWith('.html')) sameAsFile(`tests/golden/drills/${name}`, content);
    else for (const { arm } of record.drills ?? []) assert.ok(content.includes(`“${arm}”`), `${name}: ${arm}`);
    if (!name.endsWith('.html')) continue;
    // The cells of the promise and of the requests of one drill: fault, time, time after it; answers by the fallback, answers that changed sides.
    const rows = content.split('<tr>').slice(1).filter((row) => row.includes('error:0.2@10s..18s')).map((row) => [...row.matchAll(/<td[^>]*>([^<]*)/g)].map(([, cell]) => cell));
    assert.deepEqual([rows[0]?.slice(0, 4), rows[1]?.slice(1, 3), rows[1]?.[5]], [['6.97 s–15 s', '7 s', '1 s [0 s, 1 s]', '0 s [0 s, 0 s]'], ['1,197', '378'], name.includes('zh-CN') ? '36 个中 3 个' : '3 of 36'], name);
  }
  const terminal = `${comparisonText(record, verdict, 'en')}\n\n${comparisonText(record, verdict, 'zh-CN')}\n`;
  sameAsFile('tests/golden/drills/terminal.txt', terminal);
  assert.doesNotMatch(terminal, /better|worse|inconclusive|优于|劣于/);
});

test('drills whose measurement is invalid are told, but said to be so; where all are, nothing is decided', () => {
  const record = sampleDrills();
  const [first] = record.rounds;
  assert.ok(first);
  first.verdict = 'invalid';
  const some = judgeComparison(record, false);
  assert.equal(some.code, 'drilled');
  assert.match(comparisonText(record, some, 'en'), /Of 1 of them the measurement is invalid, as its report says/);
  for (const round of record.rounds) round.verdict = 'invalid';
  const none = judgeComparison(record, false);
  assert.deepEqual([none.code, none.exitCode], ['nothing-valid', 4]);
  assert.match(comparisonText(record, none, 'en'), /“none”: p95 stayed within/);
});

test('an arm whose gates failed fails them all; drills that could not be judged are invalid', () => {
  const failed = sampleDrills();
  for (const round of failed.rounds) if (round.arm === 'hang@15s..19s') round.verdict = 'fail';
  assert.equal(judgeComparison(failed, false).code, 'gates-failed');
  assert.match(comparisonText(failed, judgeComparison(failed, false), 'en'), /The gates of “hang@15s\.\.19s” failed in more than half of its runs\. 6 drills: /);
  const short = { ...sampleDrills(), drills: [{ arm: 'none', pair: 0, outage: { kind: 'absent' as const, why: 'cut-short' } }] };
  assert.equal(judgeComparison(short, false).exitCode, 4);
  assert.match(comparisonText(short, judgeComparison(short, false), 'en'), /“none”: the drill was not judged: too little was watched/);
});
