import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { isInside, windowTruthMs, type Truth } from '../../scripts/bench-self/known-server.js';
import { findCeiling } from '../../scripts/bench-self/ceiling.js';
import { simulateGate } from '../../scripts/bench-self/gates/simulate.js';
import { simulateRelease } from '../../scripts/bench-self/gates/simulate-release.js';
import { beginMarker, endMarker, measuredText, placeParts } from '../../scripts/bench-self/document.js';
import { accuracyHolds, availableRps, difference, differenceText, isClose, isExact, mark, markedText, mean, nearestRank, number, percent, sectionText } from '../../scripts/bench-self/figure.js';
import { parts } from '../../scripts/bench-self/parts.js';
import { servedRps } from '../../scripts/bench-self/overhead.js';
import { numbersOf, piecesOf, rowsAlone } from '../../scripts/bench-self/row-stream.js';
import { createRowReader } from '../../harness/load/row.js';
import { testContext } from '../host/context.js';

const section = { title: 'A', columns: ['x', 'y'], rows: [['1', 'a|b'], ['2', 'c']], notes: ['why'] };

test('a section is a Markdown table, bars escaped, notes below', () => {
  assert.equal(sectionText(section), '### A\n\n| x | y |\n| --- | --- |\n| 1 | a\\|b |\n| 2 | c |\n\n- why');
  assert.equal(sectionText({ ...section, rows: [] }), '### A\n\n- why');
});

test('numbers that are not there are never 0', () => {
  assert.deepEqual([number(1234.56, 1), number(null), number(NaN, 2), percent(0.1234), percent(null), mark(true), mark(false)], ['1,234.6', '–', '–', '12.3 %', '–', '✓', '✗']);
});

test('differences in ms and of the truth', () => {
  assert.deepEqual(difference(51, 50), { ms: 1, share: 0.02 });
  assert.equal(differenceText(difference(51, 50)), '+1.00 ms (+2.0 %)');
  assert.equal(differenceText(difference(49.5, 50)), '−0.50 ms (−1.0 %)');
  assert.ok(isClose(difference(201.9, 200)));
  assert.ok(isClose(difference(51, 50)));
  assert.ok(!isClose(difference(51.1, 50)));
  assert.ok(!isClose(difference(45, 50)), 'too little is as wrong as too much');
});

test('a light engine has to be close; a heavy one has to say so', () => {
  const close = difference(50.5, 50);
  const far = difference(53, 50);
  assert.ok(accuracyHolds({ p50: close, p95: close, p99: close }, 0.1, false));
  assert.ok(!accuracyHolds({ p50: close, p95: close, p99: far }, 0.1, true), 'a mark is no excuse below a quarter of a core');
  assert.ok(!accuracyHolds({ p50: close, p95: far, p99: far }, 0.3, false));
  assert.ok(accuracyHolds({ p50: close, p95: far, p99: far }, 0.3, true));
  assert.ok(!accuracyHolds({ p50: close, p95: far, p99: far }, null, false), 'an unknown need is a large one');
});

test('what is left of a limit, ranks and means', () => {
  assert.equal(availableRps(400, 2, 0.3, 0.1), 320);
  assert.equal(availableRps(400, 4, 0, 0), 400);
  assert.equal(nearestRank([5, 1, 4, 2, 3], 0.5), 3);
  assert.equal(nearestRank([1, 2], 0.99), 2);
  assert.equal(mean([1, 2, 6]), 3);
});

test('the truth of the window: by start, after those of the warm-up', () => {
  const truth: Truth = [[30, 3, 200], [10, 1, 200], [25, 9, 0], [20, 2, 200], [40, 4, 200]];
  const requests = { started: 3, completed: 2, failed: 0, timedOut: 0, censored: 0, warmup: 1 };
  assert.deepEqual(windowTruthMs(truth, requests), [2, 3]);
});

test('the truth has to lie between what is told and that less the printed share', () => {
  assert.deepEqual([isInside(51, 50.4, 0.7), isInside(51, 50, 0.7), isInside(51, 51.05, 0.7), isInside(51, 51.5, 0.7), isInside(550, 549.5, 0)], [true, false, true, false, true]);
});

test('the aim of open load, and the mark of a stage with its reasons', () => {
  assert.deepEqual([isExact(difference(50.4, 50)), isExact(difference(50.6, 50)), isExact(difference(552, 550)), isExact(difference(49.4, 50))], [true, false, true, false]);
  const lag = { code: 'lag', level: 'suspect' as const, value: 1, limit: 1, params: {} };
  assert.deepEqual([markedText({ status: 'valid', reasons: [] }), markedText({ status: 'suspect', reasons: [lag, lag] })], ['valid', 'SUSPECT: lag']);
});

test('the ceiling: doubled, then halved; what fails once is asked again, and either end may be open', async () => {
  const asked: number[] = [];
  const upTo = (limit: number) => (rate: number): Promise<boolean> => {
    asked.push(rate);
    return Promise.resolve(rate <= limit);
  };
  const found = await findCeiling(upTo(1300), 500, 8000, 0.1);
  assert.ok(found.lowRps !== null && found.highRps !== null && found.lowRps <= 1300 && found.highRps > 1300 && found.highRps / found.lowRps <= 1.1, JSON.stringify(found));
  assert.deepEqual(asked.slice(0, 4), [500, 1000, 2000, 2000], 'a rate that does not hold is asked twice');
  assert.deepEqual(await findCeiling(upTo(100), 500, 8000, 0.1), { lowRps: null, highRps: 500 });
  assert.deepEqual(await findCeiling(upTo(1e9), 500, 8000, 0.1), { lowRps: 8000, highRps: null });
  let first = true;
  assert.equal((await findCeiling((rate) => {
    const held = rate <= 4000 && !first;
    if (rate === 1000) first = false;
    return Promise.resolve(rate < 1000 || held);
  }, 500, 4000, 0.1)).lowRps, 4000, 'one bad moment of the machine is no ceiling');
});

