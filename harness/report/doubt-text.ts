import type { Analysis } from '../model/analysis.js';
import type { RunRecord } from '../model/record.js';
import { levelOf } from '../model/stage.js';
import type { Language } from './report-input.js';
import { shownStage } from './stage-figure.js';
import { line } from './terminal-text.js';
import { textOf } from './text/index.js';
import { validityWords } from './words.js';

/** Stages that count and whose measurement is so, a line each with all its reasons: "8 users: the load generator used 1.9 of 2 cores". */
export function doubtLines({ record, analysis }: { record: RunRecord; analysis: Analysis }, status: 'suspect' | 'invalid', language: Language): string[] {
  const text = textOf(language);
  // Of a search the stages at the found rate count; its other probes may fail as they like.
  const counts = (index: number): boolean => analysis.search === undefined || analysis.search.judged.includes(index);
  return analysis.stages.filter(({ index, validity }) => counts(index) && validity.status === status).map(({ index, name, validity }) => {
    const stage = record.stages.find((one) => one.stage.index === index)?.stage;
    const shown = stage === undefined ? name : shownStage(text, { name, level: levelOf(stage.arrival) });
    return line(`${shown}${text.colon}${validity.reasons.filter(({ level }) => status === 'suspect' || level === 'invalid').map((reason) => validityWords(text, reason)).join(text.listSeparator)}`);
  });
}
