import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseRecord } from '../../harness/analysis/index.js';
import { judge } from '../../harness/gate/index.js';
import type { ProbeRecord, RunRecord } from '../../harness/model/record.js';
import { verdictSentence } from '../../harness/report/index.js';
import { textOf } from '../../harness/report/text/index.js';
import { offlineStage } from '../analysis/offline-stage.js';
import { buildRecord, namedGate, percentileGate, type RecordShape } from '../analysis/record-builder.js';
import { searchRecord, searched } from '../analysis/search-record.js';
import type { SearchEnd } from '../../harness/model/search.js';

type Done = Extract<ProbeRecord, { status: 'done' }>;
const probe = (change: Partial<Done>): RecordShape['change'] => (record: RunRecord) => ({ probe: { ...(record.probe as Done), ...change } });
const p95 = (limit: number, level: 'error' | 'warn' = 'error'): RecordShape['gates'] => [percentileGate('latency', 95, '<', limit, { level })];
const failure = { code: 'server-crashed', message: 'The server ended.', hint: 'See its log.', exitCode: 3, details: [] };

/** A search that passed at 100 requests a second, or failed there, and ended in this way. */
const endedBy = (end: Omit<SearchEnd, 'confirmed'>): RecordShape => searchRecord([{ rateRps: 100, latencyMs: end.kind === 'lowest-fails' ? 900 : 20, state: end.kind === 'lowest-fails' ? 'fail' : end.lowRps === null ? 'undecided' : 'pass', purpose: 'bracket' }], { ...end, confirmed: 0 });

/** A run for each headline, and the number or word its sentence must hold. */
const cases: Record<string, [RecordShape, RegExp]> = {
  'pass': [{ users: [2], gates: p95(800) }, /(only check|全部 1 项).*2\d(\.\d)? ms \[.* ms, .* ms\].*800 ms/],
  'fail': [{ users: [2], gates: p95(5) }, /2\d(\.\d)? ms \[.* ms, .* ms\].*5 ms/],
  'fail-infinite': [{ stages: [{ users: 2, errors: { timeout: 400 } }], gates: p95(800) }, /800 ms/],
  'inconclusive': [{ stages: [{ users: 2, latenciesUs: Array.from({ length: 40 }, (_, i) => 10_000 + 1000 * i) }], gates: [percentileGate('latency', 99, '<', 300)] }, /300 ms/],
  'only-warnings': [{ users: [2], gates: p95(5, 'warn') }, /5 ms/],
  'no-gates': [{ users: [1, 4] }, /req\/s.* ms/],
  'nothing-judged': [{ users: [2], gates: [namedGate('vram', 'max', '<', 1000, { unit: 'MiB' })] }, /1/],
  'stage-invalid': [{ stages: [{ users: 2, change: (stage) => ({ generator: { ...stage.generator, counted: stage.generator.rows + 500 } }) }], gates: p95(800) }, /\d%.*0\.1%/],
  'answers-wrong': [{ users: [2], gates: p95(800), change: probe({ wrong: { html: 3 } }) }, /200.*HTML × 3/],
  'no-answer': [{ stages: [{ users: 2, latenciesUs: [1000, 1000, 1000, 1000], errors: { timeout: 4 } }] }, /4.*4/],
  'not-all-pairs': [{ stages: [offlineStage({ missing: 1600 })] }, /8,000.*9,600|9,600.*8,000/],
  'abnormal': [{ users: [2], gates: p95(800), change: () => ({ abnormal: { kinds: 1, diedAfter: null, stopped: null, answers: [{ kind: 'json-null', expect: 'reject', field: null, status: 500, failure: 'http-500', named: null, latencyMs: 2 }] } }) }, /1.*1.*5xx.*json-null/],
  'aborted': [{ users: [2], change: () => ({ outcome: 'aborted' }) }, /1/],
  'failed': [{ users: [2], change: () => ({ outcome: 'failed', failure }) }, /1.*The server ended\./],
  'job-failed': [{ users: [2], change: () => ({ outcome: 'failed', failure: { ...failure, code: 'job-failed', message: 'The job ended with exit code 3.' } }) }, /exit code 3/],
  'search-found': [searched({ lowMs: 20, highMs: 120 }), /100.*100.*104/],
  'search-lowest-fails': [endedBy({ kind: 'lowest-fails', lowRps: null, highRps: 100, neededS: null }), /load\.search\.from/],
  'search-lowest-undecided': [endedBy({ kind: 'lowest-undecided', lowRps: null, highRps: null, neededS: null }), /./],
  'search-highest-passes': [endedBy({ kind: 'highest-passes', lowRps: 100, highRps: null, neededS: null }), /100.*load\.search\.to/],
  'search-machine': [endedBy({ kind: 'machine', lowRps: 100, highRps: 160, neededS: null }), /100.*160/],
  'search-unbounded': [endedBy({ kind: 'unbounded', lowRps: 100, highRps: null, neededS: null }), /100/],
  'search-budget': [endedBy({ kind: 'budget', lowRps: 100, highRps: 200, neededS: 420 }), /100.*200.*420s/],
  'unfinished': [{ users: [2], change: () => ({ outcome: 'running' }) }, /1/],
};

