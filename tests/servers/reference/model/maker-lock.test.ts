import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { withMakerLock } from '../../../../servers/reference/model/maker-lock.js';

const folder = mkdtempSync(join(tmpdir(), 'maker-lock-'));
const path = join(folder, 'thing.lock');
beforeEach(() => rmSync(path, { force: true }));
after(() => rmSync(folder, { recursive: true, force: true }));

/** The lock as a holder in this place writes it. */
const written = async (change: { pid?: number; place?: string }): Promise<string> => {
  let text = '';
  await withMakerLock(path, async () => {
    text = readFileSync(path, 'utf8');
  });
  return JSON.stringify({ ...(JSON.parse(text) as object), token: 'theirs', ...change });
};

const deadPid = (): number => spawnSync(process.execPath, ['-e', '']).pid;

test('one at a time, all in the end, nothing left behind', async () => {
  let inside = 0;
  let most = 0;
  const waits = Array.from({ length: 12 }, () => 0);
  const turns = Array.from({ length: 12 }, (_, index) =>
    withMakerLock(path, async () => {
      most = Math.max(most, (inside += 1));
      await wait(2);
      inside -= 1;
      return index;
    }, { onWait: () => (waits[index] = (waits[index] ?? 0) + 1) }),
  );
  assert.deepEqual(await Promise.all(turns), Array.from({ length: 12 }, (_, index) => index));
  assert.equal(most, 1);
  assert.ok(waits.every((times) => times <= 1), 'who waits says so once');
  assert.deepEqual(readdirSync(folder), []);
});

test('what the work throws is thrown, and the lock is free again', async () => {
  await assert.rejects(withMakerLock(path, () => Promise.reject(new Error('no luck'))), /no luck/);
  assert.equal(await withMakerLock(path, () => Promise.resolve(1)), 1);
});

test('a dead holder of this machine is succeeded without waiting for its silence', async () => {
  writeFileSync(path, await written({ pid: deadPid() }));
  const dead: string[] = [];
  const onDead = (token: string): Promise<void> => Promise.resolve(void dead.push(token));
  assert.equal(await withMakerLock(path, () => Promise.resolve(1), { staleMs: 3_600_000, onDead }), 1);
  assert.deepEqual(dead, ['theirs']);
  assert.deepEqual(readdirSync(folder), []);
});

test('of many that find a dead holder one succeeds it at a time', async () => {
  const text = await written({ pid: deadPid() });
  for (let round = 0; round < 20; round += 1) {
    writeFileSync(path, text);
    let done = 0;
    await Promise.all(Array.from({ length: 5 }, () => withMakerLock(path, () => Promise.resolve((done += 1)))));
    assert.equal(done, 5);
    assert.deepEqual(readdirSync(folder), []);
  }
});

test('a holder elsewhere is judged by its signs of life: silent it is succeeded, as is a lock that nobody ever wrote into', async () => {
  for (const text of [await written({ pid: deadPid(), place: `not ${hostname()}` }), '']) {
    writeFileSync(path, text);
    const dead: string[] = [];
    let waited = false;
    await withMakerLock(path, () => Promise.resolve(), { staleMs: 150, onWait: () => (waited = true), onDead: (token) => Promise.resolve(void dead.push(token)) });
    assert.ok(waited, 'it was not given the time to show life');
    assert.deepEqual(dead, [], 'it may be alive: what it works on stays');
  }
});

test('a dead lock that is no file is moved away, too', async () => {
  for (const make of [() => symlinkSync(join(folder, 'nowhere'), path), () => mkdirSync(join(path, 'inside'), { recursive: true })]) {
    make();
    assert.equal(await withMakerLock(path, () => Promise.resolve(1), { staleMs: 150 }), 1);
    assert.deepEqual(readdirSync(folder), []);
  }
});

test('a dead lock that cannot be moved away is an error, not a wait without end', async () => {
  // The name to which it would be moved is longer than a name may be.
  const long = join(folder, 'x'.repeat(250));
  writeFileSync(long, await written({ pid: deadPid() }));
  await assert.rejects(withMakerLock(long, () => Promise.resolve(1)), (error: NodeJS.ErrnoException) => error.code === 'ENAMETOOLONG');
  rmSync(long);
});

test('a holder that works on for long is left alone', async () => {
  const order: string[] = [];
  const staleMs = 4000;
  const first = withMakerLock(path, async () => {
    await wait(1.3 * staleMs);
    order.push('first');
  }, { staleMs });
  while (!existsSync(path)) await wait(1);
  await withMakerLock(path, () => Promise.resolve(order.push('second')), { staleMs });
  await first;
  assert.deepEqual(order, ['first', 'second']);
});

test('whose lock was broken does not give back that of its successor', async () => {
  const theirs = await written({});
  await withMakerLock(path, () => {
    writeFileSync(path, theirs);
    return Promise.resolve();
  });
  assert.equal(readFileSync(path, 'utf8'), theirs);
});
