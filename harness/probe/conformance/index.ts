/** The conformance suite: every check, one after the other, each a row of the record. */
import type { Context } from '../../host/index.js';
import type { ConformanceRecord, ConformanceResult } from '../../model/conformance.js';
import { BenchError } from '../../model/error.js';
import { withoutCredentials } from '../../model/url.js';
import { createBench, type Bench, type ConformanceOptions } from './bench.js';
import { fail, notApplicable, notRun, type Check, type Finding } from './check.js';
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

/**
 * Makes the checks (all, or those given) into `record`, row by row, so that what ends the run early leaves the rows before it. A server that
 * answers no more after a check has failed it, and nothing after it is tried: those are `not-run`. Rejects with server-crashed or
 * server-unreachable where the server is gone altogether.
 */
export async function probeConformance(options: ConformanceOptions, record: ConformanceRecord, ctx: Context, checks: readonly Check[] = conformanceChecks): Promise<void> {
  const bench = createBench(options, ctx);
  record.planned = checks.length;
  for (const [at, check] of checks.entries()) {
    ctx.signal.throwIfAborted();
    const found = await make(check, bench);
    const after = check.group === 'drain' || found.status === 'not-applicable' ? 'answers' : await stateAfter(bench);
    // Whatever else was seen of it: that the server did not outlive it must not pass for less.
    record.checks.push(after === 'answers' ? rowOf(check, found) : { ...rowOf(check, fail(after === 'gone' ? 'gone-after' : 'died-after')), level: 'must' });
    ctx.onEvent({ kind: 'progress', phase: 'probe', what: 'conformance checks', done: record.checks.length, total: checks.length });
    if (after === 'answers') continue;
    for (const left of checks.slice(at + 1)) record.checks.push(rowOf(left, notRun(after === 'gone' ? 'gone-before' : 'died-before', { check: check.id })));
    if (after === 'gone') throw goneError(check, options);
    return;
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

/** Whether a sound question is answered, at once or after some seconds, for a full queue passes; else whether the server is still there. */
async function stateAfter(bench: Bench): Promise<'answers' | 'silent' | 'gone'> {
  for (let turn = 0; turn < tries; turn += 1) {
    if (await bench.lives()) return 'answers';
    if (bench.options.gone.aborted) return 'gone';
    await bench.ctx.host.clock.sleep(500, bench.ctx.signal);
  }
  try {
    (await bench.open()).close();
    return 'silent';
  } catch (error) {
    bench.ctx.signal.throwIfAborted();
    return (error as { code?: unknown }).code === 'ECONNREFUSED' ? 'gone' : 'silent';
  }
}

/** What ended the suite, in one sentence; with the server's last lines where it is ours. */
function goneError({ id }: Check, { gone, url }: ConformanceOptions): BenchError {
  const reason: unknown = gone.reason;
  if (reason instanceof BenchError) return new BenchError(reason.code, `The server is gone since the check ${id}: ${reason.message.charAt(0).toLowerCase()}${reason.message.slice(1)}`, { hint: reason.hint, details: reason.details, cause: reason });
  return new BenchError('server-unreachable', `The server is gone since the check ${id}: nothing takes a connection at ${withoutCredentials(url)} any more.`, { hint: 'Its own log says why; start it again, and make the check that ended it by hand.' });
}
