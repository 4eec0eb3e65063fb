/** What CI shows of a run, in English. This file is the type: every other language must have every entry. */
export const ci = {
  throughputByStage: 'Throughput by stage',
  p95ByStage: 'p95 by stage',
  throughputOverTime: 'Throughput by second',
  p95OverTime: 'p95 by second',
  byPair: (arm: string, metric: string) => `“${arm}”, ${metric} by pair`,
  baseline: 'Baseline',
  candidate: 'Candidate',
  gates: (passed: string, all: string) => `Gates: ${passed} of ${all} hold`,
  more: (n: string) => `${n} more are in report.md.`,
  runLine: (run: string) => `Run ${run}. Numbers, findings and how to reproduce it: report.md and report.html of that run.`,
  cut: 'The rest did not fit into a job summary: report.md holds all of it.',
};

export type CiText = typeof ci;
