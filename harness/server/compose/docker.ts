/** The programs `docker` and `docker compose`, asked one thing at a time. */
import type { Context } from '../../host/index.js';
import { BenchError, type ErrorCode } from '../../model/error.js';

/** How one command ended. */
export interface Said {
  code: number | null;
  stdout: string;
  stderr: string;
  timedOut: boolean;
}

/** A compose project: the words before the verb. */
export interface Project {
  name: string;
  file: string;
  profile: string | null;
}

/** `docker compose … VERB`. */
export function composeWords({ name, file, profile }: Project, ...words: string[]): string[] {
  return ['docker', 'compose', '--ansi', 'never', '--progress', 'plain', '--project-name', name, '--file', file, ...(profile === null ? [] : ['--profile', profile]), ...words];
}

/** Runs to its end; what it prints on stderr goes to `onLine` as it comes. Without a signal it outlives an interruption. */
export async function ask(command: readonly string[], { timeoutS, signal, onLine }: { timeoutS: number; signal?: AbortSignal; onLine?: (line: string) => void }, ctx: Context): Promise<Said> {
  try {
    return await ctx.host.processes.run(command, { timeoutS, ...(signal === undefined ? {} : { signal }), ...(onLine === undefined ? {} : { onStderrLine: onLine }) });
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') throw error;
    throw new BenchError('docker-missing', 'Docker is not installed: there is no docker on the PATH.', { hint: installHint, cause: error });
  }
}

const installHint = 'server.compose needs Docker with its compose plugin; mgeo-bench doctor says what is there. Without it, start the server yourself and measure it with server: {url: "…"}.';
const askTimeoutS = 20;

/** Versions of the engine and of compose. Throws docker-missing where either is missing, or the daemon does not answer. */
export async function findDocker(ctx: Context): Promise<{ engine: string; compose: string }> {
  const compose = await ask(['docker', 'compose', 'version', '--short'], { timeoutS: askTimeoutS, signal: ctx.signal }, ctx);
  ctx.signal.throwIfAborted();
  if (compose.timedOut) throw new BenchError('docker-missing', `Docker did not answer within ${String(askTimeoutS)} s.`, { hint: installHint });
  // What it says besides, such as `unknown flag: --short`, speaks of our question, not of what is missing.
  if (compose.code !== 0) throw new BenchError('docker-missing', 'Docker has no compose plugin.', { hint: installHint });
  const engine = await ask(['docker', 'version', '--format', '{{.Server.Version}}'], { timeoutS: askTimeoutS, signal: ctx.signal }, ctx);
  ctx.signal.throwIfAborted();
  if (engine.code !== 0 || engine.stdout.trim() === '') throw new BenchError('docker-missing', `The Docker daemon does not answer: ${lastLine(engine)}.`, { hint: `Start it, or see that you may use it (docker version). ${installHint}` });
  return { engine: engine.stdout.trim(), compose: compose.stdout.trim() };
}

const keptLines = 20;

/** The last line of what it said on stderr, without its full stop; of one that took too long that it did. */
export function lastLine({ stderr, timedOut }: Pick<Said, 'stderr' | 'timedOut'>): string {
  if (timedOut) return 'it took too long';
  return linesOf(stderr).at(-1)?.trim().replace(/\.$/, '') ?? 'it did not say why';
}

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');

/** The failure of a command that had to succeed, with its last lines. */
export function failureOf(code: ErrorCode, what: string, said: Said, hint: string): BenchError {
  return new BenchError(code, `${what}: ${lastLine(said)}.`, { hint, details: linesOf(said.stderr).slice(-keptLines) });
}
