/** How good the answers before the load were, from the record alone: each figure's file says how it is made and when it is refused. */
import type { Finding } from '../../model/analysis.js';
import type { AnswerAnalysis, AnswerQuality, AucEstimate, AucName, WorstPair } from '../../model/answer-quality.js';
import { allClasses, type MatchLabel } from '../../model/dataset.js';
import type { GoldenAnswer } from '../../model/golden.js';
import { isRight, labelRuleOf, saidLabels, wrongness, type LabelRule } from '../../model/label-rule.js';
import type { RunRecord } from '../../model/record.js';
import { shareFinding } from '../interval.js';
import { abnormalFigures } from './abnormal.js';
import { aucFinding } from './auc.js';
import { confusionOf, leastPairs, macroF1, tellsLabelsApart } from './confusion.js';
import { scoreDistribution } from './distribution.js';
import { probeFigures } from './probes.js';
import { lengthBucket, lengthRank, sharesBy } from './shares.js';

type Scored = GoldenAnswer & { score: number };

/** High, low, boundary, noisy; others behind them. */
const classRank = (name: string): number => (allClasses as readonly string[]).indexOf(name) >>> 0;

/** How many of the worst pairs are named. */
const worstShown = 10;

/**
 * How good the answers before the load were (golden.ts, probes), and how abnormal requests were met. Each part is absent with its reason where
 * nothing was asked or the scores mean nothing.
 */
export function analyseAnswers(record: RunRecord): AnswerAnalysis {
  const { plan, probe } = record;
  const golden = probe?.status === 'done' ? (probe.golden ?? []) : [];
  const scored = golden.filter((answer): answer is Scored => answer.score !== null);
  return {
    aucs: aucsOf(scored, plan.policy.confidence),
    distribution: scoreDistribution(scored, plan.request.scoreRange),
    quality: qualityOf(record, scored),
    probes: probeFigures(record),
    abnormal: abnormalFigures(record),
  };
}

/** A pair that may be on either side is on neither. */
function aucsOf(scored: readonly Scored[], confidence: number): Record<AucName, Finding<AucEstimate>> {
  const scores = (is: (answer: Scored) => boolean): number[] => scored.filter(is).map(({ score }) => score);
  const sides = (positive: readonly MatchLabel[]): [number[], number[]] => [
    scores(({ expected }) => expected.length > 0 && expected.every((label) => positive.includes(label))),
    scores(({ expected }) => expected.length > 0 && !expected.some((label) => positive.includes(label))),
  ];
  const find = ([positives, negatives]: [number[], number[]]): Finding<AucEstimate> =>
    scored.length === 0 ? { kind: 'absent', why: 'not-checked' } : aucFinding(positives, negatives, confidence);
  return {
    highLow: find([scores((one) => one.class === 'high'), scores((one) => one.class === 'low')]),
    exactRest: find(sides(['exact'])),
    matchNot: find(sides(['exact', 'partial'])),
  };
}

function qualityOf({ plan, probe, server }: RunRecord, scored: readonly Scored[]): Finding<AnswerQuality> {
  const labelled = scored.filter(({ expected }) => expected.length > 0);
  if (probe?.status !== 'done' || labelled.length === 0) return { kind: 'absent', why: 'not-checked' };
  if (!probe.meaningful) return { kind: 'absent', why: 'scores-meaningless' };
  const { confidence } = plan.policy;
  const rule = labelRuleOf(scored, plan.request, server?.health);
  const judged = labelled.map((answer) => ({ ...answer, right: isRight(answer, rule) }));
  const confusion = confusionOf(labelled, rule);
  const families = probe.families ?? {};
  const right = judged.filter((answer) => answer.right).length;
  const byN = (x: { n: number; name: string }, y: { n: number; name: string }): number => y.n - x.n || (x.name < y.name ? -1 : 1);
  return {
    kind: 'found',
    value: {
      rule,
      confusion,
      macroF1: tellsLabelsApart(labelled, rule) ? macroF1(confusion.counts, confidence) : { kind: 'absent', why: 'too-few-labels' },
      accuracy: judged.length < leastPairs ? { kind: 'absent', why: 'too-few-pairs', needed: leastPairs } : shareFinding(right, judged.length, confidence),
      classes: sharesBy(judged, (one) => [one.class], confidence).sort((x, y) => classRank(x.name) - classRank(y.name)),
      families: sharesBy(judged, ({ operators }) => (operators.length === 0 ? ['none'] : operators.map((name) => families[name] ?? name)), confidence).sort(byN),
      lengths: sharesBy(judged, ({ lengths }) => [lengthBucket(Math.max(...lengths))], confidence).sort((x, y) => lengthRank(x.name) - lengthRank(y.name)),
      worst: worstOf(judged, rule, plan.request.scoreRange),
      disagree: rule.source === 'labels' ? disagreements(labelled, rule.threshold) : null,
    },
  };
}

function worstOf(judged: readonly (Scored & { right: boolean })[], rule: LabelRule, range: readonly [number, number]): WorstPair[] {
  return judged.map((answer, at) => ({ at, pair: { ...answer, said: saidLabels(answer, rule), wrongness: wrongness(answer, rule, range) } }))
    .sort((x, y) => y.pair.wrongness - x.pair.wrongness || x.at - y.at).slice(0, worstShown).map(({ pair }) => pair);
}

/** `exact` below the threshold, or `not` at or above it. */
function disagreements(scored: readonly Scored[], threshold: number): { count: number; n: number } {
  const count = scored.filter(({ label, score }) => (label === 'exact' && score < threshold) || (label === 'not' && score >= threshold)).length;
  return { count, n: scored.length };
}
