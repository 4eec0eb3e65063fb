import { renderMarkdown } from '../markdown.js';
import type { Language, ReportFile, ReportInput } from '../report-input.js';
import { renderAnnotations } from './annotations.js';
import { githubNames } from './names.js';
import { renderPullRequest } from './pull-request.js';
import { fitSummary } from './summary.js';

/** What GitHub shows of a run, as files. */
export function renderGithub(input: ReportInput, language: Language): ReportFile[] {
  return [
    { name: githubNames.summary, content: fitSummary(renderMarkdown(input, language), language) },
    { name: githubNames.annotations, content: renderAnnotations(input) },
    { name: githubNames.pullRequest, content: renderPullRequest(input, language) },
  ];
}
