/** Many runs as one history: a series for each figure of each stage of each scenario on each machine with each engine, its changes, and where machine or engine changed. Pure. */
import type { FoundHistory, History, HistoryBreak, HistoryRun, HistorySeries } from '../../model/history.js';
import { findChanges } from './series.js';

/** By moment, which as ISO 8601 in UTC sorts like text; those of one moment by their names. */
function inTime(a: HistoryRun, b: HistoryRun): number {
  const [x, y] = a.startedAt === b.startedAt ? [a.id, b.id] : [a.startedAt, b.startedAt];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** The same runs, in whatever order they were found, give the same history. */
export function analyseHistory({ runs: found, skipped }: FoundHistory): History {
  const runs = [...found].sort(inTime);
  const [machines, engines] = [namesOf(runs.map(({ machine }) => machine)), namesOf(runs.map(({ engine }) => engine))];
  const placeOf = (run: HistoryRun): Record<HistoryBreak['what'], number> => ({ machine: machines.place(run.machine), engine: engines.place(run.engine) });
  const series = new Map<string, Omit<HistorySeries, 'changes'>>();
  const last = new Map<string, ReturnType<typeof placeOf>>();
  const breaks: HistoryBreak[] = [];
  runs.forEach((run, i) => {
    const place = placeOf(run);
    const before = last.get(run.scenario);
    for (const what of ['machine', 'engine'] as const) {
      if (before !== undefined && before[what] !== place[what]) breaks.push({ scenario: run.scenario, run: i, what, from: before[what], to: place[what] });
    }
    last.set(run.scenario, place);
    for (const { stage, metric, gpu, value } of run.figures) {
      const key = JSON.stringify([run.scenario, place.machine, place.engine, stage, metric, gpu]);
      const one = series.get(key) ?? { scenario: run.scenario, stage, metric, gpu, ...place, runs: [], values: [] };
      series.set(key, one);
      one.runs.push(i);
      one.values.push(value);
    }
  });
  return {
    schema: 'mgeo-bench/history/2',
    runs: runs.map((run) => {
      const { path, id, scenario, startedAt, verdict, planHash, model, invalidStages } = run;
      return { path, id, scenario, startedAt, ...placeOf(run), verdict, planHash, model, invalidStages };
    }),
    machines: machines.names,
    engines: engines.names,
    series: [...series.values()].map((one) => ({ ...one, changes: findChanges(one.metric, one.values, one.runs.map((i) => runs[i] as HistoryRun)) })),
    breaks,
    skipped,
  };
}

/** The distinct names in the order of their first run, and the place of each. */
function namesOf(all: readonly string[]): { names: string[]; place(name: string): number } {
  const names = [...new Set(all)];
  const places = new Map(names.map((name, i) => [name, i]));
  return { names, place: (name) => places.get(name) ?? 0 };
}
