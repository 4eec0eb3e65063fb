/**
 * For github-action-benchmark: one file a direction, as its `customBiggerIsBetter` and `customSmallerIsBetter` are. `range` is the farther end of
 * the interval; `extra` holds both. A figure without a direction is in neither.
 */
import { count } from '../number.js';
import type { ReportFile, ReportInput } from '../report-input.js';
import { interval } from '../stage-figure.js';
import { label, rounded } from './label.js';
import { placesOf, trackedFigures, type Better, type TrackedFigure } from './tracked-figure.js';

interface Entry {
  name: string;
  unit: string;
  value: number;
  range?: string;
  extra?: string;
}

function entryOf(figure: TrackedFigure, scenario: string): Entry {
  const { value, low, high, n } = figure;
  const apart = Math.max(low === null ? 0 : value - low, high === null ? 0 : high - value);
  const extra = [...(n === null ? [] : [`n = ${count(n)}`]), ...(low === null && high === null ? [] : [interval(low, high)])];
  return {
    name: [scenario, ...placesOf(figure), [figure.measure, ...(figure.label === null ? [] : [figure.label.value])].join(' ')].map((part) => label(part)).join(' / '),
    unit: figure.unit,
    value: rounded(value),
    ...(apart > 0 ? { range: `± ${String(rounded(apart))}` } : {}),
    ...(extra.length === 0 ? {} : { extra: extra.join('\n') }),
  };
}

/** Both files, of a run. */
export function renderBenchmarkAction(input: ReportInput): ReportFile[] {
  return benchmarkActionFiles(trackedFigures(input), input.record.plan.name);
}

/** Both files. */
export function benchmarkActionFiles(figures: readonly TrackedFigure[], scenario: string): ReportFile[] {
  const entries = (better: Better): Entry[] => figures.filter((figure) => figure.better === better).map((figure) => entryOf(figure, scenario));
  return ([['bigger', 'more'], ['smaller', 'less']] as const).map(([word, better]) => ({ name: `benchmark-action-${word}.json`, content: `${JSON.stringify(entries(better), null, 2)}\n` }));
}
