import type { Language } from '../../model/language.js';
import { en, type PlanText } from './en.js';
import { zhCN } from './zh-CN.js';

export type { PlanText } from './en.js';

const texts: Readonly<Record<Language, PlanText>> = { en, 'zh-CN': zhCN };

/** What `plan` says, in one language. */
export function planText(language: Language): PlanText {
  return texts[language];
}
