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
