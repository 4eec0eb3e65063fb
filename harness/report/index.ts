/**
 * A saved run in words and pictures. Pure: the same record gives the same bytes, in every process, years later.
 */
import type { DatasetFigures } from '../model/dataset-figures.js';
import type { History } from '../model/history.js';
import type { ComparisonRecord, ComparisonVerdict } from '../model/comparison.js';
import { levelOf, type Stage } from '../model/stage.js';
import { resultOf } from './json.js';
import { reportFormats, type Language, type ReportFile, type ReportFormat, type ReportInput } from './report-input.js';
import { shownStage } from './stage-figure.js';
import { textOf } from './text/index.js';
import type { Result } from './result-schema.js';

export { allFormats, languages, reportFormats } from './report-input.js';
export type { Language, ReportFile, ReportFormat, ReportInput } from './report-input.js';
export { resultJsonSchema, resultSchema, type Result } from './result-schema.js';
export { renderLivePage, type LivePage } from './live/page.js';
export { baselineText } from './baseline-text.js';
export { capacityResult } from './capacity-json.js';
export { capacityText } from './capacity-text.js';
export { comparisonJson } from './comparison/json.js';
export { comparisonText } from './comparison/plain.js';
export { doubtLines } from './doubt-text.js';
export { datasetText } from './dataset/stats-text.js';
export { cut, line } from './terminal-text.js';
export { commandText } from './github/command.js';
export { githubNames } from './github/names.js';
export { fitSummary } from './github/summary.js';
export { historyText, skippedText } from './history/text.js';
export { terminalTable, type TerminalOptions } from './terminal.js';
export { verdictSentence } from './verdict-sentence.js';

export interface ReportOptions {
  /** At least one; Markdown is written in the first. */
  languages: readonly Language[];
  /** Those that every run leaves where nothing is said. */
  formats?: readonly ReportFormat[];
}

type Reporter = (input: ReportInput, languages: readonly Language[], result: Result) => Promise<ReportFile[]>;

const htmlName: Readonly<Record<Language, string>> = { en: 'report.html', 'zh-CN': 'report.zh-CN.html' };
const markdownName = 'report.md';
const junitName = 'junit.xml';

/** Name to reporter; each is loaded only when it is asked for (the charts alone cost half a second). */
const reporters: Readonly<Record<ReportFormat, Reporter>> = {
  html: async (input, languages, result) => {
    const { renderPage } = await import('./html/page.js');
    const files: ReportFile[] = [];
    for (const language of languages) files.push({ name: htmlName[language], content: await renderPage(input, language, result) });
    return files;
  },
  markdown: async (input, [language = 'en']) => [{ name: markdownName, content: (await import('./markdown.js')).renderMarkdown(input, language) }],
  junit: async (input) => [{ name: junitName, content: (await import('./junit.js')).renderJunit(input) }],
  json: async (_, __, result) => [{ name: 'result.json', content: (await import('./json.js')).renderJson(result) }],
  'openmetrics': async (input) => [{ name: 'openmetrics.txt', content: (await import('./exchange/openmetrics.js')).renderOpenMetrics(input) }],
  'bencher': async (input) => [{ name: 'bencher.json', content: (await import('./exchange/bencher.js')).renderBencher(input) }],
  'benchmark-action': async (input) => (await import('./exchange/benchmark-action.js')).renderBenchmarkAction(input),
  'csv': async (input) => [{ name: 'stages.csv', content: (await import('./exchange/csv.js')).renderCsv(input) }],
  'github': async (input, [language = 'en']) => (await import('./github/index.js')).renderGithub(input, language),
};

/** All files of a run's folder that are made from its record. */
export async function renderReports(input: ReportInput, options: ReportOptions): Promise<ReportFile[]> {
  const formats = options.formats ?? reportFormats;
  const [first = 'en'] = options.languages;
  const result = resultOf(input, {
    record: 'run.json',
    html: formats.includes('html') ? htmlName[options.languages.includes('en') ? 'en' : first] : null,
    markdown: formats.includes('markdown') ? markdownName : null,
    junit: formats.includes('junit') ? junitName : null,
  });
  const files: ReportFile[] = [];
  for (const format of formats) files.push(...(await reporters[format](input, options.languages.length === 0 ? [first] : options.languages, result)));
  return files;
}

/** What a dataset is like, as a page; the charts are loaded only now. `name` is what it was asked for by. */
export async function datasetPage(figures: DatasetFigures, name: string, version: string, language: Language): Promise<string> {
  return (await import('./dataset/stats-page.js')).renderDatasetPage(figures, name, version, language);
}

/** A stage's name in the words of the language, where it is one of ours. */
export function stageName(stage: Pick<Stage, 'name' | 'arrival'>, language: Language): string {
  return shownStage(textOf(language), { name: stage.name, level: levelOf(stage.arrival) });
}

/** The history of many runs as a page; the charts are loaded only now. */
export async function historyPage(history: History, version: string, language: Language): Promise<string> {
  return (await import('./history/page.js')).renderHistoryPage(history, version, language);
}

type ComparisonReporter = (file: { record: ComparisonRecord; verdict: ComparisonVerdict; different: readonly string[] }, languages: readonly Language[]) => Promise<ReportFile[]>;

/** The same for a comparison, in the order in which its files are listed. */
const comparisonReporters: Readonly<Record<ReportFormat, ComparisonReporter>> = {
  markdown: async ({ record, verdict }, [language = 'en']) => [{ name: markdownName, content: (await import('./comparison/plain.js')).comparisonMarkdown(record, verdict, language) }],
  html: async ({ record, verdict, different }, languages) => {
    const { renderComparisonPage } = await import('./comparison/page.js');
    const files: ReportFile[] = [];
    for (const language of languages) files.push({ name: htmlName[language], content: await renderComparisonPage(record, verdict, different, language) });
    return files;
  },
  junit: async ({ record, verdict }) => [{ name: junitName, content: (await import('./comparison/junit.js')).renderComparisonJunit(record, verdict) }],
  json: async ({ record, verdict, different }) => [{ name: 'comparison.json', content: (await import('./comparison/json.js')).comparisonJson(record, verdict, different) }],
  openmetrics: async ({ record, verdict }) => [{ name: 'openmetrics.txt', content: (await import('./exchange/comparison.js')).renderComparisonOpenMetrics(record, verdict) }],
  bencher: async ({ record }) => [{ name: 'bencher.json', content: (await import('./exchange/comparison.js')).renderComparisonBencher(record) }],
  'benchmark-action': async ({ record }) => (await import('./exchange/comparison.js')).renderComparisonBenchmarkAction(record),
  csv: async ({ record }) => [{ name: 'arms.csv', content: (await import('./exchange/comparison.js')).renderComparisonCsv(record) }],
  github: async ({ record, verdict }, [language = 'en']) => (await import('./github/comparison.js')).githubComparison(record, verdict, language),
};

/** Made of comparison.json, so without it. */
const usualOfComparison: readonly ReportFormat[] = ['markdown', 'html', 'junit'];

/** The files of a comparison's folder that are made from its record. */
export async function comparisonReports(record: ComparisonRecord, verdict: ComparisonVerdict, different: readonly string[], languages: readonly Language[], formats: readonly ReportFormat[] = usualOfComparison): Promise<ReportFile[]> {
  const files: ReportFile[] = [];
  for (const [format, render] of Object.entries(comparisonReporters)) if (formats.some((asked) => asked === format)) files.push(...(await render({ record, verdict, different }, languages)));
  return files;
}
