/** A drill as every output shows it: what users saw, in one sentence, and as cells of two tables. */
import type { Finding } from '../model/estimate.js';
import type { Outage } from '../model/outage.js';
import { count, dash, ms, plain, seconds } from './number.js';
import { interval } from './stage-figure.js';
import type { Text } from './text/index.js';
import type { Sentence } from './text/text-code.js';
import { errorWords, own } from './words.js';

/** "connection refused × 60, connection reset × 15", the commonest first; '' where nothing failed. */
const errorsText = ({ errors }: Outage, text: Text): string =>
  Object.entries(errors).sort(([, a], [, b]) => b - a).map(([kind, n]) => `${errorWords(text, kind)} × ${count(n)}`).join(text.enumeration);

const kindOf = ({ fault }: Outage): 'crash' | 'planted' => fault?.kind ?? 'planted';

const afterText = (outage: Outage, { value, low, high }: NonNullable<Outage['afterFault']>, { drill: t }: Text): string =>
  (value === 0 ? t.before[kindOf(outage)] : t.after[kindOf(outage)](seconds(value), interval(low, high, seconds)));

function faultText({ fault }: Outage, { drill: t }: Text): string[] {
  if (fault === undefined) return [];
  const from = seconds(Math.max(0, fault.fromS));
  if (fault.toS === null) return [t.faultFrom(from)];
  if (fault.kind === 'planted') return [t.fault(from, seconds(fault.toS))];
  return [fault.toS === fault.fromS ? t.crash(from) : t.crashes(from, seconds(fault.toS))];
}

function flipsText({ checked = 0, flips = 0, maxDelta = 0 }: Outage, { drill: t }: Text): string[] {
  if (checked === 0) return [];
  return [flips === 0 ? t.noFlips(count(checked)) : t.flips(count(flips), count(checked), plain(maxDelta))];
}

/** " (378 by the fallback instead of the model)"; '' where none was. */
const fallbackText = ({ degraded = 0 }: Outage, text: Text): string => (degraded === 0 ? '' : text.aside(text.drill.fallback(count(degraded))));

function promiseText(outage: Outage, text: Text): string {
  const t = text.drill;
  const [name, limit] = [`p${plain(outage.p)}`, ms(outage.limitMs)];
  const { fromS, recovered, time, watchedS, afterFault } = outage;
  if (fromS === null) return t.neverBroken(name, limit, seconds(watchedS));
  if (!recovered) return t.notRecovered(name, limit, seconds(fromS), seconds(time.value), afterFault === undefined || afterFault.value === 0 ? '' : text.aside(t.watchedAfter[kindOf(outage)](seconds(afterFault.value))));
  return t.recovered(name, limit, seconds(fromS), seconds(time.value), interval(time.low, time.high, seconds), afterFault === undefined ? '' : text.aside(afterText(outage, afterFault, text)));
}

/** One sentence without a final stop: the fault, the promise, the requests, the answers, the restarts. */
export function outageSentence(outage: Finding<Outage>, text: Text): string {
  const t = text.drill;
  if (outage.kind === 'absent') return t.notJudged(own<Sentence>(text.codes.absence, outage.why)?.({}) ?? outage.why);
  const { value } = outage;
  const errors = errorsText(value, text);
  const parts = [
    ...faultText(value, text),
    promiseText(value, text),
    t.requests(count(value.due), count(value.answered), count(value.failed), errors === '' ? '' : text.aside(errors), fallbackText(value, text)),
    ...flipsText(value, text),
    value.unended === 0 ? t.allEnded : t.unended(count(value.unended)),
    ...(value.restarts === 0 ? [] : [t.restarted(count(value.restarts), value.restarts === 1)]),
  ];
  return parts.join(t.separator);
}

/** Names of the columns of `promiseCells`. */
export function promiseHead({ drill: { head } }: Text): string[] {
  return [head.fault, head.from, head.time, head.after, head.recovered, head.worst];
}

/** What became of the promise of one drill; a dash where nothing broke or the fault is not known. */
export function promiseCells(outage: Finding<Outage>, text: Text): string[] {
  if (outage.kind === 'absent') return promiseHead(text).map(() => dash);
  const { fromS, time, afterFault, recovered, worstMs } = outage.value;
  const t = text.drill;
  const worst = worstMs === null ? '∞' : ms(worstMs);
  if (fromS === null) return [faultCell(outage.value, text), dash, dash, dash, t.never, worst];
  return [faultCell(outage.value, text), seconds(fromS), timeCell(time), afterFault === undefined ? dash : timeCell(afterFault), recovered ? t.yes : t.no, worst];
}

const timeCell = ({ value, low, high }: { value: number; low: number | null; high: number | null }): string => `${seconds(value)} ${interval(low, high, seconds)}`;

function faultCell({ fault }: Outage, { drill: t }: Text): string {
  if (fault === undefined) return dash;
  const from = seconds(Math.max(0, fault.fromS));
  return fault.toS === null ? t.on(from) : fault.toS === fault.fromS ? from : `${from}–${seconds(fault.toS)}`;
}

/** Names of the columns of `requestCells`. */
export function requestHead({ drill: { head } }: Text): string[] {
  return [head.due, head.answered, head.fallback, head.failed, head.unended, head.flips, head.slowest, head.restarts];
}

/** What became of the requests of one drill; a dash where nothing was answered, checked or known. */
export function requestCells(outage: Finding<Outage>, text: Text): string[] {
  if (outage.kind === 'absent') return requestHead(text).map(() => dash);
  const { degraded, checked = 0, flips = 0, due, answered, failed, unended, slowestMs, restarts } = outage.value;
  const errors = errorsText(outage.value, text);
  return [
    count(due), count(answered), degraded === undefined ? dash : count(degraded), `${count(failed)}${errors === '' ? '' : text.aside(errors)}`, count(unended),
    checked === 0 ? dash : text.drill.ofChecked(count(flips), count(checked)), slowestMs === null ? dash : ms(slowestMs), count(restarts),
  ];
}
