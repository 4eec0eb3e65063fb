/** The answers for programs: result.json, `analysis.answers`. */
import { z } from 'zod';
import type { Analysis, Estimate, Finding } from '../model/analysis.js';
import type { RightShare } from '../model/answer-quality.js';

const whole = z.number().int().min(0);
const estimate = z.strictObject({ value: z.number(), low: z.number().nullable(), high: z.number().nullable(), n: whole }).nullable();
const shares = z.array(z.strictObject({ name: z.string(), right: whole, n: whole }));

export const answersSchema = z.strictObject({
  auc: z.strictObject({ highLow: estimate, exactRest: estimate, matchNot: estimate }).describe('Null where fewer than ten pairs are on a side.'),
  labels: z.enum(['labels', 'thresholds', 'threshold']).nullable().describe('How answers became labels; null where they were not judged.'),
  macroF1: estimate,
  accuracy: estimate,
  confusion: z.strictObject({ labels: z.array(z.string()), counts: z.array(z.array(whole)).describe('Rows: expected; columns: answered.') }).nullable(),
  classes: shares,
  families: shares.describe('By family of operators; a pair counts in each of its families.'),
  lengths: shares.describe('By characters of the longer address.'),
  probes: z.strictObject({ passed: whole, n: whole, groups: z.array(z.strictObject({ group: z.string(), passed: whole, n: whole })) }).nullable(),
  abnormal: z.array(z.strictObject({
    kind: z.string(),
    expect: z.enum(['reject', 'answer', 'either']).nullable(),
    sent: whole,
    asExpected: whole,
    refused: whole.describe('4xx.'),
    answered: whole.describe('2xx.'),
    serverErrors: whole.describe('5xx.'),
    timedOut: whole,
    cutOff: whole.describe('Connections that ended without an answer.'),
    named: z.boolean().nullable().describe('Whether the refusal that was read names the field; null where none should.'),
  })).nullable().describe('Null where no abnormal requests were sent.'),
});
export type AnswersResult = z.infer<typeof answersSchema>;

const numbers = (finding: Finding<Estimate>): z.infer<typeof estimate> =>
  finding.kind === 'absent' ? null : { value: finding.value.value, low: finding.value.low, high: finding.value.high, n: finding.value.n };

/** Counts only: intervals follow from them. */
const counted = (list: readonly RightShare[]): AnswersResult['classes'] => list.map(({ name, right, n }) => ({ name, right, n }));

/** The `analysis.answers` of result.json: null and empty lists where the answers were not judged. */
export function answersResult({ aucs, quality, probes, abnormal }: Analysis['answers']): AnswersResult {
  const judged = quality.kind === 'found' ? quality.value : null;
  return {
    auc: { highLow: numbers(aucs.highLow), exactRest: numbers(aucs.exactRest), matchNot: numbers(aucs.matchNot) },
    labels: judged?.rule.source ?? null,
    macroF1: judged === null ? null : numbers(judged.macroF1),
    accuracy: judged === null ? null : numbers(judged.accuracy),
    confusion: judged === null ? null : { labels: [...judged.confusion.labels], counts: judged.confusion.counts.map((row) => [...row]) },
    classes: counted(judged?.classes ?? []),
    families: counted(judged?.families ?? []),
    lengths: counted(judged?.lengths ?? []),
    probes: probes.kind === 'absent' ? null : { passed: probes.value.passed, n: probes.value.n, groups: probes.value.groups.map(({ group, passed, n }) => ({ group, passed, n })) },
    abnormal: abnormal.kind === 'absent' ? null : abnormal.value.rows.map(({ kind, expect, sent, asExpected, refused, answered, serverErrors, timedOut, cutOff, named }) =>
      ({ kind, expect, sent, asExpected, refused, answered, serverErrors, timedOut, cutOff, named })),
  };
}
