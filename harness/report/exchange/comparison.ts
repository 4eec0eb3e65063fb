/** A comparison for the programs that follow figures and read tables: the same files as of a run, with an entry for each arm. */
import type { ComparisonRecord, ComparisonVerdict } from '../../model/comparison.js';
import type { ReportFile } from '../report-input.js';
import { bencherText } from './bencher.js';
import { benchmarkActionFiles } from './benchmark-action.js';
import { csvText, type Cell } from './csv.js';
import { checkLines, figureLines, head, labelText, verdictLines, type Labels } from './openmetrics.js';
import { trackedArms } from './tracked-arm.js';

/** bencher.json: the benchmark is scenario, arm and stage. */
export function renderComparisonBencher(record: ComparisonRecord): string {
  return bencherText(trackedArms(record), record.name);
}

/** The two files of github-action-benchmark. */
export function renderComparisonBenchmarkAction(record: ComparisonRecord): ReportFile[] {
  return benchmarkActionFiles(trackedArms(record), record.name);
}

/** openmetrics.txt: labels are scenario, arm and stage. */
export function renderComparisonOpenMetrics(record: ComparisonRecord, verdict: ComparisonVerdict): string {
  const scenario = ['scenario', record.name] as const;
  const decided = (record.checks ?? []).flatMap(({ id, arm, stage, level, status }): { labels: Labels; passed: boolean }[] =>
    (status === 'pass' || status === 'fail' ? [{ labels: [['arm', arm], ['check', stage === null ? id : `${id} @ ${stage}`], ['level', level]], passed: status === 'pass' }] : []));
  return `${[
    ...head('mgeo_bench_comparison', 'info', '', 'What was compared.'),
    `mgeo_bench_comparison_info${labelText([scenario, ['arms', record.arms.map(({ name }) => name).join(', ')], ['metric', record.design.metric]])} 1`,
    ...verdictLines(verdict.status, record.name),
    ...checkLines(decided, record.name),
    ...figureLines(trackedArms(record), record.name),
    '# EOF',
  ].join('\n')}\n`;
}

/** arms.csv: one row a figure of an arm, numbers not rounded. */
export function renderComparisonCsv(record: ComparisonRecord): string {
  const columns = ['comparison', 'scenario', 'started_at', 'arm', 'stage', 'metric', 'unit', 'runs', 'mean', 'low', 'high'];
  const rows = record.summaries.flatMap(({ arm, rows: figures }) => figures.map(({ stage, metric, unit, values, mean, low, high }): Cell[] => [
    record.id, record.name, record.startedAt, arm, stage, metric, unit, values.length, mean, low, high,
  ]));
  return csvText([columns, ...rows]);
}
