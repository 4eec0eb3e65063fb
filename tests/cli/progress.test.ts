import assert from 'node:assert/strict';
import { test } from 'node:test';
import stringWidth from 'string-width';
import type { Io } from '../../harness/cli/io.js';
import { createProgress, type ProgressMode } from '../../harness/cli/progress.js';
import type { RunEvent } from '../../harness/model/event.js';
import type { Stage } from '../../harness/model/stage.js';

const stage: Stage = { index: 0, name: '10 users', role: 'measure', arm: '', repeat: 0, warmupS: 2, durationS: 8, minRequests: null, arrival: { kind: 'closed', users: 10, thinkMs: [0, 0] } };
const tick = (elapsedS: number): RunEvent => ({ kind: 'tick', stage, elapsedS, completed: 100, failed: 1, rps: 50.4, p95Ms: 12.34, vramMiB: 2048 });

function shown(mode: ProgressMode, live: boolean, script: (emit: (event: RunEvent) => void, pass: (ms: number) => void) => void, columns = 120): string {
  let text = '';
  let now = 0;
  const io: Io = { out: () => assert.fail('progress never goes to stdout'), err: (part) => { text += part; }, live, colour: false, columns, width: null, pour: () => assert.fail('progress never goes to stdout') };
  const progress = createProgress(mode, io, () => now);
  script(progress.onEvent, (ms) => { now += ms; });
  progress.end();
  return text;
}

test('a terminal sees one live line that is rewritten, and finished stages stay', () => {
  const text = shown('auto', true, (emit) => {
    emit({ kind: 'stage-start', stage, stages: 3 });
    emit(tick(-1.4));
    emit(tick(4));
    emit({ kind: 'stage-end', stage, status: 'completed' });
  });
  assert.match(text, /10 users \(stage 1 of 3\): starting\r\u001b\[2K/);
  assert.match(text, /10 users: warming up, 2 s to go\r/);
  assert.match(text, /10 users: █████░░░░░ 4 s \| RPS 50\.4 \| p95 12\.3 ms \| errors 1 \| VRAM 2 GiB/);
  assert.ok(text.endsWith('10 users: completed\n'));
});

test('the live line never wraps, Chinese scenario names included', () => {
  const wide = { ...stage, name: '十个用户'.repeat(20) };
  const text = shown('auto', true, (emit) => { emit({ kind: 'stage-start', stage: wide, stages: 1 }); }, 60);
  assert.ok(stringWidth(text.split('\r')[0] ?? '') < 60);
});

test('a CI log gets few plain lines: no control characters, ticks at most every 15 s', () => {
  const text = shown('auto', false, (emit, pass) => {
    emit({ kind: 'phase', phase: 'load' });
    for (let s = 0; s < 60; s += 0.5) {
      pass(500);
      emit(tick(s));
    }
  });
  assert.ok(!text.includes('\u001b') && !text.includes('\r'));
  assert.equal(text.split('\n').length - 1, 1 + 4);
  assert.match(text, /^\[00:00\] driving the load\n\[00:15\] 10 users/);
});

test('json is one event a line; none is silence', () => {
  const events = shown('json', true, (emit) => { emit(tick(1)); emit({ kind: 'phase', phase: 'boot' }); }).trim().split('\n').map((line) => JSON.parse(line) as { kind: string });
  assert.deepEqual(events.map(({ kind }) => kind), ['tick', 'phase']);
  assert.equal(shown('none', true, (emit) => { emit(tick(1)); }), '');
});
