import type { Context, Host } from '../../host/index.js';
import { BenchError } from '../../model/error.js';
import { withoutCredentials } from '../../model/url.js';
import { recogniseServer, type Recognised } from '../../probe/index.js';
import { cut, line, type Language } from '../../report/index.js';
import { planOf } from '../flags.js';
import type { Io } from '../io.js';
import { printedIn } from '../language.js';
import { cliText, type CliText } from '../text/index.js';
import { inLanguage } from '../text/sentence.js';
import { nothingFits, scenarioText } from './scenario-text.js';

export interface InitFlags {
  url?: string;
  force?: boolean;
  json?: boolean;
}

/** `init`: writes a commented scenario for the user's own server, having asked it what it speaks. Nothing is overwritten without --force. */
export async function init(scenario: string, flags: InitFlags, host: Host, signal: AbortSignal, io: Io): Promise<number> {
  const startedMs = host.clock.nowMs();
  const ctx: Context = { host, signal, onEvent: () => undefined, sinceStartMs: () => host.clock.nowMs() - startedMs };
  const text = cliText(printedIn(io));
  const file = fileOf(scenario);
  if (flags.force !== true && host.files.exists(file)) throw new BenchError('usage', `${file} exists already.`, { hint: 'Give another name, or --force to write over it.' });
  const url = flags.url === undefined ? null : addressOf(flags.url);
  const found = url === null ? null : await recogniseServer(url, ctx);
  const folder = file.slice(0, Math.max(0, file.lastIndexOf('/')));
  if (folder !== '') host.files.makeDir(folder);
  const heard = found === null ? null : inWords(found, printedIn(io));
  host.files.writeText(file, scenarioText({ name: nameOf(file), url, found: heard }, text));
  // What does not pass `plan` would be worse than nothing.
  planOf(file.includes('/') ? file : `./${file}`, { set: [] }, host);
  if (flags.json === true) io.out(`${JSON.stringify({ file, url: url === null ? null : withoutCredentials(url), found }, null, 2)}\n`);
  else io.out(`${[...(heard === null ? [] : foundLines(heard, text)), '', text.init.written(file), `  npx mgeo-bench plan ${file}`, `  npx mgeo-bench run ${file}`].join('\n').trimStart()}\n`);
  return 0;
}

/** Why there was no answer, in the reader's language; what a server said stays as it said it. */
function inWords(found: Recognised, language: Language): Recognised {
  return { ...found, attempts: found.attempts.map((attempt) => (attempt.status === null ? { ...attempt, said: inLanguage(attempt.said, language) } : attempt)) };
}

/** What was heard, a line each. */
function foundLines(found: Recognised, { init: t }: CliText): string[] {
  const pages = Object.entries(found.pages).map(([path, status]) => `${path} ${status === null ? '—' : String(status)}`).join('   ');
  const tried = found.attempts.map(({ name, path, status, said, fits }) => `${fits ? '✓' : '–'} ${name}: POST ${path}${status === null ? '' : ` → ${String(status)}`}${fits ? '' : `  ${cut(line(said), 60)}`}`);
  return [pages, ...tried, '', found.spoken[0] === undefined ? (nothingFits(found, t)) : t.recognised(found.spoken[0].name)];
}

/** A word without a slash or an ending is a name in scenarios/, as for `run`. */
function fileOf(scenario: string): string {
  if (/[\\/]/.test(scenario)) return /\.ya?ml$/.test(scenario) ? scenario : `${scenario}.yaml`;
  return /\.ya?ml$/.test(scenario) ? scenario : `scenarios/${scenario}.yaml`;
}

/** What a scenario may be called: letters of any script, digits, dashes. */
function nameOf(file: string): string {
  return file.replace(/^.*[\\/]/, '').replace(/\.ya?ml$/, '').replace(/[^\p{L}\p{N}_-]+/gu, '-').replace(/^-+|-+$/g, '') || 'mine';
}

function addressOf(url: string): string {
  const whole = /^https?:\/\//.test(url) ? url : `http://${url}`;
  if (!URL.canParse(whole)) throw new BenchError('usage', `"${url}" is not the address of a server.`, { hint: 'Give one such as http://127.0.0.1:8000.' });
  return whole.replace(/\/+$/, '');
}
