/**
 * What is said before a run: that its plan asks for more than can be sent on time here, or for more confidence than its requests can give. Warnings, and
 * refusals under `strict`: then nothing is booted and no load is driven.
 */
import { bears, findBearable, foreseeTooFew, type TooFew } from './analysis/index.js';
import { bearableText, calibrate, surelyTooMuch, unbearableText } from './calibration.js';
import type { Context, Host } from './host/index.js';
import type { Engine } from './load/index.js';
import type { Calibration, RunCalibration } from './model/calibration.js';
import { highestDemand, possibleDemand, type Demand } from './model/demand.js';
import { BenchError, type ErrorCode } from './model/error.js';
import type { EngineName, Plan } from './model/plan.js';
import type { Environment } from './model/record.js';
import { faultOf } from './model/system-failure.js';
import { groupDigits, trim } from './model/unit.js';
import { readCalibration } from './record/index.js';

/** Says what is wrong with the plan on this machine; gives what the run may record of its engine, null for the simulated one. */
export async function preflight(plan: Plan, engine: Engine, environment: Environment, momentsMs: Float64Array | undefined, ctx: Context): Promise<RunCalibration | null> {
  const complain = (code: ErrorCode & ('rate-unbearable' | 'budget-too-small'), text: string, hint: string, sure = true): void => {
    if (plan.policy.strict && sure) throw new BenchError(code, text, { hint: `${hint}, or leave --strict out: then it is a warning.` });
    ctx.onEvent({ kind: 'note', level: 'warn', code, text });
  };
  for (const lacking of foreseeTooFew(plan)) complain('budget-too-small', tooFewText(lacking), 'Ask for less of the percentile or the share');
  if (engine.name === 'simulated') return null;
  const asked = highestDemand(plan, momentsMs);
  const possible = possibleDemand(plan);
  const known = await calibrationOf(ratesOf(asked, possible), engine, environment, ctx);
  if (known.status === 'absent') {
    ctx.onEvent({ kind: 'note', level: 'info', code: 'not-calibrated', text: `${engine.name} could not be calibrated: ${known.why}` });
    return known;
  }
  const ageS = known.from === 'cache' ? known.ageS : null;
  // Users who wait for their answers ask for no rate: what can be sent on time is told only where they could make more.
  if (asked !== null) {
    ctx.onEvent({ kind: 'note', level: 'info', code: 'calibrated', text: bearableText(known.figures, ageS) });
    const complaint = unbearableText(asked, known.figures, ageS);
    if (complaint !== null) complain('rate-unbearable', complaint, 'mgeo-bench doctor measures more finely; ask for less, give the load a machine of its own', surelyTooMuch(asked, known.figures));
  }
  const doubt = possible === null ? null : unbearableText(possible, known.figures, ageS);
  if (doubt !== null) ctx.onEvent({ kind: 'note', level: 'warn', code: 'users-unbearable', text: doubt });
  return known;
}

const ratesOf = (...demands: readonly (Demand | null)[]): number[] => demands.flatMap((demand) => demand?.rps ?? []);

const mostTries = 2;

/**
 * The calibration of the day, or one made now: where there is none, and where that of the day says that the plan asks for too much; that is never said
 * on old figures, nor after one try.
 */
async function calibrationOf(rates: readonly number[], engine: Engine, environment: Environment, ctx: Context): Promise<RunCalibration> {
  const highest = rates.length === 0 ? null : Math.max(...rates);
  const suffices = (figures: Calibration): boolean => highest === null || bears(findBearable(figures), highest) === 'yes';
  const kept = readCalibration(engine.name, engine.version, environment, ctx);
  if (kept !== null && suffices(kept.figures)) return { status: 'done', from: 'cache', ...kept };
  ctx.onEvent({ kind: 'phase', phase: 'prepare', detail: `calibrating ${engine.name}` });
  try {
    let figures = await calibrate(engine, 'short', highest, environment, ctx);
    for (let tries = 1; tries < mostTries && !suffices(figures); tries += 1) figures = await calibrate(engine, 'short', highest, environment, ctx);
    return { status: 'done', from: 'measured', ageS: 0, figures };
  } catch (error) {
    ctx.signal.throwIfAborted();
    return { status: 'absent', why: faultOf(error) };
  }
}

/** What is known of a plan without measuring, one sentence each: gates that it cannot pass, and what the day's calibration says of the rate it asks for or its users could make (null where that is none). */
export async function foreknown(plan: Plan, momentsMs: Float64Array | undefined, host: Host, signal: AbortSignal): Promise<{ tooFew: string[]; calibration: { figures: Calibration; ageS: number; says: string | null; complaint: string | null } | null }> {
  const tooFew = foreseeTooFew(plan).map(tooFewText);
  const { engine } = plan.load;
  const engines: readonly EngineName[] = plan.server.kind === 'simulated' || engine === 'simulated' ? [] : engine === 'auto' ? ['k6', 'autocannon'] : [engine];
  if (engines.length === 0) return { tooFew, calibration: null };
  const environment = await host.machine.describe();
  signal.throwIfAborted();
  const [known] = engines.flatMap((name) => readCalibration(name, undefined, environment, { host }) ?? []);
  if (known === undefined) return { tooFew, calibration: null };
  const asked = highestDemand(plan, momentsMs);
  const [complaint = null] = [asked, possibleDemand(plan)].flatMap((demand) => (demand === null ? [] : unbearableText(demand, known.figures, known.ageS) ?? []));
  return { tooFew, calibration: { ...known, says: complaint ?? (asked === null ? null : `${bearableText(known.figures, known.ageS)}.`), complaint } };
}

function tooFewText({ gate, stage, requests, needed, confidence, enough }: TooFew): string {
  const would = enough === null ? 'give it a longer file' : `${enough} would be enough`;
  return `${gate} cannot pass at “${stage}”: at ${trim(confidence * 100)} % confidence it takes ${groupDigits(needed)} requests, and the plan has about ${groupDigits(requests)}; ${would}.`;
}
