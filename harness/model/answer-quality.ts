/** What the answers before the load say about the matcher: plain data, computed from the record alone. docs/metrics.md, "Answers". */
import type { Estimate, Finding } from './estimate.js';
import type { MatchLabel, ProbeGroup } from './dataset.js';
import type { AbnormalAnswer, GoldenAnswer } from './golden.js';
import type { LabelRule } from './label-rule.js';

/** An area under the ROC curve with the numbers of pairs on either side. */
export interface AucEstimate extends Estimate {
  positives: number;
  negatives: number;
}

/** What AUC tells apart: class high from low; exact from the rest; exact and partial from not. */
export const aucNames = ['highLow', 'exactRest', 'matchNot'] as const;
export type AucName = (typeof aucNames)[number];

/** Right answers among n of one kind. */
export interface RightShare {
  /** Class, family, or bucket of length. */
  name: string;
  right: number;
  n: number;
  /** Absent (`too-few-pairs`) below ten. */
  share: Finding<Estimate>;
}

/** Truth by what was said; labels are MGeo's three, or `same` and `other` where one threshold is all that is known. */
export interface Confusion {
  labels: readonly string[];
  /** counts[i][j]: pairs of label i that were called label j. */
  counts: readonly (readonly number[])[];
  /** By label, in the order of `labels`. */
  f1: readonly number[];
  /** Pairs whose expected labels fit on both sides, and so say nothing. */
  undecidable: number;
}

export interface WorstPair extends GoldenAnswer {
  score: number;
  right: boolean;
  said: readonly MatchLabel[];
  /** model/label-rule.ts; larger is worse. */
  wrongness: number;
}

/** Pairs by score, class by class, in bins of one width. */
export interface ScoreDistribution {
  /** n + 1 edges of n bins; the last bin holds its upper edge. */
  edges: readonly number[];
  classes: readonly { name: string; n: number; counts: readonly number[]; low: number; median: number; high: number }[];
}

export interface AnswerQuality {
  rule: LabelRule;
  confusion: Confusion;
  macroF1: Finding<Estimate>;
  accuracy: Finding<Estimate>;
  classes: readonly RightShare[];
  families: readonly RightShare[];
  lengths: readonly RightShare[];
  worst: readonly WorstPair[];
  /** Answers whose label and score lie on different sides of the scenario's threshold; null where labels are not what is judged. */
  disagree: { count: number; n: number } | null;
}

export interface ProbeFigures {
  rule: LabelRule;
  passed: number;
  n: number;
  groups: readonly { group: ProbeGroup; passed: number; n: number }[];
  rows: readonly { id: string; group: ProbeGroup; pass: boolean; expected: readonly MatchLabel[]; said: readonly MatchLabel[]; score: number | null; text: { a: string; b: string } | null }[];
}

/** One abnormal kind: asked once alone, and under load. */
export interface AbnormalRow {
  kind: string;
  expect: AbnormalAnswer['expect'] | null;
  sent: number;
  asExpected: number;
  answered: number;
  refused: number;
  serverErrors: number;
  /** Other HTTP answers: 1xx and 3xx. */
  otherStatus: number;
  timedOut: number;
  /** Connections that ended without an answer, before any time-out. */
  cutOff: number;
  field: string | null;
  /** Whether the refusal that was read named the field; null where none should. */
  named: boolean | null;
}

export interface AbnormalFigures {
  rows: readonly AbnormalRow[];
  sent: number;
  asExpected: number;
  serverErrors: number;
  timedOut: number;
  cutOff: number;
  /** Refusals that were read and should name a field, and those that did. */
  shouldName: number;
  named: number;
  /** The kind after which the server answered no more; '' = it died under load; null = it lived. */
  diedAfter: string | null;
  /** Kinds that were not asked alone, because asking was given up. */
  notAsked: number;
}

export interface AnswerAnalysis {
  aucs: Readonly<Record<AucName, Finding<AucEstimate>>>;
  distribution: Finding<ScoreDistribution>;
  quality: Finding<AnswerQuality>;
  probes: Finding<ProbeFigures>;
  abnormal: Finding<AbnormalFigures>;
}
