import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createVisitors } from '../../harness/load/visitors.js';
import { createRandom } from '../../harness/model/random.js';
import { openStageOf, stageOf } from './stage-setup.js';
import { percentileMs } from './drive-setup.js';

/** Closed users on a virtual clock before a server whose latency is a function of the moment of asking (and of chance). */
function play(options: { users: number; durationS: number; thinkMs?: [number, number]; latencyMs: (atMs: number) => number; fails?: (atMs: number) => boolean }): { requests: [startMs: number, endMs: number][]; visited: NonNullable<ReturnType<ReturnType<typeof createVisitors>['save']>> } {
  const { users, durationS, thinkMs = [0, 0], latencyMs, fails = () => false } = options;
  const dice = createRandom(7);
  const visitors = createVisitors(stageOf(users, { durationS, thinkMs }));
  const requests: [number, number][] = [];
  const next = Float64Array.from({ length: users }, (_, user) => -1000 + (900 * user) / users);
  for (;;) {
    // In the order of time, so that a server with a state can be played.
    const user = next.reduce((first, ms, i) => (ms < (next[first] as number) ? i : first), 0);
    const startMs = next[user] as number;
    if (startMs > durationS * 1000 + 500) break;
    const endMs = startMs + latencyMs(startMs);
    if (startMs >= 0 && startMs < durationS * 1000) requests.push([startMs, endMs]);
    visitors.add(user, startMs, endMs, fails(startMs) ? null : Math.round((endMs - startMs) * 1000));
    next[user] = endMs + thinkMs[0] + dice.next() * (thinkMs[1] - thinkMs[0]);
  }
  const visited = visitors.save(durationS * 1000);
  assert.ok(visited);
  return { requests, visited };
}

const near = (value: number, truth: number, share: number): void => {
  assert.ok(Math.abs(value / truth - 1) <= share, `${String(value)}, not ${String(truth)}`);
};
/** By requests, as percentiles of a closed load are. */
const byRequests = (requests: readonly [number, number][], share: number): number => {
  const sorted = requests.map(([startMs, endMs]) => endMs - startMs).sort((x, y) => x - y);
  return sorted[Math.ceil(share * sorted.length) - 1] as number;
};

/** Every 10 s, from 5 s on, no answer leaves for a second. */
const stalling = (serviceMs: () => number) => (atMs: number): number => {
  const due = atMs + serviceMs();
  const into = (((due - 5000) % 10_000) + 10_000) % 10_000;
  return into < 1000 ? due + 1000 - into - atMs : due - atMs;
};

test('a stall of a second in ten: users see 50 ms at p95, a visitor 550 ms', () => {
  const dice = createRandom(1);
  const { requests, visited } = play({ users: 20, durationS: 20, latencyMs: stalling(() => 48 + 4 * dice.next()) });
  near(byRequests(requests, 0.95), 52, 0.01);
  // A tenth of all visitors wait between 50 and 1,050 ms, evenly: p95 lies in the middle, p99 a tenth below the end.
  near(percentileMs(visited.latency, 0.5), 50, 0.01);
  near(percentileMs(visited.latency, 0.95), 550, 0.01);
  near(percentileMs(visited.latency, 0.99), 950, 0.005);
  near(percentileMs(visited.latency, 1), 1050, 0.01);
  assert.deepEqual([visited.everyMs, visited.latency.n], [1, 20_000]);
});

test('the same with users who think: they come less often, the visitor waits as long', () => {
  const dice = createRandom(3);
  const { requests, visited } = play({ users: 50, durationS: 60, thinkMs: [50, 250], latencyMs: stalling(() => 45 + 10 * dice.next()) });
  assert.ok(byRequests(requests, 0.95) < 500, 'fewer saw the stall');
  near(percentileMs(visited.latency, 0.5), 50, 0.02);
  // Between two starts of users who still come while some wait, up to a few ms are missing.
  near(percentileMs(visited.latency, 0.95), 550, 0.03);
});

test('without a stall visitors wait what users wait: constant, in step, two kinds of requests, a queue', () => {
  const dice = createRandom(5);
  const cases: [string, number, (atMs: number) => number][] = [
    ['constant', 20, () => 50],
    ['varied', 20, () => 40 + 20 * dice.next()],
    // One in ten is slow by itself: that is no stall.
    ['two kinds', 30, () => (dice.chance(0.1) ? 200 : 20)],
  ];
  for (const [name, users, latencyMs] of cases) {
    const { requests, visited } = play({ users, durationS: 30, latencyMs });
    for (const share of [0.5, 0.95]) near(percentileMs(visited.latency, share), byRequests(requests, share), name === 'two kinds' ? 0.06 : 0.01);
  }
  // One server of 10 ms: each of 20 users waits for the other 19, at whatever moment it comes.
  let freeMs = -Infinity;
  const queue = play({ users: 20, durationS: 20, latencyMs: (atMs) => (freeMs = Math.max(freeMs, atMs) + 10) - atMs });
  near(percentileMs(queue.visited.latency, 0.5), 200, 0.01);
});

test('users who all think at once hide nothing: an idle server is not a stalled one', () => {
  const { visited } = play({ users: 10, durationS: 20, thinkMs: [2000, 2000], latencyMs: () => 30 });
  near(percentileMs(visited.latency, 1), 30, 0.001);
});

test('failures end a wait, but are no latencies; a stall at the very end is seen; what is not known is left out', () => {
  const failing = play({ users: 20, durationS: 10, latencyMs: () => 50, fails: (atMs) => Math.floor(atMs / 100) % 2 === 0 });
  near(percentileMs(failing.visited.latency, 0.5), 50, 0.002);

  const visitors = createVisitors(stageOf(2, { durationS: 2 }));
  for (const user of [0, 1]) visitors.add(user, user * 10, 100 + user * 10, 100_000);
  // Both ask again at 110 ms; one is answered after the window, one never.
  visitors.add(0, 110, 2500, null);
  visitors.addOpen(110);
  const saved = visitors.save(2000);
  assert.ok(saved);
  assert.equal(saved.latency.n, 11 + 90 + 1889, 'up to the last request that was answered, and while both wait');
  near(percentileMs(saved.latency, 1), 2389, 0.001);
});

test('open load has no such figure, and a long window no more than 200,000 visitors', () => {
  assert.equal(createVisitors(openStageOf(10)).save(1000), null);
  assert.equal(createVisitors(stageOf(10)).save(1000), null);
  const { visited } = play({ users: 10, durationS: 2000, latencyMs: () => 400 });
  assert.deepEqual([visited.everyMs, visited.latency.n], [10, 200_000]);
});
