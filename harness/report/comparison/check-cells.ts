/** Gates on a baseline, in a comparison: as cells, the same for page, Markdown and terminal. */
import type { PairedCheck } from '../../model/comparison.js';
import { metrics } from '../../model/metric.js';
import { count, inUnit, plain, ratioFigure } from '../number.js';
import { interval, statusSymbol } from '../stage-figure.js';
import type { Text } from '../text/index.js';
import { stageOf } from './rows.js';

/** Names of the columns of `checkCells`. */
export function checkHead(text: Text): string[] {
  const { gates, head } = text.compare;
  return [head.arm, gates.head.gate, head.stage, gates.head.change, gates.head.limit, head.pairs, gates.head.status, gates.head.why];
}

/** One gate of one arm at one stage. */
export function checkCells(check: PairedCheck, text: Text): string[] {
  const { gates } = text.compare;
  return [
    check.arm, checkGate(check), stageOf(check, text), changeText(check, text), limitText(check), count(check.pairs),
    `${statusSymbol[check.status]} ${text.status[check.status]}${check.level === 'warn' ? text.aside(text.level.warn) : ''}`, isCounted(check) && check.value !== null ? changeText(check, text) : gates.why[check.why],
  ];
}

/** Answers that changed sides are counted; they have no mean on either side. */
export const isCounted = ({ metric, first }: PairedCheck): boolean => metric === 'answers' && first === null;

/** The change with its interval: "× 1.05 [1.02, 1.08]", "+0.2% [0%, 0.4%]". */
export function changeText(check: PairedCheck, text: Text): string {
  const { of, value, low, high } = check;
  if (value === null) return plain(null);
  if (isCounted(check)) return value === 0 ? text.compare.gates.flips.pass : text.compare.gates.flips.fail(count(value), value === 1);
  if (of === 'ratio') return text.baseline.ratio(ratioFigure(value), interval(low, high, ratioFigure));
  const show = (x: number | null): string => (x !== null && x > 0 ? `+${inUnit(x, unitOf(check))}` : inUnit(x, unitOf(check)));
  return `${show(value)} ${interval(low, high, show)}`.trimEnd();
}

/** What is allowed, as a multiple or as a difference. */
export function limitText(check: PairedCheck): string {
  if (isCounted(check)) return `${check.operator} ${plain(check.allowed)}`;
  return check.of === 'ratio' ? `${check.operator} × ${plain(check.allowed)}` : `${check.operator} ${check.allowed > 0 ? '+' : ''}${inUnit(check.allowed, unitOf(check))}`;
}

/** Shares are shown in percent. */
const unitOf = ({ metric, unit }: PairedCheck): string => (metric === 'errors' && metrics[metric]?.aggregations['rate']?.dimension === 'share' ? '%' : unit);

/** The gate as it was written: "rps rate>=baseline*0.97" */
export const checkGate = ({ metric, expression }: Pick<PairedCheck, 'metric' | 'expression'>): string => `${metric} ${expression}`;

/** Mean of one side over the pairs; a dash where nothing was measured or the gate counts. */
export function sideText(check: PairedCheck, side: 'first' | 'second'): string {
  return inUnit(check[side], unitOf(check));
}

/** "rps rate>=baseline*0.97 at “8 users”" */
export function checkAt(check: PairedCheck, text: Text): string {
  return text.compare.gates.at(checkGate(check), stageOf(check, text));
}

/** The check whose change is farthest beyond what is allowed, or nearest to it, as a share of the room there is. Flipped answers come before any number. */
export function farthest(checks: readonly PairedCheck[]): PairedCheck | undefined {
  const size = (check: PairedCheck): number => {
    const { value, allowed, none, status } = check;
    if (isCounted(check)) return status === 'fail' ? Infinity : -Infinity;
    if (value === null) return Infinity;
    const room = Math.abs(allowed - none);
    return room === 0 ? Math.abs(value - none) : (value - none) / (allowed - none);
  };
  return checks.toSorted((a, b) => (size(b) > size(a) ? 1 : size(b) < size(a) ? -1 : 0))[0];
}
