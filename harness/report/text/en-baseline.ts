/** Gates on a baseline, in English. This file is the type: every other language must have every entry. */
import { count, percent, plain } from '../number.js';
import type { Evidence, Sentence } from './text-code.js';

const runs = (n: Evidence[string]): string => (n === 1 ? '1 run' : `${count(n)} runs`);
const sides = (v: Evidence): string => `${runs(v['runs'])} against ${runs(v['baselineRuns'])}`;
const doubt = (v: Evidence): string => (typeof v['facts'] === 'string' && v['facts'] !== '' ? `; it only warns, for the baseline is unlike in ${plain(v['facts'])}` : '');

/** Why a gate on a baseline came out as it did. */
const checks = {
  'change-within': (v) => `the whole ${percent(v['confidence'])} interval of the change is allowed (${sides(v)})${doubt(v)}`,
  'change-beyond': (v) => `the change is more than is allowed, and its ${percent(v['confidence'])} interval excludes that nothing changed (${sides(v)})${doubt(v)}`,
  'change-straddles': (v) => `the ${percent(v['confidence'])} interval of the change reaches over what is allowed: more runs would decide (${sides(v)})${doubt(v)}`,
  'change-unbounded': (v) => `too few requests to bound the change on both sides (${sides(v)})${doubt(v)}`,
  'change-few-runs': (v) => `${sides(v)} cannot tell the noise between runs, which is taken to be at least 10%; with ${runs(v['needed'])} in the baseline it would be measured (gate RUN RUN … --accept)${doubt(v)}`,
  'no-baseline': () => 'there is no baseline yet: make one of a run that you trust with “mgeo-bench gate RUN --accept”',
  'baseline-unlike': (v) => `not judged, for the baseline is unlike in ${plain(v['facts'])} (policy.baseline)`,
  'baseline-lacks': () => 'the baseline has no such figure: accept a run with this stage',
} as const satisfies Readonly<Record<string, Sentence>>;

export const baseline = {
  checks,
  column: 'Baseline; change [interval]',
  facts: { machine: 'machine', driver: 'GPU or its driver', engine: 'load engine', model: 'model', plan: 'plan' } as Readonly<Record<string, string>>,
  /** One fact in which two are unlike. */
  fact: (name: string, values: string) => `${name} (${values})`,
  /** What one side has of a fact; '' where it has none, or nobody knows. */
  values: {
    machine: ({ cpu, cores, memoryGiB }) => `${plain(cpu)}, ${count(cores)} cores, ${count(memoryGiB)} GiB`,
    driver: ({ gpus, driver }) => (gpus === '' ? 'no GPU' : `${plain(gpus)}; driver ${driver === '' ? 'unknown' : plain(driver)}`),
    engine: ({ engine }) => (engine === '' ? 'no engine' : plain(engine)),
    model: ({ model, sha256 }) => `${model === '' ? 'unknown model' : plain(model)}${sha256 === '' ? '' : ` ${plain(sha256)}`}`,
  } as Readonly<Record<string, Sentence>>,
  /** Settings of the plan that differ, and how many more. */
  andMore: (settings: string, n: string) => `${settings}; ${n} more ${n === '1' ? 'setting' : 'settings'}`,
  /** A figure of the baseline and the change from it. */
  changed: (figure: string, change: string) => `${figure}; ${change}`,
  /** Beside a limit that was computed. */
  limit: (limit: string, base: string) => `${limit} (baseline ${base})`,
  figure: (base: string, n: number) => `${base} (${runs(n)})`,
  ratio: (value: string, interval: string) => `× ${value}${interval === '' ? '' : ` ${interval}`}`,
  /** A baseline that was accepted. */
  kept: {
    head: (scenario: string, n: number, by: string | null, commit: string | null) => `Baseline of ${scenario}, ${n === 1 ? 'one run' : `${String(n)} runs`}, accepted${by === null ? '' : ` by ${by}`}${commit === null ? '' : ` at ${commit}`}`,
    facts: (cpu: string, cores: string, engine: string | null, model: string | null) => `${cpu}, ${cores} cores; ${engine ?? 'no engine'}; ${model ?? 'model unknown'}`,
    oneRun: 'One run cannot tell the noise between runs, which is then taken to be at least 10%: accept five together (gate RUN RUN … --accept).',
  },
  line: (name: string, where: string, measured: string, figure: string, status: string, why: string) => `${status} ${name} at “${where}”: ${measured}; baseline ${figure}: ${why}`,
  lineWithout: (name: string, where: string, status: string, why: string) => `${status} ${name} at “${where}”: ${why}`,
};
