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
};
const hung: Outage = { ...held, fromS: 12, brokenS: 18, recovered: false, time: { ...held.time, value: 18, low: 16, high: null }, worstMs: null, answered: 480, failed: 700, unended: 20, errors: { timeout: 700 } };

const sampleDrills = (): ComparisonRecord => ({
  ...sampleComparison(), name: 'drills', comparisons: [], summaries: [],
  arms: ['none', 'crash@12s', 'hang@12s'].map((name) => ({ name, settings: { 'server.reference.fault': name } })),
  rounds: ['none', 'crash@12s', 'hang@12s'].map((arm, i) => ({ arm, pair: 0, run: `run-${String(i)}`, folder: `rounds/0${String(i + 1)}-x`, outcome: 'completed', verdict: 'pass', why: null })),
  drills: [held, crashed, hung].map((value, i) => ({ arm: ['none', 'crash@12s', 'hang@12s'][i] ?? '', pair: 0, outage: { kind: 'found', value } })),
});

test('every drill has its sentence, none is called better', async () => {
  const record = sampleDrills();
  const verdict = judgeComparison(record, false);
  assert.deepEqual(verdict, { status: 'pass', exitCode: 0, code: 'drilled', arm: '' });
  for (const { name, content } of await comparisonReports(record, verdict, [], ['en', 'zh-CN'])) {
    if (!name.endsWith('.html')) sameAsFile(`tests/golden/drills/${name}`, content);
    else for (const { arm } of record.drills ?? []) assert.ok(content.includes(`“${arm}”`), `${name}: ${arm}`);
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
  const failing = sampleDrills();
  for (const round of failing.rounds) if (round.arm === 'hang@12s') round.verdict = 'fail';
  assert.equal(judgeComparison(failing, false).code, 'gates-failed');
  assert.match(comparisonText(failing, judgeComparison(failing, false), 'en'), /The gates of “hang@12s” failed in more than half of its runs\. 3 drills: /);
  const short = { ...sampleDrills(), drills: [{ arm: 'none', pair: 0, outage: { kind: 'absent' as const, why: 'cut-short' } }] };
  assert.equal(judgeComparison(short, false).exitCode, 4);
  assert.match(comparisonText(short, judgeComparison(short, false), 'en'), /“none”: the drill was not judged: too little was watched/);
});
