/**
 * OpenMetrics text (1.0): base units, the unit at the end of the name, `# EOF` at the end of the file.
 *
 * Three significant digits: GitLab compares these values as text, and the fourth digit of a latency is noise. No id of the run and no time: what
 * never stays the same would be a new series each time. A check that is not decided is absent, not 0.
 */
import type { ReportInput } from '../report-input.js';
import { printable } from '../printable.js';
import { trackedFigures, type TrackedFigure } from './tracked-figure.js';

interface Family {
  name: string;
  unit: string;
  help: string;
  /** To the base unit. */
  scale: number;
}

const percentileOf: Readonly<Record<string, string>> = { 'latency-p50': '50', 'latency-p90': '90', 'latency-p95': '95', 'latency-p99': '99', 'latency-p999': '99.9' };
const latency: Family = { name: 'latency', unit: 'seconds', help: 'Latency of successful answers by percentile.', scale: 1e-3 };
const bytesPerMiB = 2 ** 20;

const families: Readonly<Record<string, Family>> = {
  'throughput': { name: 'throughput', unit: 'requests_per_second', help: 'Successful answers a second.', scale: 1 },
  'pair-throughput': { name: 'pair_throughput', unit: 'pairs_per_second', help: 'Answered pairs a second.', scale: 1 },
  'capacity': { name: 'capacity', unit: 'requests_per_second', help: 'The highest rate that met the gates, of a search.', scale: 1 },
  'errors': { name: 'errors', unit: 'ratio', help: 'Failed requests of all that started.', scale: 1 },
  'server-cpu': { name: 'server_cpu', unit: 'cores', help: 'Cores the server used.', scale: 1 },
  'server-memory': { name: 'server_memory_peak', unit: 'bytes', help: 'Most resident memory of the server.', scale: bytesPerMiB },
  'gpu-memory': { name: 'gpu_memory_peak', unit: 'bytes', help: 'Highest sample of the memory in use on the GPU.', scale: bytesPerMiB },
  'simulated-memory': { name: 'simulated_memory_peak', unit: 'bytes', help: 'Highest memory of a simulated accelerator.', scale: bytesPerMiB },
  'job-time': { name: 'job_time', unit: 'seconds', help: 'How long the command of a job ran.', scale: 1 },
  'job-cpu-time': { name: 'job_cpu_time', unit: 'seconds', help: 'CPU time of the command of a job.', scale: 1 },
  'job-memory': { name: 'job_memory_peak', unit: 'bytes', help: 'Most resident memory of the command of a job.', scale: bytesPerMiB },
  'job-figure': { name: 'job_figure', unit: '', help: 'The last value of a number that a job printed.', scale: 1 },
};

export type Labels = readonly (readonly [name: string, value: string])[];

/** Labels as they stand behind a name. */
export function labelText(labels: Labels): string {
  return `{${labels.map(([name, value]) => `${name}="${printable(value).replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\r?\n|\r/g, '\\n')}"`).join(',')}}`;
}

function numberText(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** The lines that introduce a family. */
export function head(name: string, type: string, unit: string, help: string): string[] {
  return [`# TYPE ${name} ${type}`, ...(unit === '' ? [] : [`# UNIT ${name} ${unit}`]), `# HELP ${name} ${help}`];
}

/** Every figure, family by family. */
export function figureLines(figures: readonly TrackedFigure[], scenario: string): string[] {
  const byName = new Map<string, { family: Family; samples: string[] }>();
  for (const figure of figures) {
    const percentile = percentileOf[figure.measure];
    const family = percentile === undefined ? families[figure.measure] : latency;
    if (family === undefined) continue;
    const name = ['mgeo_bench', family.name, ...(family.unit === '' ? [] : [family.unit])].join('_');
    const entry = byName.get(name) ?? { family, samples: [] };
    byName.set(name, entry);
    const labels: Labels = [
      ['scenario', scenario],
      ...(figure.arm === null ? [] : [['arm', figure.arm] as const]),
      ...(figure.stage === null ? [] : [['stage', figure.stage] as const]),
      ...(percentile === undefined ? [] : [['percentile', percentile] as const]),
      ...(figure.label === null ? [] : [[figure.label.name, figure.label.value] as const]),
    ];
    entry.samples.push(`${name}${labelText(labels)} ${numberText(figure.value * family.scale)}`);
  }
  return [...byName].flatMap(([name, { family, samples }]) => [...head(name, 'gauge', family.unit, family.help), ...new Set(samples)]);
}

const states = ['pass', 'fail', 'inconclusive', 'invalid'] as const;

/** One state is 1. */
export function verdictLines(status: (typeof states)[number], scenario: string): string[] {
  return [
    ...head('mgeo_bench_verdict', 'stateset', '', 'The verdict of the run or comparison: one state is 1.'),
    ...states.map((state) => `mgeo_bench_verdict${labelText([['scenario', scenario], ['mgeo_bench_verdict', state]])} ${status === state ? '1' : '0'}`),
  ];
}

/** Of decided checks alone. */
export function checkLines(decided: readonly { labels: Labels; passed: boolean }[], scenario: string): string[] {
  return [
    ...(decided.length === 0 ? [] : head('mgeo_bench_check_passed', 'gauge', '', 'Whether a check holds: 1 or 0; absent where it is not decided.')),
    ...decided.map(({ labels, passed }) => `mgeo_bench_check_passed${labelText([['scenario', scenario], ...labels])} ${passed ? '1' : '0'}`),
  ];
}

/** The whole file. */
export function renderOpenMetrics(input: ReportInput): string {
  const { record, verdict } = input;
  const { plan, engine, server } = record;
  const scenario = ['scenario', plan.name] as const;
  const decided = verdict.checks.filter(({ status }) => status === 'pass' || status === 'fail');
  return `${[
    ...head('mgeo_bench_run', 'info', '', 'What was measured.'),
    `mgeo_bench_run_info${labelText([scenario, ['engine', engine === null ? '' : `${engine.name} ${engine.version}`], ['model', server?.model ?? ''], ['plan', plan.hash]])} 1`,
    ...verdictLines(verdict.status, plan.name),
    ...checkLines(decided.map(({ id, level, status }) => ({ labels: [['check', id], ['level', level]], passed: status === 'pass' })), plan.name),
    ...figureLines(trackedFigures(input), plan.name),
    '# EOF',
  ].join('\n')}\n`;
}
