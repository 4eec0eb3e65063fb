/** The table of the conformance suite as every output shows it. */
import { conformanceGroups, type ConformanceRecord, type ConformanceResult } from '../model/conformance.js';
import type { RunRecord } from '../model/record.js';
import { count } from './number.js';
import type { Text } from './text/index.js';
import { nameIn, own } from './words.js';
import type { Sentence } from './text/text-code.js';

/** Whether the run was to make the checks of the suite: nothing is then said of load and answers. */
export function isConformance({ plan }: { plan: Pick<RunRecord['plan'], 'load'> }): boolean {
  return plan.load.conformance !== undefined;
}

/** What stands before a row, whatever the colour. */
export const conformanceSymbol: Readonly<Record<ConformanceResult['status'], string>> = { 'pass': '✓', 'fail': '✗', 'not-applicable': '–', 'not-run': '·' };

/** A check as a sentence; its id where the record is younger than this program. */
export function checkTitle({ id }: Pick<ConformanceResult, 'id'>, text: Text): string {
  return nameIn(text.conformance.checks, id);
}

/** What was seen; '' where there is nothing to add. */
export function seenText({ reason: { code, params } }: ConformanceResult, text: Text): string {
  return own<Sentence>(text.conformance.reasons, code)?.(params) ?? text.conformance.unknown(code, params);
}

const numberOf = ({ checks }: Pick<ConformanceRecord, 'checks'>, status: ConformanceResult['status']): number => checks.filter((check) => check.status === status).length;

/** "74 hold, 1 fail, 3 not applicable"; how many were not run, where some were not. */
export function tallyText(suite: Pick<ConformanceRecord, 'checks'>, text: Text): string {
  const of = (status: ConformanceResult['status']): string => count(numberOf(suite, status));
  return text.conformance.tally(of('pass'), of('fail'), of('not-applicable'), numberOf(suite, 'not-run') === 0 ? null : of('not-run'));
}

/** Rows by group, in the order of the suite; groups without a row are left out. */
export function groupsOf({ checks }: ConformanceRecord, text: Text): { name: string; rows: ConformanceResult[] }[] {
  return conformanceGroups.map((group) => ({ name: text.conformance.groups[group], rows: checks.filter((check) => check.group === group) })).filter(({ rows }) => rows.length > 0);
}

/** A sentence about a suite that ended early; null for a whole one. */
export function earlyText(suite: ConformanceRecord, text: Text): string | null {
  const made = suite.checks.length - numberOf(suite, 'not-run');
  return made === 0 ? text.conformance.notRun : made < suite.planned ? text.conformance.early(count(made), count(suite.planned)) : null;
}
