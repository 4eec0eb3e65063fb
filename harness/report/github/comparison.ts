import type { Verdict } from '../../model/verdict.js';
import type { Language, ReportFile } from '../report-input.js';
import { commandText, levelOfStatus } from './command.js';
import { githubNames } from './names.js';
import { fitSummary } from './summary.js';

/** A comparison that has its sentence and its Markdown already: the summary of a step and one annotation. */
export function githubComparison({ name, status, sentence, markdown }: { name: string; status: Verdict['status']; sentence: string; markdown: string }, language: Language): ReportFile[] {
  return [
    { name: githubNames.summary, content: fitSummary(markdown, language) },
    { name: githubNames.annotations, content: `${commandText({ level: levelOfStatus[status], title: `mgeo-bench: ${name}`, message: sentence })}\n` },
  ];
}