test('a gate of the virtual machine: the same seed gives the same word, a tenth slower is worse', async () => {
  const ctx = testContext();
  const noise = { runNoise: 0.015, drift: 0.03, rho: 0.9 };
  const gate = await simulateGate(0.1, 'rps', noise, 7, ctx);
  assert.deepEqual([gate.word, await simulateGate(0.1, 'rps', noise, 7, ctx)], ['worse', gate]);
  assert.notEqual((await simulateGate(0, 'rps', noise, 7, ctx)).word, 'worse');
});

test('a release gate on a virtual clock finds a planted slowdown and one flipped answer, and lets the same pass', async () => {
  const ctx = testContext();
  const noise = { runNoise: 0.015, drift: 0.03, rho: 0.9 };
  const [slow, flipped, same] = [await simulateRelease({ slowdown: 0.1, flips: 0 }, noise, 7, ctx), await simulateRelease({ slowdown: 0, flips: 1 }, noise, 7, ctx), await simulateRelease({ slowdown: 0, flips: 0 }, noise, 7, ctx)];
  assert.deepEqual([slow.verdict, flipped.verdict, flipped.failed], ['fail', 'fail', ['answers baselineFlips==0']]);
  assert.notEqual(same.verdict, 'fail');
});

test('served in the window: after a second, by the moment of the answer, answers only', () => {
  const truth: Truth = [[500, 5, 200], [1490, 20, 200], [1600, 5, 0], [2490, 5, 200], [2499, 5, 200]];
  assert.equal(servedRps(truth, 1), 2);
});

test('a part finds its place, the others keep theirs, and nothing else of the page changes', () => {
  const part = (word: string, text: string): string => `<!-- bench:self part ${word} -->\n${text}`;
  const pageOf = (...texts: string[]): string => `before\n${beginMarker}\n${texts.join('\n\n')}\n${endMarker}\nafter\n`;
  const order = ['b', 'a-c', 'd'];
  const first = placeParts(pageOf('something old'), new Map([['d', '### D\n\nx'], ['b', '### B']]), order);
  assert.equal(first, pageOf(part('b', '### B'), part('d', '### D\n\nx')));
  const second = placeParts(first, new Map([['a-c', '### A']]), order);
  assert.equal(second, pageOf(part('b', '### B'), part('a-c', '### A'), part('d', '### D\n\nx')));
  assert.equal(placeParts(second, new Map([['b', 'new']]), order), pageOf(part('b', 'new'), part('a-c', '### A'), part('d', '### D\n\nx')));
  assert.equal(placeParts(second, new Map(), ['d']), pageOf(part('d', '### D\n\nx')), 'a part that is no more goes');
  assert.throws(() => placeParts('nothing', new Map(), order), /lacks/);
});

test('the page holds parts that the benchmark knows, each once and whole', () => {
  const page = readFileSync(`${testContext().host.files.packageRoot}/docs/measurement.md`, 'utf8');
  assert.equal(placeParts(page, new Map(), parts.map(({ word }) => word)), page);
  for (const { word } of parts) assert.match(page, new RegExp(`\\b${word}\\b`), `docs/measurement.md does not name ${word}`);
});

test('a part names its machine and its moment, and a short run as one', () => {
  const environment = { harness: { version: '0.1.0', commit: null }, node: 'v20', os: 'linux', kernel: '6', cpu: 'Some CPU', cores: 2, memoryMiB: 2048, loadBefore: 0.25 };
  const text = measuredText({ environment, startedAt: '2026-01-02T03:04:05Z', tookS: 9, k6: 'absent', autocannon: '9.0.0', short: true }, section);
  for (const part of ['### A\n\n**Short run**', '*2026-01-02, 9 s', 'Some CPU, 2 cores, 2,048 MiB', 'k6 absent', 'load average before 0.25', '.*\n\n| x | y |']) assert.ok(text.includes(part), part);
});

test('the row stream is one that the harness reads: whole rows, one user after the other', () => {
  const recorded = piecesOf(readFileSync(`${testContext().host.files.packageRoot}/tests/fixtures/load/k6-stream.csv`, 'utf8'));
  assert.match(recorded.head, /^metric_name,.*\nmgeo_row,.*r=C\|0\|\d+\n$/);
  assert.ok(recorded.pieces.length > 10);
  assert.ok(recorded.pieces.some(({ before }) => before.endsWith('"r=')), 'the recording holds quoted rows');
  const { pieces } = rowsAlone(recorded);
  const reader = createRowReader();
  for (const [i, piece] of pieces.entries()) {
    const line = Buffer.from(numbersOf(i) + piece.after);
    assert.ok(reader.read(line, 0, line.length - 1), line.toString());
    assert.deepEqual([reader.row.user, reader.row.seq, reader.row.ticket, reader.row.status], [i % 100, Math.floor(i / 100), i, 200]);
    assert.ok(reader.row.latencyUs >= 50_000 && reader.row.latencyUs <= 82_768 && reader.row.endMs > reader.row.startMs);
    assert.ok(!line.toString().includes('""'), 'quotes are undone');
  }
});
