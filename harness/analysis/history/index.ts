/** Many runs as one history: a series for each figure of each stage of each scenario on each machine, its changes, and where machines changed. Pure. */
import type { FoundHistory, History, HistoryRun, HistorySeries, MachineBreak } from '../../model/history.js';
import { findChanges } from './series.js';

/** By moment, which as ISO 8601 in UTC sorts like text; those of one moment by their names. */
function inTime(a: HistoryRun, b: HistoryRun): number {
  const [x, y] = a.startedAt === b.startedAt ? [a.id, b.id] : [a.startedAt, b.startedAt];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** The same runs, in whatever order they were found, give the same history. */
export function analyseHistory({ runs: found, skipped }: FoundHistory): History {
  const runs = [...found].sort(inTime);
  const machines = [...new Set(runs.map(({ machine }) => machine))];
  const machineOf = new Map(machines.map((machine, i) => [machine, i]));
  const indexOf = ({ machine }: HistoryRun): number => machineOf.get(machine) ?? 0;
  const series = new Map<string, Omit<HistorySeries, 'changes'>>();
  const last = new Map<string, number>();
  const breaks: MachineBreak[] = [];
  runs.forEach((run, i) => {
    const machine = indexOf(run);
    const before = last.get(run.scenario);
    if (before !== undefined && before !== machine) breaks.push({ scenario: run.scenario, run: i, from: before, to: machine });
    last.set(run.scenario, machine);
    for (const { stage, metric, gpu, value } of run.figures) {
      const key = JSON.stringify([run.scenario, machine, stage, metric, gpu]);
      const one = series.get(key) ?? { scenario: run.scenario, stage, metric, gpu, machine, runs: [], values: [] };
      series.set(key, one);
      one.runs.push(i);
      one.values.push(value);
    }
  });
  return {
    schema: 'mgeo-bench/history/1',
    runs: runs.map((run) => {
      const { path, id, scenario, startedAt, verdict, planHash, model, invalidStages } = run;
      return { path, id, scenario, startedAt, machine: indexOf(run), verdict, planHash, model, invalidStages };
    }),
    machines,
    series: [...series.values()].map((one) => ({ ...one, changes: findChanges(one.metric, one.values, one.runs.map((i) => runs[i] as HistoryRun)) })),
    breaks,
    skipped,
  };
}
