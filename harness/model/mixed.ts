/** Stages that are driven at the same time: the parts of a mix. */
import type { StageResult } from './record.js';
import type { Stage } from './stage.js';

/** The stages that are driven together with `stage`, itself among them. */
export function companionsOf(stage: Stage, stages: readonly Stage[]): Stage[] {
  return stage.mixed === true ? stages.filter(({ mixed }) => mixed === true) : [stage];
}

/** The same of what is in a record. */
export function driven(result: StageResult, stages: readonly StageResult[]): StageResult[] {
  return result.stage.mixed === true ? stages.filter(({ stage }) => stage.mixed === true) : [result];
}

/** What telemetry calls the engine of a stage: each part of a mix has its own, at the same time. */
export function engineSource({ mixed, name }: Pick<Stage, 'mixed' | 'name'>): 'engine' | `engine:${string}` {
  return mixed === true ? `engine:${name}` : 'engine';
}
