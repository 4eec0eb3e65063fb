import { bearableText, calibrate, errorText } from '../calibration.js';
import type { Context, Host } from '../host/index.js';
import { findDocker } from '../server/index.js';
import { findK6, resolveEngine, type Engine } from '../load/index.js';
import type { Calibration } from '../model/calibration.js';
import { faultOf } from '../model/system-failure.js';
import type { EngineName } from '../model/plan.js';
import type { Environment } from '../model/record.js';
import { groupDigits, trim } from '../model/unit.js';
import type { Language } from '../report/index.js';
import type { Io } from './io.js';
import { printedIn } from './language.js';
import { inLanguage } from './text/sentence.js';

interface Check {
  id: string;
  status: 'ok' | 'missing';
  says: string;
  /** What to do about it; empty when there is nothing to do. */
  mend: string;
}

export interface DoctorFlags {
  json?: boolean;
  /** False with --no-calibration. */
  calibration: boolean;
}

/** `doctor`: what this machine can and cannot do, each with its mend, and what rate each engine bears on it. A missing optional part is no failure. */
export async function doctor(flags: DoctorFlags, host: Host, signal: AbortSignal, io: Io): Promise<number> {
  const startedMs = host.clock.nowMs();
  const ctx: Context = { host, signal, onEvent: () => undefined, sinceStartMs: () => host.clock.nowMs() - startedMs };
  const environment = await host.machine.describe();
  const language = printedIn(io);
  const program = (missing: { id: string; says: string; mend: string }): Check => {
    const path = host.processes.which(missing.id);
    return path === null ? { ...missing, status: 'missing' } : { id: missing.id, status: 'ok', says: path, mend: '' };
  };
  const found = await findK6(ctx);
  const checks: Check[] = [
    { id: 'machine', status: 'ok', says: `${environment.cpu}, ${String(environment.cores)} cores, ${(environment.memoryMiB / 1024).toFixed(1)} GiB, ${environment.os}, Node ${environment.node}${environment.loadBefore === null ? '' : `, load average ${String(environment.loadBefore)}`}`, mend: '' },
    found === null
      ? { id: 'k6', status: 'missing', says: 'neither in the cache nor on the PATH: autocannon is used instead', mend: 'mgeo-bench k6 install (needs Go 1.25 or newer)' }
      : { id: 'k6', status: 'ok', says: `${found.version}, ${found.path}`, mend: '' },
    program({ id: 'go', says: 'go is not on the PATH', mend: 'Install Go 1.25 or newer to build k6.' }),
    await dockerCheck(ctx),
    program({ id: 'nvidia-smi', says: 'nvidia-smi is not on the PATH: reports carry CPU and memory, no VRAM', mend: 'Only needed for GPU figures: install the NVIDIA driver.' }),
    host.machine.platform === 'linux'
      ? { id: 'proc', status: 'ok', says: 'CPU and memory of processes can be read', mend: '' }
      : { id: 'proc', status: 'missing', says: `CPU and memory of processes cannot be read on ${host.machine.platform}`, mend: 'Measure on Linux for these figures.' },
  ];
  // What is known at once is said at once; the rest takes seconds.
  if (!flags.json) io.out(checks.map((check) => checkText(check, language)).join(''));
  const calibrations: Partial<Record<EngineName, Calibration | { absent: string }>> = {};
  for (const name of flags.calibration ? (found === null ? (['autocannon'] as const) : (['k6', 'autocannon'] as const)) : []) {
    const figures = await calibrateEngine(name, environment, ctx);
    calibrations[name] = figures;
    if (!flags.json) io.out(checkText('absent' in figures
      ? { id: `${name} rate`, status: 'missing', says: `could not be calibrated: ${figures.absent}`, mend: '' }
      : { id: `${name} rate`, status: 'ok', says: bearableText(figures), mend: detailsText(figures) }, language));
  }
  if (flags.json) io.out(`${JSON.stringify({ checks, ...(flags.calibration ? { calibration: calibrations } : {}) }, null, 2)}\n`);
  else if (flags.calibration) io.out(`  ${inLanguage(`A server under test shares the ${String(environment.cores)} cores with the load, so it leaves less for it: the report of a run says what was.`, language)}\n`);
  return 0;
}

/** Whether `server: {compose: …}` can be used here: the program, its plugin, and a daemon that answers. */
async function dockerCheck(ctx: Context): Promise<Check> {
  try {
    const { engine, compose } = await findDocker(ctx);
    return { id: 'docker', status: 'ok', says: `engine ${engine}, compose ${compose}`, mend: '' };
  } catch (error) {
    ctx.signal.throwIfAborted();
    return { id: 'docker', status: 'missing', says: faultOf(error), mend: 'Only needed for server.compose: install Docker with its compose plugin, and start it.' };
  }
}

async function calibrateEngine(name: 'k6' | 'autocannon', environment: Environment, ctx: Context): Promise<Calibration | { absent: string }> {
  try {
    const engine: Engine = await resolveEngine(name, { kind: 'url', url: 'http://127.0.0.1', ready: null, readyTimeoutS: 1 }, ctx);
    return await calibrate(engine, 'full', null, environment, ctx);
  } catch (error) {
    ctx.signal.throwIfAborted();
    return { absent: faultOf(error) };
  }
}

/** The figures behind the rate, on one line. */
function detailsText(figures: Calibration): string {
  const { closed, burst, server, tookS } = figures;
  const cpu = closed === null || closed.engineCpuMs === null ? '' : `, ${trim(closed.engineCpuMs)} ms of CPU a request`;
  const parts = [
    `Against a server of ${String(server.ms)} ms, ${errorText(figures)}`,
    ...(closed === null ? [] : [`${String(closed.users)} users without think time: ${signed(closed.clientMs.p50 - closed.serverMs.p50)} at p50, ${signed(closed.clientMs.p95 - closed.serverMs.p95)} at p95, ${groupDigits(Math.round(closed.achievedRps))} requests/s${cpu}`]),
    ...(burst === null ? [] : [`${String(burst.requests)} requests at once are sent within ${trim(burst.lagP99Ms)} ms`]),
  ];
  return `${parts.join('; ')} (took ${trim(tookS)} s).`;
}

const signed = (ms: number): string => `${ms < 0 ? '−' : '+'}${Math.abs(ms).toFixed(2)} ms`;

function checkText({ id, status, says, mend }: Check, language: Language): string {
  return `${status === 'ok' ? '✓' : '–'} ${id.padEnd(15)} ${inLanguage(says, language)}${mend === '' ? '' : `\n  ${' '.repeat(15)} ${inLanguage(mend, language)}`}\n`;
}
