/**
 * How an answer becomes a label, and how wrong it is. Used twice: by the probe, to know whose text to keep, and by the analysis.
 *
 *   labels      the server answers exact, partial or not itself
 *   thresholds  it says at which scores they begin (/health: thresholds or labels {partial, exact}, beside or in `model`)
 *   threshold   only one threshold is known: at or above it the places are the same, below it partial or not
 *
 * The first that is there for every answer is taken.
 */
import type { MatchLabel } from './dataset.js';
import type { RequestPlan } from './request.js';

export type LabelRule =
  | { source: 'labels'; threshold: number }
  | { source: 'thresholds'; partial: number; exact: number }
  | { source: 'threshold'; threshold: number };

/** What a rule looks at. */
export interface Answered {
  expected: readonly MatchLabel[];
  score: number;
  label?: MatchLabel | undefined;
}

/** What is known of a wire format's threshold. */
export type Threshold = Pick<RequestPlan, 'threshold' | 'thresholdFrom'>;

/** The rule for these answers. `health` is the server's own /health, in whatever form it came. */
export function labelRuleOf(answers: readonly { score: number | null; label?: MatchLabel | undefined }[], request: Threshold, health: unknown): LabelRule {
  const threshold = sameFrom(request, health);
  const given = answers.filter(({ score }) => score !== null);
  if (given.length > 0 && given.every(({ label }) => label !== undefined)) return { source: 'labels', threshold };
  const said = namedThresholds(health);
  return said === null ? { source: 'threshold', threshold } : { source: 'thresholds', ...said };
}

/** The score from which on an answer says "the same place": the scenario's, else where the server's own `exact` begins, else the default. */
export function sameFrom({ threshold, thresholdFrom }: Threshold, health: unknown): number {
  return thresholdFrom === 'default' ? (namedThresholds(health)?.exact ?? threshold) : threshold;
}

function namedThresholds(health: unknown): { partial: number; exact: number } | null {
  return thresholdsOf(health) ?? thresholdsOf((health as { model?: unknown } | null | undefined)?.model);
}

function thresholdsOf(value: unknown): { partial: number; exact: number } | null {
  const { thresholds, labels } = (value ?? {}) as { thresholds?: unknown; labels?: unknown };
  const { partial, exact } = (thresholds ?? labels ?? {}) as { partial?: unknown; exact?: unknown };
  const sound = typeof partial === 'number' && typeof exact === 'number' && Number.isFinite(partial) && Number.isFinite(exact) && partial <= exact;
  return sound ? { partial, exact } : null;
}

/** The labels an answer may stand for: one, or two where a single threshold cannot tell them apart. */
export function saidLabels({ score, label }: Pick<Answered, 'score' | 'label'>, rule: LabelRule): readonly MatchLabel[] {
  if (rule.source === 'labels') return label === undefined ? [] : [label];
  if (rule.source === 'thresholds') return [score >= rule.exact ? 'exact' : score >= rule.partial ? 'partial' : 'not'];
  return score >= rule.threshold ? ['exact'] : ['partial', 'not'];
}

/** Whether the answer is one of those that are right. */
export function isRight(answer: Answered, rule: LabelRule): boolean {
  return saidLabels(answer, rule).some((label) => answer.expected.includes(label));
}

const step: Readonly<Record<MatchLabel, number>> = { not: 0, partial: 1, exact: 2 };

/**
 * How wrong an answer is: twice the labels it is away from the nearest right one (0, 1, 2), plus how far its score lies on the wrong side of the
 * boundary of the right answers, as a share of the room there (−1 to 1, negative on the right side). Twice, so that no wrong answer stands below a right one. Larger is worse.
 */
export function wrongness(answer: Answered, rule: LabelRule, scoreRange: readonly [number, number]): number {
  const said = saidLabels(answer, rule);
  const away = Math.min(...said.flatMap((one) => answer.expected.map((right) => Math.abs(step[one] - step[right]))), 2);
  return 2 * away + margin(answer, rule, scoreRange);
}

function margin({ expected, score }: Answered, rule: LabelRule, [least, most]: readonly [number, number]): number {
  const upper = rule.source === 'thresholds' ? rule.exact : rule.threshold;
  const lower = rule.source === 'thresholds' ? rule.partial : upper;
  const room = (width: number): number => (width > 0 ? width : 1);
  // How far below the floor, or above the ceiling, of what the right labels allow.
  const floor = expected.includes('not') ? null : expected.includes('partial') ? lower : upper;
  const ceiling = expected.includes('exact') ? null : expected.includes('partial') ? upper : lower;
  const beyond = [
    ...(floor === null ? [] : [score < floor ? (floor - score) / room(floor - least) : (floor - score) / room(most - floor)]),
    ...(ceiling === null ? [] : [score >= ceiling ? (score - ceiling) / room(most - ceiling) : (score - ceiling) / room(ceiling - least)]),
  ];
  return beyond.length === 0 ? 0 : Math.max(...beyond);
}
