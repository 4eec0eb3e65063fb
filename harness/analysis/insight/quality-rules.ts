/** Where is the matcher weak, and does it agree with itself? */
import { shareFinding } from '../interval.js';
import { insight, worst, type Rule } from './rule.js';

/** A family must be this much worse, as a share, before it is named. */
const worseBy = 0.1;
/** Labels and scores on different sides: of three logits no single score tells the label exactly, so some near the threshold always are. */
const disagreeShare = 0.05;

/**
 * The family of operators whose answers are worst, where its interval lies wholly below that of all other pairs. As many families as are compared
 * share the error: the interval of each is at 1 − (1 − confidence)/k (Bonferroni).
 */
export const familyWorse: Rule = ({ record, answers: { quality } }) => {
  if (quality.kind === 'absent') return null;
  const families = quality.value.families.filter(({ share }) => share.kind === 'found');
  const all = quality.value.classes.reduce((sum, { right, n }) => ({ right: sum.right + right, n: sum.n + n }), { right: 0, n: 0 });
  const confidence = 1 - (1 - record.plan.policy.confidence) / Math.max(1, families.length);
  const gap = ({ right, n }: { right: number; n: number }): number => {
    const rest = { right: all.right - right, n: all.n - n };
    const [here, there] = [shareFinding(right, n, confidence), shareFinding(rest.right, rest.n, confidence)];
    if (here.kind === 'absent' || there.kind === 'absent' || (here.value.high ?? 1) >= (there.value.low ?? 0)) return 0;
    const difference = there.value.value - here.value.value;
    return difference >= worseBy ? difference : 0;
  };
  const weakest = worst(families, gap);
  if (!weakest) return null;
  return insight('family-worse', 'warn', null, { family: weakest.name, right: weakest.right, n: weakest.n, share: weakest.right / weakest.n, restShare: (all.right - weakest.right) / (all.n - weakest.n) });
};

/** The label says one thing and the score, by the threshold, another: more often than chance would have it. */
export const labelsDisagree: Rule = ({ record, answers: { quality } }) => {
  if (quality.kind === 'absent' || quality.value.disagree === null || quality.value.rule.source !== 'labels') return null;
  const { count, n } = quality.value.disagree;
  const share = shareFinding(count, n, record.plan.policy.confidence);
  return share.kind === 'found' && (share.value.low ?? 0) > disagreeShare ? insight('labels-disagree', 'warn', null, { count, n, threshold: quality.value.rule.threshold }) : null;
};

/** Probes that failed: information, for small models are known not to learn names of the world. */
export const probesFailed: Rule = ({ answers: { probes } }) => {
  if (probes.kind === 'absent') return null;
  const { passed, n, groups } = probes.value;
  const most = worst(groups, (group) => group.n - group.passed);
  return most === null ? null : insight('probes-failed', 'info', null, { failed: n - passed, n, group: most.group, groupFailed: most.n - most.passed, groupN: most.n });
};

/** Most kinds named in one sentence. */
const mostKinds = 5;

const listed = (kinds: readonly string[]): string => (kinds.length <= mostKinds ? kinds.join(', ') : `${kinds.slice(0, mostKinds).join(', ')}, … (${String(kinds.length)})`);

/** Malformed requests that were not met as a sound server meets them; names the kinds, the most frequent first. */
export const abnormalMishandled: Rule = ({ answers: { abnormal } }) => {
  if (abnormal.kind === 'absent') return null;
  const { rows, sent, asExpected } = abnormal.value;
  const wrong = rows.filter((row) => row.asExpected < row.sent).sort((x, y) => (y.sent - y.asExpected) - (x.sent - x.asExpected));
  if (wrong.length === 0) return null;
  const { serverErrors, timedOut, cutOff } = abnormal.value;
  return insight('abnormal-mishandled', 'bad', null, { mishandled: sent - asExpected, sent, kinds: listed(wrong.map(({ kind }) => kind)), serverErrors, timedOut, cutOff });
};

/** Refusals that do not say which field is wrong. */
export const fieldNotNamed: Rule = ({ answers: { abnormal } }) => {
  if (abnormal.kind === 'absent' || abnormal.value.named === abnormal.value.shouldName) return null;
  const { rows, named, shouldName } = abnormal.value;
  return insight('field-not-named', 'warn', null, { unnamed: shouldName - named, refused: shouldName, kinds: listed(rows.filter((row) => row.named === false).map(({ kind }) => kind)) });
};
