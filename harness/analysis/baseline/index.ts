/** Runs as a baseline, and runs against one. */
import type { Against } from '../../model/against.js';
import type { Estimate, Finding, Measured } from '../../model/analysis.js';
import type { Baseline, BaselineFigure, Change } from '../../model/baseline.js';
import { figureName, type GatePlan } from '../../model/metric.js';
import type { RunRecord } from '../../model/record.js';
import { changeOf } from './change.js';
import { figuresOf, keptGates, loadName, type KeptFigure, type RunFigures } from './figures.js';
import { isFlips } from '../compare/paired-change.js';
import { observed } from '../interval.js';
import { poolRuns } from './pool.js';
import { answerSides, flipsBetween } from './sides.js';

/** Of the intervals that a baseline keeps, whatever the policy of its runs. */
const keptConfidence = 0.95;
/** Runs from which the noise between runs is taken, where the policy does not say. */
const usualRuns = 5;

/** What a baseline takes from its runs' stages and answers. */
export type PooledRuns = Pick<Baseline, 'answers' | 'confidence' | 'whole' | 'stages'>;

/** Answers questions about a record: handed in, for the analysis of a record also asks for its changes. */
export type Measure = (record: RunRecord, gates: readonly GatePlan[]) => readonly Measured[];

/** The figures of runs that are alike, pooled: by stages of the first, by name. A figure that one of them lacks is left out. */
export function poolBaseline(records: readonly RunRecord[], measure: Measure): PooledRuns {
  const sides = records[0] === undefined ? null : answerSides(records[0]);
  const [first, ...others] = records.map((record) => {
    const questions = keptGates(record);
    return figuresOf(record, questions, measure(record, questions));
  });
  if (first === undefined) throw new RangeError('a baseline has a run');
  const pool = (own: Map<string, KeptFigure>, rest: readonly (Map<string, KeptFigure> | undefined)[]): Record<string, BaselineFigure> =>
    Object.fromEntries([...own].flatMap(([name, { unit, estimate }]): [string, BaselineFigure][] => {
      const all: (Estimate | undefined)[] = [estimate, ...rest.map((figures) => figures?.get(name)?.estimate)];
      const pooled = all.every((one) => one !== undefined) ? poolRuns(all, unit, keptConfidence) : null;
      return pooled === null ? [] : [[name, pooled]];
    }));
  const stageOf = (figures: RunFigures, name: string): Map<string, KeptFigure> | undefined => figures.stages.find((stage) => stage.name === name)?.figures;
  return {
    ...(sides === null ? {} : { answers: sides }),
    confidence: keptConfidence,
    whole: pool(first.whole, others.map(({ whole }) => whole)),
    stages: first.stages.map(({ name, load, figures }) => ({ name, load, figures: pool(figures, others.map((other) => stageOf(other, name))) })),
  };
}

/** What was measured, each gate on a baseline with its change. */
export function withChanges(record: RunRecord, measured: readonly Measured[], against: Against | null, measure: Measure): Measured[] {
  const gates = new Map(record.plan.gates.map((gate) => [gate.id, gate]));
  const others = against === null ? [] : against.others.map((other) => ({ record: other, measured: measure(other, record.plan.gates) }));
  return measured.map((one) => {
    const gate = gates.get(one.gate);
    if (gate !== undefined && isFlips(gate)) return { ...one, value: flipsValue(record, against) };
    return gate?.baseline === undefined ? one : { ...one, change: changeAt(gate, gate.baseline, one, record, against, others) };
  });
}

/** Counted, so it is its own interval. */
function flipsValue(record: RunRecord, against: Against | null): Finding<Estimate> {
  if (against === null) return { kind: 'absent', why: 'no-baseline' };
  const counted = flipsBetween(against.baseline.answers, answerSides(record));
  return counted === null ? { kind: 'absent', why: 'not-checked' } : { kind: 'found', value: observed(counted.flips, counted.checked, record.plan.policy.confidence) };
}

function changeAt(gate: GatePlan, limit: NonNullable<GatePlan['baseline']>, own: Measured, record: RunRecord, against: Against | null, others: readonly { record: RunRecord; measured: readonly Measured[] }[]): Finding<Change> {
  if (against === null) return { kind: 'absent', why: 'no-baseline' };
  if (own.value.kind === 'absent') return own.value;
  const stage = record.stages.find((result) => result.stage.index === own.stage)?.stage;
  const figure = figureIn(against.baseline, gate, stage);
  if (figure === undefined) return { kind: 'absent', why: 'baseline-lacks' };
  const beside = others.flatMap((other): Estimate[] => {
    const index = other.record.stages.find((result) => result.stage.name === stage?.name)?.stage.index ?? null;
    const found = other.measured.find((one) => one.gate === gate.id && one.stage === (stage === undefined ? null : index));
    return found?.value.kind === 'found' && found.valid && !found.infinite ? [found.value.value] : [];
  });
  const pooled = poolRuns([own.value.value, ...beside], gate.unit, against.baseline.confidence);
  if (pooled === null) return { kind: 'absent', why: 'not-measured' };
  const { confidence, minRuns = usualRuns } = record.plan.policy;
  return { kind: 'found', value: changeOf(figure, pooled, limit, { confidence, figureConfidence: against.baseline.confidence, minRuns }) };
}

/** By the stage's name; a stage of another name by its load, where only one has that. */
function figureIn({ whole, stages }: Baseline, gate: GatePlan, stage: RunRecord['stages'][number]['stage'] | undefined): BaselineFigure | undefined {
  const read = (figures: Record<string, BaselineFigure>): BaselineFigure | undefined => (Object.hasOwn(figures, figureName(gate)) ? figures[figureName(gate)] : undefined);
  if (stage === undefined) return read(whole);
  const alike = stages.filter(({ load }) => load === loadName({ stage }));
  const found = stages.find(({ name }) => name === stage.name) ?? (alike.length === 1 ? alike[0] : undefined);
  return found && read(found.figures);
}
