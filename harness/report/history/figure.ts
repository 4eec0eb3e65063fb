/** The numbers and names of a history as the terminal and the page show them. */
import type { ChangePoint, History, HistoryBreak, HistorySeries } from '../../model/history.js';
import { historyMetrics } from '../../model/history.js';
import { count, dash, mib, ms, percent, plain, rps, seconds } from '../number.js';
import { sparkline } from '../sparkline.js';
import { shownStage } from '../stage-figure.js';
import type { Text } from '../text/index.js';

/** "260 req/s", "81 ms", "0.4%", … */
export function valueText({ metric }: Pick<HistorySeries, 'metric'>, value: number): string {
  return { 'req/s': rps, 'ms': ms, 's': seconds, 'share': percent, 'MiB': mib }[historyMetrics[metric].unit](value);
}

/** "+22%", "−3.1%", "+0.4% points" of a share. */
export function changeText({ before, after, ratio }: ChangePoint, text: Text): string {
  const [size, show] = ratio === null ? [after - before, text.history.points] as const : [ratio - 1, (share: string) => share] as const;
  return `${size < 0 ? '−' : '+'}${show(percent(Math.abs(size)))}`;
}

/** A stage by its planned name, in the words of the language; the whole run where there is none. */
export function stageText({ stage }: Pick<HistorySeries, 'stage'>, text: Text): string {
  if (stage === null) return text.history.wholeRun;
  const level = ([['users', /^(\d+) users?\b/], ['rate', /^([\d.]+)\/s/], ['burst', /^burst of (\d+)/]] as const).flatMap(([of, shape]) => {
    const value = shape.exec(stage)?.[1];
    return value === undefined ? [] : [{ of, value: Number(value) }];
  })[0];
  return shownStage(text, { name: stage, level: level ?? { of: 'peak', value: 0 } });
}

/** "latency p95", "GPU memory (peak), GPU 1". */
export function metricText({ metric, gpu }: Pick<HistorySeries, 'metric' | 'gpu'>, text: Text): string {
  return gpu === null ? text.history.metric[metric] : `${text.history.metric[metric]}${text.listSeparator}${text.history.gpu(String(gpu))}`;
}

/** The day of a moment, UTC. */
export function day(moment: string): string {
  return moment.slice(0, 10);
}

/** Bars from the lowest to the highest value; of many runs each bar is the median of neighbours. */
export function trendBars(values: readonly number[], most = 30): string {
  const size = Math.ceil(values.length / most);
  const middles = Array.from({ length: Math.ceil(values.length / size) }, (_, i) => [...values.slice(i * size, (i + 1) * size)].sort((a, b) => a - b)).map((bin) => bin[bin.length >> 1] ?? null);
  return sparkline(middles, Math.min(...middles.filter((value) => value !== null)));
}

/** Its changes in a cell: the last one, and how many there are. */
export function changesCell({ changes }: HistorySeries, text: Text): string {
  if (changes.kind === 'absent') return text.history.tooFew(count(changes.needed));
  const last = changes.value.at(-1);
  if (last === undefined) return dash;
  const latest = `${changeText(last, text)} ${text.history.from(day(last.startedAt))}`;
  return changes.value.length === 1 ? latest : `${count(changes.value.length)}${text.colon}${latest}`;
}

export interface ToldChange {
  series: HistorySeries;
  change: ChangePoint;
}

/** Every change, the newest first. */
export function toldChanges({ series }: History): ToldChange[] {
  return series.flatMap((one) => (one.changes.kind === 'found' ? one.changes.value.map((change) => ({ series: one, change })) : [])).sort((a, b) => (a.change.startedAt < b.change.startedAt ? 1 : a.change.startedAt > b.change.startedAt ? -1 : 0));
}

/** Heads and rows of the table of changes, which the page shows. */
export function changeRows(history: History, text: Text): { head: string[]; rows: string[][] } {
  const { head, word, with: names } = text.history;
  return {
    head: [head.since, head.scenario, head.stage, head.figure, head.before, head.after, head.change, head.p, head.run, head.with],
    rows: toldChanges(history).map(({ series, change }) => [
      day(change.startedAt), series.scenario, stageText(series, text), metricText(series, text), valueText(series, change.before), valueText(series, change.after),
      `${changeText(change, text)}${text.aside(word[change.word])}`, plain(change.p), change.run, change.with.length === 0 ? dash : change.with.map((name) => names[name]).join(text.enumeration),
    ]),
  };
}

/** Machine and engine of a series. */
export function whereText({ machines, engines }: Pick<History, 'machines' | 'engines'>, { machine, engine }: Pick<HistorySeries, 'machine' | 'engine'>, text: Text): string {
  return [text.history.machine(machines[machine] ?? ''), engines[engine] ?? ''].filter((name) => name !== '').join(' · ');
}

/** What changed, from what to what. */
export function breakCells({ machines, engines }: History, { what, from, to }: HistoryBreak, text: Text): [what: string, from: string, to: string] {
  const nameOf = (place: number): string => {
    const name = what === 'machine' ? text.history.machine(machines[place] ?? '') : engines[place] ?? '';
    return name === '' ? dash : name;
  };
  return [text.history.changed[what], nameOf(from), nameOf(to)];
}

/** Series of one scenario on one machine with one engine, in their order. */
export function groupsOf({ series }: History): { scenario: string; machine: number; engine: number; series: HistorySeries[] }[] {
  const groups = new Map<string, { scenario: string; machine: number; engine: number; series: HistorySeries[] }>();
  for (const one of series) {
    const key = JSON.stringify([one.scenario, one.machine, one.engine]);
    const group = groups.get(key) ?? { scenario: one.scenario, machine: one.machine, engine: one.engine, series: [] };
    groups.set(key, group);
    group.series.push(one);
  }
  return [...groups.values()];
}

/** Heads and rows of the table of one group. */
export function seriesRows(series: readonly HistorySeries[], text: Text): { head: string[]; rows: string[][] } {
  const { head } = text.history;
  return {
    head: [head.stage, head.figure, head.runs, head.first, head.last, head.trend, head.changes],
    rows: series.map((one) => [stageText(one, text), metricText(one, text), count(one.values.length), valueText(one, one.values[0] ?? NaN), valueText(one, one.values.at(-1) ?? NaN), trendBars(one.values), changesCell(one, text)]),
  };
}

/** What the runs are, in one sentence without its stop. */
export function summaryText(history: History, text: Text): string {
  const { runs } = history;
  const scenarios = new Set(runs.map(({ scenario }) => scenario)).size;
  const changes = toldChanges(history).length;
  const told = changes === 0 ? text.history.noChange : text.history.changesSentence(count(changes), changes === 1);
  return `${text.history.summary(count(runs.length), runs.length === 1, count(scenarios), scenarios === 1, day(runs[0]?.startedAt ?? ''), day(runs.at(-1)?.startedAt ?? ''))}${text.listSeparator}${told}`;
}
