import assert from 'node:assert/strict';
import { test } from 'node:test';
import stringWidth from 'string-width';
import type { Io } from '../../../harness/cli/io.js';
import { createProgress, type ProgressMode } from '../../../harness/cli/progress/index.js';
import type { RunEvent } from '../../../harness/model/event.js';
import type { SearchProbe } from '../../../harness/model/search.js';
import type { Stage } from '../../../harness/model/stage.js';

const stage: Stage = { index: 0, name: '10 users', role: 'measure', arm: '', repeat: 0, warmupS: 2, durationS: 8, minRequests: null, arrival: { kind: 'closed', users: 10, thinkMs: [0, 0] } };
const tick = (elapsedS: number, more: object = {}): RunEvent => ({ kind: 'tick', stage, elapsedS, completed: 100, failed: 1, rps: 50.4, p95Ms: 12.34, vramMiB: 2048, ...more });
const noGpu = { vramMiB: null, vramAbsent: 'not-found' };

type Script = (emit: (event: RunEvent) => void, pass: (ms: number) => void) => void;

function shown(mode: ProgressMode, live: boolean, script: Script, more: Partial<Io> = {}): string {
  let text = '';
  let now = 0;
  const usual: Io = { out: () => assert.fail('progress never goes to stdout'), err: (part) => { text += part; }, live, colour: false, columns: 120, width: null, pour: () => assert.fail('progress never goes to stdout') };
  // A getter stays one: the width is asked for at every line.
  const io = Object.defineProperties(usual, Object.getOwnPropertyDescriptors(more)) as Io;
  const progress = createProgress(mode, io, () => now);
  script(progress.onEvent, (ms) => { now += ms; });
  progress.end();
  return text;
}

/** The line that stands on the terminal after one event. */
const lineOf = (event: RunEvent, more: Partial<Io>): string => shown('auto', true, (emit) => { emit({ kind: 'stage-start', stage, stages: 3 }); emit(event); }, more).split('\r\u001b[2K')[1] ?? '';

