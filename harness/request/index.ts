import { outOfRange, readScore, readWord, statusKind, withinRange } from '../model/answer.js';
import { matchLabels, type AddressPair, type MatchLabel } from '../model/dataset.js';
import type { BodyExpectation, RequestPlan } from '../model/request.js';

export { bodiesFor, openBodies, type BodyWriter, type PlacedBodies, type RunBodies } from './bodies.js';

/** The JSON text of one request. Both addresses are put in as JSON strings, so no character can break the body. */
export function encodeBody(plan: RequestPlan, a: string, b: string): string {
  return plan.body.replace(/\{\{([ab])\}\}/g, (_, side: string) => JSON.stringify(side === 'a' ? a : b));
}

/** One line of the bodies file: plain text, or `b64:` and base64 where the body is not one line of valid text. */
export function encodeLine(plan: RequestPlan, pair: AddressPair): string {
  if (pair.abnormal === undefined) return encodeBody(plan, pair.a, pair.b);
  const { body } = pair.abnormal;
  if ('base64' in body) return `b64:${body.base64}`;
  const plain = !/[\n\r\u2028\u2029]/.test(body.text) && body.text !== '' && !body.text.startsWith('b64:') && !/\p{Surrogate}/u.test(body.text);
  return plain ? body.text : `b64:${Buffer.from(body.text, 'utf8').toString('base64')}`;
}

/** Bytes of the body that a line of the bodies file stands for. */
export function bodyBytes(line: string): number {
  return line.startsWith('b64:') ? Buffer.byteLength(line.slice('b64:'.length), 'base64') : Buffer.byteLength(line);
}

/** Characters that every server has to take; the reference server refuses more, unless --max-chars says otherwise. */
const sureCharacters = 64;

const isLong = (text: string): boolean => text.length > sureCharacters && [...text].length > sureCharacters;

/** What an answer to this pair should look like. A text of more than 64 characters may be refused: that is a limit, not a fault. */
export function expectationOf(pair: AddressPair): BodyExpectation {
  if (pair.abnormal === undefined) return { class: pair.class, expect: isLong(pair.a) || isLong(pair.b) ? 'either' : 'answer' };
  return { class: pair.class, expect: pair.abnormal.expect, kind: pair.abnormal.kind };
}

/** A score and the label beside it (null where none is known), or the kind of wrong answer it is: http-503, html, not-json, no-score, not-a-number, out-of-range. */
export type ReadAnswer = { score: number; label: MatchLabel | null } | { wrong: string };

/** Reads the score out of an answer by the plan's path. */
export function readAnswer(plan: RequestPlan, status: number, body: string): ReadAnswer {
  if (status < 200 || status > 299) return { wrong: statusKind(status) };
  const { score, fault } = readScore(body, plan.scorePath);
  if (fault !== '') return { wrong: fault };
  return withinRange(score, plan.scoreRange) ? { score, label: labelIn(body, plan.labelPath) } : { wrong: outOfRange };
}

/** MGeo's own names (`exact_match`, …) are read as ours. */
function labelIn(body: string, path: RequestPlan['labelPath']): MatchLabel | null {
  if (path === undefined) return null;
  const word = readWord(body, path).replace(/_match$/, '');
  return matchLabels.find((label) => label === word) ?? null;
}
