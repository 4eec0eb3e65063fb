/**
 * The words of the command line as they may be kept: what came from the environment, values of headers and of variables, user and password of a URL, and
 * folders are left out, as they are of the plan. A value in which headers or variables are only a part is hidden whole: it is YAML, and no search
 * for its end is sure.
 */
import { hidden, isFilePath, isSecretPath } from '../model/hidden.js';
import { withHiddenCredentials } from '../model/url.js';

const holdsSecrets = /\b(?:headers|env)\b/;
const holdsFile = /\b(?:file|profile)['"]?\s*:/;
/** `file: "/home/jane doe/pairs.csv"` inside a map in braces, up to the last slash of the path; the quote stays. */
const fileInside = /(\b(?:file|profile)['"]?\s*:\s*)(?:(")(?:[^"\\]|\\.)*\/|(')[^']*\/|[^\s"',}\]][^,}\]]*\/)/g;
/** Of a map without braces only YAML knows where a path ends. */
const inBraces = /^\s*[{[][^\n]*$/;

const basename = (path: string): string => path.replace(/\/+$/, '').split('/').at(-1) ?? path;

/** Of `key=value`. */
function shownSetting(text: string): string {
  const equals = text.indexOf('=');
  const [key, value] = [text.slice(0, equals + 1), text.slice(equals + 1)];
  const path = key.slice(0, -1).trim();
  if (equals < 0 || isSecretPath(path) || holdsSecrets.test(value)) return `${key}${hidden}`;
  if (isFilePath(path)) return `${key}${value.replace(/^(\s*["']?)[^]*\//, '$1')}`;
  if (holdsFile.test(value) && !inBraces.test(value)) return `${key}${hidden}`;
  return `${key}${withHiddenCredentials(value.replace(fileInside, '$1$2$3'))}`;
}

/** A name stays a name and a path a path: `quick` ships, `./quick` lies in the folder where the command is given. */
function shownScenario(word: string): string {
  return word.includes('/') ? `./${basename(word)}` : word;
}

/** A baseline mostly stands below the folder where the command is given. */
function shownBaseline(path: string): string {
  return /^\/|(?:^|\/)\.\.(?:\/|$)/.test(path) ? basename(path) : path;
}

/** The scenario's name or path first, then flags. */
export function shownWords(words: readonly string[], secrets: readonly string[]): string[] {
  const longestFirst = [...secrets].sort((x, y) => y.length - x.length);
  return words.map((word, i) => {
    const before = words[i - 1];
    const shown = i === 0 ? shownScenario(word) : before === '--set' ? shownSetting(word) : before === '--baseline' ? shownBaseline(word) : word;
    return longestFirst.reduce((text, secret) => text.replaceAll(secret, hidden), shown);
  });
}
