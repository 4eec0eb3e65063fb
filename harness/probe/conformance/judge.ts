/** Judgements that many checks share. */
import type { Reply } from './bench.js';
import { fail, pass, type Finding } from './check.js';
import type { RawAnswer } from './raw-answer.js';

/** Statuses that are allowed: exact ones, or a whole class by its first digit (`4` = 4xx). */
export type Allowed = readonly number[];

/** "400, 5xx" */
export const statusText = (allowed: Allowed): string => allowed.map((one) => (one < 10 ? `${String(one)}xx` : String(one))).join(', ');
/** Whether a status is among them. */
export const isAllowed = (status: number, allowed: Allowed): boolean => allowed.some((one) => (one < 10 ? Math.floor(status / 100) === one : status === one));

/** No answer at all, or one with another status. */
export function wrongStatus({ answer, ended }: Reply, allowed: Allowed, what: Record<string, string> = {}): Finding | null {
  if (answer === null) return fail('no-answer', { ended, expected: statusText(allowed), ...what });
  return isAllowed(answer.status, allowed) ? null : fail('status', { got: answer.status, expected: statusText(allowed), ...what });
}

/** A refusal: with one of these statuses, or by closing the connection. */
export function refusedOrClosed(reply: Reply, allowed: Allowed): Finding {
  if (reply.answer === null && (reply.ended === 'closed' || reply.ended === 'reset')) return pass(reply.ended);
  return wrongStatus(reply, allowed) ?? pass('status-seen', { got: reply.answer?.status ?? 0 });
}

/** The JSON object in an answer; null where there is none. */
export function objectIn(answer: RawAnswer | null): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(answer?.body ?? '');
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** The first that fails; else the first that is not applicable; else the last. */
export function allOf(findings: readonly Finding[]): Finding {
  return findings.find(({ status }) => status === 'fail') ?? findings.find(({ status }) => status === 'not-applicable') ?? findings.at(-1) ?? pass();
}
