import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseAnswers } from '../../../harness/analysis/answer-quality/index.js';
import { scoreDistribution } from '../../../harness/analysis/answer-quality/distribution.js';
import { lengthBucket, sharesBy } from '../../../harness/analysis/answer-quality/shares.js';
import type { GoldenAnswer } from '../../../harness/model/golden.js';
import type { ProbeRecord, RunRecord } from '../../../harness/model/record.js';
import { sampleAbnormal, sampleFamilies, sampleGolden, sampleProbes } from '../../report/sample-answers.js';
import { buildRecord, goldenOf } from '../record-builder.js';

type Done = Extract<ProbeRecord, { status: 'done' }>;
const recordWith = (change: Partial<Done>, more: (record: RunRecord) => Partial<RunRecord> = () => ({})): RunRecord =>
  buildRecord({ users: [4], change: (record) => ({ probe: record.probe?.status === 'done' ? { ...record.probe, ...change } : null, ...more(record) }) });

test('the same record gives the same figures, and no number that JSON cannot hold', () => {
  const record = recordWith({ golden: sampleGolden(120), families: sampleFamilies, probes: sampleProbes() }, () => ({ abnormal: sampleAbnormal() }));
  const found = analyseAnswers(record);
  assert.deepEqual(JSON.parse(JSON.stringify(found)), found);
  assert.deepEqual(analyseAnswers(JSON.parse(JSON.stringify(record)) as RunRecord), found);
});

test('the three AUCs take the sides they are named after; a pair that may be either is on neither', () => {
  const { aucs } = analyseAnswers(recordWith({ golden: sampleGolden(120) }));
  const sides = Object.fromEntries(Object.entries(aucs).map(([name, auc]) => [name, auc.kind === 'found' ? [auc.value.positives, auc.value.negatives] : null]));
  // 30 pairs of each of four classes: high and noisy are exact, low is not, boundary is partial or not.
  assert.deepEqual(sides, { highLow: [30, 30], exactRest: [60, 60], matchNot: [60, 30] });
});

test('labels come from the server, else from its thresholds, else from the one of the scenario', () => {
  const bare = (answers: GoldenAnswer[]): GoldenAnswer[] => answers.map((one) => ({ ...one, label: undefined }));
  const source = (golden: GoldenAnswer[], health: unknown = null): string | undefined => {
    const { quality } = analyseAnswers(recordWith({ golden }, ({ server }) => ({ server: server && { ...server, health } })));
    return quality.kind === 'found' ? quality.value.rule.source : undefined;
  };
  assert.equal(source(goldenOf(40)), 'labels');
  assert.equal(source(bare(goldenOf(40))), 'threshold');
  assert.equal(source([...goldenOf(39), ...bare(goldenOf(40)).slice(39)]), 'threshold', 'one answer without a label is enough');
  assert.equal(source(bare(goldenOf(40)), { model: { thresholds: { partial: 0.4, exact: 0.8 } } }), 'thresholds');
  assert.equal(source(bare(goldenOf(40)), { thresholds: { partial: 0.9, exact: 0.8 } }), 'threshold', 'thresholds that contradict each other are none');
});

test('shares: a pair counts once in each of its families, a small one has no share, right or wrong as planted', () => {
  const { quality } = analyseAnswers(recordWith({ golden: sampleGolden(120), families: sampleFamilies }));
  assert.ok(quality.kind === 'found');
  const { families, classes, lengths, worst } = quality.value;
  assert.deepEqual(classes.map(({ name, n }) => [name, n]), [['high', 30], ['low', 30], ['boundary', 30], ['noisy', 30]]);
  const family = (name: string): { right: number; n: number; share: { kind: string } } => families.find((one) => one.name === name)!;
  assert.equal(family('neighbour').n, 30);
  assert.equal(family('apart').n, 30);
  assert.ok(family('region').n < 10 && family('region').share.kind === 'absent');
  assert.equal(lengths.reduce((sum, { n }) => sum + n, 0), 120);
  const right = sampleGolden(120).filter(({ label, expected }) => label !== undefined && expected.includes(label)).length;
  assert.equal(classes.reduce((sum, one) => sum + one.right, 0), right);
  assert.equal(worst.length, 10);
  assert.ok(worst.every((pair) => !pair.right && pair.text !== undefined), 'there are more than ten wrong ones');
  for (const [i, pair] of worst.entries()) assert.ok(i === 0 || pair.wrongness <= worst[i - 1]!.wrongness);
});

test('buckets of length meet without a gap', () => {
  assert.deepEqual([1, 12, 13, 18, 19, 24, 31, 32, 45, 46, 64, 65, 900].map(lengthBucket), ['1–12', '1–12', '13–18', '13–18', '19–24', '19–24', '25–31', '32–45', '32–45', '46–64', '46–64', '64+', '64+'].map((name) => (name === '64+' ? lengthBucket(65) : name)));
  const shares = sharesBy(Array.from({ length: 12 }, (_, i) => ({ right: i < 9 })), () => ['x', 'x'], 0.95);
  assert.ok(shares[0]?.n === 12 && shares[0].right === 9 && shares[0].share.kind === 'found' && shares[0].share.value.method === 'wilson');
});

