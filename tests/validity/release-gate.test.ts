/** The release gate on a machine that is too busy to measure: exit 4 and why, and neither a pass nor a blame of the candidate. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { comparisonRecordSchema } from '../../harness/model/comparison.js';
import { crowd, eventsIn, needs, readJson, scratch, standInServer, start, type Started } from '../e2e/cli.js';
import { has, starve } from './starve.js';

/** As it ships, with the fewest pairs and short runs, against two servers that are alike. */
function releaseGate(output: string): string[] {
  const [, server = ''] = standInServer('--ms', '20');
  const arm = server.slice('server='.length);
  const settings = [`matrix.server={"baseline": ${arm}, "candidate": ${arm}}`, 'compare={pairs: 2, mostPairs: 2}', 'dataset.mix={high: 100, low: 100, boundary: 0, noisy: 0}', 'answers={golden: 20, probes: false}', 'load.warmup=800ms', 'load.closed.duration=1500ms'];
  return ['run', 'release-gate', '--engine', 'autocannon', '--progress', 'json', '--output', output, ...settings.flatMap((setting) => ['--set', setting])];
}

/**
 * Starves the engine of each run from the first sign of its load to the end of its window: its start would only take longer, its end is given back
 * to it, and the calibration before the first run, which is kept for the day, has its quiet. Hands back the processes that were starved, and an end.
 */
function starveWindows(gate: Started): { starved: ReadonlySet<number>; end: () => void } {
  const starved = new Set<number>();
  let handled = 0;
  let undo: (() => void) | null = null;
  const end = (): void => {
    undo?.();
    undo = null;
  };
  gate.child.stderr?.on('data', () => {
    const events = eventsIn(gate.stderr());
    for (const event of events.slice(handled)) {
      if (event.kind === 'stage-end' || (event.kind === 'tick' && event.elapsedS >= event.stage.durationS)) end();
      else if (event.kind === 'tick' && undo === null) {
        const undoes = gate.pids('autocannon').map((pid) => {
          starved.add(pid);
          return starve(pid);
        });
        undo = () => { for (const one of undoes) one(); };
      }
    }
    handled = events.length;
  });
  return { starved, end };
}

test('a starved load generator: the release gate is invalid, exit 4, and says what was late', { timeout: 120_000 }, async (t) => {
  if (!needs(t, has('taskset') && has('renice'), 'taskset or renice')) return;
  const output = join(scratch(), 'gate');
  const gate = start(releaseGate(output));
  const { starved, end } = starveWindows(gate);
  t.after(end);
  const done = await gate.ended;
  assert.equal(done.code, 4, done.stderr + done.stdout);
  assert.ok(starved.size >= 4, 'every run had its engine');
  assert.deepEqual(done.left, []);
  const record = comparisonRecordSchema.parse(readJson(output, 'comparison.json'));
  assert.deepEqual(record.rounds.map(({ arm, verdict }) => [arm, verdict]), [['baseline', 'invalid'], ['candidate', 'invalid'], ['candidate', 'invalid'], ['baseline', 'invalid']], JSON.stringify(record.rounds));
  t.diagnostic(JSON.stringify(record.rounds.map(({ invalid }) => invalid?.reason)));
  for (const { invalid } of record.rounds) assert.ok(invalid !== undefined && crowd.has(invalid.reason.code), JSON.stringify(invalid));
  assert.match(done.stdout, /No run gave valid figures that could be compared; of 4 measurements 4 are invalid, the first at “2 users”: \S.+\S\./);
  assert.match(readFileSync(join(output, 'junit.xml'), 'utf8'), /No run gave valid figures/);
});
