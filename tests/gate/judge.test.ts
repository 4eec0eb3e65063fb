import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { judge, parseGate } from '../../harness/gate/index.js';
import type { Analysis, Estimate, Measured } from '../../harness/model/analysis.js';
import type { AbnormalRow } from '../../harness/model/answer-quality.js';
import type { GatePlan } from '../../harness/model/metric.js';
import type { ProbeRecord, RunRecord } from '../../harness/model/record.js';
import { verdictSchema, type Verdict } from '../../harness/model/verdict.js';

const gate = (metric: string, expression: string, level: 'error' | 'warn' = 'error'): GatePlan => {
  const read = parseGate(metric, expression, level);
  assert.ok('gate' in read);
  return read.gate;
};
const p95 = gate('latency', 'p(95)<800ms');
const rate = gate('errors', 'rate<1%');
const flips = gate('answers', 'flips==0');
const vram = gate('vram', 'max<24GiB');

const estimate = (value: number, low: number | null = value, high: number | null = value): Measured['value'] =>
  ({ kind: 'found', value: { value, low, high, confidence: 0.95, method: 'given', n: 500 } satisfies Estimate });
const measured = (of: GatePlan, value: Measured['value'], more: Partial<Measured> = {}): Measured => ({ gate: of.id, stage: 0, valid: true, value, infinite: false, ...more });

interface Situation {
  gates?: GatePlan[];
  measured?: Measured[];
  validity?: ('valid' | 'suspect' | 'invalid')[];
  statuses?: string[];
  requests?: { started: number; completed: number; timedOut: number };
  outcome?: RunRecord['outcome'];
  failure?: RunRecord['failure'];
  policy?: Partial<RunRecord['plan']['policy']>;
  probe?: Partial<Extract<ProbeRecord, { status: 'done' }>> | null;
  abnormal?: Analysis['answers']['abnormal'];
}

/** Only what a verdict rests on: two stages, "2 users" and "8 users". */
function verdictOf({ gates = [], measured: values = [], validity = ['valid', 'valid'], statuses = ['completed', 'completed'], requests = { started: 900, completed: 900, timedOut: 0 }, outcome = 'completed', failure = null, policy = {}, probe = null, abnormal = { kind: 'absent', why: 'no-abnormal' } }: Situation): Verdict {
  const stages = [2, 8].map((users, index) => ({ index, name: `${String(users)} users`, role: 'measure' }));
  const record = {
    outcome, failure,
    plan: { gates, policy: { confidence: 0.95, inconclusive: 'warn', strict: false, ...policy }, load: { stages } },
    probe: probe && { status: 'done', asked: 200, answered: 200, wrong: {}, oracles: [], ...probe },
    stages: stages.filter((_, i) => statuses[i] !== undefined).map((stage, i) => ({ stage, status: statuses[i], requests })),
  } as unknown as RunRecord;
  const analysis = {
    measured: values,
    answers: { abnormal },
    peak: { kind: 'found', value: { stage: 1, passed: false } },
    stages: stages.map(({ index, name }) => ({
      index, name, achievedRps: 100 + index, latencyMs: { p95: estimate(120) },
      validity: { status: validity[index], reasons: validity[index] === 'invalid' ? [{ code: 'little', level: 'invalid', value: 0.9, limit: 0.95, params: {} }] : [] },
    })),
  } as unknown as Analysis;
  const verdict = judge({ record, analysis });
  assert.deepEqual(verdictSchema.parse(JSON.parse(JSON.stringify(verdict))), verdict, 'a verdict survives being saved');
  return verdict;
}

const brief = ({ status, exitCode, headline }: Verdict): [string, number, string] => [status, exitCode, headline.code];

