import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseOptions, UsageError } from '../../../servers/reference/options.js';
import { usualSimulated } from '../../../servers/reference/simulated/settings.js';
import { localeLanguage, usage } from '../../../servers/reference/usage.js';
import { optionsOf } from './start-app.js';

const refuses = (argv: string[], sentence: RegExp): void => {
  assert.throws(() => parseOptions(argv), (error: unknown) => error instanceof UsageError && sentence.test(error.message), argv.join(' '));
};

test('without flags: token budget with buckets, a cache, the loopback', () => {
  const rest = optionsOf();
  assert.deepEqual(rest, {
    model: 'address-mini',
    precision: 'fp32',
    execution: 'cpu',
    simulated: usualSimulated,
    workers: null,
    batching: 'token-budget',
    bucket: true,
    maxBatch: 32,
    maxDelayMs: 50,
    tokenBudget: rest.tokenBudget,
    cache: { entries: 10_000 },
    intraThreads: 1,
    threshold: 0.9,
    host: '127.0.0.1',
    port: 8080,
    maxChars: 64,
    maxBodyBytes: 262_144,
    maxPairs: 256,
    maxQueue: 1024,
    deadlineMs: 30_000,
    inferLimitMs: 30_000,
    drainS: 20,
    logLevel: 'info',
    logFile: null,
    cacheDir: null,
    normalise: [],
    fallback: true,
    faults: [],
    faultBegin: 'ready',
  });
});

test('every flag is taken, in both notations', () => {
  const options = optionsOf('--model=/models/mine', '--batching', 'none', '--bucket', 'off', '--cache', 'off', '--deadline=off', '--port', '0', '--workers', '3', '--threshold', '-0.5', '--drain-s', '0.5', '--log-file', 'x.log');
  assert.equal(options.model, '/models/mine');
  assert.equal(options.batching, 'none');
  assert.equal(options.bucket, false);
  assert.equal(options.cache, null);
  assert.equal(options.deadlineMs, null);
  assert.equal(options.port, 0);
  assert.equal(options.workers, 3);
  assert.equal(options.drainS, 0.5);
  assert.equal(options.logFile, 'x.log');
});

test('what cannot be used is refused in one sentence that names the flag', () => {
  refuses(['--windows', '5'], /^There is no flag --windows/);
  refuses(['serve'], /^"serve" is not a flag/);
  refuses(['--port'], /^--port needs a value/);
  refuses(['--port', '70000'], /^--port takes a whole number from 0 to 65535, not "70000"\.$/);
  refuses(['--port', '80x'], /--port/);
  refuses(['--batching', 'adaptive'], /^--batching takes one of none, window, greedy, token-budget, not "adaptive"\.$/);
  refuses(['--bucket', 'yes'], /--bucket takes one of on, off/);
  refuses(['--cache', '0'], /^--cache 0 is not a size; --cache off switches the cache off\.$/);
  refuses(['--cache', '0MiB'], /--cache off switches/);
  refuses(['--cache', '1KiB'], /^--cache takes .* or off, not "1KiB"\.$/);
  refuses(['--cache', '64MB'], /^--cache takes/);
  refuses(['--workers', '0'], /--workers/);
  refuses(['--max-batch', '0'], /^--max-batch takes a whole number from 1 to 4096, not "0"\.$/);
  refuses(['--token-budget', '0'], /--token-budget/);
  refuses(['--max-delay', '50'], /^--max-delay takes a duration such as 50ms, at most 60s, not "50"\.$/);
  refuses(['--max-delay', '2m'], /--max-delay/);
  refuses(['--max-delay', '61s'], /--max-delay/);
  refuses(['--precision', 'bf16'], /^--precision takes one of fp32, fp16, int8, not "bf16"\.$/);
  refuses(['--execution', 'gpu'], /^--execution takes one of cpu, cuda, auto, not "gpu"\.$/);
  refuses(['--threshold', '2'], /--threshold takes a number from -1 to 1/);
  refuses(['--max-queue', '-3'], /--max-queue/);
  refuses(['--log-level', 'loud'], /--log-level/);
});

