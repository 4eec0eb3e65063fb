import type { RunRecord } from '../model/record.js';
import { levelOf } from '../model/stage.js';
import type { Verdict } from '../model/verdict.js';
import { checkName, limitFigure, measuredFigure, stageName } from './check-figure.js';
import { plain } from './number.js';
import type { Language } from './report-input.js';
import { shownStage } from './stage-figure.js';
import { textOf } from './text/index.js';
import { listEvidence, type Evidence, type Sentence } from './text/text-code.js';
import { checkWords, failureWords, invalidWords, own } from './words.js';

/** The answer in one sentence, with the number it rests on. */
export function verdictSentence(verdict: Verdict, record: RunRecord, language: Language): string {
  const text = textOf(language);
  const { code, params } = verdict.headline;
  const values: Record<string, Evidence[string]> = { ...params };
  const check = verdict.checks.find((one) => one.id === params['check']);
  if (check) {
    values['name'] = checkName(check, record);
    values['where'] = stageName(check, record, text);
    values['measured'] = measuredFigure(check, record);
    values['limitText'] = limitFigure(check, record, text);
    values['reasonText'] = checkWords(text, check);
  } else if (typeof params['reason'] === 'string') values['reasonText'] = invalidWords(text, params['reason'], params['actual'], params['limit']);
  const planned = record.plan.load.stages.find((stage) => stage.name === params['stage']);
  if (planned) values['stage'] = shownStage(text, { name: planned.name, level: levelOf(planned.arrival) });
  if (typeof params['message'] === 'string') values['message'] = failureWords(text, { code: plain(params['failure']), message: params['message'] });
  // The stage that was cut off is in the record too, and is not one that was measured.
  values['completed'] = record.stages.filter(({ stage, status }) => stage.role === 'measure' && status === 'completed').length;
  const sentence = own<Sentence>(text.codes.headlines, code)?.(values) ?? `${code}${text.colon}${listEvidence(params, plain)}`;
  return typeof params['suspect'] === 'number' ? sentence + text.codes.suspect(values) : sentence;
}
