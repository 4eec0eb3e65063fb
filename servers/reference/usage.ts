/** The text of `--help`, in the language of the locale: English, or Chinese for every Chinese locale. */
import { flags } from './options.js';
import { meaningsInChinese } from './usage-zh-CN.js';

type Language = 'en' | 'zh-CN';

/** By the rule of POSIX: the first of LC_ALL, LC_MESSAGES and LANG that says something decides. */
export const localeLanguage = (env: NodeJS.ProcessEnv): Language => {
  const said = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((value) => value !== undefined && value !== '') ?? '';
  return /^zh([_.@-]|$)/i.test(said) ? 'zh-CN' : 'en';
};

/** Every flag with its meaning and its default. */
export const usage = (language: Language = 'en'): string => {
  const chinese = language === 'zh-CN';
  const lines = Object.entries(flags).map(
    ([name, [fallback, meaning]]) => `  --${name.padEnd(15)} ${chinese ? meaningsInChinese[name as keyof typeof flags] : meaning}${fallback === '' ? '' : ` [${fallback}]`}`,
  );
  const [title, help] = chinese ? ['通过 HTTP 回答两条地址是否为同一地点。', '显示本文'] : ['Answers whether two addresses are the same place, over HTTP.', 'this text'];
  return [title, '', ...lines, `  --help            ${help}`, ''].join('\n');
};