test('the bins hold every score, the largest and equal ones too', () => {
  const scored = [0, 0.29, 0.3, 0.31, 0.7, 1].map((score, i) => ({ class: i < 3 ? 'low' : 'high', score }));
  const found = scoreDistribution(scored, [0, 1]);
  assert.ok(found.kind === 'found');
  assert.deepEqual(found.value.classes.map(({ name, n, counts }) => [name, n, counts.reduce((sum, count) => sum + count, 0)]), [['high', 3, 3], ['low', 3, 3]]);
  assert.ok(found.value.edges.length <= 62 && found.value.edges.every((edge, i, all) => i === 0 || edge > (all[i - 1] ?? 0)));
  const low = found.value.classes[1]!;
  const binOf = (score: number): number => found.value.edges.findIndex((edge, i) => edge <= score && score < (found.value.edges[i + 1] ?? Infinity));
  assert.equal(low.counts[binOf(0.3)], 1, '0.3 is in the bin that begins at 0.3');
  const alike = scoreDistribution([{ class: 'high', score: 0.5 }, { class: 'high', score: 0.5 }], [0, 1]);
  assert.ok(alike.kind === 'found' && Math.max(...alike.value.classes[0]!.counts) === 2);
  assert.equal(scoreDistribution([], [0, 1]).kind, 'absent');
});

test('without answers, with meaningless scores, and in old records each figure is absent with its reason', () => {
  const why = (record: RunRecord): string[] => {
    const { quality, probes, distribution, aucs } = analyseAnswers(record);
    return [quality, probes, distribution, aucs.highLow].map((one) => (one.kind === 'absent' ? one.why : one.kind));
  };
  assert.deepEqual(why(buildRecord({ users: [4], change: () => ({ probe: { status: 'skipped', why: 'x' } }) })), ['not-checked', 'no-probes', 'not-checked', 'not-checked']);
  assert.deepEqual(why(recordWith({ golden: undefined, probes: undefined })), ['not-checked', 'no-probes', 'not-checked', 'not-checked']);
  assert.deepEqual(why(recordWith({ meaningful: false })), ['scores-meaningless', 'scores-meaningless', 'found', 'found']);
  assert.deepEqual(why(recordWith({ golden: goldenOf(40).map((one) => ({ ...one, score: null })), probes: [] })), ['not-checked', 'no-probes', 'not-checked', 'not-checked']);
});

test('probes: by group, the label that was said against those expected; no answer is no pass', () => {
  const { probes } = analyseAnswers(recordWith({ probes: [...sampleProbes(), { id: 'alias-2', group: 'alias', expected: ['exact'], score: null }] }));
  assert.ok(probes.kind === 'found');
  assert.deepEqual(probes.value.groups, [{ group: 'rename', passed: 1, n: 3 }, { group: 'polyphone', passed: 1, n: 1 }, { group: 'alias', passed: 0, n: 2 }, { group: 'alias-trap', passed: 1, n: 2 }]);
  assert.deepEqual([probes.value.passed, probes.value.n], [3, 8]);
});

test('abnormal requests: asked alone and under load add up by kind', () => {
  const record = buildRecord({ stages: [{ users: 4, change: () => ({ byAbnormalKind: {
    'null': { started: 10, asExpected: 4, statuses: { '400': 4, '500': 3, '0': 3 }, timedOut: 2 }, 'only-load': { started: 2, asExpected: 2, statuses: { '200': 1, '422': 1 } },
  } }) }], change: () => ({ abnormal: sampleAbnormal() }) });
  const { abnormal } = analyseAnswers(record);
  assert.ok(abnormal.kind === 'found');
  const row = (kind: string): unknown => abnormal.value.rows.find((one) => one.kind === kind);
  assert.deepEqual(row('null'), { kind: 'null', expect: 'reject', sent: 11, asExpected: 4, answered: 0, refused: 4, serverErrors: 4, otherStatus: 0, timedOut: 2, cutOff: 1, field: 'addr1', named: null });
  assert.deepEqual(row('only-load'), { kind: 'only-load', expect: null, sent: 2, asExpected: 2, answered: 1, refused: 1, serverErrors: 0, otherStatus: 0, timedOut: 0, cutOff: 0, field: null, named: null });
  const { sent, asExpected, serverErrors, timedOut, cutOff, shouldName, named, diedAfter } = abnormal.value;
  assert.deepEqual({ sent, asExpected, serverErrors, timedOut, cutOff, shouldName, named, diedAfter }, { sent: 18, asExpected: 10, serverErrors: 4, timedOut: 3, cutOff: 1, shouldName: 2, named: 1, diedAfter: null });
  const dead = analyseAnswers({ ...record, failure: { code: 'server-crashed', message: '', hint: '', exitCode: 3, details: [] } }).abnormal;
  assert.ok(dead.kind === 'found' && dead.value.diedAfter === '');
});
