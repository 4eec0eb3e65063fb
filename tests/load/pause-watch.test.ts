import assert from 'node:assert/strict';
import test from 'node:test';
import type { Context } from '../../harness/host/index.js';
import { createPauseWatch } from '../../harness/load/pause-watch.js';
import { testContext } from '../host/context.js';

/** Clock, process state and platform by hand. */
function world(platform = 'linux'): { ctx: Pick<Context, 'host'>; now: { ms: number; stat: string | null } } {
  const { host } = testContext();
  const now = { ms: 0, stat: '7 (k6) S 1 7' as string | null };
  const files = { ...host.files, tryReadText: (path: string) => (path === '/proc/7/stat' ? now.stat : null) };
  return { now, ctx: { host: { ...host, files, clock: { ...host.clock, nowMs: () => now.ms }, machine: { ...host.machine, platform } } } };
}

test('time between looks that find it stopped counts, in the window alone', () => {
  const { ctx, now } = world();
  const watch = createPauseWatch(7, ctx);
  for (const [stat, counts] of [['7 (k6) S 1', true], ['7 (k6) T 1', false], ['7 (k6) T 1', true], ['7 (k6 (T) x) t 1', true], ['7 (T ) S 1', true], [null, true], ['', true], ['7 (k6) R 1', true]] as const) {
    now.ms += 100;
    now.stat = stat;
    watch.look(counts);
  }
  assert.equal(watch.pausedMs(), 200);
});

test('where the system does not tell, nothing is said', () => {
  const { ctx, now } = world('darwin');
  const watch = createPauseWatch(7, ctx);
  now.stat = '7 (k6) T 1';
  now.ms += 100;
  watch.look(true);
  assert.equal(watch.pausedMs(), undefined);
});
