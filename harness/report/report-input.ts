import type { Analysis } from '../model/analysis.js';
import type { RunRecord } from '../model/record.js';
import type { Verdict } from '../model/verdict.js';

/** Everything a report is made of. Two equal inputs give the same bytes. */
export interface ReportInput {
  record: RunRecord;
  analysis: Analysis;
  verdict: Verdict;
}

export { languages, type Language } from '../model/language.js';

/** One file of the run's folder. */
export interface ReportFile {
  name: string;
  content: string;
}

/** Kinds of files that every run leaves. */
export const reportFormats = ['html', 'markdown', 'junit', 'json'] as const;

/** All kinds: also those for other programs, which are written where they are asked for. */
export const allFormats = [...reportFormats, 'openmetrics', 'bencher', 'benchmark-action', 'csv', 'github'] as const;
export type ReportFormat = (typeof allFormats)[number];
