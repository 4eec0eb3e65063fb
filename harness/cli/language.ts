import type { Language } from '../report/index.js';
import type { Io } from './io.js';

/** What `--lang` can ask for. */
export type LangFlag = Language | 'both';

/**
 * The language of the environment, by the rule of POSIX: the first of LC_ALL, LC_MESSAGES and LANG that says something decides.
 * Every Chinese locale reads our Chinese; every other reads English.
 */
export function localeLanguage(variable: (name: string) => string | undefined): Language {
  const said = ['LC_ALL', 'LC_MESSAGES', 'LANG'].map(variable).find((value) => value !== undefined && value !== '') ?? '';
  return /^zh([_.@-]|$)/i.test(said) ? 'zh-CN' : 'en';
}

/** What is printed: in the language that was asked for; where both or none was, in that of the environment. */
export function printedLanguage(flag: LangFlag | undefined, locale: Language): Language {
  return flag === undefined || flag === 'both' ? locale : flag;
}

/** What files are written in, where nothing was asked for: English, as scripts expect it, and Chinese beside it for whom the environment calls a reader of it. */
export function writtenLanguages(flag: LangFlag | undefined, locale: Language): LangFlag {
  return flag ?? (locale === 'zh-CN' ? 'both' : 'en');
}

/** The language of what a verb prints. */
export function printedIn({ language }: Pick<Io, 'language'>): Language {
  return language ?? 'en';
}
