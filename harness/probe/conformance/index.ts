/** The conformance suite: every check, one after the other, each a row of the record. */
import type { Context } from '../../host/index.js';
import type { ConformanceRecord, ConformanceResult } from '../../model/conformance.js';
import { createBench, type Bench, type ConformanceOptions } from './bench.js';
import { fail, notApplicable, type Check, type Finding } from './check.js';
import { apiChecks } from './checks/api.js';
import { bootChecks } from './checks/boot.js';
import { drainChecks } from './checks/drain.js';
import { errorChecks } from './checks/errors.js';
import { headerChecks } from './checks/headers.js';
import { limitChecks } from './checks/limits.js';
import { overloadChecks } from './checks/overload.js';
import { slowChecks } from './checks/slow.js';
import { socketChecks } from './checks/sockets.js';

export { watchBoot, type BootLook } from './boot-watch.js';
export type { ConformanceOptions } from './bench.js';

/** Every check there is, in the order in which they are made; those that end the server come last. */
export const conformanceChecks: readonly Check[] = [...bootChecks, ...apiChecks, ...headerChecks, ...errorChecks, ...limitChecks, ...socketChecks, ...slowChecks, ...overloadChecks, ...drainChecks];

/** Makes the checks (all, or those given) into `record`, row by row, so that what ends the run early leaves the rows before it. */
export async function probeConformance(options: ConformanceOptions, record: ConformanceRecord, ctx: Context, checks: readonly Check[] = conformanceChecks): Promise<void> {
  const bench = createBench(options, ctx);
  record.planned = checks.length;
  let dead: string | null = null;
  for (const check of checks) {
    ctx.signal.throwIfAborted();
    const found = dead === null ? await make(check, bench) : notApplicable('died-before', { check: dead });
    if (dead === null && check.group !== 'drain' && found.status !== 'not-applicable' && !(await survives(bench))) {
      dead = check.id;
      record.checks.push(rowOf(check, found.status === 'fail' ? found : fail('died-after')));
    } else record.checks.push(rowOf(check, found));
    ctx.onEvent({ kind: 'progress', phase: 'probe', what: 'conformance checks', done: record.checks.length, total: checks.length });
  }
}

const rowOf = ({ id, group, level }: Check, { status, reason }: Finding): ConformanceResult => ({ id, group, level, status, reason });

async function make(check: Check, bench: Bench): Promise<Finding> {
  if (check.needs === 'api' && bench.options.request.format !== 'similarity') return notApplicable('other-format');
  if (check.needs === 'own' && bench.options.terminate === null) return notApplicable('not-started-here');
  try {
    return await check.run(bench);
  } catch (error) {
    bench.ctx.signal.throwIfAborted();
    // A connection that cannot be had is what a check has seen, too; anything else is a fault of ours.
    const code = (error as { code?: unknown }).code;
    if (typeof code !== 'string') throw error;
    return fail('no-connection', { why: code });
  }
}

const tries = 5;

/** Whether a sound question is answered, at once or after some seconds: a full queue passes. */
async function survives(bench: Bench): Promise<boolean> {
  for (let turn = 0; turn < tries; turn += 1) {
    if (await bench.lives()) return true;
    if (bench.options.gone.aborted) return false;
    await bench.ctx.host.clock.sleep(500, bench.ctx.signal);
  }
  return false;
}
