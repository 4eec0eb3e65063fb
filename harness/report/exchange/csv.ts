/**
 * stages.csv, one row a stage, RFC 4180 in UTF-8: for spreadsheets and notebooks. Numbers are not rounded; what was not measured is an empty cell.
 *
 * Text that a spreadsheet would run as a formula gets an apostrophe before it.
 */
import { levelOf } from '../../model/stage.js';
import { printable } from '../printable.js';
import type { ReportInput } from '../report-input.js';
import { allPairs, valueOf, windowS, type StagePair } from '../stage-figure.js';

export type Cell = string | number | null;

const percentiles = ['p50', 'p90', 'p95', 'p99', 'p999'] as const;

function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  const clean = printable(cell);
  const safe = /^[=+\-@\t\r]/.test(clean) ? `'${clean}` : clean;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function columns({ result, stage }: StagePair, { record, analysis }: ReportInput): [string, Cell][] {
  const level = levelOf(result.stage.arrival);
  const { requests } = result;
  const gpus = record.gpu?.status === 'present' ? record.gpu.gpus : [];
  const { latencyMs } = stage;
  return [
    ['run', record.id], ['scenario', record.plan.name], ['started_at', record.startedAt], ['engine', record.engine?.name ?? null],
    ['stage', stage.name], ['index', stage.index], ['role', result.stage.role], ['load_of', level.of], ['load', level.value],
    ['validity', stage.validity.status], ['reasons', stage.validity.reasons.map(({ code }) => code).join(' ')],
    ['judged', analysis.search === undefined ? null : analysis.search.judged.includes(stage.index) ? 'yes' : 'no'],
    ['window_s', windowS(result)], ['started', requests.started], ['completed', requests.completed], ['failed', requests.failed], ['timed_out', requests.timedOut], ['censored', requests.censored],
    ['offered_rps', stage.offered?.scheduledRps ?? null], ['achieved_rps', stage.achievedRps],
    ['latency_n', latencyMs.n], ['mean_ms', latencyMs.mean],
    ...percentiles.flatMap((p): [string, Cell][] => {
      const finding = latencyMs[p];
      const found = finding.kind === 'found' ? finding.value : null;
      return [[`${p}_ms`, found?.value ?? null], [`${p}_low_ms`, found?.low ?? null], [`${p}_high_ms`, found?.high ?? null]];
    }),
    ['max_ms', latencyMs.max], ['error_rate', valueOf(stage.errorRate)],
    ['answers_checked', stage.answers.checked], ['flips', stage.answers.flips], ['batch_mean', result.batch?.mean ?? null],
    ['server_cores', stage.cpu.server], ['engine_cores', stage.cpu.engine], ['server_rss_peak_mib', stage.rssPeakMiB.server],
    ['job_s', stage.job?.durationS ?? null],
    ...gpus.map(({ uuid, index }): [string, Cell] => [`gpu${String(index)}_memory_peak_mib`, stage.gpus.find((gpu) => gpu.uuid === uuid)?.peakMiB ?? null]),
  ];
}

/** Without a stage there is nothing to name but these. */
const fewest = ['run', 'scenario', 'started_at', 'engine', 'stage', 'index', 'role'];

/** The whole file. */
export function renderCsv(input: ReportInput): string {
  const rows = allPairs(input.record, input.analysis).map((pair) => columns(pair, input));
  const head = rows[0]?.map(([name]) => name) ?? fewest;
  return csvText([head, ...rows.map((row) => row.map(([, cell]) => cell))]);
}

/** Rows as RFC 4180 has them. */
export function csvText(rows: readonly (readonly Cell[])[]): string {
  return rows.map((cells) => `${cells.map(cellText).join(',')}\r\n`).join('');
}
