/**
 * Workflow commands of GitHub Actions: what failed, at the top of the job's page. English, whatever the language of the report.
 *
 * GitHub shows ten errors and ten warnings of a step and drops the rest without a word: eight of each, and a last one that counts the others.
 */
import { checkFigure, measuredFigure } from '../check-figure.js';
import type { ReportInput } from '../report-input.js';
import { stagePairs } from '../stage-figure.js';
import { textOf } from '../text/index.js';
import { verdictSentence } from '../verdict-sentence.js';
import { checkWords, validityWords } from '../words.js';
import { commandText, levelOfStatus, type Annotation, type Level } from './command.js';

const most = 8;

function checkAnnotations({ record, verdict }: ReportInput): Annotation[] {
  return verdict.checks.flatMap((check): Annotation[] => {
    if (check.status === 'pass' || check.status === 'skipped') return [];
    const wrong = check.status === 'fail' || check.status === 'invalid';
    const message = `measured ${measuredFigure(check, record)}, limit ${checkFigure(check, record).limit}: ${checkWords(textOf('en'), check)}`;
    return [{ level: wrong && check.level === 'error' ? 'error' : 'warning', title: `${check.status}: ${check.id}`, message }];
  });
}

function stageAnnotations({ record, analysis }: ReportInput): Annotation[] {
  const text = textOf('en');
  return stagePairs(record, analysis, text).flatMap(({ stage }): Annotation[] => {
    const { status, reasons } = stage.validity;
    // A probe that a search's verdict does not rest on is no error of the run.
    if (status === 'valid' || analysis.search?.judged.includes(stage.index) === false) return [];
    return [{ level: status === 'invalid' ? 'error' : 'warning', title: `${status} measurement: ${stage.name}`, message: reasons.map((reason) => validityWords(text, reason)).join('; ') }];
  });
}

function capped(all: readonly Annotation[], level: Level): Annotation[] {
  const found = all.filter((one) => one.level === level);
  if (found.length <= most) return found;
  return [...found.slice(0, most), { level, title: 'mgeo-bench', message: `${String(found.length - most)} more of this kind: see the job summary or report.md.` }];
}

/** One command a line; the first says the verdict. */
export function renderAnnotations(input: ReportInput): string {
  const { record, verdict } = input;
  const head: Annotation = { level: levelOfStatus[verdict.status], title: `mgeo-bench: ${record.plan.name}`, message: verdictSentence(verdict, record, 'en') };
  const all = [head, ...checkAnnotations(input), ...stageAnnotations(input)];
  return (['error', 'warning', 'notice'] as const).flatMap((one) => capped(all, one)).map((annotation) => `${commandText(annotation)}\n`).join('');
}
