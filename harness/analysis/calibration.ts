/**
 * What rate an engine bears on this machine, from its ladder against a server of known latency.
 *
 *   borne     a rung of which all was answered and whose lag stays within the limit of INVALID for open load (p99 ≤ max(10 ms, 10 % of p50))
 *   sound     a borne rung whose lag stays within that of SUSPECT (max(2 ms, 5 % of p50)) and whose latency from the sending is at p95
 *             within max(1 ms, 2 %) of the server's own: the limit of `engine-share`
 *   bears     the highest borne rung below the first two in a row that are not: a single one is a disturbance, for more load followed and was borne
 *   sound to  likewise, among sound rungs
 *
 * Assumes a server that needs little CPU: one that needs more leaves less for the engine on the same cores, so a real run bears less.
 * Refuses (null) where not even the lowest rate was borne.
 */
import type { Bearable, Calibration, CalibrationAnalysis, CalibrationRung, RunCalibration } from '../model/calibration.js';
import type { StageResult } from '../model/record.js';
import type { Series } from '../model/series.js';
import { coresInUse } from './resources.js';
import { limits } from './validity-limits.js';

/** The highest lag that is not INVALID whatever the server's latency, ms. */
export const tooLateMs = limits.openLagFloorMs[1];

/** What the ladder shows. */
export function findBearable({ rungs }: Pick<Calibration, 'rungs'>): Bearable {
  const borne = highestBelowTwoFailures(rungs, isBorne);
  const sound = highestBelowTwoFailures(rungs, isSound);
  return { bearsRps: borne?.rateRps ?? null, soundRps: sound?.rateRps ?? null, atLeast: borne !== null && borne === rungs.at(-1) };
}

/** Whether a rate is borne; `unknown` above a ladder that was borne whole. */
export function bears({ bearsRps, atLeast }: Bearable, rateRps: number): 'yes' | 'no' | 'unknown' {
  if (bearsRps !== null && rateRps <= bearsRps) return 'yes';
  return atLeast ? 'unknown' : 'no';
}

/** The rate beyond which a stage is not covered; null where nothing says so. */
export function calibratedRps(calibration: RunCalibration | null | undefined): number | null {
  if (calibration?.status !== 'done') return null;
  const { bearsRps, atLeast } = findBearable(calibration.figures);
  return atLeast ? null : bearsRps;
}

/** What a record says of it; null where it holds no calibration. */
export function analyseCalibration(calibration: RunCalibration | null | undefined): CalibrationAnalysis | null {
  return calibration?.status === 'done' ? { ...findBearable(calibration.figures), error: calibrationError(calibration.figures) } : null;
}

/** How far what was told is from what the server took, ms: at the lowest rung that has both. */
export function calibrationError({ rungs }: Pick<Calibration, 'rungs'>): { rateRps: number; p50: number; p95: number } | null {
  for (const { rateRps, clientMs, serverMs } of rungs) {
    if (clientMs !== null && serverMs !== null) return { rateRps, p50: clientMs.p50 - serverMs.p50, p95: clientMs.p95 - serverMs.p95 };
  }
  return null;
}

/** CPU of `source` a request in the window of a stage, ms; null where it could not be read. */
export function cpuPerRequestMs(series: readonly Series[], source: string, { windowFromMs, windowToMs, requests }: StageResult): number | null {
  const cores = coresInUse(series, source, windowFromMs, windowToMs);
  return cores === null || requests.completed === 0 ? null : (cores * (windowToMs - windowFromMs)) / requests.completed;
}

function highestBelowTwoFailures(rungs: readonly CalibrationRung[], holds: (rung: CalibrationRung) => boolean): CalibrationRung | null {
  let highest: CalibrationRung | null = null;
  for (let i = 0, failed = 0; i < rungs.length && failed < 2; i += 1) {
    const rung = rungs[i] as CalibrationRung;
    failed = holds(rung) ? 0 : failed + 1;
    if (failed === 0) highest = rung;
  }
  return highest;
}

function lagWithin({ lagMs, clientMs }: CalibrationRung, grade: 0 | 1): boolean {
  return lagMs !== null && lagMs.p99 <= Math.max(limits.openLagFloorMs[grade], limits.openLag[grade] * (clientMs?.p50 ?? 0));
}

function isBorne(rung: CalibrationRung): boolean {
  return rung.ended === rung.due && lagWithin(rung, 1);
}

function isSound(rung: CalibrationRung): boolean {
  const { sentMs, serverMs } = rung;
  return isBorne(rung) && lagWithin(rung, 0) && sentMs !== null && serverMs !== null && sentMs.p95 - serverMs.p95 <= Math.max(limits.engineShareMs, limits.engineShare * sentMs.p95);
}
