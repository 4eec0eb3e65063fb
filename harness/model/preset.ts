import { metrics } from './metric.js';

/** Gates that ship, by name: why each is as it is stands in docs/gating.md. */
export const presetNames = ['smoke', 'recommended', 'release'] as const;
export type PresetName = (typeof presetNames)[number];

/** Metric -> expressions, as a person would write them. */
export const presets: Readonly<Record<PresetName, Readonly<Record<string, readonly string[]>>>> = {
  // Does it work at all? Nothing that a slow or busy machine could break.
  smoke: { errors: ['rate<5%'], answers: ['flips==0'] },
  // For every change: what the noise of one machine leaves to be seen.
  recommended: {
    errors: ['rate<1%'], answers: ['flips==0', 'baselineFlips==0'],
    latency: ['p(95)<=baseline*1.1'], rps: ['rate>=baseline*0.95'], rss: ['max<=baseline*1.2'], vram: ['max<=baseline*1.1'],
  },
  // Before a release, by runs in turn or by a baseline of several: what users would notice, and nothing less.
  release: {
    errors: ['rate<1%', 'rate<=baseline+0.1%'], answers: ['flips==0', 'baselineFlips==0', 'auc>=baseline-0.02', 'f1>=baseline-0.02'],
    latency: ['p(50)<=baseline*1.03', 'p(95)<=baseline*1.05'], rps: ['rate>=baseline*0.97'], rss: ['max<=baseline*1.1'], vram: ['max<=baseline*1.05'],
  },
};

/** A search chooses its own rates, so it has no stage that a baseline could know. */
const notUnderSearch: ReadonlySet<string> = new Set(['rps', 'latency']);

/** What a preset asks of such a load, as metric and expression; of `without` (metrics) nothing, for there the scenario speaks for itself. */
export function presetExpressions(name: PresetName, load: { job: boolean; search: boolean }, without: ReadonlySet<string> = new Set()): { metric: string; expression: string }[] {
  const fits = (metric: string): boolean => {
    const { load: only } = metrics[metric] ?? {};
    return !without.has(metric) && (only === undefined || (only === 'job') === load.job) && !(load.search && notUnderSearch.has(metric));
  };
  return Object.entries(presets[name]).filter(([metric]) => fits(metric)).flatMap(([metric, expressions]) => expressions.map((expression) => ({ metric, expression })));
}
