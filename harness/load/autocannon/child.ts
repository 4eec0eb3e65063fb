/**
 * The autocannon engine: a process of its own, so that nothing the harness does can disturb its event loop.
 * argv: the settings file, and of several children which one and how many (children.ts tells them when to begin).
 * stdout: row lines (row-text.ts), then `E|` and its own counts as JSON. SIGTERM ends it in good order.
 */
import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import autocannon from 'autocannon';
import { faultOf } from '../../model/system-failure.js';
import { clockText, rowText } from '../row-text.js';
import type { EngineSettings } from '../settings.js';
import { splitBodies } from './bodies.js';
import { machineShiftMs, type BeginMessage } from './clock.js';
import { createDispatch } from './dispatch.js';
import { startMetronome } from './metronome.js';
import { readSchedule } from './schedule-file.js';
import { momentsOf, numberOf, sizeOf, type Share } from './share.js';
import { adoptClient, type Company } from './user.js';

/** Often enough for the harness to see the end of the window soon, rarely enough to cost nothing. */
const flushMs = 50;
/** How long open requests may still take after the stop. */
const drainMs = 2000;
const delayResolutionMs = 10;

process.on('uncaughtException', (error: NodeJS.ErrnoException) => {
  // One line, which becomes the reason of the stage.
  process.stderr.write(`${error.path === undefined ? '' : `${error.path}: `}${faultOf(error)}\n`, () => process.exit(1));
});

const [, , settingsFile = '', index = '0', of = '1'] = process.argv;
const share: Share = { index: Number(index), of: Number(of) };
const settings = JSON.parse(readFileSync(settingsFile, 'utf8')) as EngineSettings;
const bodies = splitBodies(readFileSync(settings.bodies));
const schedule = settings.schedule === null ? null : momentsOf(share, readSchedule(readFileSync(settings.schedule)));
const connections = sizeOf(share, settings.users);
const shiftMs = share.of === 1 ? 0 : machineShiftMs();
const now = (): number => performance.now() + shiftMs;
// Only now: to read a schedule of millions takes longer than workers are given to start.
const startMs = share.of === 1 ? now() + settings.startAtMs : await told();
/** Moments of an open load on this process's clock. */
const dueMs = schedule === null ? null : schedule.map((ms) => startMs + ms);

/** Requests that are this child's to send. */
const most = settings.requests === null ? Infinity : sizeOf(share, settings.requests);

let pending = '';
let begun = 0;
let ended = 0;
let answered = 0;
let stopping = false;

const url = new URL(settings.url);
const given = Object.entries(settings.headers);
const host = given.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? url.host;
const head = Buffer.from(`POST ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${host}\r\nConnection: keep-alive\r\n${given
  .filter(([name]) => !['host', 'connection', 'content-length'].includes(name.toLowerCase()))
  .map(([name, value]) => `${name}: ${value}\r\n`).join('')}`);

const company: Company = {
  settings,
  now,
  startMs,
  dispatch: dueMs === null ? null : createDispatch(dueMs, now, (tick) => { startMetronome(dueMs, shiftMs, tick); }),
  stopping: () => stopping || begun >= most,
  takeTicket: () => {
    begun += 1;
    return settings.firstTicket + numberOf(share, begun - 1);
  },
  requestOf: (number) => {
    const body = bodies.at(number % bodies.count);
    return Buffer.concat([head, Buffer.from(`Content-Length: ${String(body.length)}\r\n\r\n`), body]);
  },
  write: (row) => {
    ended += 1;
    pending += `${rowText(row)}\n`;
  },
};

const flush = (): void => {
  if (pending === '') return;
  process.stdout.write(pending);
  pending = '';
};

process.stdout.write(`${clockText(now(), Date.now(), startMs)}\n`);
const delay = monitorEventLoopDelay({ resolution: delayResolutionMs });
delay.enable();
const utilizationBefore = performance.eventLoopUtilization();
let users = 0;
const engine = autocannon({
  url: url.origin,
  method: 'POST',
  connections,
  pipelining: 1,
  // Both are ours: autocannon's own must never come due.
  duration: 2_000_000,
  timeout: 2_000_000,
  sampleInt: 1000,
  setupClient: (client) => {
    adoptClient(client, numberOf(share, users), company);
    users += 1;
  },
});
engine.on('response', () => {
  answered += 1;
});
setInterval(flush, flushMs);

const leave = (): void => {
  flush();
  const own = {
    ended,
    answered,
    eventLoopUse: performance.eventLoopUtilization(utilizationBefore).utilization,
    loopP50Ms: Math.max(0, delay.percentile(50) / 1e6 - delayResolutionMs),
    loopP99Ms: Math.max(0, delay.percentile(99) / 1e6 - delayResolutionMs),
  };
  process.stdout.write(`E|${JSON.stringify(own)}\n`, () => process.exit(0));
};
const stop = (): void => {
  if (stopping) return;
  stopping = true;
  const stoppedAtMs = now();
  setInterval(() => {
    if (begun === ended || now() - stoppedAtMs > drainMs) leave();
  }, 5);
};
process.on('SIGTERM', stop);
// Of several: without the one that reads it, a child sends for nobody.
process.on('disconnect', stop);
// Ctrl-C reaches the harness, which decides; this process waits for its word.
process.on('SIGINT', () => undefined);
setTimeout(stop, settings.longestS * 1000);

/** Says that everything is read, and waits for the common beginning. */
function told(): Promise<number> {
  return new Promise((resolve) => {
    process.once('message', ({ startMs: commonMs }: BeginMessage) => { resolve(commonMs); });
    process.send?.('ready');
  });
}
