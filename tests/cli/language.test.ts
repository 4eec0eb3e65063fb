import assert from 'node:assert/strict';
import { test } from 'node:test';
import { localeLanguage, printedLanguage, writtenLanguages } from '../../harness/cli/language.js';
import { wantsColour } from '../../harness/cli/colour.js';

const of = (variables: Record<string, string>) => (name: string): string | undefined => variables[name];

test('the locale decides as POSIX says: LC_ALL before LC_MESSAGES before LANG, an empty one says nothing', () => {
  for (const [variables, language] of [
    [{}, 'en'], [{ LANG: 'C' }, 'en'], [{ LANG: 'zh_CN.UTF-8' }, 'zh-CN'], [{ LANG: 'zh' }, 'zh-CN'], [{ LANG: 'zh-Hans-CN' }, 'zh-CN'], [{ LANG: 'zha_CN' }, 'en'],
    [{ LC_ALL: 'en_US.UTF-8', LANG: 'zh_CN.UTF-8' }, 'en'], [{ LC_ALL: '', LC_MESSAGES: 'zh_TW', LANG: 'en_US' }, 'zh-CN'],
  ] as const) assert.equal(localeLanguage(of(variables)), language, JSON.stringify(variables));
});

test('--lang outranks the locale; files stay English where nobody asked, with Chinese beside them for a reader of it', () => {
  assert.deepEqual([printedLanguage('en', 'zh-CN'), printedLanguage('both', 'zh-CN'), printedLanguage(undefined, 'zh-CN'), printedLanguage('zh-CN', 'en'), printedLanguage('both', 'en')], ['en', 'zh-CN', 'zh-CN', 'zh-CN', 'en']);
  assert.deepEqual([writtenLanguages(undefined, 'en'), writtenLanguages(undefined, 'zh-CN'), writtenLanguages('en', 'zh-CN')], ['en', 'both', 'en']);
});

test('colour: FORCE_COLOR, then NO_COLOR, then the terminal', () => {
  for (const [terminal, variables, wanted] of [
    [true, {}, true], [false, {}, false], [true, { NO_COLOR: '1' }, false], [true, { NO_COLOR: '' }, true], [true, { TERM: 'dumb' }, false],
    [false, { FORCE_COLOR: '1' }, true], [false, { FORCE_COLOR: '' }, true], [true, { FORCE_COLOR: '0' }, false], [false, { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
  ] as const) assert.equal(wantsColour(terminal, of(variables)), wanted, JSON.stringify([terminal, variables]));
});
