import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { oneProcess } from '../e2e/one-process.js';

const main = fileURLToPath(new URL('../../harness/cli/main.js', import.meta.url));

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the built mgeo-bench; `cwd` is where its paths begin. */
export function mgeoBench(args: readonly string[], cwd: string, env: Record<string, string> = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, ...args], { cwd, env: { ...process.env, NO_COLOR: '1', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    const ended: Ended = { code: null, stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => { ended.stdout += text; });
    child.stderr.setEncoding('utf8').on('data', (text: string) => { ended.stderr += text; });
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ ...ended, code });
    });
  });
}

const read = oneProcess();

/** The same for what is only read or computed: all such commands of a test file run in one process. */
export function readMgeoBench(args: readonly string[], cwd: string, env: Record<string, string> = {}): Promise<Ended> {
  return read(args, { NO_COLOR: '1', ...env }, cwd);
}

const verbs = ['run', 'plan', 'dataset', 'fit', 'serve', 'report', 'gate', 'compare', 'history', 'capacity', 'init', 'completion', 'k6', 'doctor'] as const;

/** Verbs that have verbs of their own: their help is what all of these say. */
const below: Readonly<Record<string, readonly string[]>> = { dataset: ['make', 'show', 'stats', 'check'] };

/** `--help` of the program and of each verb, under its name ('' = the program). That of `serve` is said by another program, the server. */
export async function helps(cwd: string): Promise<ReadonlyMap<string, string>> {
  const helpOf = async (...words: string[]): Promise<string> => (await (words[0] === 'serve' ? mgeoBench : readMgeoBench)([...words, '--help'], cwd)).stdout;
  const texts = await Promise.all(['', ...verbs].map(async (verb) => {
    const own = verb === '' ? await helpOf() : await helpOf(verb);
    return [verb, [own, ...(await Promise.all((below[verb] ?? []).map((word) => helpOf(verb, word))))].join('\n')] as const;
  }));
  return new Map(texts);
}

/** The long flags in a help text. */
export function flagsIn(help: string): Set<string> {
  return new Set([...help.matchAll(/^ {2}(?:-\w, )?(--[a-z][a-z0-9-]*)/gm)].map(([, flag = '']) => flag));
}
