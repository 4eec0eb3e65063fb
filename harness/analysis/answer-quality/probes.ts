/**
 * Probe pairs: renamed districts, polyphones, aliases and their traps. A probe passes when the label that was said is one of those expected; one without an
 * answer does not pass. The set is fixed, not a sample of anything: its pass rate is counted and has no interval.
 * Refuses (`no-probes`) where none was asked, and (`scores-meaningless`) where the server says that its scores mean nothing.
 */
import type { Finding } from '../../model/analysis.js';
import type { ProbeFigures } from '../../model/answer-quality.js';
import { probeGroups } from '../../model/dataset.js';
import type { ProbeAnswer } from '../../model/golden.js';
import { isRight, labelRuleOf, saidLabels } from '../../model/label-rule.js';
import type { RunRecord } from '../../model/record.js';

/**
 * Probes passed, by group and one by one, judged by labels or by the threshold (model/label-rule.ts); a probe without an answer fails. Absent:
 * `no-probes`, `scores-meaningless`.
 */
export function probeFigures({ plan, probe, server }: RunRecord): Finding<ProbeFigures> {
  if (probe?.status !== 'done' || probe.probes === undefined || probe.probes.length === 0) return { kind: 'absent', why: 'no-probes' };
  if (!probe.meaningful) return { kind: 'absent', why: 'scores-meaningless' };
  const rule = labelRuleOf(probe.probes, plan.request, server?.health);
  const rows = probe.probes.map(({ id, group, expected, score, label, text }: ProbeAnswer) => {
    const answer = score === null ? null : { expected, score, label };
    return { id, group, expected, score, text: text ?? null, pass: answer !== null && isRight(answer, rule), said: answer === null ? [] : saidLabels(answer, rule) };
  });
  const passed = (list: typeof rows): number => list.filter(({ pass }) => pass).length;
  const groups = probeGroups.map((group) => ({ group, list: rows.filter((row) => row.group === group) })).filter(({ list }) => list.length > 0)
    .map(({ group, list }) => ({ group, passed: passed(list), n: list.length }));
  return { kind: 'found', value: { rule, passed: passed(rows), n: rows.length, groups, rows } };
}
