/** What a record that its schema accepts may still not say: no run writes it, so somebody changed the file. */
import { readHistogram, type SavedHistogram } from './histogram.js';
import type { RunRecord } from './record.js';
import type { StageResult } from './stage-result.js';

/** A place in the record, `stages.0.latency`, and what is wrong there. */
export interface Contradiction {
  path: string;
  message: string;
}

const below = (path: string, counts: Readonly<Record<string, unknown>>): Contradiction[] =>
  Object.entries(counts).flatMap(([name, count]) => (typeof count === 'number' && count < 0 ? [{ path: `${path}.${name}`, message: 'must be at least 0' }] : []));

function histogram(path: string, saved: SavedHistogram | undefined): Contradiction[] {
  try {
    if (saved !== undefined) readHistogram(saved);
    return [];
  } catch {
    return [{ path, message: 'its counts do not add up to its n' }];
  }
}

/** Columns beside each other have a value for each moment. */
function columns(path: string, moments: readonly unknown[], beside: Readonly<Record<string, readonly unknown[]>>): Contradiction[] {
  return Object.entries(beside).flatMap(([name, values]) => (values.length === moments.length ? [] : [{ path: `${path}.${name}`, message: `has ${String(values.length)} values at ${String(moments.length)} moments` }]));
}

function ofStage(result: StageResult, path: string): Contradiction[] {
  const { requests, windowFromMs, windowToMs, timeline: { t, ...beside }, heatmap } = result;
  const wrong: Contradiction[] = [
    ...below(`${path}.requests`, requests), ...below(`${path}.errors`, result.errors), ...below(`${path}.statuses`, result.statuses), ...below(`${path}.answers`, result.answers),
    ...Object.entries(result.byClass).flatMap(([name, counts]) => below(`${path}.byClass.${name}`, counts)),
    ...histogram(`${path}.latency`, result.latency), ...histogram(`${path}.visitors.latency`, result.visitors?.latency),
    ...Object.entries(result.serverTiming).flatMap(([phase, saved]) => histogram(`${path}.serverTiming.${phase}`, saved)),
    ...columns(`${path}.timeline`, t, beside),
  ];
  // Only answers that are counted as completed have a latency.
  if (result.latency.n !== requests.completed) wrong.push({ path: `${path}.requests.completed`, message: `is ${String(requests.completed)}, and ${String(result.latency.n)} latencies are there` });
  if (windowToMs < windowFromMs) wrong.push({ path: `${path}.windowToMs`, message: 'its window ends before it begins' });
  else if (windowToMs === windowFromMs && result.status === 'completed' && requests.started > 0) wrong.push({ path: `${path}.windowToMs`, message: 'its window has no length' });
  const cells = Math.max(0, heatmap.edgesMs.length - 1);
  if (heatmap.counts.some((row) => row.length > cells)) wrong.push({ path: `${path}.heatmap.counts`, message: 'has more cells than edges bound' });
  return wrong;
}

/** Every contradiction in the order of the record; none in what a run has written. */
export function contradictionsIn({ stages, probe, series }: RunRecord): Contradiction[] {
  const indexes = stages.map(({ stage }) => stage.index);
  return [
    ...(probe?.status === 'done' ? histogram('probe.latency', probe.latency) : []),
    ...stages.flatMap((result, i) => [...(indexes.indexOf(result.stage.index) < i ? [{ path: `stages.${String(i)}.stage.index`, message: 'stands twice' }] : []), ...ofStage(result, `stages.${String(i)}`)]),
    ...series.flatMap(({ t, v }, i) => columns(`series.${String(i)}`, t, { v })),
  ];
}
