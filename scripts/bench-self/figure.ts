/** What a measured figure looks like on paper, and the arithmetic behind it. Pure. */

import type { StageAnalysis } from '../../harness/model/analysis.js';

/** One table of the result. */
export interface Section {
  title: string;
  columns: readonly string[];
  rows: readonly (readonly string[])[];
  /** Sentences below the table: how a figure was made, or why one is missing. */
  notes: readonly string[];
}

/** A section as Markdown; a bar in a cell is escaped. */
export function sectionText(section: Section): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const table = section.rows.length === 0 ? [] : [line(section.columns), line(section.columns.map(() => '---')), ...section.rows.map(line)];
  return [`### ${section.title}`, '', ...table, ...(table.length > 0 && section.notes.length > 0 ? [''] : []), ...section.notes.map((note) => `- ${note}`)].join('\n');
}

/** ✓ where an aim is reached, ✗ where it is missed. */
export function mark(reached: boolean): string {
  return reached ? '✓' : '✗';
}

/** `digits` places, with thousands separated; `–` for what could not be measured. */
export function number(value: number | null, digits = 0): string {
  if (value === null || !Number.isFinite(value)) return '–';
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** A share 0..1 in percent. */
export function percent(share: number | null, digits = 1): string {
  return share === null || !Number.isFinite(share) ? '–' : `${number(share * 100, digits)} %`;
}

export interface Difference {
  ms: number;
  /** Of the truth, 0..1. */
  share: number;
}

/** How far `toldMs` lies from `truthMs`. */
export function difference(toldMs: number, truthMs: number): Difference {
  return { ms: toldMs - truthMs, share: (toldMs - truthMs) / truthMs };
}

/** `+0.42 ms (+0.8 %)` */
export function differenceText({ ms, share }: Difference): string {
  const sign = (value: number): string => (value < 0 ? '−' : '+');
  return `${sign(ms)}${number(Math.abs(ms), 2)} ms (${sign(share)}${number(Math.abs(share) * 100, 1)} %)`;
}

/** Within 1 % or 1 ms, whichever is more. */
export function isClose({ ms, share }: Difference): boolean {
  return Math.abs(ms) <= 1 || Math.abs(share) <= 0.01;
}

/** The aim of open load: within 1 % or 0.5 ms, whichever is more. */
export function isExact({ ms, share }: Difference): boolean {
  return Math.abs(ms) <= 0.5 || Math.abs(share) <= 0.01;
}

/** `valid`, or the mark with its reasons. */
export function markedText({ status, reasons }: StageAnalysis['validity']): string {
  return status === 'valid' ? status : `${status.toUpperCase()}: ${[...new Set(reasons.map(({ code }) => code))].join(', ')}`;
}

/** Cores above which an engine may bend the result, provided that it says so. */
const engineShareCores = 0.25;

/**
 * The aim of accuracy: p50, p95 and p99 close where the engine needs less than a quarter of a core; above that (or where its need
 * is unknown), a difference of more than 2 % and 1 ms at p95 has to make the stage suspect.
 */
export function accuracyHolds(found: { p50: Difference; p95: Difference; p99: Difference }, engineCores: number | null, suspect: boolean): boolean {
  if (engineCores !== null && engineCores < engineShareCores) return isClose(found.p50) && isClose(found.p95) && isClose(found.p99);
  return suspect || Math.abs(found.p95.ms) <= 1 || Math.abs(found.p95.share) <= 0.02;
}

/** What is left of a rate that took all cores, when others take some of them: limit × (cores − engine − harness) / cores. */
export function availableRps(limitRps: number, cores: number, engineCores: number, harnessCores: number): number {
  return (limitRps * (cores - engineCores - harnessCores)) / cores;
}

/** Nearest rank: the value of rank ⌈share · n⌉; NaN where there is none. */
export function nearestRank(values: readonly number[], share: number): number {
  const sorted = [...values].sort((x, y) => x - y);
  return sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1] ?? NaN;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
