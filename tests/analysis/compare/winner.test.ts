import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareArms, findWinner, roundFigures, summariseArm, type ArmRounds, type RoundFigures } from '../../../harness/analysis/compare/index.js';
import { sameAnswers } from '../../../harness/analysis/compare/same-answers.js';
import { meanWork, workOf } from '../../../harness/analysis/compare/work.js';
import { analyseRecord } from '../../../harness/analysis/index.js';
import type { Winner } from '../../../harness/model/comparison.js';
import { buildRecord } from '../record-builder.js';

const design = { equivalence: 0.03, metric: 'rps', aa: false } as const;

const arm = (name: string, rps: readonly number[], more: Partial<RoundFigures> = {}): ArmRounds => ({
  name, rounds: rps.map((value) => ({ stages: [{ name: 'a', figures: { rps: value, p95: 1000 / value } }], run: {}, traffic: {}, ...more })),
});

const winnerOf = (arms: readonly ArmRounds[], metric: 'rps' | 'p95' = 'rps', beyond: readonly string[] = []): Winner | undefined => {
  const compare = (first: ArmRounds, second: ArmRounds) => compareArms(first, second, { ...design, metric }, 0.95);
  const [first, ...others] = arms as [ArmRounds, ...ArmRounds[]];
  return findWinner({ arms, summaries: arms.map((one) => summariseArm(one, 0.95)), comparisons: others.map((one) => compare(first, one)), design: { ...design, metric }, beyond }, compare);
};

test('the best mean wins, and is compared with the next best', () => {
  const winner = winnerOf([arm('none', [100, 101, 99]), arm('window', [150, 151, 149]), arm('greedy', [300, 303, 297])]);
  assert.deepEqual([winner?.arm, winner?.next, winner?.word], ['greedy', 'window', 'better']);
  assert.ok(Math.abs((winner?.ratio?.value ?? 0) - 2) < 1e-2);
});

test('for a latency the smallest wins; the first arm may win; two alike are not told apart', () => {
  assert.equal(winnerOf([arm('none', [100, 101, 99]), arm('greedy', [300, 303, 297])], 'p95')?.arm, 'greedy');
  assert.deepEqual([winnerOf([arm('none', [100, 101, 99]), arm('slow', [50, 51, 49])])].map((winner) => [winner?.arm, winner?.next, winner?.word]), [['none', 'slow', 'better']]);
  assert.equal(winnerOf([arm('none', [100, 101, 99]), arm('same', [101, 99, 100])])?.word, 'inconclusive');
});

test('an arm beyond its limits cannot win, and is named beside the winner; of arms that are all beyond them none wins', () => {
  const arms = [arm('none', [100, 101, 99]), arm('window', [150, 151, 149]), arm('greedy', [300, 303, 297])];
  const winner = winnerOf(arms, 'rps', ['greedy']);
  assert.deepEqual([winner?.arm, winner?.next, winner?.word, winner?.fastest?.arm, winner?.fastest?.word], ['window', 'none', 'better', 'greedy', 'better']);
  assert.ok(Math.abs((winner?.fastest?.ratio?.value ?? 0) - 2) < 1e-2);
  const only = winnerOf(arms, 'rps', ['greedy', 'window']);
  assert.deepEqual([only?.arm, only?.next, only?.ratio, only?.fastest?.arm], ['none', undefined, null, 'greedy']);
  // A slower arm that is beyond its limits is no rival either, and takes nothing from the winner.
  assert.deepEqual([winnerOf(arms, 'rps', ['window'])].map((one) => [one?.arm, one?.next, one?.fastest]), [['greedy', 'none', undefined]]);
  assert.equal(winnerOf(arms, 'rps', ['none', 'window', 'greedy']), undefined);
});

test('arms as good as the best are named, and of them the one that is shown to take least memory, else to have the lowest p95', () => {
  const alike = (name: string, by: number, rss: number, p95: number): ArmRounds => ({ name, rounds: [100, 101, 99].map((rps) => ({ stages: [{ name: 'a', figures: { rps: rps * by, p95: p95 * (rps / 100) } }], run: { rss }, traffic: {} })) });
  const byMemory = winnerOf([alike('none', 0.5, 50, 5), alike('a', 1, 300, 9), alike('b', 1.002, 400, 8), alike('c', 0.999, 200, 10)]);
  assert.deepEqual([byMemory?.arm, byMemory?.word, byMemory?.equals, byMemory?.alternative?.arm, byMemory?.alternative?.metric], ['b', 'equivalent', ['a', 'c'], 'c', 'rss']);
  assert.ok(Math.abs((byMemory?.alternative?.value ?? 0) - 200) < 1e-6 && Math.abs((byMemory?.alternative?.winner ?? 0) - 400) < 1e-6);
  const byLatency = winnerOf([alike('a', 1, 300, 5), alike('b', 1.002, 300, 8)]);
  assert.deepEqual([byLatency?.alternative?.arm, byLatency?.alternative?.metric], ['a', 'p95']);
  const neither = winnerOf([alike('a', 1, 300, 8), alike('b', 1.002, 300, 8)]);
  assert.deepEqual([neither?.equals, neither?.alternative], [['a'], undefined]);
});