test('a terminal sees one live line that is rewritten, and finished stages stay', () => {
  const text = shown('auto', true, (emit) => {
    emit({ kind: 'stage-start', stage, stages: 3 });
    emit(tick(-1.4));
    emit(tick(4));
    emit({ kind: 'stage-end', stage, status: 'completed' });
  });
  assert.match(text, /10 users \(stage 1 of 3\): starting\r\u001b\[2K/);
  assert.match(text, /10 users \(1\/3\): warming up, 2 s to go\r/);
  assert.match(text, /10 users \(1\/3\): █████░░░░░ 4\.0\/8 s \| RPS 50\.4 \| p95 12\.3 ms \| errors 1 \| VRAM 2 GiB/);
  assert.ok(text.endsWith('10 users: completed\n'));
});

test('what goes on is told in Chinese too', () => {
  const text = shown('auto', true, (emit) => {
    emit({ kind: 'phase', phase: 'dataset' });
    emit({ kind: 'progress', phase: 'probe', what: 'golden answers', done: 20, total: 60 });
    emit({ kind: 'stage-start', stage, stages: 3 });
    emit(tick(4, noGpu));
    emit({ kind: 'stage-end', stage, status: 'completed' });
  }, { language: 'zh-CN' });
  for (const words of ['正在生成地址对', '基准答案 ███░░░░░░░ 20/60', '10 个用户（第 1 阶段，共 3 个）：开始', '10 个用户 (1/3)：█████░░░░░ 4.0/8 秒 | RPS 50.4 | p95 12.3 ms | 错误 1 | 显存：无 GPU', '10 个用户：已完成\n']) assert.ok(text.includes(words), `${words} is not in ${text}`);
});

test('what a probe of a search was heard to say, its counts grouped', () => {
  const probe: SearchProbe = { stage: 0, rateRps: 240, purpose: 'confirm', state: 'undecided', reason: { code: 'too-few', params: { gate: 'latency p(95)<100ms', bad: 1012, n: 24_000, allowed: 0.05, needed: 480_000 } }, due: 24_000, sent: 24_000, durationS: 100, tookS: 101, needed: 480_000 };
  const end = (language: 'en' | 'zh-CN'): string => shown('auto', true, (emit) => { emit({ kind: 'stage-end', stage, status: 'completed', probe }); }, { language });
  assert.match(end('en'), /10 users: undecided \(confirming\), latency p\(95\)<100ms: 1,012 of 24,000 beyond it, fewer than 5 % may be; 480,000 requests would decide\n$/);
  assert.match(end('zh-CN'), /1,012.*24,000|24,000.*1,012/);
});

test('where requests end the window the bar is of them, not of the longest it may take', () => {
  const offline: Stage = { ...stage, durationS: 3600, arrival: { kind: 'offline', pairs: 20_000, requests: 625, batch: 32, inFlight: 4 } };
  const counted: Stage = { ...stage, durationS: 600, minRequests: 1000 };
  for (const [of, words] of [[offline, '10 users: ████░░░░░░ 4.0 s | 250/625 requests | RPS 50.4'], [counted, '10 users: ███░░░░░░░ 4.0 s | 250/1,000 requests | RPS 50.4']] as const) {
    assert.ok(shown('auto', true, (emit) => { emit(tick(4, { stage: of, completed: 249 })); }).includes(words), words);
  }
  assert.equal(lineOf(tick(4, { ...noGpu, stage: counted, completed: 249 }), { columns: 80, language: 'zh-CN' }), '10 个用户：██░░░░ 4.0 秒 | RPS 50.4 | p95 12.3 ms | 错误 1 | 显存：无 GPU');
  assert.match(shown('auto', true, (emit) => { emit(tick(4, { stage: offline, completed: 249 })); }, { language: 'zh-CN' }), / 4\.0 秒 \| 250\/625 个请求 \| /);
});

test('parts of a mix have the line in turn, long enough to be read; a log tells of both', () => {
  const parts = ['people', 'bulk'].map((name, index): Stage => ({ ...stage, index, name, mixed: true }));
  const both = (seconds: number): Script => (emit, pass) => {
    emit({ kind: 'phase', phase: 'load' });
    for (let s = 0; s < seconds; s += 0.5) for (const part of parts) { pass(250); emit({ ...tick(s), stage: part } as RunEvent); }
  };
  const turns = shown('auto', true, both(12)).split('\r\u001b[2K').flatMap((line) => /(people|bulk)/.exec(line)?.[1] ?? []);
  const lengths = turns.reduce<number[]>((runs, name, i) => { if (name === turns[i - 1]) runs[runs.length - 1]! += 1; else runs.push(1); return runs; }, []);
  assert.ok(lengths.length >= 6 && lengths.slice(0, -1).every((length) => length >= 3), String(lengths));
  const log = shown('auto', false, both(40));
  assert.equal(log.match(/people/g)?.length, 2);
  assert.equal(log.match(/bulk/g)?.length, 2);
});

test('a narrow terminal is told less, not half: the figures stay at 40 columns, the reason for no VRAM at 80', () => {
  assert.equal(lineOf(tick(4, noGpu), { columns: 80 }), '10 users: ███░░░ 4.0/8 s | RPS 50.4 | p95 12.3 ms | errors 1 | VRAM: no GPU');
  assert.equal(lineOf(tick(4, noGpu), { columns: 41 }), '10 users 4.0 s 50.4/s p95 12.3 ms err 1');
  assert.equal(lineOf(tick(4, noGpu), { columns: 80, language: 'zh-CN' }), '10 个用户：███░░░ 4.0/8 秒 | RPS 50.4 | p95 12.3 ms | 错误 1 | 显存：无 GPU');
  assert.equal(lineOf(tick(4, noGpu), { columns: 41, language: 'zh-CN' }), '10 个用户 4.0 秒 50.4/s p95 12.3 ms 错 1');
});

test('the live line never wraps, and no character is halved', () => {
  const wide = { ...stage, name: '十个🙂用户'.repeat(20) };
  for (const language of ['en', 'zh-CN'] as const) for (let columns = 2; columns < 130; columns += 1) {
    const text = shown('auto', true, (emit) => { emit({ kind: 'stage-start', stage: wide, stages: 1 }); emit({ ...tick(4), stage: wide } as RunEvent); emit(tick(4, noGpu)); }, { columns, language });
    for (const line of text.split('\r\u001b[2K')) {
      assert.ok(stringWidth(line) < columns, `${String(columns)} columns: ${line}`);
      assert.doesNotMatch(line, /\p{Surrogate}/u);
    }
  }
});

test('a name cannot command the terminal', () => {
  const hostile = { ...stage, name: 'x\u001b[2J\u0007\n\ry' };
  const text = shown('auto', true, (emit) => { emit({ ...tick(4), stage: hostile } as RunEvent); emit({ kind: 'note', level: 'info', code: 'x', text: 'a\u001b[31m\nb' }); });
  assert.equal(text.replaceAll('\r\u001b[2K', '').replace(/\n$/, '').replace(/[^\p{Cc}]/gu, ''), '');
});

test('a window that grows narrower gets shorter lines at once', () => {
  let columns = 120;
  const text = shown('auto', true, (emit) => { emit(tick(4)); columns = 30; emit(tick(5)); }, { get columns() { return columns; } });
  assert.ok(stringWidth(text.split('\r\u001b[2K')[1] ?? '') < 30);
});

test('colour is for warnings and failing stages, and only where it is wanted', () => {
  const script: Script = (emit) => { emit({ kind: 'note', level: 'warn', code: 'x', text: 'careful' }); emit(tick(4)); emit(tick(5, { failed: 0 })); };
  const painted = shown('auto', true, script, { errColour: true });
  assert.match(painted, /\u001b\[33m\[00:00\] warning: careful\u001b\[39m\n/);
  assert.equal(painted.match(/\u001b\[31m/g)?.length, 1);
  assert.doesNotMatch(shown('auto', true, script), /\u001b\[\d+m/);
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
