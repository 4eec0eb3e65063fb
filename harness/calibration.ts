/**
 * Engine and machine against a built-in server of known latency: what `doctor` prints, and what a run knows of its engine before it begins. The server
 * is a process of its own on loopback and needs little CPU; it shares the cores, as the server under test does.
 */
import { bears, calibrationError, cpuPerRequestMs, findBearable, tooLateMs } from './analysis/index.js';
import type { Context } from './host/index.js';
import { driveClosed, driveLadder, type Engine, type Rung } from './load/index.js';
import type { Calibration } from './model/calibration.js';
import type { Demand } from './model/demand.js';
import { BenchError } from './model/error.js';
import type { Environment } from './model/record.js';
import type { Series } from './model/series.js';
import { formatDuration, groupDigits, trim } from './model/unit.js';
import { keepCalibration } from './record/index.js';
import { bootServer } from './server/index.js';
import { startTelemetry, type Telemetry } from './telemetry/index.js';

/** `short`: the rungs that a run needs to know; `full`: finer ones, and closed load. */
export type Depth = 'short' | 'full';

const server = { ms: 10, varyMs: 1 };
const readyWithinS = 10;
const warmupS = 0.3;
/** At 10 ms they bear 10,000 requests/s. */
const workers = 100;
const burst = 100;
/** CPU is sampled twice a second, and nine tenths of the window must lie between two samples. */
const closed = { users: 16, warmupS: 0.3, durationS: 5 };
const seed = 1;
/** Enough requests for a p99 that is more than one request, and time for a hiccup to pass. */
const rung = { short: { leastS: 0.25, requests: 100 }, full: { leastS: 0.5, requests: 150 } };
const rates: Readonly<Record<Depth, readonly number[]>> = { short: [200, 500, 1000, 2000, 4000], full: [100, 200, 400, 800, 1200, 1600, 2400, 3200, 4800, 6400] };
/** A plan that asks for more gets a rung of its own, up to this. */
const highestRps = 20_000;

/** Measures now and keeps the figures for the day. Throws where the server or the engine would not start; `rateRps` is a rate that is to be among the rungs. */
export async function calibrate(engine: Engine, depth: Depth, rateRps: number | null, environment: Environment, ctx: Context): Promise<Calibration> {
  const { clock } = ctx.host;
  const startedMs = clock.nowMs();
  const measuredAt = new Date(clock.epochMs()).toISOString();
  const telemetry = await startTelemetry({ gpu: 'off', intervalMs: 1000 }, { ...ctx, onEvent: () => undefined });
  let series: readonly Series[] = [];
  const driven = await driveKnown(engine, depth, rateRps, telemetry, ctx).finally(async () => { ({ series } = await telemetry.stop()); });
  const { ladder, users } = driven;
  const figures: Calibration = {
    engine: { name: engine.name, version: engine.version }, measuredAt, tookS: (clock.nowMs() - startedMs) / 1000, server, burst: ladder.burst, rungs: ladder.rungs,
    closed: users === null ? null : { ...users.figures, engineCpuMs: cpuPerRequestMs(series, 'engine', users.result), serverCpuMs: cpuPerRequestMs(series, 'server', users.result) },
  };
  keepCalibration(figures, environment, ctx);
  return figures;
}

/** Boots the built-in server and drives both kinds of load. */
async function driveKnown(engine: Engine, depth: Depth, rateRps: number | null, telemetry: Telemetry, ctx: Context): Promise<{ ladder: Awaited<ReturnType<typeof driveLadder>>; users: Awaited<ReturnType<typeof driveClosed>> }> {
  const { files, processes } = ctx.host;
  await using known = await bootServer({
    kind: 'process', command: processes.node('servers/known-latency/main.js', '--port', '{port}', '--ms', String(server.ms), '--vary-ms', String(server.varyMs)),
    url: 'http://127.0.0.1:{port}', ready: '/ready', cwd: null, env: {}, readyTimeoutS: readyWithinS,
  }, { logFile: `${files.scratchDir('calibration')}/server.log`, onSpawn: (pid) => { telemetry.watch('server', pid); } }, ctx);
  const common = { engine, url: known.url, seed, onSpawn: (pid: number) => { telemetry.watch('engine', pid); } };
  const ladder = await driveLadder({ ...common, rungs: rungsOf(depth, rateRps), warmupS, workers, burst, tooLateMs }, ctx);
  ctx.signal.throwIfAborted();
  if (ladder.rungs.length === 0) throw new BenchError('engine-failed', ladder.result.why ?? `${engine.name} sent nothing.`);
  const users = depth === 'full' ? await driveClosed({ ...common, ...closed }, ctx) : null;
  ctx.signal.throwIfAborted();
  return { ladder, users };
}

