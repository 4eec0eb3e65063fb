import type { Language } from '../../report/index.js';
import { en, type CliText } from './en.js';
import { zhCN } from './zh-CN.js';

export type { CliText } from './en.js';

const texts: Readonly<Record<Language, CliText>> = { en, 'zh-CN': zhCN };

/** What the command line says, in one language. */
export function cliText(language: Language): CliText {
  return texts[language];
}
