/**
 * The words of the command line as they may be kept: what came from the environment, values of headers and of variables, user and password of a URL, and
 * folders are left out, as they are of the plan. A value in which headers or variables are only a part is hidden whole: it is YAML, and no search
 * for its end is sure.
 */

/** Stands for what is not kept. */
export const hidden = '(hidden)';

const ofSecrets = /^(?:request\.template\.headers|server\.process\.env|load\.job\.env)(?:\.|=)/;
const holdsSecrets = /\b(?:headers|env)\b/;
const ofFile = /(?:^|\.)(?:file|profile)=/;
const credentials = /(\w+:\/\/)[^/@\s]*@/g;
/** `file: /home/me/pairs.csv` inside a map. */
const fileInside = /(\b(?:file|profile)['"]?\s*:\s*['"]?)[^'",}\s]*\//g;

const basename = (path: string): string => path.replace(/\/+$/, '').split('/').at(-1) ?? path;

/** Of `key=value`. */
function shownSetting(text: string): string {
  const equals = text.indexOf('=');
  const [key, value] = [text.slice(0, equals + 1), text.slice(equals + 1)];
  if (equals < 0 || ofSecrets.test(text) || holdsSecrets.test(value)) return `${key}${hidden}`;
  return `${key}${ofFile.test(key) ? basename(value) : value.replace(fileInside, '$1').replace(credentials, '$1')}`;
}

/** The scenario's name or path first, then flags. */
export function shownWords(words: readonly string[], secrets: readonly string[]): string[] {
  const longestFirst = [...secrets].sort((x, y) => y.length - x.length);
  return words.map((word, i) => {
    const before = words[i - 1];
    const shown = before === '--set' ? shownSetting(word) : i === 0 || before === '--baseline' ? basename(word) : word;
    return longestFirst.reduce((text, secret) => text.replaceAll(secret, hidden), shown);
  });
}
