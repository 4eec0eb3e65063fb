/** The verdict on several runs together: what they were made for decides, but no arm may hide that its gates failed. */
import { armsBeyondLimits } from '../model/arm-limits.js';
import type { ComparisonRecord, ComparisonVerdict, PairedCheck } from '../model/comparison.js';

/**
 * fail: an arm failed its gates in more than half of its runs, or an arm differs from itself (--aa).
 * With gates on a baseline these decide in place of the deciding figure: fail where one fails, inconclusive where one is open.
 * invalid: no pair (or no run) gave valid figures. inconclusive: what is asked (which is better; of replicas whether each step is worth it; which arm changes answers) is not decided. pass: everything else.
 */
export function judgeComparison(record: ComparisonRecord, strict: boolean): ComparisonVerdict {
  const { rounds, comparisons, summaries, design, checks = [] } = record;
  const [failing] = armsBeyondLimits(record);
  if (failing !== undefined) return { status: 'fail', exitCode: 1, code: 'gates-failed', arm: failing };
  if (record.drills !== undefined) {
    // What a generator that lagged saw is told all the same, but it decides nothing.
    const told = record.drills.some(({ arm, pair, outage }) => outage.kind === 'found' && !rounds.some((round) => round.arm === arm && round.pair === pair && round.verdict === 'invalid'));
    return told ? { status: 'pass', exitCode: 0, code: 'drilled', arm: '' } : { status: 'invalid', exitCode: 4, code: 'nothing-valid', arm: '' };
  }
  // Answers were asked before the load: they are told however the load was measured.
  if (design.by === 'answers') return comparisons.length > 0 && comparisons.every(({ answers }) => answers !== undefined) ? { status: 'pass', exitCode: 0, code: 'decided', arm: '' } : { status: 'inconclusive', exitCode: strict ? 4 : 0, code: 'undecided', arm: '' };
  const words = comparisons.map(({ deciding, rows }) => (deciding === null ? null : (rows[deciding]?.word ?? null)));
  // Arms that are sent different things on purpose are shown beside each other, not decided between.
  const open = comparisons.filter(({ traffic }, i) => traffic.length === 0 && (words[i] === null || words[i] === 'inconclusive'));
  const nothing = comparisons.length === 0 ? summaries.every(({ rows }) => rows.length === 0) : words.every((word) => word === null);
  if (nothing) return { status: 'invalid', exitCode: 4, code: 'nothing-valid', arm: '' };
  if (design.aa && words.some((word) => word === 'better' || word === 'worse')) return { status: 'fail', exitCode: 1, code: 'differs-from-itself', arm: '' };
  if (checks.length > 0) return judgeChecks(checks, strict);
  if (record.scaling === undefined ? open.length > 0 : record.scaling.some(({ word }) => word === 'open')) return { status: 'inconclusive', exitCode: strict ? 4 : 0, code: 'undecided', arm: '' };
  return { status: 'pass', exitCode: 0, code: comparisons.length === 0 ? 'repeated' : 'decided', arm: '' };
}

function judgeChecks(checks: readonly PairedCheck[], strict: boolean): ComparisonVerdict {
  const deciding = checks.filter(({ level }) => level === 'error');
  const failed = deciding.find(({ status }) => status === 'fail');
  if (failed !== undefined) return { status: 'fail', exitCode: 1, code: 'release-fails', arm: failed.arm };
  const open = deciding.find(({ status }) => status === 'inconclusive');
  if (open !== undefined) return { status: 'inconclusive', exitCode: strict ? 4 : 0, code: 'release-open', arm: open.arm };
  return { status: 'pass', exitCode: 0, code: 'release-holds', arm: '' };
}
