import type { Context, HttpAnswer } from '../host/index.js';
import type { AbnormalRequest } from '../model/dataset.js';
import { judgeEnding } from '../model/ending.js';
import type { AbnormalAnswer, AbnormalProbe } from '../model/golden.js';
import { send, transportFault } from './ask.js';
import type { AbnormalOptions } from './options.js';

/** So many time-outs in a row say that the server hangs; the rest would only take as long again. */
const patience = 3;

/** Asked to see whether the server still lives; invented. */
const sound = '北京市朝阳区建国路88号';

/**
 * Sends each abnormal kind once, alone and before the load, and reads the whole answer: the engines see no bodies, so only here can be
 * checked whether a refusal names the field. Nothing of a body is kept. A server that dies of it ends the asking, not the record.
 */
export async function probeAbnormal(options: AbnormalOptions, ctx: Context): Promise<AbnormalProbe | null> {
  if (options.kinds.length === 0) return null;
  const found: AbnormalProbe = { kinds: options.kinds.length, answers: [], diedAfter: null, stopped: null };
  const stop = AbortSignal.any([ctx.signal, options.gone]);
  let hangs = 0;
  for (const request of options.kinds) {
    ctx.signal.throwIfAborted();
    const answer = await meet(request, options, stop, ctx);
    found.answers.push(answer);
    hangs = answer.failure === 'timeout' ? hangs + 1 : 0;
    if (answer.status === 0 && !(await lives(options, stop, ctx))) return { ...found, diedAfter: request.kind, stopped: 'died' };
    if (hangs >= patience) return { ...found, stopped: 'hangs' };
    if (found.answers.length % 20 === 0) ctx.onEvent({ kind: 'progress', phase: 'probe', what: 'abnormal requests', done: found.answers.length, total: options.kinds.length });
  }
  const last = found.answers.at(-1)?.kind ?? null;
  return (await lives(options, stop, ctx)) ? found : { ...found, diedAfter: last, stopped: 'died' };
}

async function meet({ kind, expect, field, body }: AbnormalRequest, options: AbnormalOptions, stop: AbortSignal, ctx: Context): Promise<AbnormalAnswer> {
  const bytes = 'base64' in body ? Buffer.from(body.base64, 'base64') : body.text;
  const blank = { kind, expect, field: field === undefined || field === '' ? null : field };
  let answer: HttpAnswer;
  try {
    // A server may close the connection on a request it cannot read: each goes over its own, so that none suffers for another.
    answer = await send(bytes, { ...options, request: { ...options.request, headers: { ...options.request.headers, connection: 'close' } } }, stop, ctx);
  } catch (error) {
    ctx.signal.throwIfAborted();
    return { ...blank, status: 0, failure: transportFault(error), named: null, latencyMs: null };
  }
  const { status } = answer;
  const read = options.read(status, answer.body);
  const ending = judgeEnding({ status, fault: 'wrong' in read ? read.wrong : '', score: 'wrong' in read ? NaN : read.score }, expect, options.request.scoreRange);
  const refused = status >= 400 && status < 500;
  return {
    ...blank, status, failure: ending.completed ? '' : ending.kind,
    named: blank.field !== null && refused ? answer.body.includes(blank.field) : null,
    latencyMs: answer.latencyMs,
  };
}

/** Whether a sound request still gets an answer that is no server error. */
async function lives(options: AbnormalOptions, stop: AbortSignal, ctx: Context): Promise<boolean> {
  for (let tries = 0; tries < 2; tries += 1) {
    try {
      return (await send(options.encode(sound, sound), options, stop, ctx)).status < 500;
    } catch {
      ctx.signal.throwIfAborted();
    }
  }
  return false;
}
