import type { Host } from '../host/index.js';
import { exitCodes } from '../model/error.js';
import { askedLanguage } from './help.js';
import type { Io } from './io.js';
import { printedIn } from './language.js';
import { inLanguage } from './text/sentence.js';

/** `serve`: the reference server alone, with its own flags, until Ctrl-C. Its first line on stdout is JSON: event, url, pid, model. */
export async function serve(args: readonly string[], host: Host, signal: AbortSignal, io: Io): Promise<number> {
  // Its start line is JSON in any case; the flags are taken so that every verb has them.
  const own = args.filter((arg, i) => arg !== '--json' && !/^--lang(?:=|$)/.test(arg) && args[i - 1] !== '--lang');
  const words = askedLanguage(args);
  const asked = words === 'en' || words === 'zh-CN' ? words : undefined;
  // The server reads its own flags, so of the harness nobody knows yet which language was asked for.
  if (asked !== undefined) io.language = asked;
  // In front: of a flag given twice the server takes the last, and behind a flag without its value ours would be taken for one.
  const server = await host.processes.spawn(host.processes.node('servers/reference/main.js', '--cache-dir', host.files.cacheDir, ...own), {
    name: 'server',
    ...(asked === undefined ? {} : { env: { LC_ALL: asked === 'zh-CN' ? 'zh_CN.UTF-8' : 'C.UTF-8' } }),
    onStdoutLine: (line) => { io.out(`${line}\n`); },
    onStderrLine: (line) => { io.err(`${line.startsWith('{') ? line : inLanguage(line, printedIn(io))}\n`); },
  });
  const stop = (): void => void server.stop(10);
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  const exit = await server.exited;
  return exit.code ?? exitCodes.environment;
}
