/**
 * Calibrations of the day, one file an engine in the cache folder: `calibration/k6.json`. One is used on the machine, with the versions and on the
 * day (UTC) that it was made; anything else there is as good as nothing.
 */
import { z } from 'zod';
import type { Context, Files } from '../host/index.js';
import { calibrationSchema, type Calibration } from '../model/calibration.js';
import type { EngineName } from '../model/plan.js';
import type { Environment } from '../model/record.js';

const fileSchema = z.object({ schema: z.literal('mgeo-bench/calibration/1'), machine: z.string(), figures: calibrationSchema });

/** What must be the same for a calibration to hold. */
function machineOf({ cpu, cores, memoryMiB, kernel, node, harness }: Environment): string {
  return [cpu, `${String(cores)} cores`, `${String(memoryMiB)} MiB`, kernel, `Node ${node}`, `mgeo-bench ${harness.version}`].join(', ');
}

const pathOf = ({ cacheDir }: Files, engine: EngineName): string => `${cacheDir}/calibration/${engine}.json`;
const dayOf = (epochMs: number): string => new Date(epochMs).toISOString().slice(0, 10);

/** The calibration of an engine that was made here today, and its age in s; null where there is none. `version`: of the engine; undefined = any. */
export function readCalibration(engine: EngineName, version: string | undefined, environment: Environment, { host: { files, clock } }: Pick<Context, 'host'>): { figures: Calibration; ageS: number } | null {
  const text = files.tryReadText(pathOf(files, engine));
  if (text === null) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = fileSchema.safeParse(value);
  if (!parsed.success) return null;
  const { machine, figures } = parsed.data;
  const [nowMs, thenMs] = [clock.epochMs(), Date.parse(figures.measuredAt)];
  const same = machine === machineOf(environment) && figures.engine.name === engine && (version === undefined || figures.engine.version === version);
  return same && thenMs <= nowMs && dayOf(thenMs) === dayOf(nowMs) ? { figures, ageS: (nowMs - thenMs) / 1000 } : null;
}

/** Keeps it for the day. A cache that cannot be written costs the next run its seconds, nothing else. */
export function keepCalibration(figures: Calibration, environment: Environment, { host: { files } }: Pick<Context, 'host'>): void {
  const path = pathOf(files, figures.engine.name);
  try {
    files.makeDir(path.slice(0, path.lastIndexOf('/')));
    files.writeText(path, `${JSON.stringify({ schema: 'mgeo-bench/calibration/1', machine: machineOf(environment), figures })}\n`);
  } catch {
    // Read-only or full.
  }
}
