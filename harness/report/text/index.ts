import type { Language } from '../report-input.js';
import { en, type Text } from './en.js';
import { zhCN } from './zh-CN.js';

export type { LoadWords } from './en-chart.js';
export type { Text } from './en.js';

const texts: Readonly<Record<Language, Text>> = { en, 'zh-CN': zhCN };

/** All words of a report in one language. */
export function textOf(language: Language): Text {
  return texts[language];
}