describe('one gate on one measurement', () => {
  const table: [string, Partial<Measured> & { value: Measured['value'] }, string, string][] = [
    ['wholly within', { value: estimate(500, 450, 600) }, 'pass', 'within'],
    ['wholly beyond', { value: estimate(900, 850, 1000) }, 'fail', 'beyond'],
    ['across the limit', { value: estimate(790, 700, 850) }, 'inconclusive', 'straddles'],
    ['not bounded above', { value: estimate(500, 450, null) }, 'inconclusive', 'unbounded'],
    ['a GPU that vanished', { value: estimate(500, 500, null), unseen: 2 }, 'inconclusive', 'gpu-unseen'],
    ['a GPU that vanished, beyond already', { value: estimate(900, 900, null), unseen: 2 }, 'fail', 'beyond'],
    ['not bounded, but beyond already', { value: estimate(900, 850, null) }, 'fail', 'beyond'],
    ['more failures than the percentile allows', { value: estimate(100), infinite: true }, 'fail', 'beyond-every-bound'],
    ['too few requests for an upper bound', { value: estimate(500, 450, null), needed: 72 }, 'inconclusive', 'too-few'],
    ['too few requests, but beyond already', { value: estimate(900, 850, null), needed: 72 }, 'fail', 'beyond'],
    ['too few requests', { value: { kind: 'absent', why: 'too few', needed: 40 } }, 'inconclusive', 'too-few'],
    ['too few pairs for an AUC', { value: { kind: 'absent', why: 'too-few-pairs', needed: 20 } }, 'inconclusive', 'too-few-pairs'],
    ['scores mean nothing', { value: { kind: 'absent', why: 'scores-meaningless' } }, 'skipped', 'not-measured'],
    ['not there to be measured', { value: { kind: 'absent', why: 'no GPU' } }, 'skipped', 'not-measured'],
    ['an invalid stage, though it looks fine', { value: estimate(500, 450, 600), valid: false }, 'invalid', 'stage-invalid'],
    ['an invalid stage, though it looks bad', { value: estimate(900), valid: false }, 'invalid', 'stage-invalid'],
  ];
  for (const [what, { value, ...more }, status, code] of table) {
    it(what, () => {
      const [check] = verdictOf({ gates: [p95], measured: [measured(p95, value, more)] }).checks;
      assert.deepEqual([check?.status, check?.reason.code], [status, code]);
      assert.deepEqual([check?.id, check?.expression, check?.stage, check?.limit, check?.unit], ['latency p(95)<800ms @ 2 users', 'p(95)<800ms', 0, 800, 'ms']);
    });
  }

  it('wrong answers fail in an invalid stage too; right ones prove nothing there', () => {
    const flips = gate('answers', 'flips==0');
    const judged = (value: number): (string | undefined)[] => {
      const { checks, status } = verdictOf({ gates: [flips], measured: [measured(flips, estimate(value, value, value), { stage: null, valid: false })], validity: ['invalid', 'valid'] });
      return [checks[0]?.status, status];
    };
    assert.deepEqual(judged(3), ['fail', 'fail']);
    assert.deepEqual(judged(0), ['invalid', 'invalid']);
  });

  it('says how many requests are missing, and why something was not measured', () => {
    const needed = verdictOf({ gates: [p95], measured: [measured(p95, { kind: 'absent', why: 'too few', needed: 40 })] });
    assert.equal(needed.checks[0]?.reason.params['needed'], 40);
    assert.equal(needed.headline.params['needed'], 40);
    assert.equal(verdictOf({ gates: [vram], measured: [measured(vram, { kind: 'absent', why: 'no GPU' }, { stage: null })] }).checks[0]?.reason.params['why'], 'no GPU');
  });

  it('is judged at each stage it was measured at; one that fits no stage is skipped by name', () => {
    const elsewhere = gate('latency{users:300}', 'p(95)<1s');
    const { checks } = verdictOf({ gates: [p95, elsewhere], measured: [measured(p95, estimate(100)), measured(p95, estimate(900), { stage: 1 })] });
    assert.deepEqual(checks.map(({ id, status, reason }) => [id, status, reason.code]), [
      ['latency p(95)<800ms @ 2 users', 'pass', 'within'], ['latency p(95)<800ms @ 8 users', 'fail', 'beyond'], ['latency{users:300} p(95)<1s', 'skipped', 'no-stage'],
    ]);
  });
});

