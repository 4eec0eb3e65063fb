/**
 * Several children as one engine: starts them, gives them one beginning, and passes their lines on (share.ts says who sends what).
 * argv: the settings file, how many. What a single child does on stdout and with signals, this does too.
 */
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import type { EngineSettings } from '../settings.js';
import { machineShiftMs, type BeginMessage } from './clock.js';
import { createMerger } from './merge.js';

const [, , settingsFile = '', countText = ''] = process.argv;
const count = Number(countText);
const { startAtMs } = JSON.parse(readFileSync(settingsFile, 'utf8')) as EngineSettings;
/** For the word to reach every child, ms. */
const tellMs = 20;
const merger = createMerger(count);
const shiftMs = machineShiftMs();
let ready = 0;
let ended = 0;

const children = Array.from({ length: count }, (_, index) => {
  const child = fork(fileURLToPath(new URL('./child.js', import.meta.url)), [settingsFile, String(index), String(count)], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  child.stdout?.on('data', (chunk: Buffer) => {
    const lines = merger.push(index, chunk);
    if (lines.length > 0) process.stdout.write(lines);
  });
  // Any message says that the child has read its files.
  child.once('message', () => {
    ready += 1;
    if (ready < count) return;
    const begin: BeginMessage = { startMs: performance.now() + shiftMs + tellMs + startAtMs };
    for (const one of children) one.send(begin);
  });
  child.once('close', (code) => {
    // Its reason stands on stderr, which is ours too; the others end with our process group.
    if (code !== 0) process.exit(code ?? 1);
    ended += 1;
    const counts = merger.counts();
    if (ended === count) process.stdout.write(counts ?? '', () => process.exit(counts === null ? 1 : 0));
  });
  return child;
});

// A signal to the group has reached them already; a second one does no harm.
process.on('SIGTERM', () => {
  for (const child of children) child.kill('SIGTERM');
});
process.on('SIGINT', () => undefined);