function rungsOf(depth: Depth, rateRps: number | null): Rung[] {
  const { leastS, requests } = rung[depth];
  const lowest = rates[depth][0] ?? 1;
  const own = rateRps === null || rateRps <= lowest ? [] : [Math.min(highestRps, rateRps)];
  return [...new Set([...rates[depth], ...own])].sort((x, y) => x - y).map((rate) => ({ rateRps: rate, durationS: Math.max(leastS, requests / rate) }));
}

/**
 * "on this machine k6 sends open load on time up to about 1,600 requests/s; above 800 requests/s its latencies may be marked suspect (measured 5 min ago
 * with a server that needs little CPU)": without the age where it was measured just now; "open load of at least 6,400 requests/s" where every rung was borne.
 */
export function bearableText(figures: Calibration, ageS: number | null = null): string {
  const { bearsRps, soundRps, atLeast } = findBearable(figures);
  const { name } = figures.engine;
  const how = `measured ${ageS === null ? '' : `${ageText(ageS)} ago `}with a server that needs little CPU`;
  if (bearsRps === null) return `this machine is too busy for open load with ${name}: even ${rate(figures.rungs[0]?.rateRps ?? 0)} are sent late (p99 ${trim(figures.rungs[0]?.lagMs?.p99 ?? 0)} ms; ${how})`;
  const suspect = soundRps === bearsRps ? '' : `; ${soundRps === null ? 'at every rate' : `above ${rate(soundRps)}`} its latencies may be marked suspect`;
  const borne = atLeast ? `open load of at least ${rate(bearsRps)} on time` : `open load on time up to about ${rate(bearsRps)}`;
  return `on this machine ${name} sends ${borne}${suspect} (${how})`;
}

const asks: Readonly<Record<Demand['of'], (rps: number) => string>> = {
  open: (rps) => `An open load of ${rate(rps)}`,
  search: (rps) => `A search up to ${rate(rps)}`,
  spike: (rps) => `A spike of ${rate(rps)}`,
  replay: (rps) => `A replay whose busiest second has ${groupDigits(Math.round(rps))} requests`,
  burst: (rps) => `A load of bursts that make ${rate(rps)}`,
  closed: (rps) => `A closed load that makes ${rate(rps)} where every answer comes at once`,
};

/** Whether the plan comes to more than is borne in any case, whatever the server does. */
export function surelyTooMuch({ sureRps }: Demand, figures: Calibration): boolean {
  return sureRps > 0 && bears(findBearable(figures), sureRps) === 'no';
}

/** One sentence where the plan asks for more than the machine bears; null where it does not, or nobody knows. `ageS`: of the figures; null = made just now. */
export function unbearableText(demand: Demand, figures: Calibration, ageS: number | null = null): string | null {
  if (bears(findBearable(figures), demand.rps) !== 'no') return null;
  const more = surelyTooMuch(demand, figures) ? 'is more than can be sent on time' : 'may go beyond what can be sent on time';
  return `${asks[demand.of](demand.rps)} ${more}: ${bearableText(figures, ageS)}.`;
}

/** "at 200/s it tells +0.31 ms at p50 and +0.42 ms at p95 over the server's own time". */
export function errorText(figures: Calibration): string {
  const error = calibrationError(figures);
  return error === null ? '' : `at ${groupDigits(error.rateRps)}/s it tells ${signed(error.p50)} at p50 and ${signed(error.p95)} at p95 over the server's own time`;
}

/** "12 s", "3.5 min", "5.2 h". */
export function ageText(ageS: number): string {
  return ageS < 7200 ? formatDuration(ageS * 1000) : `${trim(ageS / 3600)} h`;
}

const signed = (ms: number): string => `${ms < 0 ? '−' : '+'}${Math.abs(ms).toFixed(2)} ms`;
const rate = (rps: number): string => `${groupDigits(rps >= 10 ? Math.round(rps) : trim(rps))} requests/s`;
