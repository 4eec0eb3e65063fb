import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Asked {
  id: number;
  args: readonly string[];
  env: Record<string, string>;
  cwd: string | undefined;
}

export interface Told {
  id: number;
  code: number;
  stdout: string;
  stderr: string;
}

/**
 * The program for commands that are only read: `--help`, plans, refusals, renderings. All of them run in one process, one after the other, so that what a
 * start costs is paid once; no signals, no leftovers, nothing that starts a server. The process ends with the test file.
 */
export function oneProcess(): (args: readonly string[], env?: Record<string, string>, cwd?: string) => Promise<Told> {
  let child: ChildProcess | null = null;
  let asked = 0;
  const waiting = new Map<number, { resolve: (told: Told) => void; reject: (error: Error) => void }>();
  let last: Promise<unknown> = Promise.resolve();

  const begin = (): ChildProcess => {
    const begun = fork(fileURLToPath(new URL('./one-process-child.js', import.meta.url)), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [] });
    begun.on('message', (told: Told) => {
      waiting.get(told.id)?.resolve(told);
      waiting.delete(told.id);
      // Between two commands nothing holds the test file.
      if (waiting.size > 0) return;
      begun.unref();
      begun.channel?.unref();
    });
    begun.on('exit', (code, signal) => {
      child = null;
      for (const { reject } of waiting.values()) reject(new Error(`the process of the commands ended: ${String(signal ?? code)}`));
      waiting.clear();
    });
    return begun;
  };

  const run = (args: readonly string[], env: Record<string, string>, cwd: string | undefined): Promise<Told> => new Promise((resolve, reject) => {
    child ??= begin();
    child.ref();
    child.channel?.ref();
    asked += 1;
    waiting.set(asked, { resolve, reject });
    child.send({ id: asked, args, env, cwd } satisfies Asked);
  });
  return (args, env = {}, cwd = undefined) => {
    const told = last.then(() => run(args, env, cwd));
    last = told.catch(() => undefined);
    return told;
  };
}