it('an absent value whose reason is that no stage was selected is told as such', () => {
  const [check] = verdictOf({ gates: [p95], measured: [measured(p95, { kind: 'absent', why: 'no-stage' }, { stage: null })] }).checks;
  assert.deepEqual([check?.id, check?.status, check?.reason], ['latency p(95)<800ms', 'skipped', { code: 'no-stage', params: {} }]);
});

describe('the verdict', () => {
  const fine = measured(p95, estimate(500, 450, 600));
  const bad = measured(p95, estimate(900, 850, 1000));
  const open = measured(p95, estimate(790, 700, 850));
  const warnP95 = gate('latency', 'p(95)<800ms', 'warn');
  const noGpu = measured(vram, { kind: 'absent', why: 'no GPU' }, { stage: null });
  const wrong = { wrong: { html: 3, 'out-of-range': 1 } };
  const oracle = { oracles: [{ id: 'symmetry', status: 'fail' as const, value: 0.2, limit: 1e-6, n: 50, why: 'order matters' }] };

  const table: [string, Situation, string, number, string][] = [
    ['all gates pass', { gates: [p95], measured: [fine] }, 'pass', 0, 'pass'],
    ['a gate fails', { gates: [p95], measured: [bad] }, 'fail', 1, 'fail'],
    ['failures count as infinite', { gates: [p95], measured: [measured(p95, estimate(1), { infinite: true })] }, 'fail', 1, 'fail-infinite'],
    ['undecided', { gates: [p95], measured: [open] }, 'inconclusive', 0, 'inconclusive'],
    ['undecided, strict', { gates: [p95], measured: [open], policy: { strict: true } }, 'inconclusive', 4, 'inconclusive'],
    ['undecided, and that fails', { gates: [p95], measured: [open], policy: { inconclusive: 'fail' } }, 'fail', 1, 'inconclusive-fails'],
    ['undecided, fails, and strict', { gates: [p95], measured: [open], policy: { inconclusive: 'fail', strict: true } }, 'fail', 1, 'inconclusive-fails'],
    ['one fails, one is undecided', { gates: [p95], measured: [bad, { ...open, stage: 1 }] }, 'fail', 1, 'fail'],
    ['an invalid stage beats a pass', { gates: [p95], measured: [{ ...fine, valid: false }], validity: ['invalid', 'valid'] }, 'invalid', 4, 'stage-invalid'],
    ['an invalid stage beats a pass elsewhere', { gates: [p95], measured: [fine], validity: ['valid', 'invalid'] }, 'invalid', 4, 'stage-invalid'],
    ['an invalid stage without any gate', { validity: ['valid', 'invalid'] }, 'invalid', 4, 'stage-invalid'],
    ['an invalid stage beats inconclusive', { gates: [p95], measured: [open], validity: ['valid', 'invalid'] }, 'invalid', 4, 'stage-invalid'],
    ['a fail on valid data beats an invalid stage', { gates: [p95], measured: [bad], validity: ['valid', 'invalid'] }, 'fail', 1, 'fail'],
    ['a fail on invalid data proves nothing', { gates: [p95], measured: [{ ...bad, valid: false }], validity: ['invalid', 'valid'] }, 'invalid', 4, 'stage-invalid'],
    ['a stage whose engine died', { gates: [p95], measured: [fine], statuses: ['completed', 'engine-failed'] }, 'invalid', 4, 'stage-invalid'],
    ['a stage that never ran', { gates: [p95], measured: [fine], statuses: ['completed'] }, 'invalid', 4, 'stage-invalid'],
    ['a suspect stage still counts', { gates: [p95], measured: [fine], validity: ['suspect', 'valid'] }, 'pass', 0, 'pass'],
    ['a warning never fails', { gates: [rate, warnP95], measured: [bad, measured(rate, estimate(0))] }, 'pass', 0, 'pass'],
    ['a warning alone', { gates: [warnP95], measured: [bad] }, 'pass', 0, 'only-warnings'],
    ['an undecided warning, strict', { gates: [warnP95], measured: [open], policy: { strict: true } }, 'pass', 0, 'only-warnings'],
    ['a skipped gate beside one that passes', { gates: [p95, vram], measured: [fine, noGpu] }, 'pass', 0, 'pass'],
    ['nothing but skipped gates', { gates: [vram], measured: [noGpu] }, 'inconclusive', 0, 'nothing-judged'],
    ['nothing but skipped gates, strict', { gates: [vram], measured: [noGpu], policy: { strict: true } }, 'inconclusive', 4, 'nothing-judged'],
    ['no gates', {}, 'pass', 0, 'no-gates'],
    ['wrong answers, without any gate', { probe: wrong }, 'fail', 1, 'answers-wrong'],
    ['an oracle fails, without any gate', { probe: oracle }, 'fail', 1, 'answers-wrong'],
    ['fast and wrong: every gate passes', { gates: [p95], measured: [fine], probe: oracle }, 'fail', 1, 'answers-wrong'],
    ['answers are right', { gates: [p95], measured: [fine], probe: {} }, 'pass', 0, 'pass'],
    ['not one answer under load', { requests: { started: 50, completed: 0, timedOut: 50 } }, 'fail', 1, 'no-answer'],
    ['no request at all is no answer of the server', { requests: { started: 0, completed: 0, timedOut: 0 } }, 'pass', 0, 'no-gates'],
    ['silence in an invalid stage proves nothing', { requests: { started: 50, completed: 0, timedOut: 0 }, validity: ['invalid', 'invalid'] }, 'invalid', 4, 'stage-invalid'],
    ['interrupted', { outcome: 'aborted', gates: [p95], measured: [bad], failure: { code: 'interrupted', message: 'Interrupted.', hint: '', exitCode: 130, details: [] } }, 'invalid', 130, 'aborted'],
    ['the server crashed', { outcome: 'failed', failure: { code: 'server-crashed', message: 'It ended.', hint: '', exitCode: 3, details: [] } }, 'invalid', 3, 'failed'],
    ['the harness was killed', { outcome: 'running', gates: [p95], measured: [fine] }, 'invalid', 4, 'unfinished'],
  ];
  for (const [what, situation, ...expected] of table) {
    it(what, () => { assert.deepEqual(brief(verdictOf(situation)), expected); });
  }

  const met = { kind: 'k', expect: null, sent: 40, asExpected: 40, answered: 20, refused: 20, serverErrors: 0, otherStatus: 0, timedOut: 0, cutOff: 0, field: null, named: null };
  const abnormal = (rows: Partial<AbnormalRow>[], diedAfter: string | null = null): Analysis['answers']['abnormal'] => {
    const all = rows.map((row, i): AbnormalRow => ({ ...met, kind: `kind-${String(i)}`, ...row }));
    const total = (name: 'serverErrors' | 'timedOut' | 'cutOff'): number => all.reduce((sum, row) => sum + row[name], 0);
    return { kind: 'found', value: { rows: all, sent: 40 * all.length, asExpected: 0, serverErrors: total('serverErrors'), timedOut: total('timedOut'), cutOff: total('cutOff'), shouldName: 0, named: 0, diedAfter, notAsked: 0 } };
  };

  it('abnormal requests are three checks of their own: no 5xx, no silence, no dead server', () => {
    const statuses = (situation: Situation): [string, string][] => verdictOf(situation).checks.map(({ id, status }) => [id, status]);
    assert.deepEqual(statuses({ abnormal: abnormal([{}, {}]) }), [['abnormal 5xx==0', 'pass'], ['abnormal no-answer==0', 'pass'], ['abnormal server-died==0', 'pass']]);
    assert.deepEqual(brief(verdictOf({ abnormal: abnormal([{}]) })), ['pass', 0, 'pass']);
    const all = verdictOf({ abnormal: abnormal([{}, { serverErrors: 3 }, { timedOut: 1, cutOff: 2 }, { serverErrors: 9 }], 'null') });
    assert.deepEqual(all.checks.map(({ status, actual, reason }) => [status, actual, reason.code, reason.params['kinds'] ?? reason.params['kind']]), [
      ['fail', 12, 'abnormal-5xx', 'kind-3, kind-1'], ['fail', 3, 'abnormal-no-answer', 'kind-2'], ['fail', 1, 'abnormal-died', 'null'],
    ]);
    assert.deepEqual([all.status, all.exitCode], ['fail', 1]);
    assert.deepEqual(statuses({}), []);
  });

  it('lists wrong answers and failed oracles with their numbers', () => {
    const { checks, headline } = verdictOf({ probe: { ...wrong, ...oracle } });
    assert.deepEqual(checks.map(({ id, status, actual, limit, reason }) => [id, status, actual, limit, reason.params]), [
      ['answers wrong==0', 'fail', 4, 0, { asked: 200, 'kind:html': 3, 'kind:out-of-range': 1 }],
      ['answers oracle symmetry', 'fail', 0.2, 1e-6, { oracle: 'symmetry', n: 50, why: 'order matters' }],
    ]);
    assert.deepEqual([headline.params['check'], headline.params['actual']], ['answers wrong==0', 4]);
  });
});

