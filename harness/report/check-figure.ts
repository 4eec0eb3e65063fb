/** A check's numbers in the unit people wrote the gate in. */
import { shownUnit } from '../model/metric.js';
import type { RunRecord } from '../model/record.js';
import { levelOf } from '../model/stage.js';
import type { Check } from '../model/verdict.js';
import { fine } from './job-figure.js';
import { dash, inUnit, ratioFigure } from './number.js';
import { interval, shownStage } from './stage-figure.js';
import type { Text } from './text/index.js';

/** The unit to show: shares become percent, all others are as the check says. */
function unitOf(check: Check, record: RunRecord): string {
  const gate = record.plan.gates.find((one) => one.metric === check.metric && one.expression === check.expression);
  return gate === undefined ? check.unit : shownUnit(gate);
}

/** Writes a value in the check's unit. */
function shower(check: Check, record: RunRecord): (value: number | null) => string {
  const unit = unitOf(check, record);
  return (value) => (check.metric === 'metric' && unit === '' ? fine(value) : inUnit(value, unit));
}

/** Measured value, interval and limit as text; a dash where nothing was measured. */
export function checkFigure(check: Check, record: RunRecord): { actual: string; interval: string; limit: string } {
  const show = shower(check, record);
  return { actual: show(check.actual), interval: interval(check.low, check.high, show), limit: show(check.limit) };
}

/** The limit; where it was computed from a baseline, with that. */
export function limitFigure(check: Check, record: RunRecord, text: Text): string {
  const { limit } = checkFigure(check, record);
  return check.baseline === undefined ? limit : text.baseline.limit(limit, shower(check, record)(check.baseline.value));
}

/** What the baseline has, and the change from it with its interval: "200 ms (5 runs); × 1.07 [1.02, 1.11]"; a dash where there is none. */
export function baselineFigure(check: Check, record: RunRecord, text: Text): string {
  if (check.baseline === undefined) return dash;
  const { value, runs, change } = check.baseline;
  const show = shower(check, record);
  const base = text.baseline.figure(show(value), runs);
  if (change.of === 'ratio') return text.baseline.changed(base, text.baseline.ratio(ratioFigure(change.value), interval(change.low, change.high, ratioFigure)));
  const signed = (x: number | null): string => (x !== null && x > 0 ? `+${show(x)}` : show(x));
  return text.baseline.changed(base, `${signed(change.value)} ${interval(change.low, change.high, signed)}`.trimEnd());
}

/** Whether any of the checks rests on a baseline, which then has a column of its own. */
export function restsOnBaseline(check: Check): boolean {
  return check.baseline !== undefined || check.reason.code === 'no-baseline' || check.reason.code.startsWith('baseline-');
}

/** "213 ms [198 ms, 231 ms]", or a dash. */
export function measuredFigure(check: Check, record: RunRecord): string {
  const figure = checkFigure(check, record);
  return figure.actual === dash && figure.interval === '' ? dash : `${figure.actual} ${figure.interval}`.trim();
}

/** Name of the judged stage as it is read; the whole run where there is none. */
export function stageName(check: Check, record: RunRecord, text: Text): string {
  if (check.stage === null) return text.gates.wholeRun;
  const stage = record.stages.find((one) => one.stage.index === check.stage)?.stage;
  return stage === undefined ? `#${String(check.stage)}` : shownStage(text, { name: stage.name, level: levelOf(stage.arrival) });
}

/** The gate without the stage it was judged at, which stands beside it everywhere. */
export function checkName(check: Check, record: RunRecord): string {
  const stage = record.stages.find((one) => one.stage.index === check.stage)?.stage;
  const suffix = ` @ ${stage?.name ?? ''}`;
  return check.id.endsWith(suffix) ? check.id.slice(0, -suffix.length) : check.id;
}
