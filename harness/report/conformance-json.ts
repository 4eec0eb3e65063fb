/** The conformance suite in result.json. */
import { z } from 'zod';
import { conformanceGroups } from '../model/conformance.js';
import type { RunRecord } from '../model/record.js';
import { checkTitle, seenText } from './conformance-figure.js';
import { textOf } from './text/index.js';

export const conformanceSchema = z.strictObject({
  planned: z.number().int().min(0).describe('Checks of the suite; more than there are rows where it ended early.'),
  checks: z.array(z.strictObject({
    id: z.string(),
    group: z.enum(conformanceGroups),
    level: z.enum(['must', 'should']),
    status: z.enum(['pass', 'fail', 'not-applicable', 'not-run']),
    code: z.string().describe('What was seen, or why there was nothing to see.'),
    values: z.record(z.string(), z.union([z.string(), z.number()])),
    title: z.string(),
    seen: z.string(),
  })),
}).optional().describe('Check by check; absent where load was driven.');

/** Rows of the record with their words; nothing at all where the suite was not run. */
export function conformanceResult({ conformance }: RunRecord): { conformance?: NonNullable<z.infer<typeof conformanceSchema>> } {
  if (conformance === undefined) return {};
  const text = textOf('en');
  const checks = conformance.checks.map((check) => ({ id: check.id, group: check.group, level: check.level, status: check.status, code: check.reason.code, values: check.reason.params, title: checkTitle(check, text), seen: seenText(check, text) }));
  return { conformance: { planned: conformance.planned, checks } };
}