describe('the number in the sentence', () => {
  it('of a pass is the gate nearest to its limit, at its stage; exact counts only where there is nothing else', () => {
    const values = [measured(p95, estimate(300)), measured(p95, estimate(700, 690, 710), { stage: 1 }), measured(rate, estimate(0.001)), measured(flips, estimate(0), { stage: null })];
    const { headline } = verdictOf({ gates: [p95, rate, flips], measured: values });
    assert.deepEqual(headline.params, {
      check: 'latency p(95)<800ms @ 8 users', expression: 'p(95)<800ms', metric: 'latency', stage: '8 users', actual: 700, low: 690, high: 710, limit: 800, unit: 'ms', reason: 'within',
      checks: 4, passed: 4, failed: 0, warned: 0, inconclusive: 0, invalid: 0, skipped: 0,
    });
    assert.equal(verdictOf({ gates: [flips], measured: [measured(flips, estimate(0), { stage: null })] }).headline.params['check'], 'answers flips==0');
  });

  it('of a fail is the gate farthest beyond its limit', () => {
    const values = [measured(p95, estimate(900)), measured(p95, estimate(2000), { stage: 1 }), measured(rate, estimate(0.011))];
    assert.equal(verdictOf({ gates: [p95, rate], measured: values }).headline.params['actual'], 2000);
    const infinite = [...values, measured(p95, estimate(1), { infinite: true })];
    assert.deepEqual([verdictOf({ gates: [p95, rate], measured: infinite }).headline.code, verdictOf({ gates: [p95, rate], measured: infinite }).headline.params['actual']], ['fail-infinite', null]);
  });

  it('of an invalid run is the reason of its first invalid stage', () => {
    const { params } = verdictOf({ validity: ['invalid', 'invalid'] }).headline;
    assert.deepEqual([params['stage'], params['reason'], params['actual'], params['limit'], params['stages']], ['2 users', 'little', 0.9, 0.95, 2]);
  });

  it('without gates is the highest throughput and the p95 there', () => {
    const { params } = verdictOf({}).headline;
    assert.deepEqual([params['stage'], params['rps'], params['p95Ms']], ['8 users', 101, 120]);
  });

  it('counts what was skipped and what only warns', () => {
    const warned = gate('latency', 'p(99)<1ms', 'warn');
    const { params } = verdictOf({ gates: [p95, vram, warned], measured: [measured(p95, estimate(1)), measured(vram, { kind: 'absent', why: 'no GPU' }, { stage: null }), measured(warned, estimate(5))] }).headline;
    assert.deepEqual([params['checks'], params['passed'], params['skipped'], params['warned'], params['failed']], [3, 1, 1, 1, 0]);
  });
});
