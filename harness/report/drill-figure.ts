/** A drill as every output shows it: what users saw, in one sentence, and as cells. */
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

function promiseText(outage: Outage, text: Text): string {
  const t = text.drill;
  const [name, limit] = [`p${plain(outage.p)}`, ms(outage.limitMs)];
  const { fromS, recovered, time, watchedS } = outage;
  if (fromS === null) return t.neverBroken(name, limit, seconds(watchedS));
  if (!recovered) return t.notRecovered(name, limit, seconds(fromS), seconds(time.value));
  return t.recovered(name, limit, seconds(fromS), seconds(time.value), interval(time.low, time.high, seconds));
}

/** One sentence without a final stop: the promise, the requests, the restarts. */
export function outageSentence(outage: Finding<Outage>, text: Text): string {
  const t = text.drill;
  if (outage.kind === 'absent') return t.notJudged(own<Sentence>(text.codes.absence, outage.why)?.({}) ?? outage.why);
  const { value } = outage;
  const errors = errorsText(value, text);
  const parts = [
    promiseText(value, text),
    t.requests(count(value.due), count(value.answered), count(value.failed), errors === '' ? '' : text.aside(errors)),
    value.unended === 0 ? t.allEnded : t.unended(count(value.unended)),
    ...(value.restarts === 0 ? [] : [t.restarted(count(value.restarts), value.restarts === 1)]),
  ];
  return parts.join(t.separator);
}

/** Names of the columns of `outageCells`. */
export function outageHead({ drill: t }: Text): string[] {
  return [t.head.from, t.head.time, t.head.recovered, t.head.due, t.head.answered, t.head.failed, t.head.unended, t.head.slowest, t.head.worst, t.head.restarts];
}

/** One drill; a dash where nothing broke, or nothing was answered. */
export function outageCells(outage: Finding<Outage>, text: Text): string[] {
  if (outage.kind === 'absent') return outageHead(text).map(() => dash);
  const { fromS, time, recovered, due, answered, failed, unended, slowestMs, worstMs, restarts } = outage.value;
  const t = text.drill;
  const errors = errorsText(outage.value, text);
  return [
    fromS === null ? dash : seconds(fromS), fromS === null ? dash : `${seconds(time.value)} ${interval(time.low, time.high, seconds)}`, fromS === null ? t.never : recovered ? t.yes : t.no,
    count(due), count(answered), `${count(failed)}${errors === '' ? '' : text.aside(errors)}`, count(unended), slowestMs === null ? dash : ms(slowestMs), worstMs === null ? '∞' : ms(worstMs), count(restarts),
  ];
}
