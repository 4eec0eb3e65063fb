/** The warden process (see warden.ts). It has no other way to end than its stdin closing. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';

const groups = new Set<number>();
const folders = new Set<string>();
const commands = new Set<string>();
const termGraceMs = 2_000;
const commandTimeoutMs = 60_000;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const) process.on(signal, () => undefined);

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const [, sign, kind, value] = /^([+-])(group|folder|command) (.*)$/.exec(line) ?? [];
  if (value === undefined) return;
  if (kind === 'group') {
    if (sign === '+') groups.add(Number(value));
    else groups.delete(Number(value));
  } else if (kind === 'folder') folders.add(value);
  else if (sign === '+') commands.add(value);
  else commands.delete(value);
});
lines.on('close', () => {
  for (const group of markedGroups()) groups.add(group);
  for (const pid of groups) signalGroup(pid, 'SIGTERM');
  const until = Date.now() + termGraceMs;
  const settle = (): void => {
    const alive = [...groups].filter((pid) => signalGroup(pid, 0));
    if (alive.length > 0 && Date.now() < until) {
      setTimeout(settle, 50);
      return;
    }
    for (const pid of alive) signalGroup(pid, 'SIGKILL');
    for (const path of folders) rmSync(path, { recursive: true, force: true });
    for (const words of commands) run(words);
    process.exit(0);
  };
  settle();
});

/** What nobody is left to hear of may fail; it may not hang. */
function run(words: string): void {
  const [program = '', ...args] = JSON.parse(words) as string[];
  spawnSync(program, args, { stdio: 'ignore', timeout: commandTimeoutMs });
}

/**
 * Groups of processes whose environment has the mark: a child that was started in the moment in which the harness was killed, or one that left its
 * group. Nothing where there is no /proc.
 */
function markedGroups(): number[] {
  const mark = process.argv[2] ?? '';
  try {
    return mark === '' ? [] : readdirSync('/proc').filter((entry) => /^\d+$/.test(entry)).flatMap((pid) => groupIfMarked(pid, mark));
  } catch {
    return [];
  }
}

function groupIfMarked(pid: string, mark: string): number[] {
  try {
    if (!readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(mark)) return [];
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name may hold spaces and parentheses; the group is the third field behind it.
    const group = Number(stat.slice(stat.lastIndexOf(')') + 1).trim().split(' ')[2]);
    return group > 1 ? [group] : [];
  } catch {
    // Another user's, or gone.
    return [];
  }
}

function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
}
