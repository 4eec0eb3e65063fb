import { analyseRecord } from '../analysis/index.js';
import type { Host } from '../host/index.js';
import { usualCapacityPlan, type CapacityPlan } from '../model/capacity.js';
import { BenchError, exitCodes } from '../model/error.js';
import { capacityExpected, capacityPlanOf, capacitySchema, readRate } from '../model/scenario-capacity.js';
import { readRecord } from '../record/index.js';
import { capacityResult, capacityText } from '../report/index.js';
import type { Io } from './io.js';

export interface CapacityFlags {
  target?: string;
  growth?: string;
  headroom?: string;
  balance?: string;
  spare?: number;
  lang: 'en' | 'zh-CN';
  json?: boolean;
}

/** The run's own assumptions with those of the command line over them. Throws usage for a word that is none. */
export function assumedBy(base: CapacityPlan | undefined, { target, growth, headroom, balance, spare }: Omit<CapacityFlags, 'lang' | 'json'>): CapacityPlan {
  const { targetsRps, ...rest } = base ?? usualCapacityPlan;
  const targets = target?.split(',').map((rate) => {
    const read = readRate(rate);
    if (read === null) throw new BenchError('usage', `--target: "${rate.trim()}" is no rate.`, { hint: 'Give requests a second, such as 500 or 500/s; several with commas between.' });
    return read;
  });
  const said = Object.entries({ growth, headroom, balance, spare }).filter(([, value]) => value !== undefined);
  for (const [name, value] of said) {
    if (capacitySchema.safeParse({ [name]: value }).success) continue;
    const expected = name in capacityExpected ? capacityExpected[name as keyof typeof capacityExpected] : 'a whole number from 0 to 1000';
    throw new BenchError('usage', `--${name}: expected ${expected}, not "${String(value)}".`, { hint: 'mgeo-bench capacity --help names every assumption.' });
  }
  const { capacity } = capacityPlanOf(capacitySchema.parse({ ...rest, ...Object.fromEntries(said) }));
  return { ...(capacity ?? usualCapacityPlan), targetsRps: targets ?? targetsRps };
}

/** `capacity`: replicas for target rates, from a saved run. Exit code 4 where the run does not bear it: the sentence says why. */
export function capacity(path: string, flags: CapacityFlags, { files }: Pick<Host, 'files'>, io: Pick<Io, 'out'>): number {
  const read = readRecord(path, files);
  const record = { ...read, plan: { ...read.plan, capacity: assumedBy(read.plan.capacity, flags) } };
  const analysis = analyseRecord(record);
  io.out(flags.json ? `${JSON.stringify(capacityResult(analysis.capacity), null, 2)}\n` : `${capacityText({ record, analysis }, flags.lang)}\n`);
  return analysis.capacity.kind === 'found' ? exitCodes.passed : exitCodes.invalid;
}
