/** Runs become a baseline, and a baseline is held against runs: what both need of several rooms. */
import { baselineOf } from './analysis/index.js';
import type { Against, DifferentSetting, FactParts, Unlike } from './model/against.js';
import { baselineVersions, type Baseline, type Fingerprint } from './model/baseline.js';
import { likenessFacts, type LikenessFact } from './model/likeness.js';
import type { Plan } from './model/plan.js';
import type { Environment, RunRecord } from './model/record.js';
import { questionHash, questionSettings } from './scenario/index.js';

/** On what a run was made. */
export function fingerprintOf({ environment, engine, server, gpu, plan }: RunRecord): Fingerprint {
  const gpus = gpu?.status === 'present' ? gpu.gpus : [];
  return {
    cpu: environment.cpu, cores: environment.cores, memoryMiB: environment.memoryMiB, os: environment.os,
    gpus: gpus.map(({ name, memoryMiB }) => `${name}, ${memoryMiB === null ? 'unknown memory' : `${String(Math.round(memoryMiB))} MiB`}`), driver: gpus[0]?.driver ?? null,
    engine: engine === null ? null : `${engine.name} ${engine.version}`,
    model: server?.model ?? null, modelSha256: server?.modelSha256 ?? null, plan: questionHash(plan), asked: questionSettings(plan),
  };
}

/** The facts as they are compared. The memory of a machine counts in GiB: kernels keep more or less of it for themselves. */
function partsOf(print: Fingerprint) {
  return {
    machine: { cpu: print.cpu, cores: print.cores, memoryGiB: Math.round(print.memoryMiB / 1024) },
    driver: { gpus: print.gpus.join('; '), driver: print.driver ?? '' },
    engine: { engine: print.engine ?? '' },
    model: { model: print.model ?? '', sha256: print.modelSha256?.slice(0, 12) ?? '' },
    plan: { plan: print.plan.slice(0, 12) },
  } satisfies Record<LikenessFact, FactParts>;
}

/** The same in words. */
function wordsOf({ machine, driver, engine, model, plan }: ReturnType<typeof partsOf>): Record<LikenessFact, string> {
  return {
    machine: `${machine.cpu}, ${String(machine.cores)} cores, ${String(machine.memoryGiB)} GiB`,
    driver: driver.gpus === '' ? 'no GPU' : `${driver.gpus}; driver ${driver.driver || 'unknown'}`,
    engine: engine.engine || 'no engine',
    model: `${model.model || 'unknown model'}${model.sha256 === '' ? '' : ` ${model.sha256}`}`,
    plan: plan.plan,
  };
}

/** In which facts two are unlike, in a fixed order. */
export function unlikeFacts(there: Fingerprint, here: Fingerprint): Unlike[] {
  const parts = { there: partsOf(there), here: partsOf(here) };
  const [a, b] = [wordsOf(parts.there), wordsOf(parts.here)];
  const settings = differentSettings(there, here);
  return likenessFacts.filter((fact) => a[fact] !== b[fact]).map((fact) => ({ fact, there: a[fact], here: b[fact], parts: { there: parts.there[fact], here: parts.here[fact] }, ...(fact === 'plan' && settings.length > 0 ? { settings } : {}) }));
}

/** In the order of the settings there, then what is only here; none where a side does not say what it asked. */
function differentSettings({ asked: there }: Fingerprint, { asked: here }: Fingerprint): DifferentSetting[] {
  if (there === undefined || here === undefined) return [];
  const stages = (asked: Record<string, string>): Set<string> => new Set(Object.keys(asked).flatMap((path) => stageOf(path) ?? []));
  const [before, now] = [stages(there), stages(here)];
  // A stage that one side lacks is one difference, by its name, not one for each of its settings.
  const pathOf = (path: string): string => {
    const stage = stageOf(path);
    return stage === undefined || (before.has(stage) && now.has(stage)) ? path : stage;
  };
  const valueAt = (asked: Record<string, string>, path: string): string | null => asked[path] ?? asked[`${path}.name`] ?? null;
  return [...new Set([...Object.keys(there), ...Object.keys(here)].map(pathOf))]
    .map((path) => ({ path, there: valueAt(there, path), here: valueAt(here, path) }))
    .filter((one) => one.there !== one.here);
}

const stageOf = (path: string): string | undefined => /^load\.stages\[\d+\]/.exec(path)?.[0];

/** A run against a baseline, together with further runs of the same thing; null where there is no baseline. */
export function againstOf(record: RunRecord, baseline: Baseline | null | undefined, others: readonly RunRecord[] = []): Against | null {
  return baseline ? { baseline, unlike: unlikeFacts(baseline.fingerprint, fingerprintOf(record)), others } : null;
}

/** Runs that are alike, accepted together. */
export function makeBaseline(records: readonly RunRecord[], accepted: Baseline['accepted']): Baseline {
  const [first] = records;
  if (first === undefined) throw new RangeError('a baseline has a run');
  return { schema: baselineVersions[0], scenario: first.plan.name, accepted, fingerprint: fingerprintOf(first), runs: records.map(({ id }) => id), ...baselineOf(records) };
}

/** What of it is known before a run: the machine, and what is asked. */
export function unlikePlan(there: Fingerprint, plan: Plan, { cpu, cores, memoryMiB, os }: Environment): Unlike[] {
  return unlikeFacts(there, { ...there, cpu, cores, memoryMiB, os, plan: questionHash(plan), asked: questionSettings(plan) });
}
