/** The gates of every arm, judged in each of its runs: which arm is beyond them, by how much, and the cells of the table. */
import { armLimits, armsBeyondLimits, type ArmLimit } from '../../model/arm-limits.js';
import type { ComparisonRecord } from '../../model/comparison.js';
import { count, inUnit } from '../number.js';
import { statusSymbol } from '../stage-figure.js';
import type { Text } from '../text/index.js';
import { checkWords } from '../words.js';
import { stageOf } from './rows.js';

/** More would bury the first. */
const mostNamed = 3;

const measured = ({ actual, unit, reason }: ArmLimit, text: Text): string => (actual === null ? checkWords(text, { reason }) : text.compare.limits.measured(inUnit(actual, unit)));

/** The gates that an arm failed, with what was measured and how often: those that failed most often, first; null where the runs do not tell. */
export function failuresText(record: ComparisonRecord, arm: string, text: Text): string | null {
  const { limits } = text.compare;
  const failed = armLimits(record).filter((one) => one.arm === arm && one.level === 'error' && one.failed > 0).sort((a, b) => b.failed - a.failed);
  if (failed.length === 0) return null;
  const told = failed.slice(0, mostNamed).map((one) => limits.failure(one.gate, one.stage === null ? '' : stageOf(one, text), measured(one, text), count(one.failed), count(one.runs)));
  return [...told, ...(failed.length > mostNamed ? [limits.more(count(failed.length - mostNamed))] : [])].join(text.listSeparator);
}

/** A sentence for each of these arms, all of which are beyond their limits. */
export function beyondSentences(record: ComparisonRecord, arms: readonly string[], text: Text): string[] {
  return arms.map((arm) => {
    const failures = failuresText(record, arm, text);
    return failures === null ? text.compare.gatesFailed(arm) : text.compare.limits.beyond(arm, failures);
  });
}

/** Whether not one arm is within its limits. */
export function noneWithin(record: ComparisonRecord): boolean {
  return record.arms.length > 1 && armsBeyondLimits(record).length === record.arms.length;
}

/** Names of the columns of `limitCells`. */
export function limitHead({ compare: { head, gates: { head: gate }, limits } }: Text): string[] {
  return [head.arm, gate.gate, head.stage, limits.mean, limits.failed, gate.status];
}

/** A row for every gate of every arm; none where there is one arm, nor of a file from before they were kept. */
export function limitCells(record: ComparisonRecord, text: Text): string[][] {
  if (record.arms.length < 2) return [];
  return armLimits(record).map((one) => [
    one.arm, one.gate, stageOf(one, text), one.actual === null && one.status !== 'pass' ? checkWords(text, one) : inUnit(one.actual, one.unit), text.compare.limits.of(count(one.failed), count(one.runs)),
    `${statusSymbol[one.status]} ${text.status[one.status]}${one.level === 'warn' ? text.aside(text.level.warn) : ''}`,
  ]);
}
