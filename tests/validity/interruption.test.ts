/** Ctrl-C is over within five seconds: a promise about time, so it is measured while nothing else runs. What an interruption keeps: tests/e2e/wrong.test.ts. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { answersOf, scratch, shortRun, standInServer, start, type Started } from '../e2e/cli.js';

const moments: readonly [string, Record<string, unknown>, (run: Started) => Promise<void>][] = [
  ['while load runs', {}, (run) => run.happens(answersOf(0))],
  ['while the pairs are made', { dataset: { seed: 7, mix: { high: 150_000, low: 150_000 } } }, (run) => run.happens((event) => event.kind === 'phase' && event.phase === 'dataset')],
];
for (const [when, over, comes] of moments) {
  test(`Ctrl-C ${when}: the program has ended within five seconds`, { timeout: 60_000 }, async (t) => {
    const run = start([...shortRun(join(scratch(), 'run'), { 'load.closed.duration': '2m', 'answers.golden': 4, ...over }), ...standInServer('--ms', '10'), '--progress', 'json']);
    t.after(() => run.child.kill('SIGKILL'));
    await comes(run);
    run.signal('SIGINT');
    const { code, afterSignalMs } = await run.ended;
    assert.equal(code, 130);
    t.diagnostic(`${String(Math.round(afterSignalMs))} ms`);
    assert.ok(afterSignalMs < 5_000, `${String(Math.round(afterSignalMs))} ms`);
  });
}
