/** What a spike and a soak were driven for: does the server come back, does anything drift or leak? */
import type { Drift, Recovery } from '../../model/shape-analysis.js';
import type { AnalysedStage } from '../analysed-stage.js';
import { insight, worst, type Rule, type RuleInput } from './rule.js';

/** Spikes whose recovery could be judged, and whose measurement is not invalid. */
function spikes({ stages }: RuleInput): { stage: AnalysedStage; recovery: Recovery }[] {
  return stages.flatMap((stage) => (stage.analysis.recovery?.kind === 'found' && stage.analysis.validity.status !== 'invalid' ? [{ stage, recovery: stage.analysis.recovery.value }] : []));
}

const named = ({ p, limitMs }: Recovery) => ({ percentile: `p${String(p)}`, limitMs });

/** The limit was not met again, or not for long enough, while it was watched. */
export const notRecovered: Rule = (input) => {
  const found = spikes(input).find(({ recovery }) => !recovery.recovered);
  if (!found) return null;
  const { arrival } = found.stage.result.stage;
  return insight('not-recovered', 'bad', found.stage.analysis, { watchedS: found.recovery.watchedS, ...named(found.recovery), baseRps: arrival.kind === 'spike' ? arrival.baseRps : 0 });
};

/** All spikes were recovered from: the slowest of them. */
export const recovered: Rule = (input) => {
  const all = spikes(input);
  const [first] = all.toSorted((a, b) => b.recovery.time.value - a.recovery.time.value);
  if (!first || all.some(({ recovery }) => !recovery.recovered)) return null;
  return insight('recovered', 'good', first.stage.analysis, { timeS: first.recovery.time.value, ...named(first.recovery) });
};

interface Row { stage: AnalysedStage; drift: Drift; value: number; low: number; high: number; median: number }

/** Quantities with a slope in soaks. */
function rows({ stages }: RuleInput): Row[] {
  return stages.flatMap((stage) => (stage.analysis.validity.status === 'invalid' ? [] : stage.analysis.drift.flatMap((drift): Row[] => {
    if (drift.slope.kind === 'absent' || drift.median === null) return [];
    const { value, low, high } = drift.slope.value;
    return [{ stage, drift, value, low: low ?? value, high: high ?? value, median: drift.median }];
  })));
}

/** Memory that rises through a soak; that of the server before that of a GPU, the steeper first. */
export const leak: Rule = (input) => {
  const rising = rows(input).filter(({ drift, value }) => drift.word === 'drifts' && drift.unit === 'MiB' && value > 0);
  const most = worst(rising, ({ value, median }) => value / median);
  return most && insight('leak', 'warn', most.stage.analysis, { what: most.drift.of, slopeMiB: most.value, lowMiB: most.low, highMiB: most.high, medianMiB: most.median });
};

/** Latency that goes one way through a soak, up or down. */
export const latencyDrifts: Rule = (input) => {
  const moving = rows(input).filter(({ drift }) => drift.word === 'drifts' && drift.unit === 'ms');
  const most = worst(moving, ({ value, median }) => Math.abs(value) / median);
  return most && insight('latency-drifts', 'warn', most.stage.analysis, { percentile: most.drift.of === 'latency-p50' ? 'p50' : 'p95', slopeMs: most.value, lowMs: most.low, highMs: most.high, medianMs: most.median });
};

/** Every quantity of every soak was shown to stay. */
export const noDrift: Rule = ({ stages }) => {
  const soaks = stages.filter(({ analysis }) => analysis.drift.length > 0);
  const [first] = soaks;
  if (!first || soaks.some(({ analysis }) => analysis.validity.status === 'invalid' || analysis.drift.some(({ word }) => word !== 'steady'))) return null;
  return insight('no-drift', 'good', first.analysis, { windowS: (first.result.windowToMs - first.result.windowFromMs) / 1000, quantities: first.analysis.drift.length });
};
