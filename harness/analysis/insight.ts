/**
 * Findings by rule: what a reader should notice, with its numbers. The rules stand in insight/, one small function each.
 *
 * Every rule looks at measured stages alone and gives at most one finding (its worst case). They are sorted by severity (bad, warn,
 * info, good), then by the order below, and cut at seven: the same record always gives the same list.
 */
import type { Insight } from '../model/insight.js';
import { answersHold, answersMove, fallbackAnswered, flipsUnderLoad, oracleFailed, scoresMeaningless, wrongAnswers } from './insight/answer-rules.js';
import { errorsByKind, longTail, noAnswers, stageIncomplete, stalls, usersHideWaits } from './insight/failure-rules.js';
import { figureNotFinite, jobSilent, linesMalformed } from './insight/job-rules.js';
import { noGpu, memoryRising, vramNearLimit, vramRising } from './insight/memory-rules.js';
import { abnormalMishandled, familyWorse, fieldNotNamed, labelsDisagree, probesFailed } from './insight/quality-rules.js';
import { keepsUp, unstable } from './insight/rate-rules.js';
import type { Rule, RuleInput } from './insight/rule.js';
import { capacity, capacityCliff, capacityMachine } from './insight/search-rules.js';
import { pastTheKnee, saturation, scales } from './insight/scale-rules.js';
import { latencyDrifts, leak, noDrift, notRecovered, recovered } from './insight/shape-rules.js';
import { cacheCarries, coldStart, computeBound, paddingTax, queueing, serverCpuBound, serverThrottled, tokenising } from './insight/time-rules.js';
import { busyMachine, censored, generatorLimit, tooFewSamples, warmUpTooShort } from './insight/trust-rules.js';

const most = 7;
const severities: readonly Insight['severity'][] = ['bad', 'warn', 'info', 'good'];

const rules: readonly Rule[] = [
  noAnswers, stageIncomplete, oracleFailed, wrongAnswers, fallbackAnswered, flipsUnderLoad, abnormalMishandled, unstable, notRecovered, figureNotFinite, errorsByKind,
  linesMalformed, capacityMachine, capacityCliff, saturation, pastTheKnee, generatorLimit, serverThrottled, queueing, stalls, usersHideWaits, answersMove, labelsDisagree, familyWorse, fieldNotNamed, censored, warmUpTooShort, tooFewSamples, cacheCarries, paddingTax, vramNearLimit, leak, latencyDrifts, vramRising, memoryRising, longTail, busyMachine,
  serverCpuBound, computeBound, tokenising, scoresMeaningless, probesFailed, coldStart, noGpu, jobSilent,
  capacity, recovered, noDrift, scales, keepsUp, answersHold,
];

/** The most important findings, at most seven. */
export function findInsights(input: RuleInput): Insight[] {
  const found = rules.map((rule) => rule(input)).filter((insight) => insight !== null);
  return severities.flatMap((severity) => found.filter((insight) => insight.severity === severity)).slice(0, most);
}