test('a simulated accelerator: its costs are read, and what makes no sense beside it is refused', () => {
  assert.deepEqual(optionsOf('--model', 'simulated').simulated, usualSimulated);
  assert.deepEqual(optionsOf('--model', 'simulated', '--simulated', 'batch=2.5ms,token=20us,memory=1GiB,token-memory=512KiB,limit=24GiB').simulated, { batchMs: 2.5, tokenMs: 0.02, memoryMiB: 1024, tokenMiB: 0.5, limitMiB: 24_576 });
  refuses(['--simulated', 'batch=1ms'], /^--simulated says what --model simulated costs; it means nothing for another model\.$/);
  const simulated = (...argv: string[]): string[] => ['--model', 'simulated', ...argv];
  refuses(simulated('--simulated', 'speed=1ms'), /^--simulated takes batch, token, memory, token-memory, limit, not "speed"; as in batch=4ms,token=5us,/);
  refuses(simulated('--simulated', 'batch=1'), /^--simulated batch takes an amount such as 4ms, not "1"\.$/);
  refuses(simulated('--simulated', 'memory=8ms'), /^--simulated memory takes an amount such as 600MiB, not "8ms"\.$/);
  refuses(simulated('--simulated', 'batch=1ms,batch=2ms'), /names batch twice/);
  refuses(simulated('--simulated', 'batch=0ms,token=0us'), /costs something/);
  refuses(simulated('--simulated', 'memory=9GiB'), /a limit above the memory of the model/);
  refuses(simulated('--precision', 'int8'), /^The simulated accelerator has no weights: leave --precision int8 out\.$/);
  refuses(simulated('--execution', 'cuda'), /is no GPU/);
});

test('faults may be given several times, are named when wrong, and stay on the loopback', () => {
  assert.deepEqual(optionsOf('--fault', 'error:0.1,hang@1s', '--fault=reset:1').faults.map(({ text }) => text), ['error:0.1', 'hang@1s', 'reset:1']);
  refuses(['--fault', 'error:0.1,fire'], /^--fault takes error:0\.1, .*, not "fire"\.$/);
  refuses(['--fault', 'hang', '--host', '0.0.0.0'], /^--fault is for drills on the loopback and is refused with --host 0\.0\.0\.0: [^.]*\.$/);
  for (const host of ['127.0.0.9', '::1', 'localhost']) assert.equal(optionsOf('--fault', 'hang', '--host', host).faults.length, 1);
});

test('a deadline is a number of milliseconds or a duration', () => {
  assert.deepEqual([optionsOf('--deadline', '250').deadlineMs, optionsOf('--deadline', '2s').deadlineMs, optionsOf('--infer-limit', 'off').inferLimitMs], [250, 2000, null]);
  refuses(['--deadline', '0'], /^--deadline takes milliseconds from 1 to 86400000, a duration such as 2s, or off, not "0"\.$/);
});

test('a cache has a number of entries, or bytes', () => {
  assert.deepEqual(optionsOf('--cache', '5').cache, { entries: 5 });
  assert.deepEqual(optionsOf('--cache', '64MiB').cache, { bytes: 64 * 2 ** 20 });
});

test('the steps of normalising are named, in any order', () => {
  assert.deepEqual(optionsOf('--normalize', 'truncate,width').normalise, ['width', 'truncate']);
  assert.equal(optionsOf('--normalize', 'all').normalise.length, 7);
  refuses(['--normalize', 'width,upper'], /^--normalize takes one of invisible, width, numerals, suffixes, renamed, aliases, truncate, not "upper"\.$/);
});

test('help names every flag', () => {
  assert.equal(parseOptions(['--help']), null);
  for (const flag of ['--model', '--batching', '--token-budget', '--drain-s', '--cache-dir', '--max-queue', '--max-delay', '--execution', '--simulated']) assert.ok(usage().includes(flag));
});

test('help speaks the language of the locale, with the same flags in the same order', () => {
  assert.deepEqual([{}, { LANG: 'zh_CN.UTF-8' }, { LC_ALL: 'en_US.UTF-8', LANG: 'zh_CN.UTF-8' }, { LC_ALL: '', LC_MESSAGES: 'zh' }].map(localeLanguage), ['en', 'zh-CN', 'en', 'zh-CN']);
  const flagsIn = (text: string): string[] => text.match(/^ {2}--[a-z-]+/gm) ?? [];
  assert.deepEqual(flagsIn(usage('zh-CN')), flagsIn(usage()));
  for (const line of usage('zh-CN').trim().split('\n').slice(2)) assert.match(line, /\p{Script=Han}|none、window|trace、debug/u, line);
});
