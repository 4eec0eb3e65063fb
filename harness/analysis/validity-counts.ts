/**
 * Is every request accounted for? Counts of the same thing by different hands must agree.
 *
 *   rows-lost     rows the engine wrote ≠ iterations it counted            dropped   rows that could not be read or kept
 *   unaccounted   started ≠ completed + failed + censored                  censored  started in the window, end never seen
 *   server-count  the server's own counter ≠ the engine's, over the whole engine process; of a mix, whose
 *                 parts the server does not tell apart, the sum over all of them
 *
 * Suspect when they differ at all, invalid above 0.1 %. The server may rightly differ by requests that got no HTTP answer
 * (time-outs, resets), and be ahead by those that were cut off, at most one a user, when the engine stopped.
 * Requests of an open load that waited unsent when the stage was stopped are no lost ends: validity-open.ts speaks of them.
 *   timed-out     given up at the time-out > 0.1 %: suspect. Percentiles of answers leave them out; gates count them as +∞, so it is a doubt about what is printed,
 *                 and the server's doing, never a fault of the measurement
 * Censored: suspect above 0.1 %, invalid above 1 % or above what the highest judged percentile leaves, 1 − p.
 */
import type { ValidityCode, ValidityReason } from '../model/validity.js';
import type { StageResult } from '../model/record.js';
import { workersOf } from '../model/stage.js';
import { graded, limits, reason, type ValidityInput } from './validity-limits.js';

/** Reasons from counts, in a fixed order. */
export function countReasons({ stage, parts, highestPercentile }: ValidityInput): ValidityReason[] {
  const { generator, requests, counts } = stage;
  const found: ValidityReason[] = [];
  const lost = generator.counted === null ? 0 : Math.abs(generator.rows - generator.counted);
  found.push(...differ('rows-lost', lost, Math.max(generator.rows, generator.counted ?? 0), { rows: generator.rows, counted: generator.counted ?? 0 }));
  // Rows known to be missing stand in both counts: one fault, one reason.
  if (generator.dropped > lost) found.push(...differ('dropped', generator.dropped, generator.rows + generator.dropped, { dropped: generator.dropped, rows: generator.rows }));
  const accounted = requests.completed + requests.failed + requests.censored;
  found.push(...differ('unaccounted', Math.abs(requests.started - accounted), requests.started, { started: requests.started, accounted }));
  if (counts.server !== null) {
    // Over the engine's whole life, as both counts are: of the warm-up and behind the window too.
    const sum = (of: (part: StageResult) => number): number => parts.reduce((total, part) => total + of(part), 0);
    const engine = sum((part) => part.counts.engine);
    const unanswered = sum((part) => Math.max(0, part.generator.rows - part.counts.engine) + part.requests.censored);
    const ahead = counts.server - engine;
    const unexplained = Math.max(0, Math.abs(ahead) - unanswered - (ahead > 0 ? sum((part) => workersOf(part.stage.arrival)) : 0));
    found.push(...differ('server-count', unexplained, engine, { server: counts.server, engine, unanswered }));
  }
  const [suspect, invalid] = limits.censored;
  const backlog = (stage.schedule?.unsent ?? 0) > 0;
  found.push(...graded('censored', backlog ? 0 : requests.censored / requests.started, [suspect, Math.max(suspect, Math.min(invalid, 1 - highestPercentile))], {
    censored: requests.censored, started: requests.started,
  }));
  const { timedOut, started, completed } = requests;
  if (completed > 0) found.push(...graded('timed-out', timedOut / started, [limits.timedOut, Infinity], { timedOut, started }));
  return found;
}

/** Any difference is suspect, one above 0.1 % invalid; the value is the share. */
function differ(code: ValidityCode, difference: number, of: number, params: ValidityReason['params']): ValidityReason[] {
  if (difference === 0) return [];
  const share = difference / Math.max(1, of);
  return [share > limits.counts ? reason(code, 'invalid', share, limits.counts, params) : reason(code, 'suspect', share, 0, params)];
}
