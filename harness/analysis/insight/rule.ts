import type { Analysis, StageAnalysis } from '../../model/analysis.js';
import type { Insight, InsightId } from '../../model/insight.js';
import type { RunRecord, StageResult } from '../../model/record.js';
import type { AnalysedStage } from '../analysed-stage.js';

/** What a rule sees: the record, its measured stages in the order they ran (of a search, those at the rate it found), and where throughput peaked. */
export interface RuleInput {
  record: RunRecord;
  stages: readonly AnalysedStage[];
  peak: Analysis['peak'];
  answers: Analysis['answers'];
  search: Analysis['search'] | undefined;
}

/** One rule: its finding, or null where it has nothing to say. */
export type Rule = (input: RuleInput) => Insight | null;

/** A finding about the whole run, or about the stage that is given. */
export function insight(id: InsightId, severity: Insight['severity'], stage: StageAnalysis | null, evidence: Insight['evidence']): Insight {
  return { id, severity, stage: stage ? stage.index : null, evidence: stage ? { ...levelEvidence(stage), ...evidence } : evidence };
}

/** The load of a stage by the name of what it is counted in; nothing of a job. */
export function levelEvidence({ level }: StageAnalysis): Insight['evidence'] {
  return level.of === 'job' ? {} : { [{ users: 'users', rate: 'rateRps', burst: 'burst', peak: 'peakRps', pairs: 'pairs' }[level.of]]: level.value };
}

/** The item with the largest size; the first of equals, null of an empty list or where every size is 0 or less. */
export function worst<T>(items: readonly T[], size: (item: T) => number): T | null {
  let found: T | null = null;
  let largest = 0;
  for (const item of items) {
    const here = size(item);
    if (here > largest) {
      largest = here;
      found = item;
    }
  }
  return found;
}

/** Share of a stage's ended requests that failed. */
export function failedShare({ requests }: StageResult): number {
  return requests.failed / Math.max(1, requests.completed + requests.failed);
}
