import { posix } from 'node:path';
import type { Host } from '../../harness/host/index.js';
import { parseGate } from '../../harness/gate/index.js';
import { BenchError } from '../../harness/model/error.js';
import type { Plan } from '../../harness/model/plan.js';
import { loadPlan, type LoadedPlan, type LoadOptions } from '../../harness/scenario/index.js';

/** A machine that has these files and variables, and nothing else. The package lies in /package. */
export function machineWith(texts: Record<string, string>, variables: Record<string, string> = {}): Host {
  const files = new Map(Object.entries(texts).map(([path, text]) => [posix.normalize(path), text]));
  const folders = new Set([...files.keys()].map((path) => posix.dirname(path)));
  const known = (path: string): boolean => files.has(posix.normalize(path)) || folders.has(posix.normalize(path));
  return {
    files: {
      packageRoot: '/package',
      exists: known,
      list: (dir: string) => [...files.keys()].filter((path) => posix.dirname(path) === posix.normalize(dir)).map((path) => posix.basename(path)).sort(),
      tryReadText: (path: string) => files.get(posix.normalize(path)) ?? null,
    },
    machine: { variable: (name: string) => variables[name] },
  } as unknown as Host;
}

export interface Written {
  set?: string[];
  variables?: Record<string, string>;
  flags?: Omit<LoadOptions, 'set'>;
  others?: Record<string, string>;
}

/** The plan of one YAML text, as `s.yaml`. */
export function planOf(text: string, written: Written = {}): Plan {
  return loadedFrom(text, written).plan;
}

/** The same with the values that came from the environment. */
export function loadedFrom(text: string, { set = [], variables, flags = {}, others = {} }: Written = {}): LoadedPlan {
  return loadPlan('s.yaml', { set, ...flags }, { parseGate }, machineWith({ 's.yaml': text, ...others }, variables));
}

/** The error that a YAML text gives. Fails when it gives none. */
export function mistakeIn(text: string, written: Written = {}): BenchError {
  try {
    planOf(text, written);
  } catch (error) {
    if (error instanceof BenchError && error.code === 'scenario-invalid') return error;
    throw error;
  }
  throw new Error('the scenario was accepted');
}

/** The lines of that error. */
export function mistakesIn(text: string, written: Written = {}): readonly string[] {
  return mistakeIn(text, written).details;
}

export const least = 'load: {closed: {users: 2}}\n';
