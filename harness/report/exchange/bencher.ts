/** Bencher Metric Format: benchmark → measure → value with its bounds. A benchmark is a stage, of a comparison that of an arm; measures are words with hyphens. */
import type { ReportInput } from '../report-input.js';
import { label, rounded, slug } from './label.js';
import { placesOf, trackedFigures, type TrackedFigure } from './tracked-figure.js';

interface BencherValue {
  value: number;
  lower_value?: number;
  upper_value?: number;
}

function measureOf({ measure, label: more }: TrackedFigure): string {
  return slug(more === null ? measure : `${measure}-${more.value}`);
}

/** The whole file, of a run. */
export function renderBencher(input: ReportInput): string {
  return bencherText(trackedFigures(input), input.record.plan.name);
}

/** The whole file. */
export function bencherText(figures: readonly TrackedFigure[], scenario: string): string {
  const benchmarks = new Map<string, Map<string, BencherValue>>();
  for (const figure of figures) {
    const name = [scenario, ...placesOf(figure)].map((part) => label(part)).join(' / ');
    const measures = benchmarks.get(name) ?? new Map<string, BencherValue>();
    benchmarks.set(name, measures);
    measures.set(unused(measureOf(figure), measures), {
      value: rounded(figure.value),
      ...(figure.low === null ? {} : { lower_value: rounded(figure.low) }),
      ...(figure.high === null ? {} : { upper_value: rounded(figure.high) }),
    });
  }
  return `${JSON.stringify(Object.fromEntries([...benchmarks].map(([name, measures]) => [name, Object.fromEntries(measures)])), null, 2)}\n`;
}

/** Two figures of a job may have the same letters: the second gets a number, so that neither is lost. */
function unused(name: string, taken: ReadonlyMap<string, unknown>): string {
  for (let n = 1; ; n += 1) {
    const asked = n === 1 ? name : `${name.slice(0, 60)}-${String(n)}`;
    if (!taken.has(asked)) return asked;
  }
}