for (const [code, [shape, expected]] of Object.entries(cases)) {
  test(`${code}: one sentence with its number, in both languages`, () => {
    const record = buildRecord(shape);
    const verdict = judge({ record, analysis: analyseRecord(record) });
    assert.equal(verdict.headline.code, code);
    for (const language of ['en', 'zh-CN'] as const) {
      const sentence = verdictSentence(verdict, record, language);
      assert.match(sentence, expected);
      // A dash may stand for a bound that the data cannot give, nowhere else.
      assert.doesNotMatch(sentence.replace(/\[[^\]]*\]/g, ''), /undefined|NaN|—/, sentence);
      assert.equal(/\p{Script=Han}/u.test(sentence), language === 'zh-CN');
    }
  });
}

test('a strict reading of the undecided has its own words, and every headline is tried here', () => {
  const tried = new Set([...Object.keys(cases), 'inconclusive-fails', 'nothing-judged-fails',
    // conformance.test.ts
    'conformance', 'conformance-pass']);
  assert.deepEqual(Object.keys(textOf('en').codes.headlines).filter((code) => !tried.has(code)), []);
  for (const code of ['inconclusive', 'nothing-judged'] as const) {
    const record = buildRecord(cases[code]![0]);
    record.plan.policy.inconclusive = 'fail';
    const verdict = judge({ record, analysis: analyseRecord(record) });
    assert.equal(verdict.headline.code, `${code}-fails`);
    assert.match(verdictSentence(verdict, record, 'en'), /counts that as failed/);
  }
});

test('the stage that was cut off is not counted as completed', () => {
  const cut: RecordShape['stages'] = [{ users: 1 }, { users: 2, change: () => ({ status: 'interrupted', why: 'The run was interrupted.' }) }];
  const sentences = (stages: RecordShape['stages']): string[] => {
    const record = buildRecord({ stages, change: () => ({ outcome: 'aborted' }) });
    const verdict = judge({ record, analysis: analyseRecord(record) });
    return [verdictSentence(verdict, record, 'en'), verdictSentence(verdict, record, 'zh-CN')];
  };
  assert.deepEqual(sentences(cut), ['The run was interrupted after 1 completed stage.', '运行在完成 1 个阶段之后被中断。']);
  assert.deepEqual(sentences(cut?.slice(1)), ['The run was interrupted before any stage was completed.', '运行在完成任何阶段之前被中断。']);
});

test('a planned stage is named in the language, one with a name of its own as it is', () => {
  const record = buildRecord({ users: [24], gates: p95(5) });
  const { stage } = record.stages[0]!;
  const sentence = (name: string): string => {
    stage.name = name;
    for (const planned of record.plan.load.stages) planned.name = name;
    return verdictSentence(judge({ record, analysis: analyseRecord(record) }), record, 'zh-CN');
  };
  assert.match(sentence('24 users'), /^latency p\(95\)<5ms 在“24 个用户”不成立/);
  assert.match(sentence('24 users, again 1'), /在“24 个用户，第 1 次重复”不成立/);
  assert.match(sentence('25 users'), /在“25 users”不成立/);
  assert.match(sentence('evening'), /在“evening”不成立/);
});

test('an unknown headline is shown with its values', () => {
  const record = buildRecord({ users: [1] });
  const verdict = { ...judge({ record, analysis: analyseRecord(record) }), headline: { code: 'of-tomorrow', params: { a: 3 } } };
  assert.equal(verdictSentence(verdict, record, 'en'), 'of-tomorrow: a = 3');
});

test('suspect stages are told behind the verdict', () => {
  const record = buildRecord({ users: [1, 2], gates: [percentileGate('latency', 95, '<', 5_000)] });
  const analysis = analyseRecord(record);
  const [first] = analysis.stages;
  assert.ok(first);
  first.validity = { status: 'suspect', reasons: [] };
  const verdict = judge({ record, analysis });
  assert.match(verdictSentence(verdict, record, 'en'), / 1 of 2 stages is suspect\.$/);
  assert.match(verdictSentence(verdict, record, 'zh-CN'), /2 个阶段中有 1 个存疑。$/);
});