test('no winner among arms that were sent other traffic, nor in A/A', () => {
  assert.equal(winnerOf([arm('a', [100, 101]), arm('b', [300, 303], { traffic: { requests: '9' } })]), undefined);
  const arms = [arm('a', [100, 101]), arm('b', [300, 303])];
  const compare = (first: ArmRounds, second: ArmRounds) => compareArms(first, second, design, 0.95);
  assert.equal(findWinner({ arms, summaries: [], comparisons: [compare(arms[0] as ArmRounds, arms[1] as ArmRounds)], design: { ...design, aa: true } }, compare), undefined);
});

test('answers of two arms: those that say something else, and the largest difference; of pairs that both answered', () => {
  const scores = (...all: [number, number, string][]) => new Map(all.map(([index, score, said]) => [index, { score, said }]));
  assert.deepEqual(sameAnswers(scores([1, 0.95, 'same'], [2, 0.2, 'other'], [3, 0.5, 'other']), scores([1, 0.89, 'other'], [2, 0.21, 'other'])), { asked: 2, flips: 1, maxDelta: 0.95 - 0.89, lost: 1 });
  assert.equal(sameAnswers(scores([1, 1, 'same']), scores([2, 1, 'same'])), null);
});

test('answers are compared where a quicker arm was sent more of another length, not where other traffic was planned', () => {
  const golden = new Map([[1, { score: 0.9, said: 'same' }]]);
  const arm = (name: string, tokens: number, requests: string): ArmRounds => ({ name, rounds: [{ stages: [{ name: 'a', figures: { rps: 10 }, sent: { requests: 1000, tokens: [[tokens, 2000]], times: [[1, 1000]] } }], run: {}, traffic: { requests }, golden }] });
  const quicker = compareArms(arm('a', 10, '9'), arm('b', 12, '9'), design, 0.95);
  assert.deepEqual([quicker.traffic, quicker.answers], [['sentTokens'], { asked: 1, flips: 0, maxDelta: 0 }]);
  assert.equal(compareArms(arm('a', 10, '9'), arm('b', 10, '8'), design, 0.95).answers, undefined);
});

test('work: batches and padding from the rise of the counters inside the window alone', () => {
  const record = buildRecord({});
  const [result] = record.stages;
  const [stage] = analyseRecord(record).stages;
  assert.ok(result && stage);
  const { windowFromMs: from, windowToMs: to } = result;
  const told = (metric: string, v: number[]) => ({ source: 'server', metric, unit: '', t: [from - 1000, from + 100, to - 100, to + 1000], v });
  record.series = [told('batches', [0, 10, 20, 1000]), told('batchedEntries', [0, 100, 250, 9000]), told('tokens', [0, 1000, 4000, 9999]), told('paddedTokens', [0, 2000, 6000, 9999])];
  const work = workOf(record, result, stage);
  assert.equal(work.batchTexts, 15);
  assert.ok(Math.abs((work.padding ?? 0) - 0.25) < 1e-12);
  result.cache = { hit: 3, partial: 1, miss: 0 };
  const used = workOf(record, result, { ...stage, cpu: { server: 1.5, engine: 0.25, harness: null } });
  assert.deepEqual([used.cacheHit, used.serverCores, used.usedCores], [0.75, 1.5, 1.75]);
  assert.equal(workOf(record, result, { ...stage, cpu: { server: null, engine: 0.25, harness: null } }).usedCores, null);
  record.series = [];
  assert.deepEqual([workOf(record, result, stage).batchTexts, workOf(record, result, stage).padding], [result.batch?.mean ?? null, null]);
  assert.deepEqual(meanWork([{ batchTexts: 2, queueMs: 1, inferMs: null, padding: 0.1 }, { batchTexts: 4, queueMs: null, inferMs: null, padding: 0.3 }]), { batchTexts: 3, queueMs: 1, inferMs: null, padding: 0.2, normaliseMs: null, cacheHit: null, serverCores: null, usedCores: null });
});

test('the memory of a simulated accelerator is a figure of its own, and no GPU’s', () => {
  const record = buildRecord({});
  record.series = [...record.series, { source: 'server', metric: 'simulatedMemoryPeakMiB', unit: '', t: [0, 1000, 2000], v: [600, null, 812] }];
  const { run } = roundFigures(record, analyseRecord(record));
  assert.deepEqual([run.simulatedMemory, run.vram], [812, undefined]);
});
