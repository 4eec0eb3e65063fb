/** A check's numbers in the unit people wrote the gate in. */
import { metrics } from '../model/metric.js';
import type { RunRecord } from '../model/record.js';
import { levelOf } from '../model/stage.js';
import type { Check } from '../model/verdict.js';
import { fine } from './job-figure.js';
import { dash, inUnit } from './number.js';
import { interval, shownStage } from './stage-figure.js';
import type { Text } from './text/index.js';

/** The unit to show: shares become percent, all others are as the check says. */
function unitOf(check: Check, record: RunRecord): string {
  const gate = record.plan.gates.find((one) => one.metric === check.metric && one.expression === check.expression);
  const metric = gate === undefined ? undefined : metrics[gate.metric];
  const asked = gate?.aggregation.kind === 'named' ? metric?.aggregations[gate.aggregation.name] : metric?.percentiles;
  return asked?.dimension === 'share' ? '%' : check.unit;
}

/** Measured value, interval and limit as text; a dash where nothing was measured. */
export function checkFigure(check: Check, record: RunRecord): { actual: string; interval: string; limit: string } {
  const unit = unitOf(check, record);
  const show = (value: number | null): string => (check.metric === 'metric' && unit === '' ? fine(value) : inUnit(value, unit));
  return { actual: show(check.actual), interval: interval(check.low, check.high, show), limit: show(check.limit) };
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
