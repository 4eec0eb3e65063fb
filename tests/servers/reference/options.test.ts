import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseOptions, usage, UsageError } from '../../../servers/reference/options.js';
import { optionsOf } from './start-app.js';

const refuses = (argv: string[], sentence: RegExp): void => {
  assert.throws(() => parseOptions(argv), (error: unknown) => error instanceof UsageError && sentence.test(error.message), argv.join(' '));
};

test('without flags: token budget with buckets, a cache, the loopback', () => {
  const { workers, ...rest } = optionsOf();
  assert.ok(workers >= 1 && workers <= 8);
  assert.deepEqual(rest, {
    model: 'address-mini',
    precision: 'fp32',
    batching: 'token-budget',
    bucket: true,
    maxBatch: 32,
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
  refuses(['--batching', 'window'], /--batching takes one of none, greedy, token-budget/);
  refuses(['--bucket', 'yes'], /--bucket takes one of on, off/);
  refuses(['--cache', '0'], /^--cache 0 is not a size; --cache off switches the cache off\.$/);
  refuses(['--cache', '0MiB'], /--cache off switches/);
  refuses(['--cache', '1KiB'], /^--cache takes .* or off, not "1KiB"\.$/);
  refuses(['--cache', '64MB'], /^--cache takes/);
  refuses(['--workers', '0'], /--workers/);
  refuses(['--threshold', '2'], /--threshold takes a number from -1 to 1/);
  refuses(['--max-queue', '-3'], /--max-queue/);
  refuses(['--log-level', 'loud'], /--log-level/);
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
  for (const flag of ['--model', '--batching', '--token-budget', '--drain-s', '--cache-dir', '--max-queue']) assert.ok(usage().includes(flag));
});
