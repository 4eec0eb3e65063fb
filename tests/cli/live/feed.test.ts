import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFeed } from '../../../harness/cli/live/feed.js';
import type { RunEvent } from '../../../harness/model/event.js';
import type { Stage } from '../../../harness/model/stage.js';

const stage: Stage = { index: 0, name: '10 users', role: 'measure', arm: '', repeat: 0, warmupS: 2, durationS: 8, minRequests: null, arrival: { kind: 'closed', users: 10, thinkMs: [0, 0] } };
const tick = (elapsedS: number, failed = 0): RunEvent => ({
  kind: 'tick', stage, elapsedS, completed: 100, failed, rps: 50.4321, p95Ms: 12, recent: { p50Ms: 5, p95Ms: 12.34567, p99Ms: null }, vramMiB: null, vramAbsent: 'not-found', processes: { server: { cpuCores: 0.5, rssMiB: 250 }, engine: { cpuCores: null, rssMiB: 80 } },
});

test('a tick is a point; a key that was not measured is not there; what was told is not told again', () => {
  let now = 1000;
  const feed = createFeed(() => now);
  feed.onEvent({ kind: 'stage-start', stage, stages: 1 });
  now = 1500;
  feed.onEvent(tick(-1));
  now = 2000;
  feed.onEvent(tick(0.5, 4));
  const first = feed.news(0, 'en');
  assert.deepEqual(first.points, [
    { t: 1.5, 'cpu.server': 0.5, 'memory.server': 250, 'memory.engine': 80 },
    { t: 2, 'cpu.server': 0.5, 'memory.server': 250, 'memory.engine': 80, rps: 50.43, errors: 8, p50: 5, p95: 12.35 },
  ]);
  assert.match(first.line, /^10 users \(1\/1\): █░░░░░░░░░ 0\.5\/8 s \| RPS 50\.4/);
  assert.deepEqual([first.next, first.vramWhy, first.ended, first.stages], [2, 'VRAM: no GPU', false, [{ name: '10 users', from: 1, to: null }]]);
  const again = feed.news(first.next, 'zh-CN');
  assert.deepEqual([again.points, again.vramWhy, again.stages[0]?.name], [[], '显存：无 GPU', '10 个用户']);
});

test('a run of hours stays small, keeps its beginning and its end, and a page that looks late gets it all', () => {
  let now = 0;
  const feed = createFeed(() => now);
  for (let i = 0; i < 40_000; i += 1) {
    now += 500;
    feed.onEvent(tick(i / 2));
  }
  const { points, next } = feed.news(0, 'en');
  assert.equal(next, 40_000);
  assert.ok(points.length <= 3600 && points.length > 1000, String(points.length));
  assert.deepEqual([points[0]?.['t'], points.at(-1)?.['t']], [0.5, 20_000]);
});

test('whether somebody heard of the end is known', () => {
  const feed = createFeed(() => 7);
  assert.equal(feed.askedMs(), -Infinity);
  feed.news(0, 'en');
  assert.deepEqual([feed.askedMs(), feed.told()], [7, false]);
  feed.end();
  assert.equal(feed.told(), false);
  assert.equal(feed.news(0, 'en').ended, true);
  assert.equal(feed.told(), true);
});

test('parts of a mix, their engines and GPUs have lines of their own, and the words of all parts are told', () => {
  let now = 0;
  const feed = createFeed(() => now);
  const parts = ['interactive', 'a bulk job with a very long name'].map((name, index): Stage => ({ ...stage, index, name, mixed: true }));
  for (const part of parts) feed.onEvent({ kind: 'stage-start', stage: part, stages: 2 });
  for (let i = 0; i < 2; i += 1) {
    for (const part of parts) {
      now += 250;
      feed.onEvent({ ...tick(1 + i, i * (3 + part.index)), stage: part, queue: 7, batch: 3.5, gpus: [{ index: 1, memoryMiB: 900, utilization: 0.4 }], processes: { 'engine:interactive': { cpuCores: 0.1, rssMiB: 50 } } } as RunEvent);
    }
  }
  feed.onEvent({ kind: 'stage-end', stage: parts[0]!, status: 'completed' });
  const { points, lines, line, stages } = feed.news(0, 'en');
  assert.deepEqual(points.at(-1), { t: 1, 'vram@1': 900, 'use@1': 40, queue: 7, batch: 3.5, 'cpu.engine@interactive': 0.1, 'memory.engine@interactive': 50, 'rps@1': 50.43, 'errors@1': 8, 'p50@1': 5, 'p95@1': 12.35 });
  assert.equal(points.at(-2)?.['errors@0'], 6, 'failures of one part are not held against those of the other');
  assert.deepEqual(lines.filter(({ base }) => base === 'rps').map(({ key, of }) => [key, of]), [['rps@0', 'interactive'], ['rps@1', 'a bulk job with a very …']]);
  assert.deepEqual(lines.filter(({ base }) => ['vram', 'cpu.engine'].includes(base)).map(({ key, of }) => [key, of]), [['vram@1', '1'], ['cpu.engine@interactive', 'interactive']]);
  assert.equal(line, 'interactive: completed');
  assert.deepEqual(stages.map(({ name, to }) => [name, to]), [['interactive', 1], ['a bulk job with a very long name', null]]);
});

test('while a mix goes on, each part has a line of words', () => {
  const feed = createFeed(() => 0);
  for (const [index, name] of ['interactive', 'bulk'].entries()) feed.onEvent({ ...tick(1), stage: { ...stage, index, name, mixed: true } } as RunEvent);
  assert.deepEqual(feed.news(0, 'zh-CN').line.split('\n').map((text) => text.split('：')[0]), ['interactive', 'bulk']);
});
