/** Takes the processor away from a process: really, by others that want the same core. */
import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

/** Whether a program is there. */
export const has = (program: string): boolean => spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;

/** Programs that burn a core each, in sessions of their own, for ten seconds at most, or until the returned function is called. */
export function burn(count: number, prefix: readonly string[] = []): () => void {
  const [program = '', ...args] = [...prefix, process.execPath, '-e', 'const until = Date.now() + 10_000; while (Date.now() < until);'];
  const hogs = Array.from({ length: count }, () => spawn(program, args, { stdio: 'ignore', detached: true }));
  return () => { for (const hog of hogs) hog.kill('SIGKILL'); };
}

/** One core for a process and three that burn it, and the process has what they leave; until the returned function is called. */
export function starve(pid: number): () => void {
  for (const command of [['taskset', '-acp', '0', String(pid)], ['renice', '-n', '10', '-p', String(pid)]] as const) spawnSync(command[0], command.slice(1), { stdio: 'ignore' });
  try {
    // Where the kernel shares cores between sessions first, the process's is the least.
    writeFileSync(`/proc/${String(pid)}/autogroup`, '10');
  } catch {
    // There are no such groups.
  }
  return burn(3, ['taskset', '-c', '0']);
}
