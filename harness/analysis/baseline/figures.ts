/** What a baseline keeps of a run: every figure that a gate can ask for, whichever gates the run was made with. */
import type { Estimate, Measured } from '../../model/analysis.js';
import { aggregationName, figureName, metrics, type Aggregation, type GatePlan } from '../../model/metric.js';
import type { RunRecord } from '../../model/record.js';
import { levelOf } from '../../model/stage.js';

/** The percentiles kept of everything that has them. */
const percentiles = [50, 90, 95, 99] as const;
/** Changes through a window are compared with nothing, and what a job prints is kept by its name. */
const notKept: ReadonlySet<string> = new Set(['drift', 'leak', 'metric']);

/** The figures of one run: of the whole, and of each measured stage. */
export interface RunFigures {
  whole: Map<string, KeptFigure>;
  stages: { name: string; load: string; figures: Map<string, KeptFigure> }[];
}

export interface KeptFigure {
  unit: string;
  estimate: Estimate;
}

/** One question for every figure that is kept, and those of the run's own gates. */
export function keptGates({ plan, stages }: RunRecord): GatePlan[] {
  const job = plan.load.job !== undefined;
  const usual = Object.values(metrics).filter(({ name, load }) => !notKept.has(name) && (load === undefined || (load === 'job') === job)).flatMap(({ name, aggregations, percentiles: p }) => [
    ...(p === null ? [] : percentiles.map((each) => questionOf(name, { kind: 'percentile', p: each }, p.unit))),
    ...Object.entries(aggregations).map(([aggregation, { unit }]) => questionOf(name, { kind: 'named', name: aggregation }, unit)),
  ]);
  const printed = [...new Set(stages.flatMap(({ job: result }) => (result?.metrics ?? []).map(({ name }) => name)))];
  const last = printed.map((name) => questionOf('metric', { kind: 'named', name: 'last' }, '', { name }));
  const own = plan.gates.map((gate) => questionOf(gate.metric, gate.aggregation, gate.unit, withoutStage(gate.selector)));
  const all = [...usual, ...last, ...own];
  return all.filter(({ id }, i) => all.findIndex((other) => other.id === id) === i);
}

function questionOf(metric: string, aggregation: Aggregation, unit: string, selector: Record<string, string> = {}): GatePlan {
  const gate = { metric, aggregation, selector };
  return { ...gate, id: figureName(gate), expression: aggregationName(aggregation), operator: '<', limit: null, unit, level: 'warn' };
}

const withoutStage = (selector: Record<string, string>): Record<string, string> => Object.fromEntries(Object.entries(selector).filter(([key]) => key === 'gpu' || key === 'name'));

/** `measured` answers the questions. What is absent, infinite or of an invalid stage is left out. */
export function figuresOf(record: RunRecord, questions: readonly GatePlan[], measured: readonly Measured[]): RunFigures {
  const take = (stage: number | null): Map<string, KeptFigure> => new Map(questions.flatMap(({ id, unit }): [string, KeptFigure][] => {
    const found = measured.find((one) => one.gate === id && one.stage === stage);
    return found?.value.kind === 'found' && found.valid && !found.infinite ? [[id, { unit, estimate: found.value.value }]] : [];
  }));
  const stages = record.stages.filter(({ stage }) => stage.role === 'measure').map(({ stage }) => ({ name: stage.name, load: loadName({ stage }), figures: take(stage.index) }));
  return { whole: take(null), stages };
}

/** How a gate would select a stage by its load. */
export function loadName({ stage }: Pick<RunRecord['stages'][number], 'stage'>): string {
  const { of, value } = levelOf(stage.arrival);
  return `${of}:${String(value)}`;
}
