/** Are the answers right, and do they stay the same under load? */
import type { StageResult } from '../../model/record.js';
import { answersUnderLoad } from '../answers.js';
import { insight, worst, type Rule } from './rule.js';

/** A truth about answers that did not hold. Names the first that failed, by the probe's order. */
export const oracleFailed: Rule = ({ record: { probe } }) => {
  if (probe?.status !== 'done') return null;
  const judged = probe.oracles.filter((oracle) => oracle.status !== 'skipped');
  const failed = judged.filter((oracle) => oracle.status === 'fail');
  const first = failed[0];
  return first ? insight('oracle-failed', 'bad', null, { oracle: first.id, failed: failed.length, judged: judged.length, n: first.n }) : null;
};

/** Answers at concurrency 1 that were none. */
export const wrongAnswers: Rule = ({ record: { probe } }) => {
  if (probe?.status !== 'done') return null;
  const kinds = Object.entries(probe.wrong);
  const most = worst(kinds, ([, n]) => n);
  if (!most) return null;
  return insight('wrong-answers', 'bad', null, { kind: most[0], count: most[1], wrong: kinds.reduce((sum, [, n]) => sum + n, 0), asked: probe.asked });
};

/** A pair that changed sides under load, in the stage where it was most frequent. */
export const flipsUnderLoad: Rule = ({ stages }) => {
  const stage = worst(stages, ({ result }) => result.answers.flips / Math.max(1, result.answers.checked));
  if (!stage) return null;
  const { flips, checked, maxDelta } = stage.result.answers;
  return insight('flips-under-load', 'bad', stage.analysis, { flips, checked, maxDelta: maxDelta ?? 0 });
};

/** Answers by a fallback of this share and more are bad, fewer are a warning. */
const badShare = 0.01;

/** A fallback answered in place of the model: speed and answers of that stage are not the model's. The stage with the largest share. */
export const fallbackAnswered: Rule = ({ stages }) => {
  const shareOf = ({ result: { degraded = 0, requests } }: { result: StageResult }): number => degraded / Math.max(1, requests.completed);
  const stage = worst(stages, shareOf);
  if (!stage) return null;
  const share = shareOf(stage);
  return insight('fallback-answered', share >= badShare ? 'bad' : 'warn', stage.analysis, { degraded: stage.result.degraded ?? 0, completed: stage.result.requests.completed, share });
};

/** Scores that moved by more than the tolerance without any change of side. */
export const answersMove: Rule = ({ record, stages }) => {
  if (stages.some(({ result }) => result.answers.flips > 0)) return null;
  const stage = worst(stages, ({ result }) => result.answers.moved / Math.max(1, result.answers.checked));
  if (!stage) return null;
  const { moved, checked, maxDelta } = stage.result.answers;
  return insight('answers-move', 'warn', stage.analysis, { moved, checked, maxDelta: maxDelta ?? 0, tolerance: record.plan.answers.tolerance });
};

/** The server says of itself that its scores mean nothing (random weights, simulation). */
export const scoresMeaningless: Rule = ({ record: { server } }) =>
  server?.scoresMeaningful === false ? insight('scores-meaningless', 'info', null, { model: server.model ?? server.kind }) : null;

/** Answers were compared, none moved, and every oracle that was judged held. */
export const answersHold: Rule = ({ record: { probe }, stages }) => {
  const answers = answersUnderLoad(stages.map(({ result }) => result));
  if (answers.kind === 'absent' || answers.value.flips > 0 || answers.value.moved > 0 || probe?.status !== 'done') return null;
  if (probe.oracles.some((oracle) => oracle.status === 'fail') || Object.keys(probe.wrong).length > 0) return null;
  return insight('answers-hold', 'good', null, { checked: answers.value.checked, oracles: probe.oracles.filter((oracle) => oracle.status === 'pass').length });
};
